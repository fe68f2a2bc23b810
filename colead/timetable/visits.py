"""Match wishes to watch a colleague with open doors, to the provable maximum, on today's schedule."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from colead.timetable.model import Role, Schedule, Slot
from colead.timetable.others import most_to_others
from colead.timetable.wishes import Door, Match, Unmet, Visit, Wish, judge_names, possible_visits, shown, wanted
from colead.timetable.words import Said, listed, mark, say

Closed = AbstractSet[tuple[int, int]]


def match_visits(
    schedule: Schedule,
    doors: Sequence[Door],
    wishes: Sequence[Wish],
    *,
    cycles: int = 1,
    closed: Closed = frozenset(),
) -> Match:
    """Find as many visits as there can be in so many rounds of the cycle (a maximum flow, or an integer programme).

    `closed` names the days on which nobody is watched, each as round and day of the cycle.
    """
    judge_names(schedule, [door.host for door in doors])
    judge_names(schedule, [wish.visitor for wish in wishes])
    net, possible = _Net(wishes), list(possible_visits(schedule, doors, wishes))
    for visit, door in possible:
        net.add(visit, door, schedule.days[visit.slot.day].week)
    every = ((cycle, day) for cycle in range(cycles) for day in range(len(schedule.days)))
    rounds = Counter(day for cycle, day in every if (cycle, day) not in closed)
    visits = net.most(cycles, closed)
    once = _no_host_twice(visits, wishes)
    apart = len(once) < len(visits)
    found = most_to_others(schedule, possible, wishes, cycles=cycles, closed=closed) if apart else visits

    def why(wish: Wish) -> Said:
        times = sum(rounds[slot.day] for slot in net.chances[wish.visitor])
        if not times:
            return _nowhere(schedule, doors, wish)
        return _why_not_others(wish, possible) if apart else _why_short(wish, times, net.full(wish.visitor))

    made = sorted(once if found is None else found, key=lambda visit: (visit.cycle, visit.slot, visit.visitor))
    return Match(tuple(made), tuple(_unmet_of(wishes, made, why)), proven=found is not None)


def _no_host_twice(visits: Sequence[Visit], wishes: Sequence[Wish]) -> list[Visit]:
    """Leave out each further visit to the same colleague where a wish is for somebody else each time."""
    different = {wish.visitor for wish in wishes if wish.different}
    first = {(visit.visitor, visit.host): visit for visit in reversed(visits)}
    return [visit for visit in visits if visit.visitor not in different or first[visit[:2]] is visit]


def directions(schedule: Schedule, visits: Iterable[Visit]) -> dict[tuple[Role, Role], int]:
    """Count visits by the role of visitor and host: all that a dashboard may show."""
    roles = {person.name: person.role for person in schedule.people}
    return dict(Counter((roles[visit.visitor], roles[visit.host]) for visit in visits))


class _Net:
    """Visitor, visitor in a period, lesson in a period, host in a week: arcs with how many visits fit through.

    One round of the cycle is noted; `most` repeats all but source, sink and visitors for each round.
    """

    def __init__(self, wishes: Sequence[Wish]) -> None:
        self.nodes: dict[Any, int] = {"source": 0, "sink": 1}
        self.arcs: dict[tuple[int, int], int] = {}
        self.visits: dict[tuple[int, int], Visit] = {}
        self.wanted = [(0, self._number(("visitor", wish.visitor)), wish.visits) for wish in wishes]
        self.lasting = len(self.nodes)
        self.chances: dict[str, set[Slot]] = defaultdict(set)

    def add(self, visit: Visit, door: Door, week: str) -> None:
        when, place = ("free", visit.visitor, visit.slot), ("place", visit.host, visit.lesson, visit.slot)
        host = ("host", visit.host, week)
        self._arc(("visitor", visit.visitor), when, 1)
        self.visits[self._arc(when, place, 1)] = visit
        self.chances[visit.visitor].add(visit.slot)
        self._arc(place, host, door.at_once)
        self._arc(host, "sink", door.most_a_week)

    def _arc(self, begin: object, end: object, most: int) -> tuple[int, int]:
        arc = self._number(begin), self._number(end)
        self.arcs[arc] = most
        return arc

    def _number(self, node: object) -> int:
        return self.nodes.setdefault(node, len(self.nodes))

    def most(self, cycles: int, closed: AbstractSet[tuple[int, int]] = frozenset()) -> list[Visit]:
        """Send as much as fits from source to sink, and read off which visits that takes."""
        if not self.visits:
            return []
        once = np.array([(*arc, most) for arc, most in self.arcs.items()], dtype=np.int32)
        days = np.array([self.visits[arc].slot.day if arc in self.visits else -1 for arc in self.arcs])
        rounds = [self._moved(once, cycle) for cycle in range(cycles)]
        for cycle, day in closed:
            rounds[cycle][days == day, 2] = 0
        rows, columns, most = np.vstack([np.array(self.wanted, dtype=np.int32), *rounds]).T
        size = self.lasting + cycles * self._round
        mixed = np.random.default_rng(0).permutation(size)  # else every visit would be in the first week
        net = csr_array((most, (mixed[rows], mixed[columns])), shape=(size, size))
        flow = maximum_flow(net, mixed[0], mixed[1]).flow
        self.left, self.mixed = _positive(net - flow, without=int(mixed[0])), mixed
        sent, back = _positive(flow).tocoo(), np.argsort(mixed)
        arcs = zip(back[sent.row].tolist(), back[sent.col].tolist(), strict=True)
        return [visit for row, column in arcs for visit in self._visit(row, column)]

    def full(self, visitor: str) -> tuple[str, ...]:
        """Name whose doors keep a visitor from one more visit, colleagues' swaps considered: the smallest cut.

        They are those that can still be reached from the visitor after `most`, other wishes apart; none where the
        visitor has no time left.
        """
        begin = self.mixed[self.nodes["visitor", visitor]]
        seen = np.argsort(self.mixed)[breadth_first_order(self.left, begin, return_predecessors=False)]
        keys = list(self.nodes)[self.lasting :]
        reached = (keys[node % self._round] for node in (seen[seen >= self.lasting] - self.lasting).tolist())
        return tuple(sorted({key[1] for key in reached if key[0] in ("place", "host")}))

    @property
    def _round(self) -> int:
        """Count the nodes that each round has for itself."""
        return len(self.nodes) - self.lasting

    def _moved(self, once: NDArray[np.int32], cycle: int) -> NDArray[np.int32]:
        """Renumber the nodes of one round."""
        moved = once.copy()
        moved[:, :2] += np.where(once[:, :2] >= self.lasting, cycle * self._round, 0).astype(np.int32)
        return moved

    def _visit(self, row: int, column: int) -> Iterator[Visit]:
        """Find the visit of an arc; other arcs stand for none."""
        cycle = max(0, row - self.lasting) // self._round
        if found := self.visits.get((row - cycle * self._round, column - cycle * self._round)):
            yield found._replace(cycle=cycle)


def _positive(matrix: Any, without: int = -1) -> csr_array:
    """Keep the arcs on which something goes, or could; none from the node `without`."""
    found = matrix.tocoo()
    some = (found.data > 0) & (found.row != without)
    return csr_array((found.data[some], (found.row[some], found.col[some])), shape=found.shape)


def _unmet_of(wishes: Sequence[Wish], visits: Sequence[Visit], why: Callable[[Wish], Said]) -> Iterator[Unmet]:
    """Say which wishes miss visits; `why` finds the reason."""
    made = Counter(visit.visitor for visit in visits)
    for wish in wishes:
        missing = wish.visits - made[wish.visitor]
        if missing > 0:
            yield Unmet(wish.visitor, missing, why(wish))


def _why_short(wish: Wish, times: int, full: Sequence[str]) -> Said:
    """Read the reason off the smallest cut: doors are full beyond any swap, or the visitor's own times are used up."""
    if full:
        why = mark("No place is left with %(hosts)s when %(who)s is free: another visit would cost a colleague one.")
        return say(why, hosts=listed(full), who=wish.visitor)
    why = mark("Times when %(who)s is free and such a door is open: %(count)d. Each of them has a visit.")
    return say(why, who=wish.visitor, count=times)


def _why_not_others(wish: Wish, possible: Iterable[tuple[Visit, Door]]) -> Said:
    """Say so where there are fewer colleagues to see than visits wished for; else that others have the places."""
    hosts = {visit.host for visit, _ in possible if visit.visitor == wish.visitor}
    if wish.different and len(hosts) < wish.visits:
        few = mark("Colleagues with a door open when %(who)s is free: %(count)d. Each can be seen once.")
        return say(few, who=wish.visitor, count=len(hosts))
    return say(mark("No door has a place left for %(who)s, unless a colleague gives up a visit."), who=wish.visitor)


def _nowhere(schedule: Schedule, doors: Sequence[Door], wish: Wish) -> Said:
    """Say why there is not one visit that a wish allows."""
    fit = [door.host for door in doors if any(wanted(wish, door, lesson) for lesson in shown(schedule, door))]
    if not fit:
        return say(mark("No open door shows what %(who)s wishes to see."), who=wish.visitor)
    why = mark("%(hosts)s can be watched only when %(who)s is booked.")
    if any(possible_visits(schedule, doors, [replace(wish, not_at=frozenset())])):
        why = mark("%(hosts)s can be watched only at times that %(who)s would rather keep, or when there is no school.")
    return say(why, hosts=listed(fit), who=wish.visitor)
