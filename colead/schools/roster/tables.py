"""Bytes of a spreadsheet saved as text, or of an XLSX workbook, as numbered rows of cells."""

import csv
import re
import unicodedata
from collections.abc import Callable, Iterator
from io import StringIO

from colead.documents.sheets import unguard
from colead.schools.roster.lines import FileRefused, LineRefused, Reason

MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_CHARACTERS = 1_000  # in one cell that we keep
DELIMITERS = ",;\t"
FORMULA = ("=", "+", "-", "@", "\t", "\r")

Row = tuple[int, list[str]]

# What cp1252 text by people who write names holds beside letters and ASCII. Anything else says: wrong guess.
_WINDOWS_MARKS = set("’‘“”„‚–—…•·°ºª«»¡¿´`€™®©§½¼¾× ")
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]")


def text_of(data: bytes) -> str:
    """Decode UTF-8, UTF-16 or Windows-1252 text; refuse what is none of them for sure, and NUL characters."""
    text = _decoded(data)
    if "\0" in text:
        raise FileRefused(Reason.NUL, line=text.count("\n", 0, text.index("\0")) + 1)
    return text


def _decoded(data: bytes) -> str:
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
        if wide := _wide(data):
            return data.decode(wide)
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _windows(data)


def _wide(data: bytes) -> str:
    """Recognise UTF-16 without its mark: nearly every other byte of western text is NUL."""
    sample = data[:2000]
    half = len(sample) // 2
    if sample[1::2].count(0) > half * 0.7:
        return "utf-16-le"
    return "utf-16-be" if sample[0::2].count(0) > half * 0.7 else ""


def _windows(data: bytes) -> str:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as wrong:
        raise FileRefused(Reason.ENCODING, line=data.count(b"\n", 0, wrong.start) + 1) from wrong
    for place, character in enumerate(text):
        if character > "~" and not character.isalpha() and character not in _WINDOWS_MARKS:
            raise FileRefused(Reason.ENCODING, line=text.count("\n", 0, place) + 1)
    return text


def csv_rows(text: str, delimiter: str) -> Iterator[Row]:
    """Yield the rows of a CSV with the line each begins on. Refuses what is too long or badly quoted, with its line."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begin = 1
    try:
        for cells in reader:
            yield from _judged(begin, cells)
            begin = reader.line_num + 1
    except csv.Error as wrong:
        huge = "field limit" in str(wrong)
        raise FileRefused(Reason.CELL_HUGE if huge else Reason.QUOTES, line=begin) from wrong


def _judged(number: int, cells: list[str]) -> Iterator[Row]:
    """Yield the row unless it is blank; refuse a table that is too long or too wide to be a staff list."""
    if number > MOST_ROWS:
        raise FileRefused(Reason.TOO_MANY_ROWS, line=number, most=MOST_ROWS)
    if len(cells) > MOST_COLUMNS:
        raise FileRefused(Reason.TOO_MANY_COLUMNS, line=number, most=MOST_COLUMNS)
    if any(cell.strip() for cell in cells):
        yield number, cells


def best_delimiter(text: str, score: Callable[[list[str]], int]) -> str:
    """Return the delimiter under which one of the first lines scores most headings."""
    first = [line for line in text[:20_000].splitlines()[:12] if line.strip()]
    if first and first[0].lower().startswith("sep=") and first[0][4:5] in DELIMITERS:
        return first[0][4]
    return max(DELIMITERS, key=lambda d: max((score(_split(line, d)) for line in first), default=0))


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def clean(cell: str, heading: str) -> str:
    """Return a cell's text: composed, single-spaced, without invisible marks, without the guard we put on export.

    Refuses a cell that is too long or holds control characters.
    """
    if len(cell) > MOST_CHARACTERS:
        raise LineRefused(Reason.CELL_LONG, heading=heading, most=MOST_CHARACTERS, found=len(cell))
    text = " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", cell)).split())
    if any(unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn") for character in text):
        raise LineRefused(Reason.CONTROL, heading=heading)
    return unguard(text)
