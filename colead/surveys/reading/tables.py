"""The rows of a CSV or XLSX file, under the limits that staff lists have."""

from colead.schools.roster import FileRefused, Reason, archive, tables, xlsx
from colead.schools.roster.archive import Archive
from colead.schools.roster.read import MOST_BYTES

_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"<!DOCTYPE", b"<html", b"<?xml")
_OLE = b"\xd0\xcf\x11\xe0"


def rows_of(data: bytes) -> list[list[str]]:
    """Return the rows that hold something, headings first. Refuses with FileRefused."""
    if not data.strip():
        raise FileRefused(Reason.EMPTY)
    if len(data) > MOST_BYTES:
        raise FileRefused(Reason.TOO_BIG, most=MOST_BYTES // 1024 // 1024)
    if data.startswith(_OLE):
        raise FileRefused(Reason.OLD_OR_LOCKED_EXCEL)
    if data.startswith(_OTHERS):
        raise FileRefused(Reason.NOT_A_TABLE)
    rows = _of_workbook(data) if archive.is_zip(data) else _of_text(data)
    if not rows:
        raise FileRefused(Reason.EMPTY)
    return rows


def _of_workbook(data: bytes) -> list[list[str]]:
    opened = Archive(data, most_entries=xlsx.MOST_ENTRIES)
    if not xlsx.is_workbook(opened):
        raise FileRefused(Reason.NOT_A_TABLE)
    return [cells for _number, cells in xlsx.sheet_rows(opened)]


def _of_text(data: bytes) -> list[list[str]]:
    text = tables.text_of(data)
    delimiter = tables.best_delimiter(text, len)
    return [cells for _number, cells in tables.csv_rows(text, delimiter)]
