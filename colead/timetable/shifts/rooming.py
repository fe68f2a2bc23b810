"""Rooms: rooms that every lesson may use alike are counted as one with many places; names are given out afterwards."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from colead.timetable.model import Lesson, Rule, RuleKind, Slot
from colead.timetable.shifts.alike import Alike
from colead.timetable.shifts.engine import Literal, Values
from colead.timetable.shifts.placing import Placing

Kind = tuple[str, ...]  # rooms that stand in for each other


class Rooming:
    """Which kind of room each lesson has, if it can have several; never more lessons than rooms.

    With `only`, no others run out.
    """

    def __init__(self, placing: Placing, rules: Sequence[Rule], only: frozenset[str] | None = None) -> None:
        self.placing = placing
        self.shut = _shut(rules)
        self.kinds = _kinds(placing.alikes, self.shut)
        self.of_room = {room: kind for kind in self.kinds for room in kind}
        self.chosen: dict[tuple[int, Slot, Kind], Literal] = {}
        self._taken: dict[tuple[Kind, Slot], list[Literal]] = defaultdict(list)
        for number in range(len(placing.alikes)):
            self._enter(number)
        self._hold(only)

    def _enter(self, number: int) -> None:
        one = self.placing.alikes[number]
        if not one.rooms:
            return
        for start, literal in self.placing.at[number].items():
            open_kinds = self._open(one, start)
            if len(open_kinds) == 1:
                self.chosen[number, start, open_kinds[0]] = literal
            else:
                picks = [self.placing.model.boolean() for _ in open_kinds]
                self.placing.model.exactly_one((*picks, ~literal))
                self.chosen |= {(number, start, kind): pick for kind, pick in zip(open_kinds, picks, strict=True)}
            for kind in open_kinds:
                for slot in one.covers(start):
                    self._taken[kind, slot].append(self.chosen[number, start, kind])

    def _open(self, one: Alike, start: Slot) -> list[Kind]:
        """Find the kinds of room it may have at a time; one that keeps its time keeps its room."""
        today = [self.of_room[lesson.room] for lesson in one.lessons if lesson.start == start]
        kinds = dict.fromkeys(self.of_room[room] for room in one.rooms)
        slots = set(one.covers(start))
        return today[:1] or [kind for kind in kinds if not slots & self.shut.get(kind[0], frozenset())]

    def _hold(self, only: frozenset[str] | None) -> None:
        today = Counter(
            (self.of_room[lesson.room], slot)
            for one in self.placing.alikes
            if one.rooms and not self.placing.strict
            for lesson in one.lessons
            for slot in lesson.slots
        )
        for (kind, slot), literals in self._taken.items():
            most = max(len(kind), today[kind, slot])
            if only is not None and not only.issuperset(kind):
                continue
            if most == 1 and len(literals) > 1:
                self.placing.model.at_most_one(literals)
            else:
                self.placing.model.at_most(literals, most)

    def rooms(self, placed: Iterable[Lesson], values: Values) -> dict[str, str]:
        """Name a room for each lesson that needs one, today's where it can be; `placed` are lessons at new times."""
        kind_of = {(n, start): kind for (n, start, kind), literal in self.chosen.items() if values[literal]}
        number_of = {lesson.key: n for n, one in enumerate(self.placing.alikes) for lesson in one.lessons}
        wanted: dict[Kind, list[Lesson]] = defaultdict(list)
        for lesson in placed:
            if lesson.start and (kind := kind_of.get((number_of[lesson.key], lesson.start))):
                wanted[kind].append(lesson)
        return {key: room for kind, lessons in wanted.items() for key, room in given(kind, lessons).items()}


def given(kind: Kind, lessons: Sequence[Lesson]) -> dict[str, str]:
    """Give out rooms in the order of time: never short, as long as no more lessons overlap than there are rooms."""
    rooms: dict[str, str] = {}
    taken: dict[Slot, set[str]] = defaultdict(set)
    for lesson in sorted(lessons, key=lambda lesson: (lesson.slots, lesson.key)):
        wished = {other.room for other in lessons if set(other.slots) & set(lesson.slots)}
        free = [room for room in kind if not any(room in taken[slot] for slot in lesson.slots)]
        free.sort(key=lambda room: (room != lesson.room, room in wished))
        rooms[lesson.key] = free[0] if free else lesson.room
        for slot in lesson.slots:
            taken[slot].add(rooms[lesson.key])
    return rooms


def _shut(rules: Iterable[Rule]) -> dict[str, frozenset[Slot]]:
    shut: dict[str, frozenset[Slot]] = {}
    for rule in rules:
        for room in rule.rooms if rule.kind is RuleKind.ROOM_AWAY else ():
            shut[room] = shut.get(room, frozenset()) | rule.slots
    return shut


def _kinds(alikes: Iterable[Alike], shut: Mapping[str, frozenset[Slot]]) -> list[Kind]:
    uses: dict[str, set[Kind]] = defaultdict(set)
    for one in alikes:
        for room in one.rooms:
            uses[room].add(one.rooms)
    kinds: dict[object, list[str]] = defaultdict(list)
    for room, pools in uses.items():
        kinds[frozenset(pools), shut.get(room, frozenset())].append(room)
    return [tuple(sorted(rooms)) for rooms in kinds.values()]
