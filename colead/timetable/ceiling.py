"""The most time a team can have in common, whatever is moved, and who or what sets that limit. No solver.

Each limit is arithmetic that no schedule gets around, so the smallest of them is a true ceiling; the best schedule may
still stay below it. Lessons keep their people, classes and number of periods; fixed ones keep their time. The sum
behind most limits: lessons that happen one after another and never in common time leave over only so many periods.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from colead.timetable.model import Lesson, PeriodKind, Rule, RuleKind, Schedule, Strength, Team, may_fill
from colead.timetable.together import Flags, Times, blocks_in
from colead.timetable.words import Said, mark, say


class SetBy(StrEnum):
    """What kind of thing sets a limit."""

    BELL = "bell"
    PERSON = "person"
    CLASS = "class"
    RULE = "rule"
    SPECIALISTS = "specialists"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many minutes a week, because of `name` (a person, a class, a rule's key), said in a sentence."""

    minutes: int
    set_by: SetBy
    name: str
    why: Said


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most a team can have, in minutes a week, and every limit found, the strictest first.

    `planning` says what is left for meetings when each member keeps the planning time a rule promises, the strictest
    first; common time that nobody books as a meeting is still planning time, so it is no limit of that.
    """

    team: str
    minutes: int
    limits: tuple[Limit, ...]
    planning: tuple[Limit, ...] = ()

    @property
    def set_by(self) -> Limit:
        return self.limits[0]


def ceilings(schedule: Schedule) -> tuple[Ceiling, ...]:
    """Work out each team's ceiling; lessons still to be placed count like the others."""
    times = Times(schedule)
    classes = _Classes(times)
    return tuple(_ceiling(times, classes, team) for team in schedule.teams)


def _ceiling(times: Times, classes: "_Classes", team: Team) -> Ceiling:
    sums = _Sums(times, classes, team)
    limits = _ranked((*sums.shared(), *sums.people(), *sums.classes(), *sums.specialists()))
    return Ceiling(team.name, limits[0].minutes, limits, _ranked(sums.planning()))


def _ranked(limits: Iterable[Limit]) -> tuple[Limit, ...]:
    return tuple(sorted(limits, key=lambda limit: limit.minutes))


class _Classes:
    """When each smallest part of a class can have lessons, which it has, and whether they fill all its time."""

    def __init__(self, times: Times) -> None:
        self.schedule = times.schedule
        kinds = [self.schedule.period(slot).kind for slot in times.slots]
        self.for_lessons: Flags = np.array([kind is PeriodKind.LESSON for kind in kinds])
        self.held: dict[str, list[Lesson]] = {}
        for lesson in self.schedule.lessons:
            for leaf in self.leaves(lesson) if _teaches(lesson) else ():
                self.held.setdefault(leaf, []).append(lesson)
        self.open = {leaf: self.for_lessons.copy() for leaf in self.held}
        for rule in _holding(self.schedule, RuleKind.CLASS_AWAY):
            for leaf in {leaf for group in rule.groups for leaf in self.schedule.leaves[group]} & self.open.keys():
                self.open[leaf][times.columns(rule.slots)] = False
        self.full = {leaf for leaf, held in self.held.items() if load(held) >= int(self.open[leaf].sum())}

    def leaves(self, lesson: Lesson) -> list[str]:
        return sorted({leaf for group in lesson.groups for leaf in self.schedule.leaves[group]})


def _holding(schedule: Schedule, kind: RuleKind) -> Iterator[Rule]:
    """Find the rules of a kind that are more than wishes."""
    return (rule for rule in schedule.rules if rule.kind is kind and rule.strength is not Strength.PREFER)


def _teaches(lesson: Lesson) -> bool:
    """Say whether it can only be in a period for lessons."""
    return not may_fill(lesson.kind, PeriodKind.BEFORE)


def load(lessons: Iterable[Lesson]) -> int:
    """Count the periods that lessons fill."""
    return sum(lesson.length for lesson in lessons)


class _Sums:
    """The arithmetic for one team."""

    def __init__(self, times: Times, classes: _Classes, team: Team) -> None:
        self.times, self.known, self.team, self.schedule = times, classes, team, times.schedule
        self.members = set(team.members)
        self.rows = [times.row[name] for name in team.members]
        self.lessons = [lesson for lesson in self.schedule.lessons if lesson.team != team.name]
        self.ours = [lesson for lesson in self.lessons if self.members & set(lesson.people)]
        self.bell: Flags = times.counts & times.window(team)
        self.common: Flags = times.open[self.rows].all(axis=0) & self.bell
        for lesson in self.ours:
            if lesson.fixed_time:
                self.common[times.columns(lesson.slots)] = False

    def shared(self) -> Iterator[Limit]:
        """The bell and the window; then what is left when members are away or in lessons that may not move."""
        every, left = self._worth(self.bell), self._worth(self.common)
        yield Limit(every, SetBy.BELL, "", say(mark("The bell leaves %(minutes)d minutes a week."), minutes=every))
        for rule in _holding(self.schedule, RuleKind.AWAY):
            for name in (name for name in rule.people if name in self.members):
                why = mark("%(who)s cannot be booked at all times: %(minutes)d minutes a week are left for everybody.")
                yield Limit(left, SetBy.RULE, rule.key, say(why, who=name, minutes=left))
        fixed = {name for lesson in self.ours if lesson.fixed_time for name in lesson.people}
        for name in (name for name in self.team.members if name in fixed):
            why = mark("%(who)s has lessons that may not move: %(minutes)d minutes a week are left for everybody.")
            yield Limit(left, SetBy.PERSON, name, say(why, who=name, minutes=left))

    def _worth(self, flags: Flags) -> int:
        """The most minutes a week that blocks of this team can make of the flagged slots."""
        return self.times.a_week(sum(self._day_worth(flags, day) for day in range(len(self.schedule.days))))

    def _day_worth(self, flags: Flags, day: int) -> int:
        today = np.array([slot.day == day for slot in self.times.slots]) & flags
        plain = Team(self.team.name, self.team.members, least_block=self.team.least_block)
        runs = sorted((block.minutes for block in blocks_in(self.times, plain, today)), reverse=True)
        most, longest = self.team.most_blocks, self.team.longest_block
        if most and longest:  # a lesson may part a long run in two, so this bounds only the sum
            return min(sum(runs), most * longest)
        return sum(runs[: most or None])

    def _best(self, number: int, flags: Flags) -> int:
        """The minutes a week of the `number` longest flagged slots."""
        longest = np.sort(self.times.minutes[flags])[::-1]
        return self.times.a_week(int(longest[: max(0, number)].sum()))

    def _left(self, lessons: Iterable[Lesson], places: Flags) -> int:
        """Count the common slots left over by lessons that fill some of the `places`, never two at once."""
        inside = max(0, load(lessons) - int((places & ~self.common).sum()))
        return int(self.common.sum()) - inside

    def _mine(self, name: str) -> list[Lesson]:
        """Find what takes a person's time; duties, lunch and recess might be moved into a break."""
        mine = (lesson for lesson in self.ours if name in lesson.people)
        return [lesson for lesson in mine if self._stays(lesson) or not may_fill(lesson.kind, PeriodKind.BREAK)]

    def _stays(self, lesson: Lesson) -> bool:
        """Say whether it is fixed in time that counts."""
        return lesson.fixed_time and bool(self.times.counts[self.times.columns(lesson.slots)].all())

    def people(self) -> Iterator[Limit]:
        """A person's lessons happen one after another, and never in common time."""
        for name, row in zip(self.team.members, self.rows, strict=True):
            mine, at_work = self._mine(name), self.times.open[row]
            taught = [lesson for lesson in mine if _teaches(lesson)]
            left = min(self._left(mine, at_work), self._left(taught, at_work & self.known.for_lessons))
            minutes = self._best(left, self.common)
            why = mark(
                "%(who)s is booked for %(load)d of %(all)d periods: at most %(minutes)d minutes a week are left."
            )
            facts = {"load": load(mine), "all": int(at_work.sum()), "minutes": minutes}
            yield Limit(minutes, SetBy.PERSON, name, say(why, who=name, **facts))

    def _our_classes(self) -> list[str]:
        return list(dict.fromkeys(leaf for one in self.ours if _teaches(one) for leaf in self.known.leaves(one)))

    def classes(self) -> Iterator[Limit]:
        """The lessons a class has with members happen one after another, and never in common time."""
        for leaf in self._our_classes():
            held = [lesson for lesson in self.known.held[leaf] if self.members & set(lesson.people)]
            minutes = self._best(self._left(held, self.known.open[leaf]), self.common)
            why = mark("%(who)s has %(load)d periods with the team: at most %(minutes)d minutes a week are left.")
            yield Limit(minutes, SetBy.CLASS, leaf, say(why, who=leaf, load=load(held), minutes=minutes))

    def planning(self) -> Iterator[Limit]:
        """Planning time a rule promises to a member is not the team's, save what the team may eat of it."""
        for rule in _holding(self.schedule, RuleKind.PLANNING_WEEK):
            for name in (name for name in self.team.members if name in rule.people):
                yield self._planned(rule, name)

    def _planned(self, rule: Rule, name: str) -> Limit:
        at_work = self.times.open[self.times.row[name]]
        free = self._best(int(at_work.sum()) - load(self._mine(name)), at_work)
        kept = rule.number if self.team.planning_floor is None else min(rule.number, self.team.planning_floor)
        minutes = max(0, free - kept)
        why = mark("%(who)s keeps %(kept)d minutes a week to plan: at most %(minutes)d more are left for meetings.")
        return Limit(minutes, SetBy.RULE, rule.key, say(why, who=name, kept=kept, minutes=minutes))

    def specialists(self) -> Iterator[Limit]:
        """While a team meets, each class that always has a lesson is with colleagues, who are only so many."""
        full = [leaf for leaf in self._our_classes() if leaf in self.known.full]
        if not full:
            return
        inside = np.logical_and.reduce([self.known.open[leaf] for leaf in full]) & self.common
        slots = _most_at_once(self._covers(set(full)), len(full), int(inside.sum()))
        longest = np.sort(self.times.minutes[inside])[::-1][:slots]
        around = self.times.minutes[self.common & ~inside]
        minutes = self.times.a_week(int(longest.sum()) + int(around.sum()))
        why = mark("%(who)s can all be with colleagues in %(slots)d periods at most: %(minutes)d minutes a week.")
        name = ", ".join(full)
        yield Limit(minutes, SetBy.SPECIALISTS, name, say(why, who=name, slots=slots, minutes=minutes))

    def _covers(self, full: set[str]) -> dict[str, list[int]]:
        """List for each colleague, period by period, how many of the classes a lesson takes off the team's hands."""
        covers: dict[str, list[int]] = {}
        for lesson in {one.key: one for leaf in sorted(full) for one in self.known.held[leaf]}.values():
            if not self.members & set(lesson.people):
                who = lesson.people[0] if lesson.people else f"nobody {lesson.key}"
                covers.setdefault(who, []).extend([len(full & set(self.known.leaves(lesson)))] * lesson.length)
        return covers


def _most_at_once(covers: dict[str, list[int]], classes: int, most: int) -> int:
    """Find in how many slots all classes can be with others, if each of these is in one place at a time.

    In `n` slots a colleague covers at most the `n` best of their lessons; all together cover each class `n` times.
    """
    best = [sorted(lessons, reverse=True) for lessons in covers.values()]
    enough = (n for n in range(most, 0, -1) if sum(sum(one[:n]) for one in best) >= n * classes)
    return next(enough, 0)
