"""Read and write CSV that strangers made: size, width and signs are judged before anything is believed."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from colead.timetable.reading import CannotRead
from colead.timetable.words import mark, say

MOST_BYTES = 5_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_CHARACTERS = 2_000  # in one cell

Row = tuple[int, list[str]]

# What makes a spreadsheet take a text for a formula, in full-width letters too (OWASP ASVS 5.0, 1.2.10).
_DANGER = r"[=+\-@\t\r\n\0＝＋－＠]"
_GUARDABLE = re.compile(f"'*{_DANGER}")
_GUARDED = re.compile(f"'+{_DANGER}")
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def rows_of(file: str, data: bytes) -> list[Row]:
    """Read CSV bytes (UTF-8; commas, semicolons or tabs) as rows with the line each begins on; blank rows fall away.

    Refuses with `CannotRead` what is too large, no UTF-8, badly quoted or holds signs that no text has.
    """
    if len(data) > MOST_BYTES:
        raise CannotRead(file, 0, say(mark("The file is larger than %(most)d MB."), most=MOST_BYTES // 1_000_000))
    text = _text(file, data)
    return [(line, cells) for line, cells in _rows(file, text) if any(cells)]


def _text(file: str, data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        raise CannotRead(
            file, line, say(mark("Save the file as CSV UTF-8: there is a letter we cannot read."))
        ) from wrong
    if found := _NO_TEXT.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise CannotRead(file, line, say(mark("There is a hidden sign in this line. Type the line in again.")))
    return text


def _rows(file: str, text: str) -> Iterator[Row]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    begin = 1
    try:
        for number, cells in enumerate(reader, start=1):
            _judge(file, begin, number, cells)
            yield begin, [unguard(cell.strip()) for cell in cells]
            begin = reader.line_num + 1
    except csv.Error as wrong:
        raise CannotRead(file, begin, say(mark("A quotation mark is missing here, or a cell is huge."))) from wrong


def _delimiter(text: str) -> str:
    """Take the sign that is there most often in the first line."""
    first = text.split("\n", 1)[0]
    return max(",;\t", key=first.count)


def _judge(file: str, line: int, number: int, cells: Sequence[str]) -> None:
    if number > MOST_ROWS:
        raise CannotRead(file, line, say(mark("The file has more than %(most)d rows."), most=MOST_ROWS))
    if len(cells) > MOST_COLUMNS:
        raise CannotRead(file, line, say(mark("This row has more than %(most)d cells."), most=MOST_COLUMNS))
    if any(len(cell) > MOST_CHARACTERS for cell in cells):
        raise CannotRead(file, line, say(mark("A cell has more than %(most)d characters."), most=MOST_CHARACTERS))


def unguard(cell: str) -> str:
    """Take the guard of `csv_bytes` off again, so that what goes out and comes back is equal."""
    return cell[1:] if _GUARDED.match(cell) else cell


def csv_bytes(headers: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """Write CSV bytes (UTF-8 with a mark, as Excel wants it); texts that look like formulas get a guard."""
    lines = StringIO(newline="")
    csv.writer(lines).writerows([_cell(cell) for cell in row] for row in (headers, *rows))
    return lines.getvalue().encode("utf-8-sig")


def _cell(cell: str | int) -> str | int:
    return f"'{cell}" if isinstance(cell, str) and _GUARDABLE.match(cell) else cell
