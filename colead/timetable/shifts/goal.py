"""What a search makes small: 100 for each missing team period, plus moves, people or the most moves of one person."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from colead.timetable.shifts.engine import Literal, Model, Terms
from colead.timetable.shifts.meeting import Meeting, Minutes
from colead.timetable.shifts.placing import Placing
from colead.timetable.shifts.values import Ask, Objective

MISSING = 100  # what a missing team period costs


@dataclass(frozen=True, slots=True)
class Wanted:
    """A team's common time and how much of it is asked for; `missing` is the number of steps it falls short."""

    meeting: Meeting
    ask: Ask
    steps: int
    missing: Literal


def wanted(model: Model, minutes: Minutes, meeting: Meeting, ask: Ask) -> Wanted:
    """Count what a team misses."""
    steps = minutes.wanted(ask.minutes)
    missing = model.number(steps)
    most = sum(worth for worth, _ in meeting.terms)
    model.between(steps, [*meeting.terms, (1, missing)], steps + most)
    return Wanted(meeting, ask, steps, missing)


class Goal:
    """The terms of a cost and `scale`, by which the model's number is larger than the cost people see.

    With `teams`, 100 is the price of each team that is missing to so many, instead of each period.
    """

    def __init__(
        self, placing: Placing, minutes: Minutes, asks: Sequence[Wanted], objective: Objective, teams: int | None = None
    ) -> None:
        self.placing, self.minutes = placing, minutes
        self.stays, self.all = _stays(placing)
        self.scale = minutes.period if teams is None else 1
        self.offset = 0
        terms = [(MISSING, one.missing) for one in asks] if teams is None else [(MISSING, self._short(asks, teams))]
        if objective is Objective.MOVES:
            self._moves(terms, self.scale)
        else:
            tie = self.all + 1  # among equals the one with the fewest moves
            terms = [(factor * tie, literal) for factor, literal in terms]
            few = self._people() if objective is Objective.PEOPLE else [self._most()]
            terms += [(self.scale * tie, literal) for literal in few]
            self._moves(terms, self.scale)
            self.scale *= tie
        self.terms: Terms = terms

    def _short(self, asks: Sequence[Wanted], teams: int) -> Literal:
        """Count how many teams are missing to so many that have all they ask for."""
        model = self.placing.model
        short, served = model.number(teams), [model.boolean() for _ in asks]
        for one, full in zip(asks, served, strict=True):
            model.between(0, [(1, one.missing), (one.steps, full)], one.steps)
        model.between(teams, [(1, short), *((1, full) for full in served)], teams + len(asks))
        return short

    def _moves(self, terms: list[tuple[int, Literal]], factor: int) -> None:
        terms += [(-factor, literal) for literals in self.stays for literal in literals]
        self.offset = factor * self.all

    def _moved_of(self) -> dict[str, list[Literal]]:
        """List for each person the Booleans of today's places that their lessons would leave."""
        mine: dict[str, list[Literal]] = defaultdict(list)
        for one, stays in zip(self.placing.alikes, self.stays, strict=True):
            for name in one.one.people:
                mine[name] += [~literal for literal in stays]
        return mine

    def _people(self) -> list[Literal]:
        touched = []
        for leaves in self._moved_of().values():
            touched.append(self.placing.model.boolean())
            for literal in leaves:
                self.placing.model.implies(literal, touched[-1])
        return touched

    def _most(self) -> Literal:
        most = self.placing.model.number(self.all)
        for leaves in self._moved_of().values():
            terms = [(1, literal) for literal in leaves]
            self.placing.model.between(0, [(1, most), *((-1, literal) for _, literal in terms)], self.all)
        return most

    def seen(self, cost: int, *, up: bool = False) -> int:
        """Turn the model's number into the cost people see; a bound is rounded up, since costs are whole."""
        whole = cost + self.offset
        return -(-whole // self.scale) if up else whole // self.scale


def _stays(placing: Placing) -> tuple[list[list[Literal]], int]:
    """List the Booleans of today's places, one list for each group of lessons that are alike, and count them."""
    stays = [
        [at[slot] for slot in sorted(one.today) if slot in at]
        for one, at in zip(placing.alikes, placing.at, strict=True)
    ]
    return stays, sum(one.count for one in placing.alikes)
