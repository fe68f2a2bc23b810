"""Why teams cannot have their time: the few rules that clash, each checked to be needed, and what would help.

The circle grows: one member's load and rules, all members', their classes', the colleagues of these, the whole school.
In the first that clashes, things are taken away in halves and singly as long as the clash stays. Where no clash is
found in time, the sums of `ceiling` may still prove one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from time import monotonic

from colead.timetable.ceiling import ceilings
from colead.timetable.model import Lesson, Schedule
from colead.timetable.shifts.alike import in_force, judge
from colead.timetable.shifts.clash import Clash, Sort, Unit
from colead.timetable.shifts.engine import Effort, Stop
from colead.timetable.shifts.proposing import never, propose
from colead.timetable.shifts.values import Ask, CannotShift, NothingFound, Pin, Proposal, Reason, WhyNot

CHECK = 2.0  # the most seconds for one question whether some things clash
WHOLE = 10.0  # and for the whole school


def why_not(
    schedule: Schedule,
    asks: Sequence[Ask],
    *,
    pins: Sequence[Pin] = (),
    prices: bool = False,
    seconds: float = 30.0,
    should_stop: Stop = never,
    seed: int = 0,
    workers: int = 2,
) -> WhyNot:
    """Find out whether all asks can be met at once (one ask for one team), and if not, what clashes.

    Lessons without a time are placed anew, by the rules alone: without asks this says why a schedule cannot exist.
    With `prices` the seconds that are left go into what it takes without each thing of the clash. Refuses with
    `SolverMissing` or `BadAsk`.
    """
    judge(schedule, pins, [ask.team for ask in asks])
    until = monotonic() + seconds
    clash = Clash(schedule, asks, pins, in_force(schedule))
    found = _Finder(clash, Effort(seconds, workers, seed, linear=2, should_stop=should_stop), until).found()
    if found.possible is None:
        found = _by_sum(schedule, asks) or found
    if not prices:
        return found
    prices_of = _Prices(schedule, asks, pins, Effort(seconds, workers, seed, should_stop=should_stop), until)
    return replace(found, reasons=tuple(prices_of.told(found.reasons)))


def _by_sum(schedule: Schedule, asks: Sequence[Ask]) -> WhyNot | None:
    """Look for a team whose ask is above its ceiling: the strictest limit says why."""
    top = {ceiling.team: ceiling for ceiling in ceilings(schedule)}
    for ask in asks:
        if top[ask.team].minutes < ask.minutes:
            return WhyNot(False, (Reason(top[ask.team].set_by.why, True, team=ask.team),))
    return None


class _Enough:
    """Stop as soon as every team is served."""

    def __init__(self, should_stop: Stop) -> None:
        self.should_stop, self.served = should_stop, False

    def look(self, found: Proposal) -> None:
        self.served = found.served == len(found.teams)

    def reached(self) -> bool:
        return self.served or self.should_stop()


class _Finder:
    """Look for the smallest circle that clashes, and for the few things in it that do."""

    def __init__(self, clash: Clash, effort: Effort, until: float) -> None:
        self.clash, self.effort, self.until = clash, effort, until
        self.units = clash.units()

    def found(self) -> WhyNot:
        for circle in self._circles():
            if self._clashes(circle):
                return WhyNot(False, tuple(self._reasons(circle)))
        if self._reached():
            return WhyNot(True)
        answer = self._clashes(self.units, WHOLE)
        if answer:
            return WhyNot(False, tuple(self._reasons(self.units)))
        return WhyNot(None if answer is None else True)

    def _reached(self) -> bool:
        """Try for a while to meet all asks from today's schedule: quicker than to build one anew."""
        seconds = min(WHOLE, (self.until - monotonic()) / 2)
        if seconds <= 0 or self.clash.strict or not self.clash.asks:
            return False
        asks, how = tuple(self.clash.asks.values()), self.effort
        enough = _Enough(how.should_stop)
        try:
            propose(
                self.clash.schedule,
                asks,
                pins=self.clash.pins,
                seconds=seconds,
                should_stop=enough.reached,
                seed=how.seed,
                workers=how.workers,
                on_better=enough.look,
            )
        except NothingFound:
            return False
        return enough.served

    def _clashes(self, units: Sequence[Unit], seconds: float = CHECK) -> bool | None:
        left = self.until - monotonic()
        if left <= 0 or self.effort.should_stop():
            return None
        return self.clash.impossible(units, replace(self.effort, seconds=min(seconds, left)))

    def _circles(self) -> Iterator[list[Unit]]:
        """Grow from what is certain to be small; without asks, from each rule."""
        asks = [unit for unit in self.units if unit.sort is Sort.ASK]
        teams = [[ask] for ask in asks] + ([asks] if len(asks) > 1 else [])
        for team in teams:
            members = dict.fromkeys(name for ask in team for name in self.clash.teams[ask.name].members)
            if len(team) == 1:
                yield team
                yield from ([*team, *self._about({name}, set())] for name in members)
            yield [*team, *self._about(set(members), set())]
            classes = self._classes(set(members))
            yield [*team, *self._about(set(members), classes)]
            yield [*team, *self._about(set(members) | self._colleagues(classes), classes)]
        if not asks:
            yield from self._small()

    def _small(self) -> Iterator[list[Unit]]:
        """Look at each rule, each person and each class by itself, with what is about them."""
        for unit in self.units:
            if unit.sort is Sort.RULE and (lessons := self.clash.rules[unit.name].lessons):
                yield [unit, *(held for held in self.units if held.sort is Sort.HELD and held.name in lessons)]
            if unit.sort is Sort.PERSON:
                yield self._about({unit.name}, set())
            if unit.sort is Sort.CLASS:
                yield self._about(set(), {unit.name})

    def _lessons(self, people: set[str], classes: set[str]) -> list[Lesson]:
        lessons = self.clash.schedule.lessons
        return [one for one in lessons if people & set(one.people) or classes & set(self.clash.leaves(one))]

    def _classes(self, people: set[str]) -> set[str]:
        return {leaf for lesson in self._lessons(people, set()) for leaf in self.clash.leaves(lesson)}

    def _colleagues(self, classes: set[str]) -> set[str]:
        return {name for lesson in self._lessons(set(), classes) for name in lesson.people}

    def _about(self, people: set[str], classes: set[str]) -> list[Unit]:
        """Collect what holds for some people and classes, and for the lessons they have."""
        keys = {lesson.key for lesson in self._lessons(people, classes)}
        return [unit for unit in self.units if self._is_about(unit, people, classes, keys)]

    def _is_about(self, unit: Unit, people: set[str], classes: set[str], keys: set[str]) -> bool:
        if unit.sort is Sort.RULE:
            rule = self.clash.rules[unit.name]
            leaves = {leaf for group in rule.groups for leaf in self.clash.schedule.leaves[group]}
            return bool(people & set(rule.people) or classes & leaves or keys & set(rule.lessons))
        names = {Sort.PERSON: people, Sort.CLASS: classes, Sort.HELD: keys}
        return unit.name in names.get(unit.sort, ())

    def _reasons(self, circle: Sequence[Unit]) -> Iterator[Reason]:
        left = self._few([], False, list(circle))
        for unit in list(left):
            others = [other for other in left if other != unit]
            answer = self._clashes(others)
            if answer:
                left = others
            else:
                yield self._reason(unit, needed=answer is False)

    def _few(self, held: list[Unit], changed: bool, units: list[Unit]) -> list[Unit]:
        """Find few of the units that clash with what is held (QuickXplain, Junker 2004)."""
        if changed and self._clashes(held):
            return []
        if len(units) == 1:
            return units
        first, second = units[: len(units) // 2], units[len(units) // 2 :]
        late = self._few([*held, *first], True, second)
        early = self._few([*held, *late], bool(late), first)
        return [*early, *late]

    def _reason(self, unit: Unit, *, needed: bool) -> Reason:
        def name(sort: Sort) -> str:
            return unit.name if unit.sort is sort else ""

        return Reason(
            self.clash.said(unit), needed, name(Sort.RULE), name(Sort.HELD), name(Sort.ASK), name(Sort.PERSON)
        )


class _Prices:
    """What all asks take when one thing of a clash is lifted."""

    def __init__(
        self, schedule: Schedule, asks: Sequence[Ask], pins: Sequence[Pin], effort: Effort, until: float
    ) -> None:
        self.schedule, self.asks, self.pins, self.effort, self.until = schedule, asks, pins, effort, until

    def told(self, reasons: Sequence[Reason]) -> Iterator[Reason]:
        for number, reason in enumerate(reasons):
            left = (self.until - monotonic()) / (len(reasons) - number)
            yield replace(reason, moves=self._moves(reason, left)) if left > 0 else reason

    def _moves(self, reason: Reason, seconds: float) -> int | None:
        lifted = self._without(reason)
        if lifted is None:
            return None
        schedule, asks, pins = lifted
        how = self.effort
        try:
            found = propose(
                schedule,
                asks,
                pins=pins,
                seconds=seconds,
                should_stop=how.should_stop,
                seed=how.seed,
                workers=how.workers,
            )
        except CannotShift:
            return None
        return found.moved if found.served == len(asks) else None

    def _without(self, reason: Reason) -> tuple[Schedule, Sequence[Ask], Sequence[Pin]] | None:
        """Lift one thing: a rule, a lesson that may not move, another team's ask. Nobody's load can be lifted."""
        if reason.rule:
            rules = tuple(rule for rule in self.schedule.rules if rule.key != reason.rule)
            return replace(self.schedule, rules=rules), self.asks, self.pins
        if reason.lesson:
            lessons = tuple(
                replace(one, fixed_time=False) if one.key == reason.lesson else one for one in self.schedule.lessons
            )
            pins = [pin for pin in self.pins if pin.lesson != reason.lesson]
            return replace(self.schedule, lessons=lessons), self.asks, pins
        others = [ask for ask in self.asks if ask.team != reason.team]
        return (self.schedule, others, self.pins) if reason.team and others else None
