"""Write a document as DOCX, for people who want to go on writing in it.

It holds the same words as the PDF in Word's own terms: heading styles, tables with header rows, tick boxes that can be
clicked, ruled lines to type over, a page number field.
"""

from collections.abc import Iterable
from io import BytesIO
from typing import Any, TypeAlias

import docx as python_docx
from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.shared import Mm
from docx.table import Table as WordTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph as WordParagraph

from colead.documents import word_look
from colead.documents.blocks import (
    Block,
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
)
from colead.documents.prose import Listing, Node, Paragraph, Run, prose
from colead.documents.ready import ready
from colead.documents.typeset import mark, picture

Place: TypeAlias = WordFile | _Cell

_BOX = """
<w:sdt xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:sdtPr><w14:checkbox>
<w14:checked w14:val="{on}"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>
<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>
<w:sdtContent><w:r><w:rPr><w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic"/></w:rPr>
<w:t>{sign}</w:t></w:r></w:sdtContent></w:sdt>"""
_DECORATION = """
<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative val="1"
 xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative"/></a:ext></a:extLst>"""


def docx(document: Document) -> bytes:
    """Write the document as DOCX bytes, the same bytes for the same document; refuses with `CannotPrint`."""
    clean = ready(document)
    file = python_docx.Document()
    word_look.prepare(file, clean)
    if clean.condition:
        _decorate(file.add_paragraph(), mark(clean.condition))
    _add(file, clean.title, "Heading 1")
    if clean.subtitle:
        _add(file, clean.subtitle, "Subtitle")
    _write(file, clean.blocks)
    return word_look.packed(file)


def _decorate(paragraph: WordParagraph, image: bytes) -> None:
    """Place the mark of a condition, passed over by a screen reader."""
    shape: Any = paragraph.add_run().add_picture(BytesIO(image), height=Mm(14))
    shape._inline.docPr.append(parse_xml(_DECORATION))


def _add(place: Place, text: str = "", style: str = "Normal") -> WordParagraph:
    """Add a paragraph. A style's id is its name without spaces; by name python-docx would walk all styles each time."""
    paragraph = place.add_paragraph(text)
    paragraph._p.style = style.replace(" ", "")
    return paragraph


def _write(place: Place, blocks: Iterable[Block]) -> None:
    for block in blocks:
        _write_block(place, block)


def _write_block(place: Place, block: Block) -> None:  # noqa: C901  # one arm a kind of block, nothing nested
    match block:
        case Heading():
            _add(place, block.text, f"Heading {block.level}")
        case Text():
            _prose(place, prose(block.text, breaks=False))
        case Quote():
            _quote(place, block)
        case Field():
            _field(place, block)
        case Choice():
            _choice(place, block)
        case Table():
            _table(place, block)
        case Checklist():
            _checklist(place, block)
        case Columns():
            _columns(place, block)
        case Note():
            _note(place, block)
        case PageBreak():
            place.add_paragraph().paragraph_format.page_break_before = True
        case Figure():
            _figure(place, block)
        case _:
            _flow(place, block)


def _quote(place: Place, block: Quote) -> None:
    for number, node in enumerate(nodes := prose(block.text)):
        marked = _marked(node, number == 0, number == len(nodes) - 1)
        _prose(place, (marked,), "Quote")
    if block.by:
        _add(place, f"— {block.by}", "Hint")


def _marked(node: Node, first: bool, last: bool) -> Node:
    """Put the quotation marks where the words begin and end."""
    if isinstance(node, Listing):
        return node
    return type(node)((Run("“" * first), *node.runs, Run("”" * last)))


def _field(place: Place, block: Field) -> None:
    label = _add(place, style="Label")
    if block.code:
        label.add_run(f"{block.code}  ").font.color.rgb = word_look.SOFT
    label.add_run(block.label)
    if block.hint:
        _add(place, block.hint, "Hint")
    _prose(place, prose(block.value), "Answer")
    if not block.value.strip():
        for _ in range(block.lines):
            _add(place, style="Writing line")


def _choice(place: Place, block: Choice) -> None:
    if block.label:
        _add(place, block.label, "Label")
    for option in block.options + tuple(one for one in block.chosen if one not in block.options):
        _tick(place, option in block.chosen).add_run(option)


def _checklist(place: Place, block: Checklist) -> None:
    for item in block.items:
        nodes = prose(item.text)
        first = nodes[0].runs if nodes and isinstance(nodes[0], Paragraph) else ()
        _runs(_tick(place, item.done), first)
        _prose(place, nodes[1:] if first else nodes)
        if item.note:
            _add(place, item.note, "Hint")


def _tick(place: Place, done: bool) -> WordParagraph:
    paragraph = _add(place, style="Tick")
    paragraph._p.append(parse_xml(_BOX.format(on=int(done), sign="☒" if done else "☐")))
    paragraph.add_run("\t")
    return paragraph


def _note(place: Place, block: Note) -> None:
    if block.title:
        _add(place, style="Note").add_run(block.title).bold = True
    _prose(place, prose(block.text), "Note")


def _figure(place: Place, block: Figure) -> None:
    shape: Any = place.add_paragraph().add_run().add_picture(BytesIO(picture(block.svg)), width=Mm(160))
    shape._inline.docPr.set("descr", block.alt)
    if block.table:
        _table(place, block.table)


def _flow(place: Place, block: Flow) -> None:
    """Set a few steps as one table read from left to right, many of them as questions below each other."""
    if 0 < len(block.steps) <= 4:
        labels, texts = zip(*block.steps, strict=True)
        arrows = ("→ " + label if number else label for number, label in enumerate(labels))
        _table(place, Table(tuple(arrows), (texts,), widths=(1.0,) * len(labels), room=block.lines))
    else:
        _write(place, (Field(label, text, block.lines) for label, text in block.steps))


def _columns(place: Place, block: Columns) -> None:
    grid = place.add_table(1, 2)
    for cell, blocks in zip(grid.rows[0].cells, (block.left, block.right), strict=True):
        _write(cell, blocks)
        _tidy(cell)


def _tidy(cell: _Cell) -> None:
    """Drop the empty paragraph that a new cell begins with, once there is more."""
    if len(cell.paragraphs) > 1 or cell.tables:
        cell._tc.remove(cell.paragraphs[0]._p)


def _table(place: Place, block: Table) -> None:
    if block.caption:
        _add(place, block.caption, "Label")
    table = place.add_table(0, len(block.headers))
    word_look.rule(table)
    _header(table.add_row(), block.headers)
    for cells in block.rows + (("",) * len(block.headers),) * block.blank_rows:
        _row(table.add_row(), cells, block)
    _widen(table, block.widths)
    if isinstance(place, WordFile):  # a cell sees to that itself
        place.add_paragraph()


def _header(row: _Row, headers: tuple[str, ...]) -> None:
    word_look.repeat(row)
    for cell, header in zip(row.cells, headers, strict=True):
        cell.paragraphs[0].add_run(header).bold = True


def _row(row: _Row, cells: tuple[str, ...], block: Table) -> None:
    if not all(cells):
        word_look.make_room(row, max(block.room, int(not any(cells))))
    for cell, text in zip(row.cells, cells, strict=True):
        _prose(cell, prose(text))
        _tidy(cell)


def _widen(table: WordTable, widths: tuple[float, ...]) -> None:
    for column, width in zip(table.columns, widths, strict=False):
        column.width = Mm(round(165 * width / sum(widths)))
        for cell in column.cells:
            cell.width = column.width


def _prose(place: Place, nodes: Iterable[Node], style: str = "Normal") -> None:
    for node in nodes:
        if isinstance(node, Listing):
            _listing(place, node, 1)
        else:
            _runs(_add(place, style=style), node.runs)


def _listing(place: Place, listing: Listing, depth: int) -> None:
    """Write a list in Word's own list styles, which go three levels deep."""
    style = ("List Number" if listing.ordered else "List Bullet") + (f" {min(depth, 3)}" if depth > 1 else "")
    number = word_look.restarted(place.part, style, listing.start) if listing.ordered else None
    for item in listing.items:
        _item(place, item, style, number, depth)


def _item(place: Place, item: tuple[Node, ...], style: str, number: int | None, depth: int) -> None:
    for position, node in enumerate(item):
        if isinstance(node, Listing):
            _listing(place, node, depth + 1)
            continue
        paragraph = _add(place, style=style if position == 0 else "List Continue")
        if number is not None and position == 0:
            word_look.number(paragraph, number)
        _runs(paragraph, node.runs)


def _runs(paragraph: WordParagraph, runs: Iterable[Run]) -> None:
    for run in runs:
        written = paragraph.add_run(run.text)
        written.bold, written.italic = run.bold or None, run.italic or None
        if run.url:
            _link(paragraph, written, run.url)


def _link(paragraph: WordParagraph, written: Any, url: str) -> None:
    target = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link: Any = parse_xml(f'<w:hyperlink {word_look.NAMESPACES} r:id="{target}"/>')
    written.underline = True
    written._r.addprevious(link)
    link.append(written._r)
