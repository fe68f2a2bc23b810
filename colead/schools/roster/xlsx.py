"""Read the first sheet of an XLSX workbook as text, with the limits held while reading.

Not with a library: measured in November 2026, python-calamine lays a sheet out as one dense block, so that a file of
5 kB with a word in the last cell asks for 512 GB and takes the whole server process down. This reader streams through
expat, refuses document types (and with them entities), and stops at the row limit.
"""

import re
from collections.abc import Callable, Iterator
from posixpath import join, normpath
from xml.parsers import expat

from colead.schools.roster.archive import Archive
from colead.schools.roster.lines import FileRefused, Reason
from colead.schools.roster.tables import MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS, Row

MOST_ENTRIES = 100  # a workbook holds a handful of files for each of its sheets
MOST_STRINGS = 200_000
_WHOLE = re.compile(r"^(-?\d+)\.0+$")
_CELL = re.compile(r"^([A-Za-z]{1,3})(\d{1,7})$")


def is_workbook(archive: Archive) -> bool:
    """Say whether the zip is an XLSX workbook."""
    return "[Content_Types].xml" in archive.names and "xl/workbook.xml" in archive.names


def sheet_rows(archive: Archive) -> Iterator[Row]:
    """Yield the rows of the first sheet that hold something, with their numbers in the sheet."""
    strings = _Strings()
    if "xl/sharedStrings.xml" in archive.names:
        _parse(archive.read("xl/sharedStrings.xml"), strings.start, strings.end, strings.text)
    sheet = _Sheet(strings.found)
    _parse(archive.read(_first_sheet(archive)), sheet.start, sheet.end, sheet.text)
    yield from sheet.rows


Start = Callable[[str, dict[str, str]], None]


def _parse(data: bytes, start: Start, end: Callable[[str], None], text: Callable[[str], None]) -> None:
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.StartElementHandler = lambda tag, attributes: start(tag.rpartition("}")[2], attributes)
    parser.EndElementHandler = lambda tag: end(tag.rpartition("}")[2])
    parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError) as broken:
        raise FileRefused(Reason.SHEET_BROKEN) from broken


def _no_doctype(*_: object) -> None:
    raise FileRefused(Reason.SHEET_BROKEN)


def _ignore(_: str) -> None:
    """Pass over what the workbook's own lists hold beside attributes."""


def _first_sheet(archive: Archive) -> str:
    """Return the name of the file that holds the first sheet: workbook.xml names a relation, its list the file."""
    sheets: list[str] = []
    targets: dict[str, str] = {}

    def sheet(tag: str, given: dict[str, str]) -> None:
        if tag == "sheet":
            sheets.extend(value for key, value in given.items() if key.endswith("}id"))

    def relation(tag: str, given: dict[str, str]) -> None:
        if tag == "Relationship":
            targets[given.get("Id", "")] = given.get("Target", "")

    relations = "xl/_rels/workbook.xml.rels"
    _parse(archive.read("xl/workbook.xml"), sheet, _ignore, _ignore)
    if relations in archive.names:
        _parse(archive.read(relations), relation, _ignore, _ignore)
    target = targets.get(sheets[0], "") if sheets else ""
    name = normpath(join("/xl", target)).lstrip("/")
    if name not in archive.names:
        raise FileRefused(Reason.SHEET_BROKEN)
    return name


class _Strings:
    """Collect the workbook's shared strings, without the small print that reads Chinese characters aloud."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._parts: list[str] = []
        self._in_text = self._in_phonetic = False

    def start(self, tag: str, _: dict[str, str]) -> None:
        if tag == "si":
            self._parts = []
        self._in_text = tag == "t"
        self._in_phonetic = self._in_phonetic or tag == "rPh"

    def end(self, tag: str) -> None:
        if tag == "si":
            self.found.append("".join(self._parts))
        if tag == "rPh":
            self._in_phonetic = False
        self._in_text = False
        if len(self.found) > MOST_STRINGS:
            raise FileRefused(Reason.TOO_MANY_ROWS, line=MOST_ROWS + 1, most=MOST_ROWS)

    def text(self, text: str) -> None:
        if self._in_text and not self._in_phonetic:
            self._parts.append(text)


class _Sheet:
    """Collect the rows that hold something, as text; of a formula the value it last had."""

    def __init__(self, strings: list[str]) -> None:
        self.rows: list[Row] = []
        self._strings = strings
        self._number = 0
        self._cells: list[str] = []
        self._kind = ""
        self._parts: list[str] = []
        self._inside = ""

    def start(self, tag: str, given: dict[str, str]) -> None:
        self._inside = tag
        if tag == "row":
            self._number = _number(given.get("r"), self._number + 1)
            self._cells = []
        elif tag == "c":
            self._pad(given.get("r"))
            self._kind, self._parts = given.get("t", "n"), []

    def end(self, tag: str) -> None:
        self._inside = ""
        if tag == "c":
            self._cells.append(self._value())
        elif tag == "row" and any(cell.strip() for cell in self._cells):
            if self._number > MOST_ROWS:
                raise FileRefused(Reason.TOO_MANY_ROWS, line=self._number, most=MOST_ROWS)
            self.rows.append((self._number, self._cells))

    def text(self, text: str) -> None:
        if self._inside in ("v", "t"):
            self._parts.append(text)

    def _pad(self, place: str | None) -> None:
        """Put blanks where the sheet leaves cells out."""
        match = _CELL.match(place or "")
        column = _column(match[1]) if match else len(self._cells)
        if column >= MOST_COLUMNS:
            raise FileRefused(Reason.TOO_MANY_COLUMNS, line=self._number, most=MOST_COLUMNS)
        self._cells.extend([""] * (column - len(self._cells)))

    def _value(self) -> str:
        text = "".join(self._parts)
        if self._kind == "s":
            text = self._shared(text)
        if self._kind == "e":  # a mistake in a formula: there is no value
            return ""
        # What is far too long is cut here and refused later, with its line.
        return _WHOLE.sub(r"\1", text) if self._kind == "n" else text[: MOST_CHARACTERS + 1]

    def _shared(self, place: str) -> str:
        if not place.isdecimal() or int(place[:9]) >= len(self._strings):
            raise FileRefused(Reason.SHEET_BROKEN)
        return self._strings[int(place[:9])]


def _number(given: str | None, following: int) -> int:
    return int(given[:9]) if given and given.isdecimal() else following


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1
