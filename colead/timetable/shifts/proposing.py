"""From a search to proposals that people can read, as they get better."""

import threading
from collections.abc import Callable, Sequence

from colead.timetable.model import Schedule
from colead.timetable.shifts.alike import judge, placed_all
from colead.timetable.shifts.engine import Values
from colead.timetable.shifts.puzzle import Puzzle
from colead.timetable.shifts.search import Best, Run, run
from colead.timetable.shifts.telling import moves
from colead.timetable.shifts.values import Ask, NothingFound, Objective, Pin, Proposal, Served
from colead.timetable.together import team_times
from colead.timetable.words import mark, say

_LOOK = 0.1
Tell = Callable[[Proposal], None]


def never() -> bool:
    """Let a search run for its whole time."""
    return False


def propose(
    schedule: Schedule,
    asks: Sequence[Ask],
    *,
    pins: Sequence[Pin] = (),
    objective: Objective = Objective.MOVES,
    seconds: float = 60.0,
    should_stop: Callable[[], bool] = never,
    seed: int = 0,
    workers: int = 2,
    on_better: Tell | None = None,
) -> Proposal:
    """Find the smallest change that gives teams the time they ask for; the last and best proposal is returned.

    `on_better` is called, in the caller's own thread, with each better one; the first may be today's schedule itself.
    Refuses with `SolverMissing`, `NotPlaced`, `BadAsk`, or `NothingFound` (only when pins move a lesson).
    """
    placed_all(schedule)
    judge(schedule, pins, [ask.team for ask in asks])
    best = Best(Puzzle(schedule, asks, pins, objective), seconds, should_stop)
    return searched(best, Run(seconds, workers, seed), on_better or _nobody)


def _nobody(_: Proposal) -> None:
    """Tell nobody."""


def searched(best: Best, how: Run, tell: Tell) -> Proposal:
    """Search in a thread of its own and tell each better proposal in this one."""
    failed: list[BaseException] = []
    worker = threading.Thread(target=_guarded, args=(failed, best, how), daemon=True)
    worker.start()
    told = None
    try:
        while worker.is_alive():
            best.news.wait(_LOOK)
            told = _told(best, told, tell)
    finally:
        best.closed = True
        worker.join()
    for error in failed:
        raise error
    _told(best, told, tell)
    if best.values is None:
        raise NothingFound(say(mark("We found no schedule that keeps all rules and what you pinned.")))
    return proposal(best, best.values)


def _guarded(failed: list[BaseException], best: Best, how: Run) -> None:
    try:
        run(best, how)
    except BaseException as error:  # handed over to the thread that waits
        failed.append(error)
    best.news.set()


def _told(best: Best, told: int | None, tell: Tell) -> int | None:
    """Tell what is better than what was told last; several at once count as one."""
    best.news.clear()
    if best.values is None or (told is not None and best.cost >= told):
        return told
    cost = best.cost
    tell(proposal(best, best.values))
    return cost


def proposal(best: Best, values: Values) -> Proposal:
    """Put into words what some values of a search mean."""
    puzzle = best.puzzle
    after = puzzle.placed(values)
    cost = puzzle.model.cost(values)
    seen = puzzle.goal.seen(cost)
    bound = seen if best.proven else max(0, min(seen, puzzle.goal.seen(best.bound, up=True)))
    return Proposal(
        after,
        puzzle.objective,
        moves(puzzle.schedule, after),
        served(puzzle.schedule, after, puzzle.asks),
        seen,
        bound,
        best.proven,
        best.found,
    )


def served(before: Schedule, after: Schedule, asks: Sequence[Ask]) -> tuple[Served, ...]:
    """Compare what teams have."""
    then = {time.team: time.minutes for time in team_times(before)}
    now = {time.team: time.minutes for time in team_times(after)}
    return tuple(Served(ask.team, ask.minutes, then[ask.team], now[ask.team]) for ask in asks)
