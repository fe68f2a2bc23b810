"""Rules that can be switched off one by one, and whether those that are left can all hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from colead.timetable.model import Lesson, Rule, RuleKind, Schedule
from colead.timetable.shifts.alike import WHERE, alikes, held
from colead.timetable.shifts.binding import bind
from colead.timetable.shifts.engine import Effort, Model
from colead.timetable.shifts.goal import wanted
from colead.timetable.shifts.meeting import Minutes, meeting
from colead.timetable.shifts.placing import Placing
from colead.timetable.shifts.rooming import Rooming
from colead.timetable.shifts.values import Ask, Pin
from colead.timetable.together import Times
from colead.timetable.wording import called, sentence
from colead.timetable.words import Said, mark, say


class Sort(StrEnum):
    """What kind of thing can be switched off."""

    ASK = "ask"
    PERSON = "person"
    CLASS = "class"
    ROOM = "room"
    RULE = "rule"
    HELD = "held"


@dataclass(frozen=True, slots=True, order=True)
class Unit:
    """One thing that holds: an ask of a team, one lesson at a time, a rule, a lesson that may not move."""

    sort: Sort
    name: str


class Clash:
    """A schedule whose rules, asks and pins can be held in part."""

    def __init__(self, schedule: Schedule, asks: Sequence[Ask], pins: Sequence[Pin], rules: Sequence[Rule]) -> None:
        self.schedule = schedule
        self.pins = tuple(pins)
        self.asks = {ask.team: ask for ask in asks}
        self.rules = {rule.key: rule for rule in rules}
        self.hold = held(schedule, pins)
        self.teams = {team.name: team for team in schedule.teams}
        self.minutes = Minutes(schedule)
        # Without today's schedule there is nothing to be lenient about.
        self.strict = any(lesson.start is None for lesson in schedule.lessons)

    def units(self) -> list[Unit]:
        """List all that holds."""
        leaves = dict.fromkeys(leaf for lesson in self.schedule.lessons for leaf in self.leaves(lesson))
        return [
            *(Unit(Sort.ASK, name) for name in self.asks),
            *(Unit(Sort.PERSON, person.name) for person in self.schedule.people),
            *(Unit(Sort.CLASS, leaf) for leaf in leaves),
            *(Unit(Sort.ROOM, room.name) for room in self.schedule.rooms),
            *(Unit(Sort.RULE, key) for key in self.rules),
            *(Unit(Sort.HELD, key) for key in self.hold),
        ]

    def leaves(self, lesson: Lesson) -> list[str]:
        return sorted({leaf for group in lesson.groups for leaf in self.schedule.leaves[group]})

    def impossible(self, units: Iterable[Unit], effort: Effort) -> bool | None:
        """Say whether these cannot all hold; None when time ran out."""
        on: dict[Sort, list[str]] = {sort: [] for sort in Sort}
        for unit in units:
            on[unit.sort].append(unit.name)
        outcome = self._model(on).solve(effort)
        if outcome.values is not None:
            return False
        return True if outcome.ended else None

    def _model(self, on: dict[Sort, list[str]]) -> Model:
        model, rules = Model(), [self._narrowed(self.rules[key], on) for key in on[Sort.RULE]]
        hold = {key: self.hold[key] for key in on[Sort.HELD]}
        some = alikes(self.schedule, rules, hold, self._lessons(on, rules))
        placing = Placing(model, self.schedule, some, rules, strict=self.strict)
        placing.nobody_twice(on[Sort.PERSON], on[Sort.CLASS])
        if on[Sort.ROOM]:
            Rooming(placing, rules, frozenset(on[Sort.ROOM]))
        bind(placing, rules)
        away = [rule for rule in rules if rule.kind is RuleKind.AWAY]
        times = Times(replace(self.schedule, lessons=(), rules=tuple(away)))
        for name in on[Sort.ASK]:
            common = meeting(placing, times, self.minutes, self.teams[name])
            asked = wanted(model, self.minutes, common, self.asks[name])
            model.between(0, [(1, asked.missing)], 0)
        return model

    def _narrowed(self, rule: Rule, on: dict[Sort, list[str]]) -> Rule:
        """Let a rule speak only of people and classes that are switched on as a whole."""
        if rule.kind in WHERE:
            return rule
        people, leaves = set(on[Sort.PERSON]), set(on[Sort.CLASS])
        return replace(
            rule,
            people=tuple(name for name in rule.people if name in people),
            groups=tuple(group for group in rule.groups if self.schedule.leaves[group] <= leaves),
        )

    def _lessons(self, on: dict[Sort, list[str]], rules: Sequence[Rule]) -> list[Lesson]:
        """Find the lessons that count: of the people, classes and rooms switched on, and of rules between lessons."""
        people, leaves, rooms, keys = (set(on[sort]) for sort in (Sort.PERSON, Sort.CLASS, Sort.ROOM, Sort.HELD))
        keys |= {key for rule in rules if rule.kind not in WHERE for key in rule.lessons}
        return [
            lesson
            for lesson in self.schedule.lessons
            if lesson.key in keys
            or people & set(lesson.people)
            or leaves & set(self.leaves(lesson))
            or rooms & {lesson.room, *lesson.pool}
        ]

    def load(self, unit: Unit) -> int:
        """Count the periods that a person or a class has."""
        mine = (
            lesson.length
            for lesson in self.schedule.lessons
            if unit.name in (lesson.people if unit.sort is Sort.PERSON else self.leaves(lesson))
        )
        return sum(mine)

    def said(self, unit: Unit) -> Said:
        """Say in a sentence what holds."""
        if unit.sort is Sort.RULE:
            return sentence(self.schedule, self.rules[unit.name])
        if unit.sort is Sort.HELD:
            when = self.schedule.when(self.hold[unit.name])
            return say(mark("%(what)s stays at %(when)s."), what=called(self.schedule.by_key[unit.name]), when=when)
        facts: dict[str, str | int] = {"who": unit.name, "load": self.load(unit)}
        if unit.sort is Sort.ASK:
            facts["minutes"] = self.asks[unit.name].minutes
        return say(_SENTENCES[unit.sort], **facts)


_SENTENCES = {
    Sort.ASK: mark("%(who)s needs %(minutes)d minutes a week in common."),
    Sort.PERSON: mark("%(who)s is booked for %(load)d periods, one at a time."),
    Sort.CLASS: mark("%(who)s has %(load)d periods, one at a time."),
    Sort.ROOM: mark("%(who)s holds one lesson at a time."),
}
