"""One search as a whole: today's schedule, the rules in force, the asks and the goal, all in one model."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from colead.timetable.model import Lesson, Rule, Schedule, Slot
from colead.timetable.shifts.alike import Alike, alikes, held, in_force
from colead.timetable.shifts.binding import bind
from colead.timetable.shifts.engine import Effort, Model, Values
from colead.timetable.shifts.goal import Goal, wanted
from colead.timetable.shifts.meeting import Minutes, meeting
from colead.timetable.shifts.placing import Placing
from colead.timetable.shifts.rooming import Rooming
from colead.timetable.shifts.values import Ask, Objective, Pin
from colead.timetable.together import Times


class Puzzle:
    """The model of a search, and the way from its values back to a schedule.

    With `teams` the goal is that at least so many teams have all they ask for, instead of as many minutes as can be.
    """

    def __init__(
        self,
        schedule: Schedule,
        asks: Sequence[Ask],
        pins: Sequence[Pin],
        objective: Objective = Objective.MOVES,
        teams: int | None = None,
    ) -> None:
        self.schedule, self.asks, self.objective = schedule, tuple(asks), objective
        self.rules: tuple[Rule, ...] = in_force(schedule)
        self.alikes: tuple[Alike, ...] = alikes(schedule, self.rules, held(schedule, pins))
        self.model = Model()
        self.placing = Placing(self.model, schedule, self.alikes, self.rules)
        self.placing.nobody_twice()
        self.rooming = Rooming(self.placing, self.rules)
        bind(self.placing, self.rules)
        self._ask(teams)

    def _ask(self, teams: int | None) -> None:
        times, minutes = Times(self.schedule), Minutes(self.schedule)
        by_name = {team.name: team for team in self.schedule.teams}
        meetings = [meeting(self.placing, times, minutes, by_name[ask.team]) for ask in self.asks]
        self.wanted = [wanted(self.model, minutes, one, ask) for one, ask in zip(meetings, self.asks, strict=True)]
        self.goal = Goal(self.placing, minutes, self.wanted, self.objective, teams)
        self.model.minimise(self.goal.terms)

    def today(self, effort: Effort) -> Values | None:
        """Fill in all values for today's schedule; None when a pin or a rule does not allow it."""
        if any(not one.today.issubset(at) for one, at in zip(self.alikes, self.placing.at, strict=True)):
            return None
        return self.completed(self.wished(), effort)

    def wished(self) -> Values:
        """Say of each Boolean whether it is one of today's starts; the others are left open."""
        stays = {literal for literals in self.goal.stays for literal in literals}
        return [int(number in stays) for number in range(self.model.size)]

    def completed(self, values: Values, effort: Effort) -> Values | None:
        """Keep the starts of some values, perhaps of another goal, and work out all other values anew."""
        padded = [*values, *[0] * self.model.size][: self.model.size]
        free = [number not in self.starts for number in range(self.model.size)]
        return self.model.solve(effort, padded, free).values

    @cached_property
    def starts(self) -> dict[int, int]:
        """Find the number of the alike lessons that a Boolean of a start belongs to."""
        return {literal: number for number, at in enumerate(self.placing.at) for literal in at.values()}

    def placed(self, values: Values) -> Schedule:
        """Make the schedule that the values stand for."""
        return placed(self.rooming, values)


def placed(rooming: Rooming, values: Values) -> Schedule:
    """Put all lessons where the values say; lessons that are alike stay where one of them is today."""
    placing = rooming.placing
    lessons = {
        lesson.key: lesson
        for one, at in zip(placing.alikes, placing.at, strict=True)
        for lesson in dealt(one, [slot for slot, literal in at.items() if values[literal]])
    }
    rooms = rooming.rooms(lessons.values(), values)
    return replace(
        placing.schedule,
        lessons=tuple(replace(lessons[key], room=rooms.get(key, lessons[key].room)) for key in placing.schedule.by_key),
    )


def dealt(one: Alike, starts: Sequence[Slot]) -> list[Lesson]:
    """Give each lesson one of the starts: its own if it is among them, else the nearest that is left."""
    left = set(starts)
    kept = {lesson.key: lesson for lesson in one.lessons if lesson.start in left}
    left -= {lesson.start for lesson in kept.values() if lesson.start}
    for lesson in one.lessons:
        if lesson.key not in kept:
            nearest = min(left, key=lambda slot: _distance(slot, lesson.start))
            left.remove(nearest)
            kept[lesson.key] = replace(lesson, start=nearest)
    return [kept[lesson.key] for lesson in one.lessons]


def _distance(slot: Slot, start: Slot | None) -> tuple[int, int]:
    if start is None:
        return 0, 0
    return abs(slot.day - start.day), abs(slot.period - start.period)
