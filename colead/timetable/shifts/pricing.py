"""What it costs to give one team more its time: the fewest moves for each number of teams, with proven bounds."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from time import monotonic

from colead.timetable.ceiling import ceilings
from colead.timetable.model import Schedule
from colead.timetable.shifts.alike import judge, placed_all
from colead.timetable.shifts.engine import Stop, Values
from colead.timetable.shifts.proposing import never, proposal, searched
from colead.timetable.shifts.puzzle import Puzzle
from colead.timetable.shifts.search import Best, Run
from colead.timetable.shifts.values import Ask, Objective, Pin, Price, Proposal
from colead.timetable.together import team_times

FIRST = 0.4  # the share of the time for serving as many teams as can be
Curve = tuple[Price, ...]


def price_curve(
    schedule: Schedule,
    asks: Sequence[Ask],
    *,
    pins: Sequence[Pin] = (),
    seconds: float = 60.0,
    should_stop: Stop = never,
    seed: int = 0,
    workers: int = 2,
    on_better: Callable[[Curve], None] | None = None,
) -> Curve:
    """Find the fewest moves that give so many teams all they ask for, from one more than today to all that can be.

    Teams whose ask is above their ceiling are in nobody's reach and left out. `on_better` gets each better curve, in
    the caller's thread. Refuses as `propose` does.
    """
    placed_all(schedule)
    judge(schedule, pins, [ask.team for ask in asks])
    return _Curve(schedule, asks, pins, on_better or _nobody).drawn(seconds, should_stop, seed, workers)


def _nobody(_: Curve) -> None:
    """Tell nobody."""


class _Curve:
    def __init__(
        self, schedule: Schedule, asks: Sequence[Ask], pins: Sequence[Pin], tell: Callable[[Curve], None]
    ) -> None:
        self.schedule, self.asks, self.pins, self.tell = schedule, asks, pins, tell
        top = {ceiling.team: ceiling.minutes for ceiling in ceilings(schedule)}
        now = {time.team: time.minutes for time in team_times(schedule)}
        self.least = sum(now[ask.team] >= ask.minutes for ask in asks) + 1
        self.most = sum(top[ask.team] >= ask.minutes for ask in asks)
        self.prices = {n: Price(n, len(asks), None, 0, None) for n in range(self.least, self.most + 1)}

    def drawn(self, seconds: float, should_stop: Stop, seed: int, workers: int) -> Curve:
        """Serve as many as can be, then find the price of each smaller number, from the larger one's schedule."""
        until = monotonic() + seconds
        best = Best(Puzzle(self.schedule, self.asks, self.pins), seconds * FIRST, should_stop)
        if self.prices:
            found = searched(best, Run(seconds * FIRST, workers, seed), self._take)
            self._learn(len(self.asks), found.bound)  # with all served nothing is missing: the cost is the moves
        begin = best.values
        for teams in sorted(self.prices, reverse=True):
            if not should_stop() and monotonic() < until and begin is not None:
                share = (until - monotonic()) / (teams - self.least + 1)
                begin = self._priced(teams, Run(share, workers, seed, begin), should_stop) or begin
        return self._curve()

    def _priced(self, teams: int, how: Run, should_stop: Stop) -> Values | None:
        best = Best(Puzzle(self.schedule, self.asks, self.pins, Objective.MOVES, teams), how.seconds, should_stop)
        self._take(searched(best, how, self._take))
        self._learn(teams, proposal(best, best.values).bound if best.values else 0)
        return best.values

    def _learn(self, teams: int, bound: int) -> None:
        """Take how many moves so many teams need at least; more teams need as many."""
        for n in range(teams, self.most + 1):
            price = self.prices[n]
            self.prices[n] = replace(price, at_least=max(price.at_least, bound))

    def _take(self, found: Proposal) -> None:
        """Keep a proposal where it is the cheapest so far."""
        better = False
        for n in range(self.least, min(found.served, self.most) + 1):
            price = self.prices[n]
            if price.moves is None or found.moved < price.moves:
                self.prices[n] = replace(price, moves=found.moved, proposal=found)
                better = True
        if better:
            self.tell(self._curve())

    def _curve(self) -> Curve:
        return tuple(self.prices[n] for n in sorted(self.prices))
