"""A timetable from scratch: first any that keeps every must, then the one that breaks the fewest other rules."""

from collections.abc import Sequence
from dataclasses import replace
from time import monotonic

from colead.timetable.checking import check
from colead.timetable.model import Rule, RuleKind, Schedule, Slot, Strength
from colead.timetable.shifts.alike import CLOSED, Alike, alikes, held
from colead.timetable.shifts.binding import BINDING, bind
from colead.timetable.shifts.engine import Effort, Literal, Model, Stop, Values
from colead.timetable.shifts.placing import Placing
from colead.timetable.shifts.proposing import never
from colead.timetable.shifts.puzzle import placed
from colead.timetable.shifts.rooming import Rooming
from colead.timetable.shifts.values import NothingFound, Pin, Placed
from colead.timetable.words import mark, say

KEEP, WISH = 10, 1  # what a broken rule to keep and a broken wish cost


def place(
    schedule: Schedule,
    *,
    anew: bool = False,
    seconds: float = 60.0,
    should_stop: Stop = never,
    seed: int = 0,
    workers: int = 2,
) -> Placed:
    """Give each lesson without a time one; the others stay, or with `anew` are placed again too (fixed ones never).

    Refuses with `NothingFound` when no schedule keeps the musts or none was found in time (`why_not` says which clash),
    and with `SolverMissing`.
    """
    begun = monotonic()
    empty = _emptied(schedule) if anew else schedule
    hold = held(empty, [Pin(lesson.key) for lesson in empty.lessons if lesson.start is not None])
    first = _Table(empty, hold)
    values = first.model.solve(Effort(seconds, workers, seed, first=True, should_stop=should_stop)).values
    if values is None:
        raise NothingFound(say(mark("We found no schedule that keeps all rules.")))
    left = seconds - (monotonic() - begun)
    found, proven = _softened(empty, hold, values, Effort(max(0.1, left), workers, seed, should_stop=should_stop))
    kept = tuple(one for one in check(found) if one.strength is not Strength.MUST)
    return Placed(found, kept, proven, monotonic() - begun)


def _emptied(schedule: Schedule) -> Schedule:
    lessons = tuple(one if one.fixed_time else replace(one, start=None) for one in schedule.lessons)
    return replace(schedule, lessons=lessons)


def _softened(schedule: Schedule, hold: dict[str, Slot], values: Values, effort: Effort) -> tuple[Schedule, bool]:
    """Look for a timetable that breaks fewer rules that are no musts, from one that was found."""
    soft = [rule for rule in schedule.rules if rule.strength is not Strength.MUST]
    table = _Table(schedule, hold)
    table.weigh(soft)
    start = table.completed(values, replace(effort, workers=1))
    outcome = table.model.solve(effort, start)
    return placed(table.rooming, outcome.values or values), outcome.ended


class _Table:
    """The model of a timetable with all its musts."""

    def __init__(self, schedule: Schedule, hold: dict[str, Slot]) -> None:
        musts = [rule for rule in schedule.rules if rule.strength is Strength.MUST]
        self.schedule, self.model = schedule, Model()
        self.placing = Placing(
            self.model, schedule, alikes(schedule, musts, hold, named=schedule.rules), musts, strict=True
        )
        self.placing.nobody_twice()
        self.rooming = Rooming(self.placing, musts)
        self.starts = {literal for at in self.placing.at for literal in at.values()}
        bind(self.placing, musts)

    def weigh(self, rules: Sequence[Rule]) -> None:
        """Make small how many of these rules are broken."""
        terms = []
        for rule in rules:
            broken = self.model.boolean()
            terms.append((KEEP if rule.strength is Strength.KEEP else WISH, broken))
            with self.model.under(~broken):
                self._hold(rule)
        self.model.minimise(terms)

    def _hold(self, rule: Rule) -> None:
        if rule.kind in BINDING:
            BINDING[rule.kind](self.placing, rule)
        for literal in self._against(rule):
            self.model.one_of([~literal])

    def _against(self, rule: Rule) -> list[Literal]:
        """List the starts that a rule about places is against."""
        return [
            literal
            for one, at in zip(self.placing.alikes, self.placing.at, strict=True)
            if self._concerns(rule, one)
            for start, literal in at.items()
            if not _allows(rule, start, set(one.covers(start)))
        ]

    def _concerns(self, rule: Rule, one: Alike) -> bool:
        if rule.kind in CLOSED:
            leaves = {leaf for group in rule.groups for leaf in self.schedule.leaves[group]}
            return bool(set(rule.people) & set(one.one.people) or leaves & set(self.placing.leaves_of(one)))
        return any(lesson.key in rule.lessons for lesson in one.lessons)

    def completed(self, values: Values, effort: Effort) -> Values | None:
        """Keep the starts of some values and work out all others."""
        padded = [*values, *[0] * self.model.size][: self.model.size]
        return self.model.solve(effort, padded, [n not in self.starts for n in range(self.model.size)]).values


def _allows(rule: Rule, start: Slot, slots: set[Slot]) -> bool:
    if rule.kind in CLOSED:
        return not slots & rule.slots
    if rule.kind is RuleKind.WITHIN:
        return slots <= rule.slots
    return rule.kind is not RuleKind.START_AT or start in rule.slots
