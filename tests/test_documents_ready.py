"""What cannot be printed is refused aloud, in words for the person who asked."""

import re
from collections.abc import Callable

import pytest

from colead.documents import (
    Block,
    CannotPrint,
    Columns,
    Document,
    Figure,
    Heading,
    PageBreak,
    Sheet,
    Table,
    Text,
    csv,
    docx,
    pdf,
    xlsx,
)
from colead.documents.prose import Listing, Paragraph, Run, prose

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">%s</svg>'


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"title": " \n"}, "The paper needs a title."),
        ({"title": "half \ud83d of it"}, "A text holds half a character."),
        ({"title": "x", "language": "english"}, "“english” is no language code"),
        ({"title": "x", "language": '"#panic()'}, "is no language code"),
        ({"title": "x", "paper": "a5"}, "There is no paper size “a5”. Choose letter or a4."),
        ({"title": "x", "condition": "weather"}, "There is no condition “weather”"),
    ],
)
@pytest.mark.parametrize("write", [pdf, docx])
def test_a_document_with_a_fault_is_refused(
    write: Callable[[Document], bytes], facts: dict[str, str], reason: str
) -> None:
    with pytest.raises(CannotPrint, match=re.escape(reason)):
        write(Document(**{"blocks": (), **facts}))  # type: ignore[arg-type]  # the faults are the point


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        (Heading(" "), "A heading needs words."),
        (Table((), ()), "A table needs at least one column."),
        (Table(("A",), (("1",), ("1", "2"))), "Row 2 of a table has 2 cells, but there are 1 columns."),
        (Table(("A", "B"), (), widths=(1,)), "A table needs one width above zero for each column"),
        (Table(("A", "B"), (), widths=(1, 0)), "A table needs one width above zero for each column"),
        (Columns((PageBreak(),), ()), "A page cannot end in the middle of two columns."),
        (Columns((), (Columns((), (PageBreak(),)),)), "A page cannot end in the middle of two columns."),
        (Columns((), (Heading(""),)), "A heading needs words."),
        (Figure(SVG % "", " "), "A picture needs a sentence that says what it shows."),
        (Figure("no svg", "x"), "A picture is no SVG"),
        (Figure("<html/>", "x"), "A picture is no SVG."),
        (Figure('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG % "&a;", "x"), "A picture has a document type."),
        (Figure(SVG % '<image href="/etc/passwd"/>', "x"), "shapes and words only, no <image>"),
        (Figure(SVG % "<g><script>alert(1)</script></g>", "x"), "shapes and words only, no <script>"),
        (Figure(SVG % "", "x", Table((), ())), "A table needs at least one column."),
        (Figure(SVG % "", "x", Table(("A",), (("1", "2"),))), "Row 1 of a table has 2 cells"),
    ],
)
def test_a_block_with_a_fault_is_refused(block: Block, reason: str) -> None:
    with pytest.raises(CannotPrint, match=re.escape(reason)):
        pdf(Document("A paper", (Text("before"), block)))


def test_a_picture_that_word_could_not_show_is_refused() -> None:
    flat = Figure('<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"/>', "nothing")
    with pytest.raises(CannotPrint, match="A picture could not be drawn"):
        docx(Document("A paper", (flat,)))


@pytest.mark.parametrize(
    ("sheet", "reason"),
    [
        (Sheet("Steps", (), ()), "The sheet “Steps” has no columns."),
        (Sheet("Steps", ("A", "B"), ((1, 2), (1,))), "Row 3 of “Steps” has 1 cells for 2 columns."),
        (Sheet("Steps", ("A",), ((float("nan"),),)), "Row 2 of “Steps” holds something that is no number."),
        (Sheet("Steps", ("A",), (("half \ud83d",),)), "A text holds half a character."),
    ],
)
def test_a_sheet_with_a_fault_is_refused(sheet: Sheet, reason: str) -> None:
    for write in (csv, lambda one: xlsx([one])):
        with pytest.raises(CannotPrint, match=re.escape(reason)):
            write(sheet)


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("", ()),
        ("one\ntwo", (Paragraph((Run("one\ntwo"),)),)),
        ("one  \ntwo", (Paragraph((Run("one\ntwo"),)),)),
        (r"1 \* 2 * 3", (Paragraph((Run("1 * 2 * 3"),)),)),
        ("*a **b***", (Paragraph((Run("a ", italic=True), Run("b", True, True))),)),
        ("[a](https://b.c/)", (Paragraph((Run("a", url="https://b.c/"), Run(" (b.c/)"))),)),
        ("[](https://b.c)", (Paragraph((Run("[](https://b.c)"),)),)),
        ("[a]()", (Paragraph((Run("a"),)),)),
        ('[a](b "lost title")', (Paragraph((Run('[a](b "lost title")'),)),)),
        ("7. a", (Listing(True, 7, ((Paragraph((Run("a"),)),),)),)),
        ("- a\n\n  b", (Listing(False, 1, ((Paragraph((Run("a"),)), Paragraph((Run("b"),))),)),)),
        ("-", (Paragraph((Run("-"),)),)),
        ("- 5\n-", (Listing(False, 1, ((Paragraph((Run("5"),)),), ())),)),
    ],
)
def test_markdown_is_read_as_its_words_in_their_styles(text: str, nodes: tuple[Paragraph | Listing, ...]) -> None:
    assert prose(text) == nodes


def test_running_text_joins_its_lines() -> None:
    assert prose("one\ntwo", breaks=False) == (Paragraph((Run("one two"),)),)
