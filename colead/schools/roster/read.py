"""The door of this package: a file's bytes in, a `Reading` out, whatever kind of file it is."""

from collections.abc import Iterator

from colead.schools.roster import archive, oneroster, plain, tables, xlsx
from colead.schools.roster.archive import Archive
from colead.schools.roster.lines import FileRefused, Reading, Reason
from colead.schools.roster.tables import Row

MOST_BYTES = 5 * 1024 * 1024
MOST_ENTRIES = 20
_OLE = b"\xd0\xcf\x11\xe0"  # .xls, and any Office file with a password
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"<!DOCTYPE", b"<html", b"<?xml")


def read_file(data: bytes) -> Reading:
    """Read a staff list from CSV or XLSX, or OneRoster files alone or in a zip. Refuses with FileRefused."""
    if not data.strip():
        raise FileRefused(Reason.EMPTY)
    if len(data) > MOST_BYTES:
        raise FileRefused(Reason.TOO_BIG, most=MOST_BYTES // 1024 // 1024)
    if data.startswith(_OLE):
        raise FileRefused(Reason.OLD_OR_LOCKED_EXCEL)
    if data.startswith(_OTHERS):
        raise FileRefused(Reason.NOT_A_TABLE)
    return _read_zip(data) if archive.is_zip(data) else _read_text(data)


def _read_text(data: bytes) -> Reading:
    text = tables.text_of(data)
    delimiter = tables.best_delimiter(text, _score)
    rows = _without_hint(tables.csv_rows(text, delimiter))
    first = next(rows, None)
    if first is None:
        raise FileRefused(Reason.EMPTY)
    back = _chained(first, rows)
    return oneroster.read_files(back) if oneroster.is_oneroster(first[1]) else plain.read_rows(back)


def _score(cells: list[str]) -> int:
    return max(plain.score(cells), len(cells) if oneroster.is_oneroster(cells) else 0)


def _chained(first: Row, rows: Iterator[Row]) -> Iterator[Row]:
    yield first
    yield from rows


def _without_hint(rows: Iterator[Row]) -> Iterator[Row]:
    """Leave out the line "sep=;" with which some programs begin a CSV."""
    return (row for row in rows if not (row[0] == 1 and row[1][0].lower().startswith("sep=")))


def _read_zip(data: bytes) -> Reading:
    opened = Archive(data, most_entries=xlsx.MOST_ENTRIES)
    if xlsx.is_workbook(opened):
        return plain.read_rows(xlsx.sheet_rows(opened))
    if len(opened.names) > MOST_ENTRIES:
        raise FileRefused(Reason.ZIP_ENTRIES, most=MOST_ENTRIES, found=len(opened.names))
    files = {name.rpartition("/")[2].lower(): name for name in opened.names}
    if "users.csv" not in files:
        raise FileRefused(Reason.NO_USERS, found=", ".join(archive.shown(name) for name in opened.names)[:300])
    return oneroster.read_files(*(_table(opened, files.get(name)) for name in ("users.csv", "orgs.csv", "roles.csv")))


def _table(opened: Archive, name: str | None) -> Iterator[Row]:
    """Yield the rows of one file of the zip; a refusal says which file it means."""
    try:
        yield from tables.csv_rows(tables.text_of(opened.read(name)), ",") if name else ()
    except FileRefused as refused:
        refused.facts.setdefault("file", archive.shown(name or ""))
        raise
