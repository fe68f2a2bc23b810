"""Read the wide sheet that schools keep: a row for each teacher, a column for each period.

A heading is a day and a period: “Mon 1”, “A Mon 1” or “Mon 08:00-08:45”. A cell is “subject / classes / room”, classes
between “+”; an empty cell or “-” is a free period, “away” one at which the teacher cannot be booked. A class that
two teachers have in the same subject at the same time is one lesson with both.
"""

import re
from collections.abc import Sequence

from colead.timetable.csv_set import finished
from colead.timetable.csvs import MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS, Row
from colead.timetable.model import Day, Group, Lesson, Period, Person, Room, Rule, RuleKind, Schedule, Slot, Source
from colead.timetable.reading import CannotRead, Reading, Report
from colead.timetable.words import mark, say

FIRST = 8 * 60  # without clock times the first period starts at eight
_RANGE = re.compile(r"(\d{1,2})[:.](\d{2})-(\d{1,2})[:.](\d{2})")
_AWAY = {"away", "out", "fuera"}
_PARTS = 3


def read_grid(rows: Sequence[Row], *, name: str, file: str, minutes: int = 45) -> Reading:
    """Try a sheet: rows with their line numbers, from `rows_of` or a workbook; `minutes` fill a period without a clock.

    Refuses with `CannotRead` a sheet without usable headings or one that is too large.
    """
    _judge_size(file, rows)
    reader = _Grid(file, rows[0], minutes)
    for number, cells in rows[1:]:
        reader.take(number, cells)
    return finished(reader.schedule if reader.report.good else None, name, reader.report)


def _judge_size(file: str, rows: Sequence[Row]) -> None:
    if not rows:
        raise CannotRead(file, 0, say(mark("The file is empty.")))
    if len(rows) > MOST_ROWS:
        raise CannotRead(file, 0, say(mark("The file has more than %(most)d rows."), most=MOST_ROWS))
    for number, cells in rows:
        if len(cells) > MOST_COLUMNS or any(len(cell) > MOST_CHARACTERS for cell in cells):
            raise CannotRead(file, number, say(mark("This row is too wide for a sheet of teachers.")))


class _Grid:
    def __init__(self, file: str, headings: Row, minutes: int) -> None:
        self.file, self.report = file, Report()
        self.days, self.columns = _days(file, headings, minutes)
        self.people: dict[str, Person] = {}
        self.lessons: dict[tuple[Slot, str, tuple[str, ...], str], Lesson] = {}
        self.rules: list[Rule] = []

    def take(self, number: int, cells: list[str]) -> None:
        """Read the row of one teacher."""
        name, *filled = (cell.strip() for cell in cells)
        if not name:
            return self.report.wrong(self.file, number, mark("The row has no name."))
        if name in self.people:
            return self.report.wrong(self.file, number, mark("“%(name)s” is there twice."), name=name)
        if any(filled[len(self.columns) :]):
            return self.report.wrong(self.file, number, mark("The row has more cells than there are headings."))
        self.people[name] = Person(name)
        away: set[Slot] = set()
        for slot, cell in zip(self.columns, filled, strict=False):
            self._cell(number, name, slot, cell, away)
        if away:
            key = f"away {len(self.rules) + 1}"
            self.rules.append(Rule(key, RuleKind.AWAY, source=Source.FILE, people=(name,), slots=frozenset(away)))
        return None

    def _cell(self, number: int, name: str, slot: Slot, cell: str, away: set[Slot]) -> None:
        parts = [part.strip() for part in cell.split("/")]
        if cell.casefold() in _AWAY:
            away.add(slot)
        elif len(parts) > _PARTS or (cell not in ("", "-") and not parts[0]):
            self.report.wrong(self.file, number, mark("“%(cell)s” is not subject / classes / room."), cell=cell)
        elif cell not in ("", "-"):
            self._book(name, slot, *parts)

    def _book(self, name: str, slot: Slot, subject: str, classes: str = "", room: str = "") -> None:
        groups = tuple(dict.fromkeys(group for one in classes.split("+") if (group := one.strip())))
        # Without a class nothing says that two teachers do it together.
        place = (slot, subject, groups, "" if groups else name)
        if before := self.lessons.get(place):
            people = (*before.people, name)
            self.lessons[place] = _lesson(before.key, subject, people, groups, slot, before.room or room)
        else:
            self.lessons[place] = _lesson(str(len(self.lessons) + 1), subject, (name,), groups, slot, room)

    def schedule(self, name: str) -> Schedule:
        lessons = tuple(self.lessons.values())
        groups = dict.fromkeys(group for lesson in lessons for group in lesson.groups)
        rooms = dict.fromkeys(lesson.room for lesson in lessons if lesson.room)
        return Schedule(
            name,
            self.days,
            tuple(self.people.values()),
            tuple(map(Group, groups)),
            tuple(map(Room, rooms)),
            lessons,
            rules=tuple(self.rules),
        )


def _lesson(key: str, subject: str, people: tuple[str, ...], groups: tuple[str, ...], slot: Slot, room: str) -> Lesson:
    return Lesson(key, subject, people, groups, start=slot, room=room)


def _days(file: str, headings: Row, minutes: int) -> tuple[tuple[Day, ...], list[Slot]]:
    """Read the days and periods out of the headings, with the slot that each column stands for."""
    number, cells = headings
    days: dict[str, list[Period]] = {}
    columns: list[Slot] = []
    for cell in cells[1:]:
        day, _, period = " ".join(cell.split()).rpartition(" ")
        if not day:
            raise CannotRead(file, number, say(mark("“%(cell)s” is no day and period like “Mon 1”."), cell=cell))
        periods = days.setdefault(day, [])
        columns.append(Slot(list(days).index(day), len(periods)))
        periods.append(_period(file, number, period, periods, minutes))
    if not columns:
        raise CannotRead(file, number, say(mark("There are no headings like “Mon 1”.")))
    return tuple(Day(day, tuple(periods)) for day, periods in days.items()), columns


def _period(file: str, number: int, name: str, before: list[Period], minutes: int) -> Period:
    last = before[-1].end if before else 0
    start, end = last or FIRST, (last or FIRST) + minutes
    if found := _RANGE.fullmatch(name):
        start, end = 60 * int(found[1]) + int(found[2]), 60 * int(found[3]) + int(found[4])
    if not last <= start < end <= 24 * 60 or any(period.name == name for period in before):
        raise CannotRead(file, number, say(mark("Period “%(name)s” does not follow the one before it."), name=name))
    return Period(name, start, end)
