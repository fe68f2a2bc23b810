"""The search itself: the whole model for the first seconds, then one neighbourhood after the other.

Every schedule on the way keeps every rule, so that stopping at any moment leaves a good answer. With two workers the
whole model and the neighbourhoods run side by side and share what they find; with one, one after the other.
"""

import threading
from collections.abc import Callable
from random import Random
from time import monotonic

from colead.timetable.shifts.engine import Effort, Outcome, Values
from colead.timetable.shifts.neighbours import Neighbours
from colead.timetable.shifts.puzzle import Puzzle

WHOLE = 0.25  # the share of the time for the whole model
PIECE = 2.0  # the most seconds for one neighbourhood


class Best:
    """The best values so far and the best bound, shared by the workers."""

    def __init__(
        self, puzzle: Puzzle, seconds: float, should_stop: Callable[[], bool], news: Callable[[], None]
    ) -> None:
        self.puzzle, self.should_stop, self._news = puzzle, should_stop, news
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
                self._news()
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
    def over(self) -> bool:
        return self.closed or self.proven or monotonic() > self.until or self.should_stop()

    def effort(self, seconds: float, workers: int, seed: int, work: float = 0.0) -> Effort:
        left = max(0.01, self.until - monotonic())
        return Effort(min(seconds, left), workers, seed, work, lambda: self.over)


def run(best: Best, seconds: float, workers: int, seed: int) -> None:
    """Search until the time is over, somebody stops it, or the best is proven."""
    if (today := best.puzzle.today(best.effort(seconds, workers, seed))) is not None:
        best.offer(today)
    if best.values is None or workers == 1:
        _whole(best, seconds * WHOLE if best.values else seconds, workers, seed)
        _neighbours(best, seed)
        return
    beside = [threading.Thread(target=_neighbours, args=(best, seed + n), daemon=True) for n in range(1, workers)]
    for thread in beside:
        thread.start()
    _whole(best, seconds * WHOLE, 1, seed)
    _neighbours(best, seed)
    for thread in beside:
        thread.join()


def _whole(best: Best, seconds: float, workers: int, seed: int) -> None:
    def better(values: Values, bound: int) -> None:
        best.offer(values)
        best.learn(bound)

    best.end(best.puzzle.model.solve(best.effort(seconds, workers, seed), best.values, on_better=better))


def _neighbours(best: Best, seed: int) -> None:
    around = Neighbours(best.puzzle, Random(seed))  # noqa: S311 - chance, not secrets
    while not best.over and best.values is not None:
        free = around.free(best.values)
        effort = best.effort(PIECE, 1, around.random.randrange(2**30), PIECE)
        outcome = best.puzzle.model.solve(effort, best.values, free)
        better = outcome.values is not None and best.offer(outcome.values)
        around.learn(better=better, ended=outcome.ended)
