"""A document becomes a PDF: tagged, whole, calm, and the same every time."""

import concurrent.futures
import re
import subprocess
from dataclasses import replace

import pikepdf
import pytest

from colead.documents import (
    CONDITIONS,
    Block,
    CannotPrint,
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
    pdf,
)
from tests.papers import opened, squeezed, tagged, tags_in, words_in, words_on
from tests.sample_papers import samples

CHART = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 80">'
    '<path d="M0 60 90 20 200 40" fill="none" stroke="#0b5d5b"/><text x="4" y="76">Week one</text></svg>'
)
EVERYTHING: tuple[Block, ...] = (
    Heading("Where we are"),
    Text(
        "Plain, *leaning*, **heavy** and [a link](https://example.org/page).\n\n- a point\n  1. a first\n  2. a second"
    ),
    Quote("Nobody asked us.", by="a teacher"),
    Field("What do we believe?", hint="One sentence each.", code="V-W2"),
    Field("Where do we start?", "With planning time.\nOn Tuesdays."),
    Field("Owner", lines=1),
    Choice("How we decide", ("consent", "vote"), ("vote", "by lot")),
    Choice("Who was there", tuple(f"somebody with quite a long role number {n}" for n in range(3)), many=True),
    Table(("What", "Hours"), (("Planning", "2"), ("Cover", "1.5")), caption="Time given"),
    Table(("Growth", "Target", "Evidence"), (("", "We plan together", ""),), widths=(1, 2, 1), blank_rows=2, room=2),
    Checklist((Check(True, "Form a team", "Ms Ortiz"), Check(False, "Agree on a day"))),
    Columns((Heading("Limits", 3), Field("Fixed")), (Text("Freedoms"), Note("To the left: limits."))),
    Note("Bring it to the next meeting.", title="Later"),
    PageBreak(),
    Figure(CHART, "A line that falls and rises.", Table(("Week", "Hours"), (("1", "2"),))),
    Flow((("If", "we give time"), ("then", "teams plan"), ("and so", ""))),
    Flow(tuple((f"step {n}", "word " * 80) for n in range(3))),
)
WHOLE = Document(
    "Our year",
    EVERYTHING,
    school="North Elementary",
    date="3 May 2027",
    subtitle="What came of it",
    condition="structures",
)


def paper(*blocks: Block, **facts: str) -> Document:
    return replace(Document("A paper", blocks), **facts)


def test_the_file_says_what_it_is_and_in_which_language() -> None:
    with opened(pdf(replace(WHOLE, language="es-MX"))) as file:
        assert str(file.Root.Lang) == "es-MX"
        assert bool(file.Root.MarkInfo.Marked)
        assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
        with file.open_metadata() as facts:
            assert facts["dc:title"] == "Our year"
            assert facts["pdfuaid:part"] == "1"
            assert facts["pdfaid:part"] + facts["pdfaid:conformance"] == "2A"


def test_every_font_is_inside_the_file() -> None:
    with opened(pdf(WHOLE)) as file:
        fonts = [font for page in file.pages for font in page.Resources.get("/Font", {}).values()]
        assert fonts
        for font in fonts:
            inside = font.DescendantFonts[0].FontDescriptor
            assert "/FontFile2" in inside or "/FontFile3" in inside


def test_a_screen_reader_finds_headings_lists_tables_quotes_and_pictures() -> None:
    tags = tags_in(pdf(WHOLE))
    assert [tag for tag in tags if tag[0] == "H" and tag[1:].isdigit()] == ["H1", "H2", "H3"]
    assert {"P", "L", "LI", "Lbl", "LBody", "BlockQuote", "Link", "Table", "THead", "TH", "TD", "Figure"} <= set(tags)


def test_table_headers_are_headers_of_their_columns() -> None:
    with opened(pdf(paper(Table(("What", "Hours"), (("Planning", "2"),))))) as file:
        headers = [tag for tag in tagged(file) if tag.S == "/TH"]
        scopes = [str(facts.Scope) for tag in headers for facts in tag.A if "/Scope" in facts]
        assert scopes == ["/Column", "/Column"]


def test_pictures_and_ticks_have_a_name_and_empty_boxes_are_silent() -> None:
    shown = paper(Figure(CHART, "A line that rises."), Choice("Way", ("consent", "vote"), ("vote",)), language="es")
    with opened(pdf(shown)) as file:
        figures = [str(tag.Alt) for tag in tagged(file) if tag.S == "/Figure"]
    assert figures == ["A line that rises.", "Marcado"]


def test_headings_never_skip_a_level() -> None:
    steep = paper(Heading("one", 4), Heading("two", 4), Heading("three", 1), Text("###### four\n\n#### five"))
    assert [tag for tag in tags_in(pdf(steep)) if tag in ("H1", "H2", "H3", "H4")] == [
        "H1",
        "H2",
        "H3",
        "H2",
        "H3",
        "H4",
    ]


@pytest.mark.parametrize("block", EVERYTHING, ids=lambda block: type(block).__name__)
def test_every_kind_of_block_stands_alone(block: Block) -> None:
    assert pdf(paper(block)).startswith(b"%PDF-1.7")


def test_all_words_of_a_paper_are_on_it() -> None:
    said = words_in(pdf(WHOLE))
    for words in (
        "Our year", "What came of it", "North Elementary", "3 May 2027", "Page 1 of", "Where we are", "a second",
        "a link (example.org/page)", "“Nobody asked us.”", "— a teacher", "V-W2", "One sentence each.", "On Tuesdays.",
        "by lot", "Time given", "We plan together", "Ms Ortiz", "Freedoms", "Later", "Week one", "and so", "step 2",
    ):  # fmt: skip
        assert squeezed(words) in said, words


def test_page_numbers_and_margins_speak_the_language_of_the_paper() -> None:
    assert "Página2de2" in words_in(pdf(paper(PageBreak(), Text("dos"), language="es")))
    assert "Page1of1" in words_in(pdf(paper(Text("kein Wort"), language="de")))


def test_a_link_shows_its_address_once() -> None:
    said = words_in(pdf(paper(Text("<https://example.org/a> and [write](mailto:a@b.example) and [no](javascript:x)"))))
    assert said.count("example.org/a") == 1
    assert "write(a@b.example)" in said
    assert "[no](javascript:x)" in said


@pytest.mark.parametrize(
    "typed",
    [
        "#panic() #let x = 1 $x^2$ @ref <label> *not a list",
        '"\\u{41}" #import "/etc/passwd" // no /* comment */',
        "= heading\n== heading",
        "`code` ~~~ <b>bold</b> &amp; [x] (y.png)",
        "{{ name }} {% if x %} ${x} %s %(x)s",
        "| a | b |\n|---|---|",
        "    four spaces",
        "> said",
        "---",
        "-",
    ],
)
def test_what_looks_like_code_prints_as_it_was_typed(typed: str) -> None:
    everywhere = paper(
        Field(typed, typed), Note(typed, typed), Table((typed,), ((typed,),)), Heading(typed), Quote(typed, typed),
        Choice(typed, (typed,), (typed,)), Checklist((Check(True, typed, typed),)), Flow(((typed, typed),)),
    )  # fmt: skip
    marked = replace(everywhere, title=typed, subtitle=typed, school=typed, date=typed)
    assert words_in(pdf(marked)).count(squeezed(typed)) >= 15


def test_names_of_many_languages_print_or_are_spelled_out() -> None:
    names = "Zoë Ñuñez, Ελένη Παπά, Nguyễn Thị Hương, Łódź, Дмитро, İpek, ţară, ½ ✓ → ≥ €"
    said = words_in(pdf(paper(Field("Names", names), Text(names), Table((names,), ((names,),)))))
    assert said.count(squeezed(names)) == 4
    assert "printfonts" not in said


def test_a_letter_that_no_font_has_is_named_never_dropped() -> None:
    said = words_in(pdf(paper(Field("😀 说", "Mei 美 👩🏽‍🏫 🏵️"), language="es")))
    assert squeezed("[grinning face] [U+8BF4]") in said
    assert squeezed("Mei [U+7F8E] [woman][emoji modifier fitzpatrick type-4][school] [rosette]") in said
    assert "Vanentrecorchetes" in said


def test_arabic_and_hebrew_are_set_from_right_to_left() -> None:
    said = words_in(pdf(paper(Text("مدرسة שלום"))))
    assert "ةسردم"[::-1] in said[::-1] or "مدرسة" in said
    assert "[U+" not in said


def test_control_characters_and_marks_that_turn_the_line_are_stripped() -> None:
    said = words_in(pdf(paper(Field("a\x00b\x07c\u202ed\ufffe", "e\r\nf\u2028g\x85h"))))
    assert "abcd" in said
    assert "efgh" in said


def test_long_words_and_long_names_stay_on_the_page() -> None:
    name = "Bartholomew-Featherstonehaugh " * 7
    word = "Donaudampfschifffahrtsgesellschaft" * 8
    crowded = Table(("a", "b", "c", "d"), ((word, name, word, name),))
    file = pdf(replace(paper(Field(name, word), crowded, Choice(word, (name, word))), title=name, school=name))
    assert words_in(file, margins=False).count(squeezed(word)) == 5
    boxes = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=file, capture_output=True, check=True
    ).stdout.decode()
    assert max(map(float, re.findall(r'xMax="([\d.]+)"', boxes))) < 612 - 50


def test_a_very_long_text_prints_to_its_last_word() -> None:
    long = "All of it. " * 19_000 + "The end."
    said = words_in(pdf(paper(Field("Notes", long))), margins=False)
    assert said.count("Allofit.") == 19_000
    assert "Theend." in said


def test_a_long_note_choice_and_step_run_on_to_the_next_page() -> None:
    long = "word " * 3_000
    said = words_in(
        pdf(paper(Note(long), Choice("x", (long,)), Flow((("if", long),)), Checklist((Check(False, long),))))
    )
    assert said.count("word") == 12_000


def test_lists_nested_deeper_than_any_reader_follows_print_as_typed() -> None:
    deep = "".join("  " * level + f"- level{level}\n" for level in range(60))
    assert "-level59" in words_in(pdf(paper(Text(deep))))


def test_empty_blocks_make_an_empty_paper() -> None:
    nothing = paper(
        Text(""), Quote(""), Note(""), Flow(()), Checklist(()), Choice("", ()), Columns((), ()), Table(("A", "B"), ()),
        Field("", lines=0), Field("", "  "),
    )  # fmt: skip
    assert words_in(pdf(nothing)) == "ApaperABPage1of1"


def test_a_short_row_is_filled_up() -> None:
    assert tags_in(pdf(paper(Table(("A", "B", "C"), (("1",),))))).count("TD") == 3


def test_blank_fields_share_what_is_left_of_a_page() -> None:
    alone, crowded = pdf(paper(Field("A", lines=6))), pdf(paper(Field("A", lines=6), Field("B", "x\n\n" * 30)))
    assert 12 < rules_in(alone) < 24
    assert 4 <= rules_in(crowded) <= 6


def rules_in(file: bytes) -> int:
    with opened(file) as sheet:
        return sum(map(rules_on, sheet.pages))


def rules_on(page: pikepdf.Page) -> int:
    """Count the lines to write on: they are the ones in their own grey."""
    grey = [round(part / 255, 3) for part in (141, 147, 143)]
    drawn = [
        [round(float(part), 3) for part in operands]
        for operands, operator in pikepdf.parse_content_stream(page)
        if str(operator) in ("SCN", "scn")
    ]
    return drawn.count(grey)


def test_a_field_can_stay_with_what_follows() -> None:
    def page_of_both(lines: int, tied: bool) -> bool:
        question, answer = Field("Qqq", "words", with_next=tied), Field("Rrr", "more\n\nwords")
        with opened(pdf(paper(Field("Before", "line\n\n" * lines), question, answer))) as file:
            return any({"Qqq", "Rrr"} <= set(re.findall("Qqq|Rrr", words_on(page))) for page in file.pages)

    assert not all(page_of_both(lines, tied=False) for lines in range(24, 36))
    assert all(page_of_both(lines, tied=True) for lines in range(24, 36))


def pages(document: Document) -> int:
    with opened(pdf(document)) as file:
        return len(file.pages)


def test_a_tool_that_nearly_fits_is_set_on_one_page_when_asked() -> None:
    nearly = paper(*(Field(f"Question {n}", "An answer.\n\nAnd more.") for n in range(10)))
    assert pages(nearly) == 2
    assert pages(replace(nearly, one_page=True)) == 1


@pytest.mark.parametrize("name", ["rubric", "purpose-map", "decision-record"])
@pytest.mark.parametrize("size", ["letter", "a4"])
def test_a_tool_is_one_page_blank_and_filled(name: str, size: str) -> None:
    tools = [document for label, document in samples().items() if label.startswith(name)]
    assert {pages(replace(document, paper=size)) for document in tools} == {1}


def test_steps_beside_each_other_stay_on_one_page() -> None:
    steps = Flow((("If", ""), ("then", ""), ("and so", "")), lines=6)
    for lines in range(16, 36):
        with opened(pdf(paper(Field("Before", "line\n\n" * lines), steps))) as file:
            ruled = [rules_on(page) for page in file.pages]
        assert sorted(ruled)[-1] == sum(ruled) > 0, lines


def test_a_tool_too_long_for_one_page_keeps_its_size() -> None:
    long = paper(*(Field(f"Question {n}", "An answer.\n\nAnd more.") for n in range(20)))
    assert pdf(replace(long, one_page=True)) == pdf(long)


@pytest.mark.parametrize(
    ("size", "landscape", "box"),
    [("letter", False, (612, 792)), ("letter", True, (792, 612)), ("a4", False, (595, 842)), ("a4", True, (842, 595))],
)
def test_paper_comes_in_both_sizes_and_directions(size: str, landscape: bool, box: tuple[int, int]) -> None:
    with opened(pdf(replace(WHOLE, paper=size, landscape=landscape))) as file:
        assert tuple(round(float(side)) for side in file.pages[0].MediaBox[2:]) == box


def test_every_condition_has_its_own_mark() -> None:
    marked = {pdf(paper(Text("x"), condition=condition)) for condition in ("", *CONDITIONS)}
    assert len(marked) == 8


def test_the_same_document_gives_the_same_bytes_on_many_threads() -> None:
    with concurrent.futures.ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(pdf, [WHOLE] * 8))) == 1


def test_a_tall_picture_is_made_to_fit() -> None:
    tall = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="900"><path d="M5 0V900" stroke="#000"/></svg>'
    with opened(pdf(paper(Figure(tall, "A tall line")))) as file:
        figure = next(tag for tag in tagged(file) if tag.S == "/Figure")
        low, high = next((facts.BBox[1], facts.BBox[3]) for facts in figure.A if "/BBox" in facts)
        assert 300 < float(high) - float(low) < 430


def test_a_picture_that_cannot_be_drawn_is_refused() -> None:
    flat = paper(Figure('<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"/>', "nothing"))
    for document in (flat, replace(flat, one_page=True)):
        with pytest.raises(CannotPrint, match="could not be set: failed to parse SVG"):
            pdf(document)
