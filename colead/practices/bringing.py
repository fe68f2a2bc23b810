"""Read what somebody brought as today's timetable: CSV files, a zip of them, a sheet, a FET file. Nothing is stored.

Everything is judged by size before it is believed: the zip, its files, the XML, the cells. A column about pupils
refuses the whole file.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from django.utils.translation import gettext as _

from colead.practices.models import Timetable
from colead.schools.actions import Refusal
from colead.schools.roster import FileRefused, Reason, words
from colead.schools.roster.archive import Archive, is_zip
from colead.schools.roster.xlsx import MOST_ENTRIES, is_workbook, sheet_rows
from colead.schools.wording import why
from colead.timetable import CannotRead, Reading, read_csv_set, read_fet, read_grid, rows_of
from colead.timetable.csv_set import COLUMNS
from colead.timetable.csvs import Row

Source = Timetable.Source
SAMPLE = Path(__file__).resolve().parents[2] / "content" / "demo" / "schedule"
MOST_BYTES = 5 * 1024 * 1024  # all files together
MOST_FILES = 20
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_NO_TABLES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x7fELF", b"MZ", b"\x1f\x8b", b"7z\xbc\xaf")
_PAGES = (b"<!doctype html", b"<html")
_OF_PUPILS = re.compile(
    r"(student|pupil|learner|child|alumno|alumna|estudiante)s?( (id|ids|number|no|name|names|first name|last name))?"
    r"|studentid|dob|date of birth|birth ?date|birthday|fecha de nacimiento|iep|504|gpa|lunch status|ell status"
    r"|(parent|guardian|father|mother)s?( (name|email|phone))?|home ?address|ethnicity|race|gender"
)


class CannotBring(Refusal):
    """Refuse what was brought as a whole; the reason is in words for the person who brought it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Brought:
    """A dry run: which kind of file it was, what was read, and FET's own bytes where it was one."""

    source: str
    reading: Reading
    fet: bytes = b""


def sample() -> Brought:
    """Read the sample school."""
    files = {path.name: path.read_bytes() for path in sorted(SAMPLE.glob("*.csv"))}
    return Brought(Source.SAMPLE, read_csv_set(files, name=_("Sample school")))


def read_brought(files: Mapping[str, bytes], *, name: str, minutes: int) -> Brought:
    """Try files by the names they came with; `minutes` fill a period without a clock. Refuses with CannotBring."""
    _judge(files)
    try:
        found = _read(files, name or _("Our timetable"), minutes)
    except CannotRead as wrong:
        raise CannotBring(said_of(wrong)) from wrong
    except FileRefused as wrong:
        raise CannotBring(_packed(wrong)) from wrong
    reading = found.reading
    if reading.schedule and name:
        reading = replace(reading, schedule=replace(reading.schedule, name=name))
    return replace(found, reading=reading)


def said_of(wrong: CannotRead) -> str:
    """Say why a file cannot be read, in the reader's language."""
    facts = {"file": wrong.file, "row": wrong.row, "reason": wrong.reason.read(_)}
    return (_("%(file)s, line %(row)s: %(reason)s") if wrong.row else _("%(file)s: %(reason)s")) % facts


def _packed(wrong: FileRefused) -> str:
    if wrong.reason is Reason.ZIP_BOMB:
        return _("What is packed in this file is far larger than any timetable. We did not unpack it.")
    return str(why(wrong))


def _judge(files: Mapping[str, bytes]) -> None:
    if not files or not any(files.values()):
        raise CannotBring(_("There is nothing in it. Choose the file again."))
    if len(files) > MOST_FILES:
        raise CannotBring(_("These are more than %s files.") % MOST_FILES)
    if sum(map(len, files.values())) > MOST_BYTES:
        raise too_large()
    for name, data in files.items():
        start = data[:64].lstrip().lower()
        if data.startswith(_OLD_EXCEL):
            raise CannotBring(_("%s is an old or locked Excel file. Save it as .xlsx or as CSV UTF-8.") % name)
        if data.startswith(_NO_TABLES) or start.startswith(_PAGES):
            raise CannotBring(_("%s is not a table. Bring CSV files, an Excel sheet (.xlsx) or a FET file.") % name)


def too_large() -> CannotBring:
    """Say that there is too much of it."""
    return CannotBring(_("That is more than %s MB. A timetable needs far less.") % (MOST_BYTES // 1024 // 1024))


def _read(files: Mapping[str, bytes], name: str, minutes: int) -> Brought:
    if len(files) > 1:
        return _csv_set({_plain(file): data for file, data in files.items()}, name)
    [(file, data)] = files.items()
    if is_zip(data):
        return _zipped(file, data, name, minutes)
    if _is_fet(file, data):
        found = read_fet(file, data, minutes=minutes)
        return Brought(Source.FET, found.reading, data)
    if _plain(file) in COLUMNS:
        return _csv_set({_plain(file): data}, name)
    return _grid(rows_of(file, data), file, name, minutes)


def _plain(file: str) -> str:
    return file.replace("\\", "/").rpartition("/")[2].lower()


def _is_fet(file: str, data: bytes) -> bool:
    return file.lower().endswith(".fet") or data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"<?xml", b"<fet"))


def _zipped(file: str, data: bytes, name: str, minutes: int) -> Brought:
    opened = Archive(data, most_entries=MOST_ENTRIES)
    if is_workbook(opened):
        return _grid(list(sheet_rows(opened)), file, name, minutes)
    if len(opened.names) > MOST_FILES:
        raise CannotBring(_("These are more than %s files.") % MOST_FILES)
    files = {_plain(inside): opened.read(inside) for inside in opened.names}
    if len(files) == 1:
        return _read(files, name, minutes)
    return _csv_set(files, name)


def _csv_set(files: dict[str, bytes], name: str) -> Brought:
    for file in sorted(files.keys() & COLUMNS.keys()):
        _refuse_pupils(file, rows_of(file, files[file])[:1])
    return Brought(Source.CSV, read_csv_set(files, name=name))


def _grid(rows: list[Row], file: str, name: str, minutes: int) -> Brought:
    _refuse_pupils(file, rows[:1])
    return Brought(Source.GRID, read_grid(rows, name=name, file=file, minutes=minutes))


def _refuse_pupils(file: str, rows: list[Row]) -> None:
    """Refuse a table with a heading that only a list of pupils has."""
    for _number, cells in rows:
        for cell in cells:
            if _OF_PUPILS.fullmatch(words.plain(cell[:100])):
                facts = {"file": file, "heading": cell[:60]}
                raise CannotBring(
                    _(
                        "%(file)s has the heading “%(heading)s”, so it seems to hold facts about students. Colead keeps"
                        " none: take that column out and bring names of classes only."
                    )
                    % facts
                )
