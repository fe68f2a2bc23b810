"""Match wishes to watch a colleague with open doors, to the provable maximum, on today's schedule.

Teachers and administrators do both: open a door and wish to see. A visit lasts one period in which the visitor is free;
nothing moves for it. What people saw is theirs: there is no place for notes or ratings here, only who, where and when.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from colead.timetable.model import Lesson, LessonKind, Person, Role, Schedule, Slot
from colead.timetable.together import Times
from colead.timetable.words import Said, listed, mark, say

_WATCHED = (LessonKind.LESSON, LessonKind.SPECIAL, LessonKind.PULL_OUT, LessonKind.MEETING)


@dataclass(frozen=True, slots=True)
class Door:
    """“Come and watch”: at most so many visits in a week, so many visitors at once; no subjects means any."""

    host: str
    most_a_week: int = 2
    at_once: int = 1
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opening:
    """Times that somebody opens beside their lessons, called `what`. A name the schedule does not know is let in."""

    who: Person
    what: str = ""
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """So many visits; no hosts or subjects means any. `not_at` are free periods to leave alone."""

    visitor: str
    visits: int = 1
    hosts: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    not_at: frozenset[Slot] = frozenset()


class Visit(NamedTuple):
    """Who goes where; `cycle` counts from 0 how often the cycle of the schedule has gone round."""

    visitor: str
    host: str
    cycle: int
    slot: Slot
    lesson: str


@dataclass(frozen=True, slots=True)
class Unmet:
    """How many visits of a wish are missing, and why."""

    visitor: str
    missing: int
    why: Said


@dataclass(frozen=True, slots=True)
class Match:
    """The visits, in the order of time, and what could not be met; no other choice would give more visits in all."""

    visits: tuple[Visit, ...]
    unmet: tuple[Unmet, ...]


class NotMatched(ValueError):
    """Refuse wishes or doors of people who are not there, or of one person twice."""


def with_openings(schedule: Schedule, openings: Iterable[Opening]) -> Schedule:
    """Let in people who have no lessons, and add the times that people open as meetings to be watched."""
    found = tuple(openings)
    known = {person.name for person in schedule.people}
    lessons = tuple(_meeting(one, slot) for one in found for slot in one.slots)
    people = tuple(one.who for one in found if one.who.name not in known)
    return replace(schedule, people=schedule.people + people, lessons=schedule.lessons + lessons)


def _meeting(opening: Opening, slot: Slot) -> Lesson:
    name = opening.who.name
    return Lesson(f"{name}/{slot.day}/{slot.period}", opening.what, (name,), kind=LessonKind.MEETING, start=slot)


def watched(schedule: Schedule, host: str) -> list[Lesson]:
    """List what colleagues can watch somebody do: lessons and meetings, never a duty or a break."""
    return [lesson for lesson in schedule.lessons if host in lesson.people and lesson.kind in _WATCHED]


def free_slots(schedule: Schedule, name: str) -> tuple[Slot, ...]:
    """List when somebody could watch a colleague: at work, not booked, no break."""
    times = Times(schedule)
    flags = times.free[times.row[name]]
    return tuple(slot for slot, free in zip(times.slots, flags, strict=True) if free)


def match_visits(
    schedule: Schedule,
    doors: Sequence[Door],
    wishes: Sequence[Wish],
    *,
    cycles: int = 1,
    closed: AbstractSet[tuple[int, int]] = frozenset(),
) -> Match:
    """Find as many visits as there can be in so many rounds of the cycle (a maximum flow).

    `closed` names the days on which nobody is watched, each as round and day of the cycle.
    """
    judge_names(schedule, [door.host for door in doors])
    judge_names(schedule, [wish.visitor for wish in wishes])
    net = _Net(wishes)
    for visit, door in possible_visits(schedule, doors, wishes):
        net.add(visit, door, schedule.days[visit.slot.day].week)
    visits = tuple(sorted(net.most(cycles, closed), key=lambda visit: (visit.cycle, visit.slot, visit.visitor)))
    every = ((cycle, day) for cycle in range(cycles) for day in range(len(schedule.days)))
    rounds = Counter(day for cycle, day in every if (cycle, day) not in closed)

    def why(wish: Wish) -> Said:
        times = sum(rounds[slot.day] for slot in net.chances[wish.visitor])
        return _why_short(wish, times, net.full(wish.visitor)) if times else nowhere(schedule, doors, wish)

    return Match(visits, tuple(unmet_of(wishes, visits, why)))


def directions(schedule: Schedule, visits: Iterable[Visit]) -> dict[tuple[Role, Role], int]:
    """Count visits by the role of visitor and host: all that a dashboard may show."""
    roles = {person.name: person.role for person in schedule.people}
    return dict(Counter((roles[visit.visitor], roles[visit.host]) for visit in visits))


def judge_names(schedule: Schedule, names: list[str]) -> None:
    """Refuse names nobody has, and one that is there twice."""
    known = {person.name for person in schedule.people}
    for name, count in Counter(names).items():
        if name not in known:
            raise NotMatched(f"Nobody is called {name}.")
        if count > 1:
            raise NotMatched(f"{name} is there twice.")


def possible_visits(schedule: Schedule, doors: Sequence[Door], wishes: Sequence[Wish]) -> Iterator[tuple[Visit, Door]]:
    """List every visit that one wish and one door allow, in one round of the cycle."""
    times = Times(schedule)
    free = {wish.visitor: times.free[times.row[wish.visitor]] for wish in wishes}
    for door in doors:
        for lesson in _shown(schedule, door):
            for wish in (wish for wish in wishes if _wanted(wish, door, lesson)):
                for slot in lesson.slots:
                    if free[wish.visitor][times.column[slot]] and slot not in wish.not_at:
                        yield Visit(wish.visitor, door.host, 0, slot, lesson.key), door


def _shown(schedule: Schedule, door: Door) -> list[Lesson]:
    mine = watched(schedule, door.host)
    return [lesson for lesson in mine if not door.subjects or lesson.subject in door.subjects]


def _wanted(wish: Wish, door: Door, lesson: Lesson) -> bool:
    if door.host == wish.visitor or (wish.hosts and door.host not in wish.hosts):
        return False
    return not wish.subjects or lesson.subject in wish.subjects


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


def unmet_of(wishes: Sequence[Wish], visits: Sequence[Visit], why: Callable[[Wish], Said]) -> Iterator[Unmet]:
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


def nowhere(schedule: Schedule, doors: Sequence[Door], wish: Wish) -> Said:
    """Say why there is not one visit that a wish allows."""
    fit = [door.host for door in doors if any(_wanted(wish, door, lesson) for lesson in _shown(schedule, door))]
    if not fit:
        return say(mark("No open door shows what %(who)s wishes to see."), who=wish.visitor)
    why = mark("%(hosts)s can be watched only when %(who)s is booked.")
    if any(possible_visits(schedule, doors, [replace(wish, not_at=frozenset())])):
        why = mark("%(hosts)s can be watched only at times that %(who)s would rather keep, or when there is no school.")
    return say(why, hosts=listed(fit), who=wish.visitor)
