"""See what time people have in common, as the schedule is today.

A period counts for a person who is at work and not booked; a meeting of the team itself counts as time in common.
Breaks and lunch never count: they are people's own. Minutes are a mean over the weeks of the cycle, rounded down.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from colead.timetable.model import GOAL, Lesson, RuleKind, Schedule, Slot, Strength, Team

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Block:
    """Periods in a row that a team has in common; `counted` is what is left after the longest block it wants."""

    slots: tuple[Slot, ...]
    minutes: int
    counted: int


@dataclass(frozen=True, slots=True)
class TeamTime:
    """What a team has now, in minutes a week; `gap` is what is missing to five hours, `short` to what it asks for."""

    team: str
    minutes: int
    gap: int
    short: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class PersonTime:
    """What a person shares with at least one of their teams, and has free in all, in minutes a week."""

    name: str
    minutes: int
    gap: int
    free: int


class Times:
    """Who is free when, as flags: a row for each person, a column for each slot."""

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        self.slots = schedule.slots
        self.column = {slot: n for n, slot in enumerate(self.slots)}
        self.row = {person.name: n for n, person in enumerate(schedule.people)}
        self.minutes = np.array([schedule.period(slot).minutes for slot in self.slots])
        self.counts = np.array([schedule.period(slot).counts for slot in self.slots])
        self.open = self._at_work()
        self.booked = self._bookings(schedule.lessons)
        self.free = self.open & (self.booked == 0)

    def _at_work(self) -> Flags:
        """Flag when a person can be booked at all: wishes do not count, musts and what is to be kept do."""
        flags: Flags = np.tile(self.counts, (len(self.row), 1))
        for rule in self.schedule.rules:
            if rule.kind is RuleKind.AWAY and rule.strength is not Strength.PREFER:
                for name in rule.people:
                    flags[self.row[name], self.columns(rule.slots)] = False
        return flags

    def _bookings(self, lessons: Iterable[Lesson]) -> NDArray[np.int64]:
        """Count the bookings of each person in each slot."""
        places = [(self.row[name], self.column[slot]) for one in lessons for slot in one.slots for name in one.people]
        counts = np.zeros(self.open.shape, dtype=np.int64)
        np.add.at(counts, tuple(np.array(places, dtype=np.intp).reshape(-1, 2).T), 1)
        return counts

    def columns(self, slots: Iterable[Slot]) -> list[int]:
        return [self.column[slot] for slot in slots]

    def free_for(self, team: Team) -> Flags:
        """Flag when each member is free for the team: its own meetings leave them free, its window does not."""
        own = self._bookings(lesson for lesson in self.schedule.lessons if lesson.team == team.name)
        flags: Flags = self.open & (self.booked == own)
        return flags[[self.row[name] for name in team.members]] & self.window(team)

    def window(self, team: Team) -> Flags:
        """Flag the slots in which a team may meet."""
        if not team.window:
            return np.ones(len(self.slots), dtype=bool)
        return np.array([slot in team.window for slot in self.slots])

    def a_week(self, minutes: int) -> int:
        """Turn minutes of the whole cycle into minutes a week."""
        return minutes // len(self.schedule.weeks)


def team_times(schedule: Schedule) -> tuple[TeamTime, ...]:
    """Say for each team what it has in common now; guests do not count."""
    times = Times(schedule)
    return tuple(_team_time(times, team) for team in schedule.teams)


def _team_time(times: Times, team: Team) -> TeamTime:
    blocks = common_blocks(times, team)
    minutes = times.a_week(sum(block.counted for block in blocks))
    return TeamTime(team.name, minutes, max(0, GOAL - minutes), max(0, team.minutes - minutes), blocks)


def common_blocks(times: Times, team: Team) -> tuple[Block, ...]:
    """Find the blocks that count: long enough for the team, the longest of a day first when it wants only so many."""
    everyone: Flags = np.logical_and.reduce(times.free_for(team))
    return blocks_in(times, team, everyone)


def blocks_in(times: Times, team: Team, flags: Flags) -> tuple[Block, ...]:
    """Cut flagged slots into the blocks that count for a team, in the order of the cycle."""
    counted: list[Block] = []
    for day in range(len(times.schedule.days)):
        blocks = [_block(times, team, run) for run in _runs(times, flags, day)]
        blocks = [block for block in blocks if block.minutes >= team.least_block]
        best = sorted(blocks, key=lambda block: -block.counted)[: team.most_blocks or None]
        counted += sorted(best, key=lambda block: block.slots)
    return tuple(counted)


def _block(times: Times, team: Team, run: Sequence[Slot]) -> Block:
    minutes = sum(times.schedule.period(slot).minutes for slot in run)
    return Block(tuple(run), minutes, min(minutes, team.longest_block or minutes))


def _runs(times: Times, flags: Flags, day: int) -> Iterator[list[Slot]]:
    run: list[Slot] = []
    for period in range(len(times.schedule.days[day].periods)):
        if flags[times.column[slot := Slot(day, period)]]:
            run.append(slot)
        elif run:
            yield run
            run = []
    if run:
        yield run


def person_times(schedule: Schedule) -> tuple[PersonTime, ...]:
    """Say for each person what they share with their teams, each period once even if two teams could have it."""
    times = Times(schedule)
    shared = np.zeros_like(times.free)
    for team in schedule.teams:
        columns = times.columns(slot for block in common_blocks(times, team) for slot in block.slots)
        for name in team.members:
            shared[times.row[name], columns] = True
    return tuple(
        PersonTime(name, together, max(0, GOAL - together), times.a_week(int(times.minutes @ times.free[row])))
        for name, row in times.row.items()
        for together in [times.a_week(int(times.minutes @ shared[row]))]
    )


def heat(schedule: Schedule, names: Iterable[str] | None = None) -> tuple[tuple[int | None, ...], ...]:
    """Count who is free in each period, a row for each day; None where nobody meets (breaks, lunch).

    Without names everybody is counted.
    """
    times = Times(schedule)
    rows = [times.row[name] for name in (times.row if names is None else names)]
    free = times.free[rows].sum(axis=0)
    count = [int(number) if counts else None for number, counts in zip(free, times.counts, strict=True)]
    return tuple(
        tuple(count[times.column[Slot(day, n)]] for n in range(len(one.periods)))
        for day, one in enumerate(schedule.days)
    )


def never_free_together(schedule: Schedule, team: Team) -> tuple[tuple[str, str], ...]:
    """Find the pairs of members who have not one period in common."""
    flags = Times(schedule).free_for(team)
    pairs = combinations(range(len(team.members)), 2)
    return tuple((team.members[a], team.members[b]) for a, b in pairs if not (flags[a] & flags[b]).any())
