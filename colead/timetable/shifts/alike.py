"""Lessons that may be exchanged for each other, and where each may begin.

Two lessons of the same subject, people and classes that stand under the same rules are alike: the search places both at
once, and it counts as no move when they only trade places.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from colead.timetable.checking import check
from colead.timetable.model import Lesson, Rule, RuleKind, Schedule, Slot, Strength, may_fill
from colead.timetable.shifts.values import BadAsk, NotPlaced, Pin
from colead.timetable.words import mark, say

# Kinds that say where one lesson may be: a lesson that is elsewhere today may stay, but go only where they allow.
CLOSED = (RuleKind.AWAY, RuleKind.CLASS_AWAY, RuleKind.ROOM_AWAY)
WHERE = (*CLOSED, RuleKind.START_AT, RuleKind.WITHIN, RuleKind.IN_ROOMS)
_BETWEEN = (RuleKind.DAYS_APART, RuleKind.NOT_AT_ONCE, RuleKind.PAUSE, RuleKind.END_OF_DAY)


@dataclass(frozen=True, slots=True)
class Alike:
    """Lessons that are alike: where one may begin, which rooms it may have (none: it needs no room), and today's."""

    lessons: tuple[Lesson, ...]
    starts: tuple[Slot, ...]
    rooms: tuple[str, ...]
    today: frozenset[Slot]

    @property
    def one(self) -> Lesson:
        return self.lessons[0]

    @property
    def count(self) -> int:
        return len(self.lessons)

    def covers(self, start: Slot) -> tuple[Slot, ...]:
        """List the periods it fills when it begins at `start`."""
        return covered(start, self.one.length)


def covered(start: Slot, length: int) -> tuple[Slot, ...]:
    return tuple(Slot(start.day, period) for period in range(start.period, start.period + length))


def in_force(schedule: Schedule) -> tuple[Rule, ...]:
    """Find the rules that a change has to keep: all but wishes and those that today's schedule does not keep."""
    broken = {one.key for one in check(schedule)}
    return tuple(
        rule
        for rule in schedule.rules
        if rule.strength is not Strength.PREFER
        and (rule.key not in broken or rule.kind in CLOSED or (rule.kind in WHERE and rule.strength is Strength.MUST))
    )


def placed_all(schedule: Schedule) -> None:
    """Refuse lessons without a time."""
    if missing := [lesson.key for lesson in schedule.lessons if lesson.start is None]:
        template = mark("%(count)d lessons have no time yet, the first is %(first)s. Place them first.")
        raise NotPlaced(say(template, count=len(missing), first=missing[0]))


def judge(schedule: Schedule, pins: Iterable[Pin], teams: Iterable[str]) -> None:
    """Refuse pins and asks that name nothing the schedule has."""
    for pin in pins:
        if not _fits_day(schedule, pin):
            raise BadAsk(say(mark("The lesson %(lesson)s cannot be held at this time."), lesson=pin.lesson))
    known = {team.name for team in schedule.teams}
    for name in teams:
        if name not in known:
            raise BadAsk(say(mark("No team is called %(name)s."), name=name))


def _fits_day(schedule: Schedule, pin: Pin) -> bool:
    lesson = schedule.by_key.get(pin.lesson)
    if lesson is None or pin.start is None:
        return lesson is not None
    return set(covered(pin.start, lesson.length)) <= set(schedule.slots)


def held(schedule: Schedule, pins: Iterable[Pin] = ()) -> dict[str, Slot]:
    """Find the lessons that have to be at one time: those fixed in the schedule, then the pins."""
    fixed = {lesson.key: lesson.start for lesson in schedule.lessons if lesson.fixed_time and lesson.start is not None}
    pinned = {pin.lesson: pin.start or schedule.by_key[pin.lesson].start for pin in pins}
    return fixed | {key: start for key, start in pinned.items() if start is not None}


def alikes(
    schedule: Schedule,
    rules: Iterable[Rule],
    hold: Mapping[str, Slot],
    lessons: Iterable[Lesson] | None = None,
    named: Iterable[Rule] = (),
) -> tuple[Alike, ...]:
    """Sort lessons (all, if none are given) into those that are alike; `hold` says which stay at one time.

    Rules in `named` need not hold: they only tell lessons apart.
    """
    places = _Places(schedule, tuple(rules), hold)
    for rule in named:
        places.tell_apart(rule)
    found: dict[object, list[Lesson]] = {}
    for lesson in schedule.lessons if lessons is None else lessons:
        found.setdefault(places.signature(lesson), []).append(lesson)
    return tuple(
        Alike(
            tuple(some),
            places.starts(some[0]),
            places.rooms(some[0]),
            frozenset(one.start for one in some if one.start is not None),
        )
        for some in found.values()
    )


class _Places:
    """Where lessons may be, by the rules."""

    def __init__(self, schedule: Schedule, rules: tuple[Rule, ...], hold: Mapping[str, Slot]) -> None:
        self.schedule, self.hold = schedule, hold
        self.closed: dict[tuple[RuleKind, str], set[Slot]] = {}
        self.begin: dict[str, set[Slot]] = {}
        self.within: dict[str, set[Slot]] = {}
        self.among: dict[str, set[str]] = {}
        self.between: dict[str, list[str]] = {}
        self.single: set[str] = set()
        for rule in rules:
            self._take(rule)

    def _take(self, rule: Rule) -> None:
        leaves = sorted(leaf for group in rule.groups for leaf in self.schedule.leaves[group])
        for name in (*rule.people, *leaves, *rule.rooms) if rule.kind in CLOSED else ():
            self.closed.setdefault((rule.kind, name), set()).update(rule.slots)
        for key in rule.lessons:
            if rule.kind is RuleKind.START_AT:
                self.begin[key] = self.begin.get(key, set(rule.slots)) & rule.slots
            elif rule.kind is RuleKind.WITHIN:
                self.within[key] = self.within.get(key, set(rule.slots)) & rule.slots
            elif rule.kind is RuleKind.IN_ROOMS:
                self.among[key] = self.among.get(key, set(rule.rooms)) & set(rule.rooms)
        self.tell_apart(rule)

    def tell_apart(self, rule: Rule) -> None:
        """Note which lessons a rule names."""
        for key in rule.lessons:
            if rule.kind not in (*_BETWEEN, *WHERE):
                self.single.add(key)
            elif rule.kind in _BETWEEN or rule.strength is not Strength.MUST:
                self.between.setdefault(key, []).append(rule.key)

    def signature(self, lesson: Lesson) -> object:
        """Sum up what makes a lesson like another; the key of a lesson that is like none."""
        nobody = not lesson.people and not lesson.groups
        if lesson.key in self.hold or lesson.key in self.single or nobody:
            return lesson.key
        what = (lesson.subject, lesson.people, lesson.groups, lesson.length, lesson.kind, lesson.team)
        return (*what, self.starts(lesson), self.rooms(lesson), tuple(self.between.get(lesson.key, ())))

    def starts(self, lesson: Lesson) -> tuple[Slot, ...]:
        """List where it may begin; today's place is always one of them, unless it is held elsewhere."""
        if lesson.key in self.hold:
            return (self.hold[lesson.key],)
        shut = self._shut(lesson)
        allowed = self.begin.get(lesson.key, set(self.schedule.slots))
        return tuple(
            slot
            for slot in self.schedule.slots
            if slot == lesson.start or (slot in allowed and self._fits(lesson, slot, shut))
        )

    def _shut(self, lesson: Lesson) -> set[Slot]:
        leaves = [leaf for group in lesson.groups for leaf in self.schedule.leaves[group]]
        owners = [*((RuleKind.AWAY, name) for name in lesson.people), *((RuleKind.CLASS_AWAY, leaf) for leaf in leaves)]
        outside = set(self.schedule.slots) - self.within[lesson.key] if lesson.key in self.within else set()
        return outside.union(*(self.closed.get(owner, set()) for owner in owners))

    def _fits(self, lesson: Lesson, start: Slot, shut: set[Slot]) -> bool:
        periods = self.schedule.days[start.day].periods
        if start.period + lesson.length > len(periods):
            return False
        slots = covered(start, lesson.length)
        return not shut & set(slots) and all(may_fill(lesson.kind, periods[slot.period].kind) for slot in slots)

    def rooms(self, lesson: Lesson) -> tuple[str, ...]:
        """List the rooms it may have; a lesson that has a time but no room today needs none."""
        today = {lesson.room} - {""}
        among = lesson.key in self.among
        if (lesson.start and not today) or (lesson.fixed_room and today) or not (lesson.pool or among):
            return tuple(today)
        options = set(lesson.pool or self.among[lesson.key]) & self.among.get(lesson.key, set(lesson.pool))
        return tuple(sorted(options | today))
