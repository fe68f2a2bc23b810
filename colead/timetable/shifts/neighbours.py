"""Which lessons to set free next, while all others stay: those around a team's cheapest periods, or around moves."""

from collections import defaultdict
from functools import cached_property
from random import Random

from colead.timetable.model import Slot
from colead.timetable.shifts.engine import Values
from colead.timetable.shifts.puzzle import Puzzle

LEAST = 2  # classes (or people) set free at once


class Neighbours:
    """Choose neighbourhoods, larger ones while they are easy."""

    def __init__(self, puzzle: Puzzle, random: Random) -> None:
        self.puzzle, self.random = puzzle, random
        self.units = _units(puzzle)
        self.of_unit: dict[str, set[int]] = defaultdict(set)
        for number, units in enumerate(self.units):
            for unit in units:
                self.of_unit[unit].add(number)
        self.owner = puzzle.starts
        self.size = 4.0

    def learn(self, *, better: bool, ended: bool) -> None:
        """Grow after an easy neighbourhood without anything new, shrink after one that took too long."""
        if not ended:
            self.size = max(LEAST, self.size * 0.85)
        elif not better:
            self.size = min(len(self.of_unit), self.size + 0.5)

    def free(self, values: Values) -> list[bool]:
        """Say for each variable whether it may change."""
        loose = self._loose(values)
        return [self.owner.get(number, -1) in loose or number not in self.owner for number in range(len(values))]

    def _loose(self, values: Values) -> set[int]:
        size = max(LEAST, round(self.random.gauss(self.size, 1)))
        units = self._around(values)[: size + 2]
        while len(units) < min(size, len(self.of_unit)):
            units.append(self._next(units))
        return {number for unit in units for number in self.of_unit[unit]}

    def _around(self, values: Values) -> list[str]:
        short = [one for one in self.puzzle.wanted if values[one.missing]]
        if short and self.random.random() < 0.6:
            return self._team(self.random.choice(short).meeting.team.members, values)
        moved = self._moved(values)
        if moved:
            return sorted(self.units[self.random.choice(moved)])
        return [self.random.choice(list(self.of_unit))]

    def _team(self, members: tuple[str, ...], values: Values) -> list[str]:
        """Find the classes in the way of a team in one of its cheapest periods."""
        blocked: dict[Slot, set[int]] = defaultdict(set)
        for name in members:
            for slot, literals in self.puzzle.placing.people[name].items():
                blocked[slot] |= {self.owner[literal] for literal in literals if values[literal]}
        slots = [slot for slot in self.puzzle.schedule.slots if blocked[slot]]
        if not slots:
            return []
        slot = self.random.choices(slots, [2.0 ** -len(blocked[slot]) for slot in slots])[0]
        units = sorted({unit for number in blocked[slot] for unit in self.units[number]})
        self.random.shuffle(units)
        return units

    def _moved(self, values: Values) -> list[int]:
        stays = self.puzzle.goal.stays
        return [number for number, some in enumerate(stays) if not all(values[literal] for literal in some)]

    def _next(self, units: list[str]) -> str:
        """Find one more class: one that shares a teacher with those chosen, or any."""
        near = {
            unit
            for chosen in units
            for number in self.of_unit[chosen]
            for name in self.puzzle.alikes[number].one.people
            for other in self.of_person[name]
            for unit in self.units[other]
        } - set(units)
        some = sorted(near) if near and self.random.random() < 0.7 else sorted(self.of_unit.keys() - set(units))
        return self.random.choice(some)

    @cached_property
    def of_person(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for number, one in enumerate(self.puzzle.alikes):
            for name in one.one.people:
                found[name].add(number)
        return found


def _units(puzzle: Puzzle) -> list[list[str]]:
    """Name the classes of each lesson; a lesson without a class counts for its people."""
    return [puzzle.placing.leaves_of(one) or list(one.one.people) for one in puzzle.alikes]
