"""Match visits of which each is to somebody else: a flow cannot say that, an integer programme can."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from colead.timetable.model import Schedule
from colead.timetable.wishes import Door, Visit, Wish

SECONDS = 15.0


def most_to_others(
    schedule: Schedule,
    possible: Sequence[tuple[Visit, Door]],
    wishes: Sequence[Wish],
    *,
    cycles: int,
    closed: AbstractSet[tuple[int, int]],
    seconds: float = SECONDS,
) -> list[Visit] | None:
    """Find as many visits as there can be, each to somebody else where a wish says so; None without a proof in time.

    Solved by SciPy's HiGHS (Huangfu and Hall 2018); 300 people over 12 weeks take a second.
    """
    found = [
        (visit._replace(cycle=cycle), door)
        for visit, door in possible
        for cycle in range(cycles)
        if (cycle, visit.slot.day) not in closed
    ]
    if not found:
        return []
    chances = [found[n] for n in np.random.default_rng(0).permutation(len(found))]  # else all in the first week
    solved = milp(
        -np.ones(len(chances)),
        integrality=np.ones(len(chances)),
        bounds=Bounds(0, 1),
        constraints=_limits(schedule, chances, {wish.visitor: wish for wish in wishes}),
        options={"time_limit": seconds, "mip_rel_gap": 0},
    )
    if not solved.success:
        return None
    return [visit for (visit, _), chosen in zip(chances, solved.x, strict=True) if chosen > 0.5]


def _limits(schedule: Schedule, chances: Sequence[tuple[Visit, Door]], wishes: dict[str, Wish]) -> LinearConstraint:
    """Hold each limit over all visits that count towards it: one row for a limit, one column for a visit."""
    most: dict[tuple[object, ...], int] = {}
    rows: dict[tuple[object, ...], int] = {}
    cells: list[tuple[int, int]] = []
    for column, (visit, door) in enumerate(chances):
        for limit, count in _limits_of(visit, door, wishes[visit.visitor], schedule.days[visit.slot.day].week):
            most[limit] = count
            cells.append((rows.setdefault(limit, len(rows)), column))
    table = csr_array((np.ones(len(cells)), np.array(cells).T), shape=(len(rows), len(chances)))
    return LinearConstraint(table, -np.inf, np.array(list(most.values())))


def _limits_of(visit: Visit, door: Door, wish: Wish, week: str) -> Iterator[tuple[tuple[object, ...], int]]:
    """List what a visit counts towards, and how many fit: a time, a room, a host's week, the wish, a host."""
    yield ("free", visit.visitor, visit.cycle, visit.slot), 1
    yield ("place", visit.host, visit.lesson, visit.cycle, visit.slot), door.at_once
    yield ("week", visit.host, visit.cycle, week), door.most_a_week
    yield ("wish", visit.visitor), wish.visits
    if wish.different:
        yield ("host", visit.visitor, visit.host), 1
