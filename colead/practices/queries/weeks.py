"""The week of one person, class, room or team, as a grid."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _

from colead.practices.queries.board import Board
from colead.timetable import Lesson, Schedule, Slot
from colead.timetable.words import clock

KINDS = ("person", "team", "class", "room")


@dataclass(frozen=True)
class Entry:
    """One lesson in the grid; `is_new` where it stood elsewhere before."""

    key: str
    subject: str
    detail: str
    is_new: bool


@dataclass(frozen=True)
class WeekRow:
    period: str
    times: str
    cells: tuple[tuple[Entry, ...] | None, ...]  # None: the day has no such period


@dataclass(frozen=True)
class Week:
    kind: str
    name: str
    days: tuple[str, ...]
    rows: tuple[WeekRow, ...]
    unplaced: tuple[Entry, ...]


@dataclass(frozen=True)
class Choices:
    """Whose weeks can be looked at: a kind, what it is called, the names."""

    kind: str
    label: str
    names: tuple[str, ...]


def people_of(schedule: Schedule) -> tuple[Choices, ...]:
    """Return everybody and everything that has a week."""
    return tuple(
        one
        for one in (
            Choices("person", _("Person"), tuple(one.name for one in schedule.people)),
            Choices("team", _("Team"), tuple(one.name for one in schedule.teams)),
            Choices("class", _("Class"), tuple(one.name for one in schedule.groups)),
            Choices("room", _("Room"), tuple(one.name for one in schedule.rooms)),
        )
        if one.names
    )


def week_of(board: Board, kind: str, name: str) -> Week:
    """Lay out a week after the moves; a name nobody knows becomes the first of its kind."""
    choices = {one.kind: one.names for one in people_of(board.then)}
    kind = kind if kind in choices else "person"
    name = name if name in choices.get(kind, ()) else next(iter(choices.get(kind, ())), "")
    fits = belongs(board.then, kind, name)
    moved = {change.lesson.key for change in board.changes}
    lessons = [lesson for lesson in board.then.lessons if fits(lesson)]
    shown = partial(_entry, kind, moved)
    held: dict[Slot, list[Entry]] = {}
    for lesson in lessons:
        for slot in lesson.slots:
            held.setdefault(slot, []).append(shown(lesson))
    unplaced = tuple(shown(lesson) for lesson in lessons if not lesson.start)
    schedule = board.then
    depth = max(len(day.periods) for day in schedule.days)
    days = tuple(f"{day.week} {day.name}".strip() for day in schedule.days)
    return Week(kind, name, days, tuple(_row(schedule, held, n) for n in range(depth)), unplaced)


def belongs(schedule: Schedule, kind: str, name: str) -> Callable[[Lesson], bool]:
    """Return a test: is a lesson part of the week of this person, team, class or room?"""
    if kind == "team":
        members = {one for team in schedule.teams if team.name == name for one in team.members}
        return lambda lesson: bool(members & set(lesson.people)) or lesson.team == name
    if kind == "class":
        parts = schedule.leaves.get(name, frozenset())
        return lambda lesson: any(parts & schedule.leaves[group] for group in lesson.groups)
    if kind == "room":
        return lambda lesson: lesson.room == name
    return lambda lesson: name in lesson.people


def _entry(kind: str, moved: set[str], lesson: Lesson) -> Entry:
    return Entry(lesson.key, lesson.subject, details(lesson, without=kind), lesson.key in moved)


def details(lesson: Lesson, *, without: str = "") -> str:
    """Say who and where, shortly; not again what kind of week this is: a person's, a class's, a room's."""
    parts = {"class": ", ".join(lesson.groups), "person": _people(lesson, without), "room": lesson.room}
    return " · ".join(part for kind, part in parts.items() if part and (kind != without or kind == "person"))


def _people(lesson: Lesson, without: str) -> str:
    """Name who is in it; in a person's own week only whoever else would fit on a line."""
    alone = without == "person" and len(lesson.people) == 1
    return "" if alone else ", ".join(lesson.people)


def _row(schedule: Schedule, held: dict[Slot, list[Entry]], n: int) -> WeekRow:
    first = next(day.periods[n] for day in schedule.days if n < len(day.periods))
    cells: Iterable[tuple[Entry, ...] | None] = (
        tuple(held.get(Slot(place, n), ())) if n < len(day.periods) else None for place, day in enumerate(schedule.days)
    )
    return WeekRow(first.name, f"{clock(first.start)}–{clock(first.end)}", tuple(cells))
