"""A scenario to take along: cards for everybody touched, the list of changes, the new timetable as files."""

import zipfile
from collections.abc import Callable
from datetime import datetime
from io import BytesIO

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from colead.documents import Block, Document, Note, Sheet, Text
from colead.practices.models import Scenario, Timetable
from colead.practices.queries.board import Board, Change
from colead.practices.queries.weeks import belongs, people_of
from colead.schools.actions import Refusal
from colead.timetable import CannotWriteFet, Lesson, Schedule, csv_set, fet_bytes, read_fet
from colead.timetable.words import clock

LONG_AGO = (2020, 1, 1, 0, 0, 0)  # the same timetable gives the same bytes
CHANGED = ("key", "week", "day", "start", "end", "room")  # headings as in lessons.csv


class CannotHandOut(Refusal):
    """Refuse a file that cannot be written; the reason says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def cards(scenario: Scenario, board: Board, kind: str, *, now: datetime) -> Document:
    """Return a card for each person (or class, team, room) with something new: what moves, from when to when."""
    team = scenario.timetable.team
    found = [(name, moved) for name in _names(board.today, kind) if (moved := _of(board, kind, name))]
    blocks: list[Block] = [
        Text(_lead(board)),
        *(Note(_told(moved), title=_headed(name, moved)) for name, moved in found),
    ]
    return Document(
        scenario.title,
        tuple(blocks),
        school=str(team.school),
        date=date_format(team.today(now)),
        subtitle=_("What changes for whom"),
        language=(get_language() or "en").split("-")[0],
    )


def _lead(board: Board) -> str:
    if not board.changes:
        return _("Nothing moves in this scenario.")
    facts = {"served": board.served, "teams": len(board.teams)}
    return (
        _("So that %(served)s of %(teams)s teams have the time they ask for. Cut the cards out and hand them over.")
        % facts
    )


def _names(schedule: Schedule, kind: str) -> tuple[str, ...]:
    return next((one.names for one in people_of(schedule) if one.kind == kind), ())


def _of(board: Board, kind: str, name: str) -> list[Change]:
    fits: Callable[[Lesson], bool] = belongs(board.then, kind, name)
    return [change for change in board.changes if fits(change.lesson) or (kind == "room" and fits(change.before))]


def _headed(name: str, changes: list[Change]) -> str:
    template = ngettext("%(name)s: %(number)s change", "%(name)s: %(number)s changes", len(changes))
    return template % {"name": name, "number": len(changes)}


def _told(changes: list[Change]) -> str:
    return "\n".join(f"{place}. {change.sentence}" for place, change in enumerate(changes, start=1))


def changes_sheet(board: Board) -> Sheet:
    """Return every change in a row. The first columns are those of lessons.csv: put over it, they give the new one."""
    headers = (
        *CHANGED,
        "was_week",
        "was_day",
        "was_start",
        "was_end",
        "was_room",
        "subject",
        "teachers",
        "groups",
        "why",
    )
    rows = tuple(_row(board, change) for change in board.changes)
    return Sheet(_("Changes"), headers, rows)


def _row(board: Board, change: Change) -> tuple[str, ...]:
    new, old = change.lesson, change.before
    return (
        new.key,
        *place(board.then, new),
        *place(board.today, old),
        new.subject,
        "; ".join(new.people),
        "; ".join(new.groups),
        change.sentence,
    )


def place(schedule: Schedule, lesson: Lesson) -> tuple[str, ...]:
    """Return week, day, start, end and room as lessons.csv writes them; without a time only the room."""
    if not lesson.slots:
        return ("", "", "", "", lesson.room)
    day = schedule.days[lesson.slots[0].day]
    first, last = schedule.period(lesson.slots[0]), schedule.period(lesson.slots[-1])
    return day.week, day.name, clock(first.start), clock(last.end), lesson.room


def zipped(schedule: Schedule) -> bytes:
    """Return the CSV files of a timetable in one zip, the same bytes for the same timetable."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in csv_set(schedule).items():
            packed.writestr(zipfile.ZipInfo(name, LONG_AGO), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def fet_file(timetable: Timetable, schedule: Schedule) -> bytes:
    """Return the FET file that was brought, with the new times in it. Refuses with CannotHandOut."""
    if not timetable.fet:
        raise CannotHandOut(_("This timetable did not come from a FET file."))
    try:
        return fet_bytes(read_fet(timetable.name, bytes(timetable.fet)), schedule)
    except CannotWriteFet as wrong:
        raise CannotHandOut(str(wrong)) from wrong
