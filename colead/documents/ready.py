"""Make a document fit to print, or refuse it with a reason."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from lxml import etree

from colead.documents.blocks import Block, Columns, Document, Figure, Heading, PageBreak, Table, Text, inside

CONDITIONS = ("vision", "administration", "capacity", "structures", "relationships", "influence", "improvement")
PAPERS = ("letter", "a4")

Thing = TypeVar("Thing")

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
_HEADING = re.compile(r"^(#{1,6}) +(\S.*?)(?: +#+)? *$", re.MULTILINE)
# Marks that turn the direction of the text around them; a name with one could rewrite the line it stands in.
_TURNING = set(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
_FOREIGN = {"script", "foreignObject", "image"}


class CannotPrint(ValueError):
    """The document cannot be put on paper; the message says why, for the person who asked."""


def ready(document: Document) -> Document:
    """Return the document as the writers need it: clean texts, whole tables, headings that never skip a level."""
    clean: Document = cleaned(document)
    _check(clean)
    blocks = tuple(_whole(clean.blocks))
    for block in inside(blocks):
        _check_block(block)
    return replace(clean, title=" ".join(clean.title.split()), blocks=_stepped(blocks, [1]))


def cleaned(value: Thing) -> Thing:
    """Strip what is no text (control characters, NUL, marks that turn its direction) from every string inside."""
    if isinstance(value, str):
        return _clean_text(value)  # type: ignore[return-value]  # a str comes in, a str goes out
    if isinstance(value, tuple):
        return tuple(cleaned(part) for part in value)  # type: ignore[return-value]  # likewise a tuple
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: cleaned(getattr(value, field.name)) for field in fields(value)})
    return value


def _clean_text(text: str) -> str:
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise CannotPrint("A text holds half a character. Copy it in again from where it came.")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    return "".join(character for character in lines if not _is_noise(character))


def _is_noise(character: str) -> bool:
    if character in "\n\t":
        return False
    if character in _TURNING or unicodedata.category(character) == "Cc":
        return True
    return ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF


def _check(document: Document) -> None:
    if not document.title.strip():
        raise CannotPrint("The paper needs a title.")
    if not _LANGUAGE.fullmatch(document.language):
        raise CannotPrint(f"“{document.language}” is no language code such as en or es-MX.")
    if document.paper not in PAPERS:
        raise CannotPrint(f"There is no paper size “{document.paper}”. Choose letter or a4.")
    if document.condition and document.condition not in CONDITIONS:
        raise CannotPrint(f"There is no condition “{document.condition}” to mark this paper with.")


def _whole(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Split headings out of running text and fill up short table rows."""
    for block in blocks:
        match block:
            case Text():
                yield from _split(block)
            case Table():
                yield _filled(block)
            case Figure(table=Table() as table):
                yield replace(block, table=_filled(table))
            case Columns():
                yield Columns(tuple(_whole(block.left)), tuple(_whole(block.right)))
            case _:
                yield block


def _split(block: Text) -> Iterator[Block]:
    before, *rest = _HEADING.split(block.text)
    if before.strip():
        yield Text(before)
    for marks, heading, after in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        yield Heading(heading, len(marks))
        if after.strip():
            yield Text(after)


def _filled(table: Table) -> Table:
    columns = len(table.headers)
    for number, row in enumerate(table.rows, start=1):
        if len(row) > columns:
            raise CannotPrint(f"Row {number} of a table has {len(row)} cells, but there are {columns} columns.")
    return replace(table, rows=tuple(row + ("",) * (columns - len(row)) for row in table.rows))


def _check_block(block: Block) -> None:
    match block:
        case Heading():
            if not block.text.strip():
                raise CannotPrint("A heading needs words.")
        case Table():
            _check_table(block)
        case Figure():
            _check_figure(block)
        case Columns():
            if any(isinstance(one, PageBreak) for one in inside((block,))):
                raise CannotPrint("A page cannot end in the middle of two columns.")


def _check_table(table: Table) -> None:
    if not table.headers:
        raise CannotPrint("A table needs at least one column.")
    if table.widths and (len(table.widths) != len(table.headers) or min(table.widths) <= 0):
        raise CannotPrint("A table needs one width above zero for each column, or none at all.")


def _check_figure(figure: Figure) -> None:
    if not figure.alt.strip():
        raise CannotPrint("A picture needs a sentence that says what it shows.")
    if figure.table:
        _check_table(figure.table)
    try:
        root = etree.fromstring(figure.svg.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise CannotPrint(f"A picture is no SVG: {error.msg}") from error
    _check_drawing(root)


def _check_drawing(root: Any) -> None:
    """Let only shapes and words through: nothing that runs, loads or points elsewhere."""
    if etree.QName(root).localname != "svg":
        raise CannotPrint("A picture is no SVG.")
    if root.getroottree().docinfo.doctype:
        raise CannotPrint("A picture has a document type. Leave it out.")
    for element in root.iter(etree.Element):
        if etree.QName(element).localname in _FOREIGN:
            raise CannotPrint(f"A picture may hold shapes and words only, no <{etree.QName(element).localname}>.")


def _stepped(blocks: tuple[Block, ...], reached: list[int]) -> tuple[Block, ...]:
    """Bring each heading to at most one level below the one before it, as readers of tagged paper expect."""
    found: list[Block] = []
    for block in blocks:
        match block:
            case Heading():
                reached[0] = max(2, min(block.level, reached[0] + 1, 4))
                found.append(replace(block, level=reached[0]))
            case Columns():
                found.append(Columns(_stepped(block.left, reached), _stepped(block.right, reached)))
            case _:
                found.append(block)
    return tuple(found)
