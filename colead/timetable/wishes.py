"""Doors that are open, wishes to see, and the visits that the two allow on a schedule.

Teachers and administrators do both: open a door and wish to see. A visit lasts one period in which the visitor is free;
nothing moves for it. What people saw is theirs: there is no place for notes or ratings here, only who, where and when.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from colead.timetable.model import Lesson, LessonKind, Person, Schedule, Slot
from colead.timetable.together import Times
from colead.timetable.words import Said

_WATCHED = (LessonKind.LESSON, LessonKind.SPECIAL, LessonKind.PULL_OUT, LessonKind.MEETING)


@dataclass(frozen=True, slots=True)
class Door:
    """“Come and watch”: at most so many visits in a week, so many visitors at once; no subjects means any."""

    host: str
    most_a_week: int = 2
    at_once: int = 1
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opening:
    """Times that somebody opens beside their lessons, called `what`. A name the schedule does not know is let in."""

    who: Person
    what: str = ""
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """So many visits; no hosts or subjects means any. `not_at` are free periods to leave alone.

    `different`: each visit is to somebody else.
    """

    visitor: str
    visits: int = 1
    hosts: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    not_at: frozenset[Slot] = frozenset()
    different: bool = False


class Visit(NamedTuple):
    """Who goes where; `cycle` counts from 0 how often the cycle of the schedule has gone round."""

    visitor: str
    host: str
    cycle: int
    slot: Slot
    lesson: str


@dataclass(frozen=True, slots=True)
class Unmet:
    """How many visits of a wish are missing, and why."""

    visitor: str
    missing: int
    why: Said


@dataclass(frozen=True, slots=True)
class Match:
    """The visits, in the order of time, and what could not be met.

    `proven`: no other choice gives more visits in all. Without it, time ran out before that was known.
    """

    visits: tuple[Visit, ...]
    unmet: tuple[Unmet, ...]
    proven: bool = True


class NotMatched(ValueError):
    """Refuse wishes or doors of people who are not there, or of one person twice."""


def with_openings(schedule: Schedule, openings: Iterable[Opening]) -> Schedule:
    """Let in people who have no lessons, and add the times that people open as meetings to be watched."""
    found = tuple(openings)
    known = {person.name for person in schedule.people}
    lessons = tuple(_meeting(one, slot) for one in found for slot in one.slots)
    people = tuple(one.who for one in found if one.who.name not in known)
    return replace(schedule, people=schedule.people + people, lessons=schedule.lessons + lessons)


def _meeting(opening: Opening, slot: Slot) -> Lesson:
    name = opening.who.name
    return Lesson(f"{name}/{slot.day}/{slot.period}", opening.what, (name,), kind=LessonKind.MEETING, start=slot)


def watched(schedule: Schedule, host: str) -> list[Lesson]:
    """List what colleagues can watch somebody do: lessons and meetings, never a duty or a break."""
    return [lesson for lesson in schedule.lessons if host in lesson.people and lesson.kind in _WATCHED]


def free_slots(schedule: Schedule, name: str) -> tuple[Slot, ...]:
    """List when somebody could watch a colleague: at work, not booked, no break."""
    times = Times(schedule)
    flags = times.free[times.row[name]]
    return tuple(slot for slot, free in zip(times.slots, flags, strict=True) if free)


def judge_names(schedule: Schedule, names: list[str]) -> None:
    """Refuse names nobody has, and one that is there twice."""
    known = {person.name for person in schedule.people}
    for name, count in Counter(names).items():
        if name not in known:
            raise NotMatched(f"Nobody is called {name}.")
        if count > 1:
            raise NotMatched(f"{name} is there twice.")


def possible_visits(schedule: Schedule, doors: Sequence[Door], wishes: Sequence[Wish]) -> Iterator[tuple[Visit, Door]]:
    """List every visit that one wish and one door allow, in one round of the cycle."""
    times = Times(schedule)
    free = {wish.visitor: times.free[times.row[wish.visitor]] for wish in wishes}
    for door in doors:
        for lesson in shown(schedule, door):
            for wish in (wish for wish in wishes if wanted(wish, door, lesson)):
                for slot in lesson.slots:
                    if free[wish.visitor][times.column[slot]] and slot not in wish.not_at:
                        yield Visit(wish.visitor, door.host, 0, slot, lesson.key), door


def shown(schedule: Schedule, door: Door) -> list[Lesson]:
    mine = watched(schedule, door.host)
    return [lesson for lesson in mine if not door.subjects or lesson.subject in door.subjects]


def wanted(wish: Wish, door: Door, lesson: Lesson) -> bool:
    if door.host == wish.visitor or (wish.hosts and door.host not in wish.hosts):
        return False
    return not wish.subjects or lesson.subject in wish.subjects
