"""Read a school's schedule from a set of CSV files; the report has a line for each row that is wrong or odd.

`COLUMNS` is the whole format: lists stand between semicolons, times are written as “Mon 3”, “Mon 08:50” or, for a
whole day, “Mon”, after the name of the week where weeks differ (“A Mon 3”).
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from colead.timetable.cells import BadCell, Line, is_clock, lines_of
from colead.timetable.model import (
    GOAL,
    Day,
    Group,
    Lesson,
    LessonKind,
    NotASchedule,
    Period,
    PeriodKind,
    Person,
    Role,
    Room,
    Rule,
    RuleKind,
    Schedule,
    Slot,
    Source,
    Strength,
    Team,
)
from colead.timetable.reading import CannotRead, Reading, Report
from colead.timetable.words import clock, mark, say

# The needed columns, then the others, of each file. bell.csv and lessons.csv must be there.
COLUMNS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "bell.csv": (("day", "period", "start", "end"), ("week", "kind")),
    "staff.csv": (("name",), ("role",)),
    "groups.csv": (("name",), ("parts",)),
    "rooms.csv": (("name",), ("capacity", "kind")),
    "teams.csv": (
        ("team", "members"),
        ("guests", "minutes", "least_block", "longest_block", "most_blocks", "window", "planning_floor"),
    ),
    "lessons.csv": (
        ("day", "start", "end", "subject", "teachers", "groups"),
        ("week", "key", "room", "rooms", "kind", "fixed", "periods", "set", "team"),
    ),
    "rules.csv": (
        ("kind",),
        ("key", "strength", "source", "people", "groups", "rooms", "lessons", "when", "number", "block"),
    ),
}
NEEDED = ("bell.csv", "lessons.csv")
Made = TypeVar("Made", Person, Group, Room)
_FIXED = {"": (False, False), "no": (False, False), "time": (True, False), "room": (False, True), "yes": (True, True)}


def read_csv_set(files: Mapping[str, bytes], *, name: str) -> Reading:
    """Try files by their names (`COLUMNS`); `name` becomes the name of the schedule. Nothing is kept half.

    Refuses with `CannotRead` a file that is no table of ours or is too large; a wrong row only goes into the report.
    """
    for missing in (needed for needed in NEEDED if needed not in files):
        raise CannotRead(missing, 0, say(mark("This file is missing.")))
    return _Reader(files).reading(name)


class _Reader:
    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files, self.report = files, Report()
        self.days: tuple[Day, ...] = ()
        self.times: dict[str, frozenset[Slot]] = {}
        self.people: dict[str, Person] = {}
        self.groups: dict[str, Group] = {}
        self.rooms: dict[str, Room] = {}
        self.teams: dict[str, Team] = {}
        self.lessons: dict[str, Lesson] = {}
        self.rules: dict[str, Rule] = {}

    def reading(self, name: str) -> Reading:
        for stranger in sorted(self.files.keys() - COLUMNS):
            self.report.odd(stranger, 0, mark("We do not know this file and leave it out."))
        self._bell()
        self._each("staff.csv", self._person)
        self._each("groups.csv", self._group)
        self._each("rooms.csv", self._room)
        self._each("teams.csv", self._team)
        self._each("lessons.csv", self._lesson)
        self._each("rules.csv", self._rule)
        return finished(self._schedule if self.report.good else None, name, self.report)

    def _schedule(self, name: str) -> Schedule:
        return Schedule(
            name,
            self.days,
            tuple(self.people.values()),
            tuple(self.groups.values()),
            tuple(self.rooms.values()),
            tuple(self.lessons.values()),
            tuple(self.teams.values()),
            tuple(self.rules.values()),
        )

    def _each(self, file: str, take: Callable[[Line], None]) -> None:
        if file not in self.files:
            return
        for line in lines_of(self.report, file, self.files[file], *COLUMNS[file]):
            try:
                take(line)
            except BadCell as bad:
                self.report.wrong(file, line.number, bad.template, **bad.facts)

    def _bell(self) -> None:
        days: dict[tuple[str, str], dict[str, Period]] = {}
        self._each("bell.csv", lambda line: _ring(line, days))
        self.days = tuple(Day(day, tuple(periods.values()), week) for (week, day), periods in days.items())
        self.times = times_of(self.days)

    def _person(self, line: Line) -> None:
        name = _new(line, "name", self.people)
        self.people[name] = Person(name, line.kind("role", Role, Role.TEACHER))

    def _group(self, line: Line) -> None:
        name = _new(line, "name", self.groups)
        self.groups[name] = Group(name, frozenset(line.list("parts")))

    def _room(self, line: Line) -> None:
        name = _new(line, "name", self.rooms)
        self.rooms[name] = Room(name, line.number_in("capacity"), line.text("kind"))

    def _team(self, line: Line) -> None:
        name = _new(line, "team", self.teams)
        line.needed("members")
        floor = line.number_in("planning_floor") if line.text("planning_floor") else None
        self.teams[name] = Team(
            name,
            self._staff(line, "members"),
            self._staff(line, "guests"),
            line.number_in("minutes", GOAL),
            line.number_in("least_block"),
            line.number_in("longest_block"),
            line.number_in("most_blocks"),
            self._when(line, "window"),
            floor,
        )

    def _lesson(self, line: Line) -> None:
        key = line.text("key") or f"row {line.number}"
        _judge_new(key, self.lessons)
        start, length = self._place(line)
        room = line.text("room")
        time, place = _fixed(line)
        self.lessons[key] = Lesson(
            key,
            line.needed("subject"),
            self._staff(line, "teachers"),
            self._made(line.list("groups"), self.groups, Group),
            length,
            line.kind("kind", LessonKind, LessonKind.LESSON),
            start,
            "".join(self._made([room], self.rooms, Room)) if room else "",
            self._made(line.list("rooms"), self.rooms, Room),
            time,
            place,
            line.text("set"),
            _known(line, "team", [line.text("team")], self.teams)[0] if line.text("team") else "",
        )

    def _place(self, line: Line) -> tuple[Slot | None, int]:
        """Read where a lesson starts and how many periods it fills; without a day it is still to be placed."""
        if not line.text("day"):
            return None, line.number_in("periods", 1) or 1
        day = f"{line.text('week')} {line.text('day')}".strip()
        first = self._slot(line, day, "start")
        last = self._slot(line, day, "end") if line.text("end") else first
        if last < first:
            raise BadCell(mark("The lesson ends before it starts."))
        return first, last.period - first.period + 1

    def _slot(self, line: Line, day: str, column: str) -> Slot:
        text = line.needed(column)
        named = f"{day} {text}"
        if column == "end" and tidy(f"{day} -{text}") in self.times:
            named = f"{day} -{text}"
        elif column == "end" and is_clock(text):
            named = ""
        if not (found := self.times.get(tidy(named))):
            raise BadCell(mark("No period starts or ends at “%(text)s” on “%(day)s”."), text=text, day=day)
        return min(found)

    def _rule(self, line: Line) -> None:
        key = line.text("key") or f"rule {line.number}"
        _judge_new(key, self.rules)
        line.needed("kind")
        self.rules[key] = Rule(
            key,
            line.kind("kind", RuleKind, RuleKind.AWAY),
            line.kind("strength", Strength, Strength.MUST),
            line.kind("source", Source, Source.BOARD),
            _known(line, "people", line.list("people"), self.people),
            _known(line, "groups", line.list("groups"), self.groups),
            _known(line, "rooms", line.list("rooms"), self.rooms),
            _known(line, "lessons", line.list("lessons"), self.lessons),
            self._when(line, "when"),
            line.number_in("number"),
            line.number_in("block"),
        )

    def _staff(self, line: Line, column: str) -> tuple[str, ...]:
        """Read names of staff: they must be in staff.csv; without that file everybody named is staff."""
        if "staff.csv" in self.files:
            return _known(line, column, line.list(column), self.people)
        return self._made(line.list(column), self.people, Person)

    def _made(self, names: Iterable[str], known: dict[str, Made], make: Callable[[str], Made]) -> tuple[str, ...]:
        every = tuple(names)
        for name in every:
            known.setdefault(name, make(name))
        return every

    def _when(self, line: Line, column: str) -> frozenset[Slot]:
        slots: set[Slot] = set()
        for text in line.list(column):
            if not (found := self.times.get(tidy(text))):
                raise BadCell(mark("“%(text)s” in “%(column)s” is no time of the bell."), text=text, column=column)
            slots |= found
        return frozenset(slots)


def finished(make: Callable[[str], Schedule] | None, name: str, report: Report) -> Reading:
    """Make the schedule unless something is wrong; what still does not fit together becomes a remark."""
    schedule = None
    if make:
        try:
            schedule = make(name)
        except NotASchedule as fault:
            report.wrong("", 0, "%(fault)s", fault=str(fault))
    return Reading(schedule, tuple(report.remarks))


def tidy(time: str) -> str:
    """Write a time so that spaces, capitals and 8:05 or 08:05 make no difference."""
    return " ".join(
        word.removeprefix("0") if ":" in word else word for word in time.casefold().replace("-0", "-").split()
    )


def times_of(days: Iterable[Day]) -> dict[str, frozenset[Slot]]:
    """Name the times of a cycle: days, periods, clock times when one starts, and after a “-” when one ends."""
    times: dict[str, frozenset[Slot]] = {}
    for n, day in enumerate(days):
        name = f"{day.week} {day.name}".strip()
        times.setdefault(tidy(name), frozenset(Slot(n, place) for place in range(len(day.periods))))
        for place, period in enumerate(day.periods):
            for text in (period.name, clock(period.start), f"-{clock(period.end)}"):
                times.setdefault(tidy(f"{name} {text}"), frozenset((Slot(n, place),)))
    return times


def _ring(line: Line, days: dict[tuple[str, str], dict[str, Period]]) -> None:
    """Add one period to its day."""
    day = line.text("week"), _plain(line.needed("day"))
    periods = days.setdefault(day, {})
    name = _new(line, "period", periods)
    start, end = line.clock("start"), line.clock("end")
    last = list(periods.values())[-1].end if periods else 0
    if not last <= start < end <= 24 * 60:
        raise BadCell(mark("A period ends after it starts, and starts when the one above has ended."))
    periods[name] = Period(name, start, end, line.kind("kind", PeriodKind, PeriodKind.LESSON))


def _new(line: Line, column: str, known: Mapping[str, object]) -> str:
    name = _plain(line.needed(column))
    _judge_new(name, known)
    return name


def _plain(name: str) -> str:
    if ";" in name:
        raise BadCell(mark("A semicolon cannot stand in the name “%(name)s”."), name=name)
    return name


def _judge_new(name: str, known: Mapping[str, object]) -> None:
    if name in known:
        raise BadCell(mark("“%(name)s” is there twice."), name=name)


def _known(line: Line, column: str, names: Iterable[str], known: Mapping[str, object]) -> tuple[str, ...]:
    every = tuple(names)
    for name in every:
        if name not in known:
            raise BadCell(mark("Nobody and nothing is called “%(name)s” (“%(column)s”)."), name=name, column=column)
    return every


def _fixed(line: Line) -> tuple[bool, bool]:
    """Read what may not move: time, room, or both."""
    text = line.text("fixed").casefold()
    if text not in _FIXED:
        raise BadCell(mark("“%(text)s” in “fixed” is none of these: time, room, yes, no."), text=text)
    return _FIXED[text]
