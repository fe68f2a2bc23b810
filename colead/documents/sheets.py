"""Write lists for spreadsheets: XLSX with typed cells, CSV with a guard against formulas."""

import csv as csv_format
import datetime
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO, StringIO
from typing import TypeAlias

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from colead.documents.ready import CannotPrint, cleaned

Cell: TypeAlias = str | bool | int | float | Decimal | datetime.date | datetime.datetime | None


@dataclass(frozen=True)
class Sheet:
    """Rows under headers; an empty cell is None or an empty text."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


# What a spreadsheet holds at most: characters in a cell, rows, columns, letters in the name of a sheet.
CELL, ROWS, COLUMNS, NAME = 32_767, 1_048_576, 16_384, 31
# Excel counts in floating point: whole numbers beyond this lose their last digits. Its calendar begins (with a wrong
# leap day) in 1900. What lies outside is written as text.
EXACT = 10**15
FIRST_YEAR = 1900
LONG_AGO = datetime.datetime(2020, 1, 1)  # a spreadsheet knows no time zones

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}
# What makes a spreadsheet take a text for a formula, in full-width letters too (OWASP ASVS 5.0, 1.2.10).
_DANGER = r"[=+\-@\t\r\n\0＝＋－＠]"
_GUARDABLE = re.compile(f"'*{_DANGER}")
_GUARDED = re.compile(f"'+{_DANGER}")
_NO_NAME = re.compile(r"[\[\]:*?/\\]")


def csv(sheet: Sheet) -> bytes:
    """Write a sheet as CSV bytes (UTF-8 with a mark, as Excel wants it); texts that look like formulas get a guard.

    Numbers stay numbers, dates are ISO 8601, yes and no are true and false. Refuses with `CannotPrint`.
    """
    _check(sheet)
    lines = StringIO(newline="")
    csv_format.writer(lines).writerows([_csv_cell(cell) for cell in row] for row in (sheet.headers, *sheet.rows))
    try:
        return lines.getvalue().encode("utf-8-sig")
    except UnicodeEncodeError as error:
        raise CannotPrint("A text holds half a character. Copy it in again from where it came.") from error


def unguard(cell: str) -> str:
    """Take the guard of `csv` off again, so that what goes out and comes back is equal."""
    return cell[1:] if _GUARDED.match(cell) else cell


def xlsx(sheets: Sequence[Sheet]) -> bytes:
    """Write sheets as XLSX bytes, the same bytes for the same sheets; a text is always a text, never a formula or link.

    Refuses with `CannotPrint` what no spreadsheet can hold, naming sheet and row, so that nothing is cut off unseen.
    """
    if not sheets:
        raise CannotPrint("A spreadsheet needs at least one sheet.")
    file = BytesIO()
    book = xlsxwriter.Workbook(file, _OPTIONS)
    book.set_properties({"created": LONG_AGO})
    look = {
        "header": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
        "time": book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top"}),
    }
    for sheet, name in zip(sheets, _names(sheets), strict=True):
        _check(sheet)
        _fill(book.add_worksheet(name), cleaned(sheet), look)
    book.close()
    return file.getvalue()


def _csv_cell(cell: Cell) -> Cell:
    match cell:
        case str():
            return f"'{cell}" if _GUARDABLE.match(cell) else cell
        case bool():
            return str(cell).lower()
        case datetime.datetime():
            return cell.isoformat(" ", "minutes")
        case _:
            return cell


def _check(sheet: Sheet) -> None:
    if not sheet.headers:
        raise CannotPrint(f"The sheet “{sheet.name}” has no columns.")
    for number, row in enumerate(sheet.rows, start=2):
        if len(row) != len(sheet.headers):
            raise CannotPrint(f"Row {number} of “{sheet.name}” has {len(row)} cells for {len(sheet.headers)} columns.")
        if any(isinstance(cell, (float, Decimal)) and not math.isfinite(cell) for cell in row):
            raise CannotPrint(f"Row {number} of “{sheet.name}” holds something that is no number.")


def _names(sheets: Sequence[Sheet]) -> list[str]:
    """Name the sheets as Excel allows it: short, without signs it keeps for itself, none twice."""
    names: list[str] = []
    for sheet in sheets:
        name = " ".join(_NO_NAME.sub(" ", cleaned(sheet.name)).split()).strip("'")[:NAME] or "Sheet"
        taken = {one.casefold() for one in (*names, "history")}
        number = 2
        free = name
        while free.casefold() in taken:
            free = f"{name[: NAME - 5]} ({number})"
            number += 1
        names.append(free)
    return names


def _fill(page: Worksheet, sheet: Sheet, look: dict[str, Format]) -> None:
    if len(sheet.rows) >= ROWS or len(sheet.headers) > COLUMNS:
        raise CannotPrint(f"“{sheet.name}” is larger than a spreadsheet can be. Take the CSV file.")
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(sheet.rows), len(sheet.headers) - 1)
    for column, header in enumerate(sheet.headers):
        page.set_column(column, column, _width(header, [row[column] for row in sheet.rows[:200]]))
        _put_text(page, 0, column, header, look["header"])
    for number, row in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(row):
            _put(page, number, column, cell, look)


def _put(page: Worksheet, row: int, column: int, cell: Cell, look: dict[str, Format]) -> None:
    match cell:
        case None | "":
            return
        case bool():
            page.write_boolean(row, column, cell)
        case float():
            page.write_number(row, column, cell)
        case int() | Decimal() if -EXACT < cell < EXACT:
            page.write_number(row, column, cell)
        case datetime.datetime() if cell.year > FIRST_YEAR:
            page.write_datetime(row, column, cell, look["time"])
        case datetime.date() if cell.year > FIRST_YEAR:
            page.write_datetime(row, column, cell, look["date"])
        case _:
            _put_text(page, row, column, str(cell), look["text"])


def _put_text(page: Worksheet, row: int, column: int, text: str, look: Format) -> None:
    if len(text) > CELL:
        raise CannotPrint(
            f"The text in row {row + 1} of “{page.name}” is longer than a spreadsheet cell can be "
            f"({CELL:,} characters). Take the CSV file."
        )
    page.write_string(row, column, text, look)


def _width(header: str, cells: list[Cell]) -> int:
    """Make a column as wide as its longest line, within reason."""
    lines = [line for cell in (header, *cells) for line in str(cell).splitlines()]
    return min(max([8, *(len(line) + 2 for line in lines)]), 60)
