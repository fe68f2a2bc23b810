"""The time a team would have in common, as Booleans; counted exactly as `team_times` counts it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from math import gcd

from colead.timetable.model import Schedule, Slot, Team
from colead.timetable.shifts.binding import long_enough
from colead.timetable.shifts.engine import Literal
from colead.timetable.shifts.placing import Placing
from colead.timetable.together import Times


@dataclass(frozen=True, slots=True)
class Meeting:
    """What counts as common time of a team: minutes (in steps of `Minutes.step`) and the Boolean of each piece."""

    team: Team
    terms: tuple[tuple[int, Literal], ...]


class Minutes:
    """How minutes are counted: in steps, so that numbers stay small; `period` is the usual period in steps."""

    def __init__(self, schedule: Schedule) -> None:
        every = [schedule.period(slot).minutes for slot in schedule.slots if schedule.period(slot).counts]
        caps = [team.longest_block for team in schedule.teams if team.longest_block]
        self.step = reduce(gcd, [*every, *caps], 0) or 1
        self.period = max(set(every), key=every.count, default=self.step) // self.step
        self.weeks = len(schedule.weeks)

    def wanted(self, minutes: int) -> int:
        """Turn minutes a week into steps of the whole cycle, rounded up."""
        return -(-minutes * self.weeks // self.step)


def meeting(placing: Placing, times: Times, minutes: Minutes, team: Team) -> Meeting:
    """Make the Booleans of a team's common time."""
    free = {slot: literal for slot in _open(times, team) if (literal := _common(placing, team, slot)) is not None}
    _room_left(placing, team, free)
    terms: list[tuple[int, Literal]] = []
    for day, one in enumerate(placing.schedule.days):
        today = {slot.period: literal for slot, literal in free.items() if slot.day == day}
        length = {n: one.periods[n].minutes for n in today}
        if team.longest_block or team.most_blocks:
            terms += _blocks(placing, team, today, length)
        else:
            counted = long_enough(placing, today, length, team.least_block)
            terms += [(length[n], literal) for n, literal in counted.items()]
    return Meeting(team, tuple((worth // minutes.step, literal) for worth, literal in terms))


def _open(times: Times, team: Team) -> list[Slot]:
    """List when all members are at work and the team may meet."""
    flags = times.open[[times.row[name] for name in team.members]].all(axis=0) & times.window(team)
    return [slot for slot, may in zip(times.slots, flags, strict=True) if may]


def _common(placing: Placing, team: Team, slot: Slot) -> Literal | None:
    """Say whether the team has a period in common; None where a lesson that stays takes a member."""
    own = {
        literal
        for one, at in zip(placing.alikes, placing.at, strict=True)
        if one.one.team == team.name
        for literal in at.values()
    }
    taken = [[lit for lit in placing.literals(name, slot) if lit not in own] for name in team.members]
    if not any(taken):
        return placing.model.yes
    common = placing.model.boolean()
    for name, literals in zip(team.members, taken, strict=True):
        _keeps_free(placing, name, slot, literals, common)
    if team.longest_block or team.most_blocks:  # these count whole runs, so a free period has to show
        placing.model.one_of([common, *{literal for literals in taken for literal in literals}])
    return common


def _room_left(placing: Placing, team: Team, free: dict[Slot, Literal]) -> None:
    """Say outright what follows anyway: common periods fit into those that a member's lessons leave over."""
    for name in team.members:
        taken = placing.people[name]
        mine = [one for one in placing.alikes if name in one.one.people and one.one.team != team.name]
        if mine and not any(placing.today[name, slot] > 1 for slot in taken):
            left = len(taken) - sum(one.count * one.one.length for one in mine)
            placing.model.at_most([free[slot] for slot in taken if slot in free], max(0, left))


def _keeps_free(placing: Placing, name: str, slot: Slot, literals: list[Literal], common: Literal) -> None:
    if placing.today[name, slot] < 2:
        placing.model.at_most_one([common, *literals])
        return
    for literal in literals:
        placing.model.implies(common, ~literal)


def _blocks(
    placing: Placing, team: Team, free: dict[int, Literal], length: dict[int, int]
) -> list[tuple[int, Literal]]:
    """Give a Boolean to each run that is free as a whole and no longer: the longest block and the number count runs."""
    blocks = []
    for first, last in _runs(free):
        total = sum(length[n] for n in range(first, last + 1))
        if total >= team.least_block:
            block = placing.model.boolean()
            for n in range(first, last + 1):
                placing.model.implies(block, free[n])
            for n in (first - 1, last + 1):
                if n in free:
                    placing.model.implies(block, ~free[n])
            blocks.append((min(total, team.longest_block or total), block))
    if team.most_blocks:
        placing.model.at_most([block for _, block in blocks], team.most_blocks)
    return blocks


def _runs(free: dict[int, Literal]) -> Iterator[tuple[int, int]]:
    for first in free:
        last = first
        while last in free:
            yield first, last
            last += 1
