"""A scenario laid out: today's timetable with what is asked, what is moved, what that gives and what it breaks."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from colead.decisions.wording import in_words
from colead.practices.models import Scenario
from colead.practices.packing import unpacked
from colead.timetable import (
    Broken,
    Lesson,
    Schedule,
    Slot,
    Strength,
    Team,
    called,
    check,
    person_times,
    team_times,
)
from colead.timetable.shifts.telling import moves, told_once
from colead.timetable.shifts.values import Move


@dataclass(frozen=True)
class Place:
    """When and where a lesson begins."""

    start: Slot
    room: str


@dataclass(frozen=True)
class Change:
    """A lesson that is elsewhere than today, and the sentence that says so."""

    lesson: Lesson
    before: Lesson
    sentence: str


@dataclass(frozen=True)
class Gain:
    """What a team asks for, has today and would have, in minutes a week and in words."""

    team: str
    asked: int
    before: int
    after: int
    short: int

    @property
    def asked_words(self) -> str:
        return in_words(self.asked)

    @property
    def before_words(self) -> str:
        return in_words(self.before)

    @property
    def after_words(self) -> str:
        return in_words(self.after)

    @property
    def short_words(self) -> str:
        return in_words(self.short) if self.short else ""


@dataclass(frozen=True)
class Board:
    """Today (`today`, with what the scenario asks) beside what would be (`then`)."""

    today: Schedule
    then: Schedule

    @property
    def _pairs(self) -> list[tuple[Lesson, Lesson]]:
        return list(zip(self.today.lessons, self.then.lessons, strict=True))

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What is elsewhere; what hangs together stands together."""
        found = [(new, old) for old, new in self._pairs if (new.start, new.room) != (old.start, old.room)]
        told_by = self._told
        order = {key: place for place, key in enumerate(told_by)}
        found.sort(key=lambda pair: order.get(pair[0].key, len(order)))
        return tuple(Change(new, old, told_by.get(new.key) or sentence_of(self.today, old, new)) for new, old in found)

    @property
    def _told(self) -> dict[str, str]:
        """Say why a lesson moves, where it had a time before and has one now."""
        return {move.lesson: move.text.read(_) for move in self._moves}

    @cached_property
    def _moves(self) -> tuple[Move, ...]:
        if any(None in (old.start, new.start) and old.start != new.start for old, new in self._pairs):
            return ()
        return moves(self.today, self.then)

    @cached_property
    def told(self) -> tuple[Change, ...]:
        """What is elsewhere, to be read in a row: each trade once."""
        halves = {move.lesson for move in self._moves} - {move.lesson for move in told_once(self._moves)}
        return tuple(change for change in self.changes if change.lesson.key not in halves)

    @cached_property
    def people(self) -> tuple[str, ...]:
        """Who has something at another time or in another room, in the order of the timetable."""
        touched = {name for change in self.changes for name in change.lesson.people}
        return tuple(person.name for person in self.today.people if person.name in touched)

    @cached_property
    def teams(self) -> tuple[Gain, ...]:
        """What each team has today and would have."""
        pairs = zip(self.today.teams, team_times(self.today), team_times(self.then), strict=True)
        return tuple(Gain(team.name, team.minutes, old.minutes, new.minutes, new.short) for team, old, new in pairs)

    @cached_property
    def gains(self) -> tuple[int, ...]:
        """What each person gains with their teams, in minutes a week."""
        pairs = zip(person_times(self.today), person_times(self.then), strict=True)
        return tuple(new.minutes - old.minutes for old, new in pairs)

    @cached_property
    def served(self) -> int:
        return sum(not team.short for team in self.teams)

    @cached_property
    def broken(self) -> tuple[str, ...]:
        """What does not hold any more that holds today: clashes, musts, and what is to be kept."""
        return tuple(freshly(told(self.today), self.then))


def told(schedule: Schedule) -> frozenset[str]:
    """Say everything that does not hold, wishes left out."""
    return frozenset(_all(check(schedule)))


def freshly(before: frozenset[str], after: Schedule) -> list[str]:
    """Say what does not hold in `after` and is not among `before`."""
    return [text for text in _all(check(after)) if text not in before]


def _all(broken: Iterable[Broken]) -> Iterable[str]:
    for one in broken:
        if one.strength is not Strength.PREFER:
            rule = f" {one.rule.read(_)}" if one.rule else ""
            yield one.what.read(_) + rule


def sentence_of(schedule: Schedule, old: Lesson, new: Lesson) -> str:
    """Say one change as a colleague would."""
    facts: dict[str, Any] = {"what": called(new), "room": new.room, "old_room": old.room}
    if not new.start:
        return _("%(what)s has no time any more.") % facts
    facts["to"] = schedule.when(new.start)
    if not old.start:
        return _("%(what)s is new on %(to)s.") % facts
    facts["from"] = schedule.when(old.start)
    if old.start == new.start:
        return _("%(what)s on %(to)s goes to %(room)s.") % facts
    if old.room != new.room and new.room:
        return _("%(what)s moves from %(from)s to %(to)s, in %(room)s.") % facts
    return _("%(what)s moves from %(from)s to %(to)s.") % facts


def drafted(scenario: Scenario) -> Schedule:
    """Return today's timetable with what the scenario asks for and how much it lets each rule count."""
    schedule = unpacked(scenario.timetable.schedule)
    return replace(
        schedule,
        teams=tuple(_asking(schedule, team, scenario.asked.get(team.name)) for team in schedule.teams),
        rules=tuple(
            replace(rule, strength=Strength(scenario.strengths.get(rule.key, rule.strength))) for rule in schedule.rules
        ),
    )


def _asking(schedule: Schedule, team: Team, wish: dict[str, Any] | None) -> Team:
    if not wish:
        return team
    days = wish.get("days")
    window = team.window if days is None else _window(schedule, days)
    facts = {name: wish.get(name, getattr(team, name)) for name in ("minutes", "least_block", "most_blocks")}
    return replace(team, window=window, **facts)


def _window(schedule: Schedule, days: list[int]) -> frozenset[Slot]:
    """Turn days into slots; all days are no window at all."""
    if len(set(days)) >= len(schedule.days):
        return frozenset()
    return frozenset(slot for slot in schedule.slots if slot.day in days)


def moved(schedule: Schedule, steps: Iterable[dict[str, list[Any]]]) -> Schedule:
    """Lay steps over a timetable, one after the other."""
    places: dict[str, list[Any]] = {}
    for step in steps:
        places.update(step)
    return replace(schedule, lessons=tuple(_put(lesson, places.get(lesson.key)) for lesson in schedule.lessons))


def _put(lesson: Lesson, place: list[Any] | None) -> Lesson:
    if not place:
        return lesson
    day, period, room = place
    return replace(lesson, start=Slot(day, period), room=room)


def board_of(scenario: Scenario) -> Board:
    """Lay a scenario out."""
    today = drafted(scenario)
    return Board(today, moved(today, scenario.steps))
