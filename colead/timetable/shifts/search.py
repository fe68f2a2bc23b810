"""The search itself: the whole model for the first seconds, a bound, then one neighbourhood after the other.

Every schedule on the way keeps every rule, so that stopping at any moment leaves a good answer. With two workers the
whole model and the neighbourhoods run side by side and share what they find; with one, one after the other. A linear
relaxation (`linear=2`) proves a neighbourhood best ten times sooner: half a school at once takes a second.
"""

import threading
from dataclasses import dataclass, replace
from random import Random
from time import monotonic

from colead.timetable.shifts.engine import Effort, Outcome, Stop, Values
from colead.timetable.shifts.neighbours import Neighbours
from colead.timetable.shifts.puzzle import Puzzle

WHOLE, BOUND = 1 / 6, 1 / 4  # shares of the time: for the whole model, and for how few moves there have to be
CLOSE = 0.1  # once the gap to the bound is this small a share of the cost, the whole model is worth another try
PIECE = 2.0  # the most seconds for one neighbourhood


class Best:
    """The best values so far and the best bound, shared by the workers."""

    def __init__(self, puzzle: Puzzle, seconds: float, should_stop: Stop) -> None:
        self.puzzle, self.should_stop, self.news = puzzle, should_stop, threading.Event()
        self.begun = monotonic()
        self.until = self.begun + seconds
        self.values: Values | None = None
        self.cost = 0
        self.found = 0.0
        self.bound = -(10**12)
        self.proven = self.closed = False
        self._lock = threading.Lock()

    def offer(self, values: Values) -> bool:
        """Take values that are as good; say whether they are better."""
        cost = self.puzzle.model.cost(values)
        with self._lock:
            better = self.values is None or cost < self.cost
            if better or cost == self.cost:
                self.values, self.cost = values, cost
            if better:
                self.found = monotonic() - self.begun
                self.proven = self.proven or self.bound >= cost or self.puzzle.goal.seen(cost) == 0
                self.news.set()
        return better

    def learn(self, bound: int) -> None:
        """Take a bound; when the best reaches it, nothing is left to do."""
        with self._lock:
            self.bound = max(self.bound, bound)
            self.proven = self.proven or (self.values is not None and self.bound >= self.cost)

    def end(self, outcome: Outcome) -> None:
        """Take what the whole model found: values, a bound, a proof."""
        if outcome.values is not None:
            self.offer(outcome.values)
            self.learn(outcome.bound)
        self.proven = self.proven or outcome.ended

    @property
    def close(self) -> bool:
        """Say whether the best is so near to the bound that a proof may be in reach."""
        seen = self.puzzle.goal.seen
        return seen(self.cost) - seen(self.bound) <= CLOSE * seen(self.cost)

    @property
    def over(self) -> bool:
        return self.closed or self.proven or monotonic() > self.until or self.should_stop()

    def effort(self, seconds: float, workers: int, seed: int, work: float = 0.0, linear: int = 0) -> Effort:
        left = max(0.01, self.until - monotonic())
        return Effort(min(seconds, left), workers, seed, work, linear, should_stop=lambda: self.over)


@dataclass(frozen=True, slots=True)
class Run:
    """How to search: how long, with how many workers, from which seed, from which values (none: today's)."""

    seconds: float
    workers: int = 2
    seed: int = 0
    begin: Values | None = None


def run(best: Best, how: Run) -> None:
    """Search until the time is over, somebody stops it, or the best is proven."""
    _begin(best, how)
    if best.values is None:
        return
    beside = [
        threading.Thread(target=run_neighbours, args=(best, how.seed + n), daemon=True) for n in range(1, how.workers)
    ]
    for thread in beside:
        thread.start()
    _whole(best, how)
    run_neighbours(best, how.seed)
    for thread in beside:
        thread.join()


def _begin(best: Best, how: Run) -> None:
    """Take today's schedule, or the values to begin from; where pins do not allow it, any that keeps the rules."""
    effort = best.effort(how.seconds, 1, how.seed)
    values = best.puzzle.today(effort) if how.begin is None else best.puzzle.completed(how.begin, effort)
    if values is None:
        effort = replace(best.effort(how.seconds, how.workers, how.seed), first=True)
        values = best.puzzle.model.solve(effort, best.puzzle.wished()).values
    if values is not None:
        best.offer(values)


def _whole(best: Best, how: Run) -> None:
    """Look at the whole model: for a better one, for what none can go below, and on while a proof is in reach."""
    begin = best.values
    _looked(best, how, WHOLE, begin)
    if not best.close:
        _looked(best, how, BOUND, begin, bound=True)  # from the best, the bound comes out lower
    while best.close and not best.over:
        _looked(best, how, WHOLE, best.values)


def _looked(best: Best, how: Run, share: float, begin: Values | None, *, bound: bool = False) -> None:
    def better(values: Values, least: int) -> None:
        best.offer(values)
        best.learn(least)

    if best.over:
        return
    effort = replace(best.effort(share * how.seconds, 1, how.seed, linear=2), bound=bound)
    best.end(best.puzzle.model.solve(effort, begin, on_better=better))


def run_neighbours(best: Best, seed: int) -> None:
    around = Neighbours(best.puzzle, Random(seed))  # noqa: S311 - chance, not secrets
    while not best.over and best.values is not None:
        before = best.values
        effort = best.effort(PIECE, 1, around.random.randrange(2**30), PIECE, linear=2)
        outcome = best.puzzle.model.solve(effort, before, around.free(before))
        better = outcome.values is not None and _offered(best, before, outcome.values)
        around.learn(better=better, ended=outcome.ended)


def _offered(best: Best, before: Values, values: Values) -> bool:
    """Offer what was found; when others found something meanwhile, both together if they go together."""
    if best.values is before or best.values is None:
        return best.offer(values)
    both = [new if new != old else now for new, old, now in zip(values, before, best.values, strict=True)]
    joined = best.puzzle.completed(both, best.effort(PIECE, 1, 0))
    return best.offer(joined or values)
