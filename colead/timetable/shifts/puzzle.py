"""One search as a whole: today's schedule, the rules in force, the asks and the goal, all in one model."""

from collections.abc import Sequence
from dataclasses import replace

from colead.timetable.model import Lesson, Rule, Schedule, Slot
from colead.timetable.shifts.alike import Alike, alikes, in_force
from colead.timetable.shifts.binding import bind
from colead.timetable.shifts.engine import Effort, Model, Values
from colead.timetable.shifts.goal import Goal, wanted
from colead.timetable.shifts.meeting import Minutes, meeting
from colead.timetable.shifts.placing import Placing
from colead.timetable.shifts.rooming import Rooming
from colead.timetable.shifts.values import Ask, Objective, Pin
from colead.timetable.together import Times


class Puzzle:
    """The model of a search, and the way from its values back to a schedule."""

    def __init__(self, schedule: Schedule, asks: Sequence[Ask], pins: Sequence[Pin], objective: Objective) -> None:
        self.schedule, self.asks, self.objective = schedule, tuple(asks), objective
        self.rules: tuple[Rule, ...] = in_force(schedule)
        self.alikes: tuple[Alike, ...] = alikes(schedule, self.rules, pins)
        self.model = Model()
        self.placing = Placing(self.model, schedule, self.alikes, self.rules)
        self.placing.nobody_twice()
        self.rooming = Rooming(self.placing, self.rules)
        bind(self.placing, self.rules)
        self._ask()

    def _ask(self) -> None:
        times, self.minutes = Times(self.schedule), Minutes(self.schedule)
        teams = {team.name: team for team in self.schedule.teams}
        self.wanted = [
            wanted(self.model, self.minutes, meeting(self.placing, times, self.minutes, teams[ask.team]), ask)
            for ask in self.asks
        ]
        self.goal = Goal(self.placing, self.minutes, self.wanted, self.objective)
        self.model.minimise(self.goal.terms)

    def today(self, effort: Effort) -> Values | None:
        """Fill in all values for today's schedule; None when a pin or a rule does not allow it."""
        stays = {literal for literals in self.goal.stays for literal in literals}
        if any(not one.today.issubset(at) for one, at in zip(self.alikes, self.placing.at, strict=True)):
            return None
        values = [int(number in stays) for number in range(self.model.size)]
        free = [number not in self.starts for number in range(self.model.size)]
        return self.model.solve(effort, values, free).values

    @property
    def starts(self) -> dict[int, int]:
        """Find the number of the alike lessons that a Boolean of a start belongs to."""
        return {literal: number for number, at in enumerate(self.placing.at) for literal in at.values()}

    def taken(self, values: Values) -> list[list[Slot]]:
        """List the starts of all lessons, by the number of their alikes."""
        return [[slot for slot, literal in at.items() if values[literal]] for at in self.placing.at]

    def placed(self, values: Values) -> Schedule:
        """Make the schedule that the values stand for; lessons that are alike stay where one of them is today."""
        lessons = {
            lesson.key: lesson
            for one, starts in zip(self.alikes, self.taken(values), strict=True)
            for lesson in dealt(one, starts)
        }
        rooms = self.rooming.rooms(lessons.values(), values)
        return replace(
            self.schedule,
            lessons=tuple(
                replace(lessons[key], room=rooms.get(key, lessons[key].room)) for key in self.schedule.by_key
            ),
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
