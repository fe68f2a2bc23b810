"""The same document becomes a Word file that people can go on writing in."""

import datetime
import io
import zipfile
from dataclasses import replace
from itertools import pairwise

import docx as reader
import pytest
from docx.document import Document as WordFile
from docx.oxml.ns import qn
from lxml import etree

from colead.documents import (
    Block,
    Check,
    Checklist,
    Choice,
    Columns,
    Document,
    Field,
    Figure,
    Flow,
    Heading,
    Note,
    PageBreak,
    Quote,
    Table,
    Text,
    docx,
)
from tests.test_documents_pdf import CHART, EVERYTHING, WHOLE, paper

# The order that Word expects inside a paragraph's and a run's properties (ECMA-376-1, 17.3.1.26 and 17.3.2.28).
ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs spacing ind contextualSpacing "
    "jc outlineLvl rPr",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike color spacing w kern position sz szCs highlight u "
    "vertAlign lang",
}


def written(*blocks: Block, **facts: str) -> WordFile:
    return reader.Document(io.BytesIO(docx(paper(*blocks, **facts))))


def in_style(file: WordFile, style: str) -> list[str]:
    return [one.text for one in file.paragraphs if one.style is not None and one.style.name == style]


def everything_said(file: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        names = [name for name in parts.namelist() if name.startswith(("word/document", "word/footer"))]
        return " ".join("".join(etree.fromstring(parts.read(name)).itertext()) for name in names)


def test_title_and_headings_are_heading_styles() -> None:
    file = written(Heading("Part one"), Text("### Deeper\n\nwords"), Heading("Part two", 4), subtitle="Under it")
    headings = [(one.style.name, one.text) for one in file.paragraphs if one.style and "Heading" in str(one.style.name)]
    assert headings == [
        ("Heading 1", "A paper"),
        ("Heading 2", "Part one"),
        ("Heading 3", "Deeper"),
        ("Heading 4", "Part two"),
    ]
    assert in_style(file, "Subtitle") == ["Under it"]


def test_the_file_knows_its_title_its_language_and_no_clock() -> None:
    file = written(Text("hola"), language="es-MX", school="Escuela Norte", title="Mapa " * 80)
    facts = file.core_properties
    assert (facts.title[:9], len(facts.title)) == ("Mapa Mapa", 255)
    assert (facts.language, facts.author) == ("es-MX", "Escuela Norte")
    assert facts.created == facts.modified == datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    assert file.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "es-MX"


def test_a_table_repeats_its_header_and_keeps_its_widths() -> None:
    file = written(Table(("What", "Hours"), (("Planning", "2"),), widths=(3, 1), caption="Time", blank_rows=2))
    table = file.tables[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["What", "Hours"],
        ["Planning", "2"],
        ["", ""],
        ["", ""],
    ]
    assert table.rows[0].cells[0].width > 2.5 * table.rows[0].cells[1].width
    assert table.rows[1].height is None
    assert table.rows[2].height.mm == pytest.approx(8, abs=0.1)
    assert in_style(file, "Label") == ["Time"]


def test_empty_cells_of_a_rubric_leave_room_to_write() -> None:
    table = written(Table(("Growth", "Target"), (("", "We plan"),), room=3)).tables[0]
    assert table.rows[1].height.mm == pytest.approx(24, abs=0.1)


def test_a_blank_field_has_lines_and_a_filled_one_its_answer() -> None:
    file = written(Field("Why?", lines=4, hint="In a sentence.", code="V-W1"), Field("How?", "One.\nTwo.\n\n- three"))
    assert in_style(file, "Label") == ["V-W1  Why?", "How?"]
    assert in_style(file, "Hint") == ["In a sentence."]
    assert in_style(file, "Writing line") == [""] * 4
    assert in_style(file, "Answer") == ["One.\nTwo."]
    assert in_style(file, "List Bullet") == ["three"]


def test_boxes_can_be_ticked_in_word() -> None:
    done = Checklist((Check(True, "Form a team\n\nin May", "Ms Ortiz"), Check(False, ""), Check(False, "- a list")))
    file = written(Choice("Way", ("consent", "vote"), ("vote", "by lot")), Choice("", ("alone",)), done)
    boxes = file.element.body.iter("{http://schemas.microsoft.com/office/word/2010/wordml}checked")
    assert [box.get("{http://schemas.microsoft.com/office/word/2010/wordml}val") for box in boxes] == list(
        "01101000"[:7]
    )
    assert in_style(file, "Tick") == ["\tconsent", "\tvote", "\tby lot", "\talone", "\tForm a team", "\t", "\t"]
    assert in_style(file, "List Bullet") == ["a list"]


def test_pictures_carry_their_words_and_the_mark_is_decoration() -> None:
    file = written(
        Figure(CHART, "A line that rises.", Table(("Week",), (("1",),))), Figure(CHART, "x"), condition="vision"
    )
    facts = [shape._inline.docPr for shape in file.inline_shapes]
    assert [fact.get("descr") for fact in facts] == [None, "A line that rises.", "x"]
    assert [b"decorative" in etree.tostring(fact) for fact in facts] == [True, False, False]
    assert len(file.tables) == 1


def test_the_footer_has_school_date_and_a_page_number_field() -> None:
    footer = (
        written(Text("x"), school="Escuela Norte", date="3 de mayo", language="es").sections[0].footer.paragraphs[0]
    )
    assert footer.text.startswith("Escuela Norte\t3 de mayo\tPágina ")
    assert [field.get(qn("w:instr")) for field in footer._p.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]


def test_numbered_lists_start_where_they_say_and_anew() -> None:
    file = written(Text("1. one\n2. two"), Text("7. seven\n\n   more of it\n\n   - below\n     1. deep"))
    numbers = [one._p.pPr.numPr.numId.val for one in file.paragraphs if one.style and one.style.name == "List Number"]
    assert numbers[0] == numbers[1] != numbers[2]
    starts = {num.numId: num.lvlOverride_lst[0].startOverride.val for num in _started(file)}
    assert (starts[numbers[0]], starts[numbers[2]]) == (1, 7)
    assert in_style(file, "List Continue") == ["more of it"]
    assert (in_style(file, "List Bullet 2"), in_style(file, "List Number 3")) == (["below"], ["deep"])


def _started(file: WordFile) -> list[etree._Element]:
    return [num for num in file.part.numbering_part.element.num_lst if num.lvlOverride_lst]


def test_links_lead_somewhere_and_say_where() -> None:
    file = written(Text("See [our *page*](https://example.org/x)."))
    assert file.paragraphs[1].text == "See our page (example.org/x)."
    targets = [link.address for link in file.paragraphs[1].hyperlinks]
    assert targets == ["https://example.org/x"] * 2


def test_quotes_wear_their_marks_on_the_outside() -> None:
    file = written(Quote("Nobody asked us.\n\nNot once.", by="a teacher"), Quote("- a list"))
    assert in_style(file, "Quote") == ["“Nobody asked us.", "Not once.”"]
    assert in_style(file, "Hint") == ["— a teacher"]
    assert in_style(file, "List Bullet") == ["a list"]


def test_columns_notes_and_breaks() -> None:
    file = written(
        Columns((Text("left"), Table(("A",), ())), ()), Note("words", title="Later"), Note("bare"), PageBreak()
    )
    left, right = file.tables[0].rows[0].cells
    assert [one.text for one in left.paragraphs] == ["left", ""]
    assert left.tables[0].rows[0].cells[0].text == "A"
    assert [one.text for one in right.paragraphs] == [""]
    assert in_style(file, "Note") == ["Later", "words", "bare"]
    assert file.paragraphs[-1].paragraph_format.page_break_before


def test_few_steps_stand_in_one_row_and_many_below_each_other() -> None:
    few, many, none = Flow((("If", "we meet"), ("then", ""))), Flow(tuple((str(n), "x") for n in range(5))), Flow(())
    file = written(few, many, none)
    assert [[cell.text for cell in row.cells] for row in file.tables[0].rows] == [["If", "→ then"], ["we meet", ""]]
    assert in_style(file, "Label") == list("01234")


@pytest.mark.parametrize(
    ("size", "landscape", "box"),
    [("letter", False, (216, 279)), ("letter", True, (279, 216)), ("a4", False, (210, 297)), ("a4", True, (297, 210))],
)
def test_word_pages_come_in_both_sizes_and_directions(size: str, landscape: bool, box: tuple[int, int]) -> None:
    page = reader.Document(io.BytesIO(docx(replace(WHOLE, paper=size, landscape=landscape)))).sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == box


def test_word_and_pdf_hold_the_same_words() -> None:
    said = everything_said(docx(WHOLE))
    for words in ("Our year", "North Elementary", "a second", "Nobody asked us.", "Time given", "Ms Ortiz", "step 2"):
        assert words in said


def test_word_keeps_letters_that_our_print_fonts_lack() -> None:
    assert "Mei 美 😀 مدرسة" in everything_said(docx(paper(Text("Mei 美 😀 مدرسة"))))


@pytest.mark.parametrize("typed", ["{{ name }} {% if %}", "<w:p/> & ]]>", "#panic() $x$", "a\x00b\x0bc"])
def test_what_looks_like_code_is_text_in_word(typed: str) -> None:
    file = written(Field(typed, typed), title=typed)
    assert file.paragraphs[0].text == typed.replace("\x00", "").replace("\x0b", "")


def test_the_parts_of_every_style_and_paragraph_stand_in_the_order_word_reads() -> None:
    with zipfile.ZipFile(io.BytesIO(docx(WHOLE))) as parts:
        roots = [
            etree.fromstring(parts.read(name)) for name in ("word/document.xml", "word/styles.xml", "word/footer1.xml")
        ]
    for name, order in ORDERS.items():
        for element in (found for root in roots for found in root.iter(qn(f"w:{name}"))):
            places = [order.split().index(tag) for tag in map(_local, element) if tag in order.split()]
            assert all(first < second for first, second in pairwise(places)), etree.tostring(element)


def _local(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def test_the_same_document_gives_the_same_word_file() -> None:
    assert docx(WHOLE) == docx(WHOLE)
    with zipfile.ZipFile(io.BytesIO(docx(WHOLE))) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("block", EVERYTHING, ids=lambda block: type(block).__name__)
def test_every_kind_of_block_opens_in_word(block: Block) -> None:
    assert written(block).paragraphs[0].text == "A paper"


def test_a_document_without_blocks_is_a_title() -> None:
    assert [one.text for one in reader.Document(io.BytesIO(docx(Document("Alone", ())))).paragraphs] == ["Alone"]
