"""Judge one line at a time, and gather what is kept, refused and only counted."""

import re
from typing import Protocol

from colead.schools.roster import words
from colead.schools.roster.lines import FileRefused, Line, LineRefused, Org, Reading, Reason, Refused
from colead.schools.roster.tables import FORMULA

MOST_STAFF = 3_000
LONGEST_NAME = 200
LONGEST_EMAIL = 254
_EMAIL = re.compile(r"[a-z0-9.!#$%&'*/?^_`{|}~+-]+@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


class RowOfAFile(Protocol):
    """A row that knows whether it is about a pupil or a family, and can be read as a line."""

    @property
    def is_family(self) -> bool: ...

    def line(self, number: int) -> Line: ...


class Gathering:
    """What was read so far. An address counts once: its first line is kept, later ones are refused."""

    def __init__(self) -> None:
        self._lines: dict[str, Line] = {}
        self._refused: list[Refused] = []
        self._pupils = 0

    def add(self, number: int, row: RowOfAFile) -> None:
        """Read one row. Of a pupil's or a family's nothing is kept but that there was one."""
        if row.is_family:
            self._pupils += 1
            return
        try:
            self._keep(row.line(number))
        except LineRefused as refused:
            self._refused.append(Refused(number, refused.reason, refused.facts))
        if len(self._lines) + len(self._refused) > MOST_STAFF:
            raise FileRefused(Reason.TOO_MANY_STAFF, most=MOST_STAFF, line=number)

    def _keep(self, line: Line) -> None:
        if line.email in self._lines:
            raise LineRefused(Reason.DUPLICATE, email=line.email, first=self._lines[line.email].number)
        self._lines[line.email] = line

    def reading(self, orgs: tuple[Org, ...] = ()) -> Reading:
        return Reading(tuple(self._lines.values()), tuple(self._refused), self._pupils, orgs)


def name_of(text: str) -> str:
    """Return a person's name. Refuses an empty one, and one that a spreadsheet would run as a formula."""
    name = text.strip()
    if not name:
        raise LineRefused(Reason.NO_NAME)
    if name.startswith(FORMULA):
        raise LineRefused(Reason.NAME_FORMULA, name=name[:60])
    return name[:LONGEST_NAME]


def email_of(text: str) -> str:
    """Return an address in lower case. Refuses an empty or impossible one."""
    email = text.strip().lower().removeprefix("mailto:")
    if not email:
        raise LineRefused(Reason.NO_EMAIL)
    if len(email) > LONGEST_EMAIL or email.startswith(FORMULA) or not _EMAIL.fullmatch(email):
        raise LineRefused(Reason.BAD_EMAIL, email=email[:60])
    return email


def job_in(text: str) -> tuple[str, str]:
    """Return our name for a role, and the file's own words where we know no better than “other”."""
    if not text:
        raise LineRefused(Reason.NO_ROLE)
    job = words.job_of(text)
    return job or "other", "" if job else text[:100]


def grades_in(text: str) -> str:
    """Return grades in order. Refuses what is no grade, and what a spreadsheet has turned into a date."""
    try:
        return words.grades_of(text)
    except words.GradeIsDate as wrong:
        raise LineRefused(Reason.GRADE_DATE, grade=text[:60]) from wrong
    except words.UnknownGrade as wrong:
        raise LineRefused(Reason.GRADE_UNKNOWN, grade=str(wrong)[:60]) from wrong
