"""What a schedule is made of: frozen facts about days, staff, classes, rooms, lessons, teams and rules. No pupils."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

GOAL = 300  # minutes a week: the five hours that every teacher should have to learn and plan with others


class Slot(NamedTuple):
    """One period of one day of the cycle; both count from 0."""

    day: int
    period: int


class PeriodKind(StrEnum):
    """What a period is for. Common time is looked for in all but breaks and lunch."""

    LESSON = "lesson"
    BREAK = "break"
    LUNCH = "lunch"
    BEFORE = "before"
    AFTER = "after"


class Role(StrEnum):
    TEACHER = "teacher"
    ADMINISTRATOR = "administrator"
    SUPPORT = "support"


class LessonKind(StrEnum):
    """What fills a period; `may_fill` says which periods it can fill."""

    LESSON = "lesson"
    SPECIAL = "special"
    LUNCH = "lunch"
    RECESS = "recess"
    DUTY = "duty"
    PULL_OUT = "pull-out"
    MEETING = "meeting"


class Strength(StrEnum):
    """How much a rule counts: always, for as long as today's schedule keeps it, or as a wish."""

    MUST = "must"
    KEEP = "keep"
    PREFER = "prefer"


class Source(StrEnum):
    CONTRACT = "contract"
    BOARD = "board"
    FILE = "file"
    WISH = "wish"


class RuleKind(StrEnum):
    """What a rule says; `wording` holds its sentence, `keeping` how it is checked."""

    AWAY = "away"
    CLASS_AWAY = "class-away"
    ROOM_AWAY = "room-away"
    START_AT = "start-at"
    WITHIN = "within"
    IN_ROOMS = "in-rooms"
    DAYS_APART = "days-apart"
    SAME_START = "same-start"
    SAME_DAY = "same-day"
    NOT_AT_ONCE = "not-at-once"
    PAUSE = "pause"
    IN_TURN = "in-turn"
    END_OF_DAY = "end-of-day"
    MOST_DAYS = "most-days"
    MOST_DAYS_AT = "most-days-at"
    MOST_GAPS = "most-gaps"
    GAPS_A_DAY = "gaps-a-day"
    LATE_STARTS = "late-starts"
    MOST_A_DAY = "most-a-day"
    LEAST_A_DAY = "least-a-day"
    MOST_IN_A_ROW = "most-in-a-row"
    MOST_DUTIES = "most-duties"
    PLANNING_WEEK = "planning-week"
    PLANNING_DAY = "planning-day"
    FREE_LUNCH = "free-lunch"


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of a day, in minutes after midnight."""

    name: str
    start: int
    end: int
    kind: PeriodKind = PeriodKind.LESSON

    @property
    def minutes(self) -> int:
        return self.end - self.start

    @property
    def counts(self) -> bool:
        """Say whether colleagues can meet in it: breaks and lunch stay theirs."""
        return self.kind not in (PeriodKind.BREAK, PeriodKind.LUNCH)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the cycle with its own bell times; `week` names its week (A, B) where weeks differ."""

    name: str
    periods: tuple[Period, ...]
    week: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    role: Role = Role.TEACHER


@dataclass(frozen=True, slots=True)
class Group:
    """A class, grade or part of a class. Two groups clash when they share a part; without parts it is its own."""

    name: str
    parts: frozenset[str] = frozenset()

    @property
    def leaves(self) -> frozenset[str]:
        return self.parts or frozenset((self.name,))


@dataclass(frozen=True, slots=True)
class Room:
    name: str
    capacity: int = 0
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Lesson:
    """Something that fills `length` periods in a row: a lesson, a special, a duty, a meeting of `team`.

    `pool` lists the rooms it may use. Lessons with the same `set_name` may be exchanged for each other. Without a
    `start` it still has to be placed.
    """

    key: str
    subject: str
    people: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    length: int = 1
    kind: LessonKind = LessonKind.LESSON
    start: Slot | None = None
    room: str = ""
    pool: tuple[str, ...] = ()
    fixed_time: bool = False
    fixed_room: bool = False
    set_name: str = ""
    team: str = ""

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The periods it fills; none while it is not placed."""
        if self.start is None:
            return ()
        day, first = self.start
        return tuple(Slot(day, period) for period in range(first, first + self.length))


@dataclass(frozen=True, slots=True)
class Team:
    """People who want time together: `minutes` a week, in blocks of `least_block` to `longest_block` minutes.

    0 for a block or for `most_blocks` a day means no limit; no `window` means any time. `guests` are welcome but not
    needed. `planning_floor` is how far the meetings may eat into the planning time a rule promises to a member;
    None: not at all.
    """

    name: str
    members: tuple[str, ...]
    guests: tuple[str, ...] = ()
    minutes: int = GOAL
    least_block: int = 0
    longest_block: int = 0
    most_blocks: int = 0
    window: frozenset[Slot] = frozenset()
    planning_floor: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One card: what must, should or would best hold, and who says so. Which fields count depends on the kind.

    `number` is a count of days, periods or minutes; `block` the least minutes in one piece that count as planning.
    """

    key: str
    kind: RuleKind
    strength: Strength = Strength.MUST
    source: Source = Source.BOARD
    people: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()
    lessons: tuple[str, ...] = ()
    slots: frozenset[Slot] = frozenset()
    number: int = 0
    block: int = 0


@dataclass(frozen=True)
class Schedule:
    """A whole schedule. It refuses with `NotASchedule` names nobody knows and times the cycle does not have.

    Whether it keeps its rules is another question: `check` answers that one.
    """

    name: str
    days: tuple[Day, ...]
    people: tuple[Person, ...]
    groups: tuple[Group, ...] = ()
    rooms: tuple[Room, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    teams: tuple[Team, ...] = ()
    rules: tuple[Rule, ...] = ()

    def __post_init__(self) -> None:
        for fault in _faults(self):
            raise NotASchedule(fault)

    @cached_property
    def by_key(self) -> dict[str, Lesson]:
        return {lesson.key: lesson for lesson in self.lessons}

    @cached_property
    def leaves(self) -> dict[str, frozenset[str]]:
        """The parts of every group, by its name."""
        return {group.name: group.leaves for group in self.groups}

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """All periods of the cycle in order."""
        return tuple(Slot(day, n) for day, one in enumerate(self.days) for n in range(len(one.periods)))

    @cached_property
    def weeks(self) -> tuple[str, ...]:
        """The names of the weeks in the cycle, in order: one without a name when all weeks are alike."""
        return tuple(dict.fromkeys(day.week for day in self.days))

    def period(self, slot: Slot) -> Period:
        return self.days[slot.day].periods[slot.period]

    def when(self, slot: Slot) -> str:
        """Name a slot as people do: “A Mon 3”."""
        day = self.days[slot.day]
        return " ".join(word for word in (day.week, day.name, self.period(slot).name) if word)


_ANYWHERE = (LessonKind.LUNCH, LessonKind.RECESS, LessonKind.DUTY)
_AROUND = (PeriodKind.LESSON, PeriodKind.BEFORE, PeriodKind.AFTER)


def may_fill(kind: LessonKind, period: PeriodKind) -> bool:
    """Say whether a period can hold it: duties any, meetings all but breaks, lessons only those for lessons."""
    if kind is LessonKind.MEETING:
        return period in _AROUND
    return kind in _ANYWHERE or period is PeriodKind.LESSON


class NotASchedule(ValueError):
    """Refuse facts that do not fit together; the text says which."""


def _faults(schedule: Schedule) -> Iterator[str]:
    yield from _bad_days(schedule)
    yield from _twice("person", (person.name for person in schedule.people))
    yield from _twice("group", (group.name for group in schedule.groups))
    yield from _twice("room", (room.name for room in schedule.rooms))
    yield from _twice("lesson", (lesson.key for lesson in schedule.lessons))
    yield from _twice("team", (team.name for team in schedule.teams))
    yield from _twice("rule", (rule.key for rule in schedule.rules))
    yield from _strangers(schedule)
    yield from _misplaced(schedule)


def _bad_days(schedule: Schedule) -> Iterator[str]:
    if not any(day.periods for day in schedule.days):
        yield "A schedule needs at least one day with at least one period."
    yield from _twice("day", (f"{day.week} {day.name}".strip() for day in schedule.days))
    for day in schedule.days:
        yield from _twice(f"period of {day.name}", (period.name for period in day.periods))
        last = 0
        for period in day.periods:
            if not last <= period.start < period.end <= 24 * 60:
                yield f"Period {period.name} of {day.name} does not follow the one before it."
            last = period.end


def _twice(what: str, names: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for name in names:
        if not name:
            yield f"A {what} has no name."
        if name in seen:
            yield f"The {what} {name} is there twice."
        seen.add(name)


def _strangers(schedule: Schedule) -> Iterator[str]:
    people = {person.name for person in schedule.people}
    groups, rooms = set(schedule.leaves), {room.name for room in schedule.rooms}
    teams, lessons = {team.name for team in schedule.teams}, set(schedule.by_key)
    for lesson in schedule.lessons:
        where = f"the lesson {lesson.key}"
        yield from _unknown(where, "person", lesson.people, people)
        yield from _unknown(where, "group", lesson.groups, groups)
        yield from _unknown(where, "room", (*lesson.pool, *filter(None, [lesson.room])), rooms)
        yield from _unknown(where, "team", filter(None, [lesson.team]), teams)
    for team in schedule.teams:
        yield from _unknown(f"the team {team.name}", "person", (*team.members, *team.guests), people)
        if not team.members:
            yield f"The team {team.name} has no members."
    for rule in schedule.rules:
        where = f"the rule {rule.key}"
        yield from _unknown(where, "person", rule.people, people)
        yield from _unknown(where, "group", rule.groups, groups)
        yield from _unknown(where, "room", rule.rooms, rooms)
        yield from _unknown(where, "lesson", rule.lessons, lessons)


def _unknown(where: str, what: str, names: Iterable[str], known: set[str]) -> Iterator[str]:
    for name in names:
        if name not in known:
            yield f"No {what} is called {name}, as {where} says."


def _misplaced(schedule: Schedule) -> Iterator[str]:
    slots = set(schedule.slots)
    for lesson in schedule.lessons:
        if lesson.length < 1:
            yield f"The lesson {lesson.key} has no length."
        if not slots.issuperset(lesson.slots):
            yield f"The lesson {lesson.key} does not fit into the day where it begins."
    for team in schedule.teams:
        if not slots.issuperset(team.window):
            yield f"The window of the team {team.name} has a time that the cycle does not have."
    for rule in schedule.rules:
        if not slots.issuperset(rule.slots):
            yield f"The rule {rule.key} names a time that the cycle does not have."
