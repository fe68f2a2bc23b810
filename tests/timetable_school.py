"""A small school to put schedules together from, and random ones."""

from dataclasses import replace
from random import Random

from colead.timetable import (
    Day,
    Group,
    Lesson,
    LessonKind,
    Period,
    PeriodKind,
    Person,
    Room,
    Rule,
    RuleKind,
    Schedule,
    Slot,
    Team,
)


def periods(count: int = 4, minutes: int = 50, lunch: int | None = None) -> tuple[Period, ...]:
    """Follow each other from eight o'clock on; `lunch` is the place of the lunch break."""
    return tuple(
        Period(
            str(n + 1),
            480 + n * minutes,
            480 + (n + 1) * minutes,
            PeriodKind.LUNCH if n == lunch else PeriodKind.LESSON,
        )
        for n in range(count)
    )


def lesson(
    key: str, person: str = "Ada", group: str = "1A", at: tuple[int, int] | None = (0, 0), **more: object
) -> Lesson:
    start = Slot(*at) if at else None
    people, groups = (person,) if person else (), (group,) if group else ()
    return replace(Lesson(key, "Math", people, groups, start=start), **more)


def school(*lessons: Lesson, rules: tuple[Rule, ...] = (), teams: tuple[Team, ...] = (), **more: object) -> Schedule:
    """Ada, Ben and Cleo teach 1A, 1B and two halves of 1A, two days of four periods."""
    made = Schedule(
        "Sample",
        days=(Day("Mon", periods()), Day("Tue", periods())),
        people=(Person("Ada"), Person("Ben"), Person("Cleo")),
        groups=(
            Group("1A", frozenset({"1A left", "1A right"})),
            Group("1A left"),
            Group("1A right"),
            Group("1B"),
        ),
        rooms=(Room("R1"), Room("R2")),
        lessons=lessons,
        teams=teams,
        rules=rules,
    )
    return replace(made, **more)


def rule(kind: RuleKind, **more: object) -> Rule:
    return Rule("r1", kind, **more)


def slots(*pairs: tuple[int, int]) -> frozenset[Slot]:
    return frozenset(Slot(*pair) for pair in pairs)


def random_school(
    seed: int, people: int = 6, days: int = 3, length: int = 5, weeks: tuple[str, ...] = ("",)
) -> Schedule:
    """Make a school with lunch, duties, meetings, people who are away, and teams of every shape, by a seed."""
    random = Random(seed)
    names = [f"P{n}" for n in range(people)]
    cycle = tuple(
        Day(f"D{n}", periods(random.randint(1, length), random.choice((20, 45, 50)), random.choice((None, 1))), week)
        for week in weeks
        for n in range(days)
    )
    every = [Slot(day, n) for day, one in enumerate(cycle) for n in range(len(one.periods))]
    teams = tuple(_random_team(random, f"T{n}", names, every) for n in range(random.randint(1, 3)))
    lessons = tuple(_random_lesson(random, str(n), names, every, teams) for n in range(random.randint(0, 4 * people)))
    rules = tuple(
        Rule(
            f"r{n}",
            RuleKind.AWAY,
            people=(random.choice(names),),
            slots=frozenset(random.sample(every, len(every) // 4)),
        )
        for n in range(random.randint(0, 3))
    )
    return Schedule("Random", cycle, tuple(map(Person, names)), lessons=_apart(lessons), teams=teams, rules=rules)


def _random_team(random: Random, name: str, names: list[str], every: list[Slot]) -> Team:
    window = frozenset(random.sample(every, len(every) // 2)) if random.random() < 0.3 else frozenset()
    return Team(
        name,
        tuple(random.sample(names, random.randint(1, min(4, len(names))))),
        least_block=random.choice((0, 0, 60)),
        longest_block=random.choice((0, 0, 90)),
        most_blocks=random.choice((0, 0, 1)),
        window=window,
    )


def _random_lesson(random: Random, key: str, names: list[str], every: list[Slot], teams: tuple[Team, ...]) -> Lesson:
    slot = random.choice(every)
    if random.random() < 0.15:
        team = random.choice(teams)
        return Lesson(key, "Meeting", team.members, kind=LessonKind.MEETING, start=slot, team=team.name)
    return Lesson(key, "Any", tuple(random.sample(names, random.randint(1, 2))), start=slot)


def _apart(lessons: tuple[Lesson, ...]) -> tuple[Lesson, ...]:
    """Drop lessons that would book a person twice."""
    taken: set[tuple[str, Slot]] = set()
    kept = []
    for one in lessons:
        wanted = {(name, slot) for name in one.people for slot in one.slots}
        if not wanted & taken:
            taken |= wanted
            kept.append(one)
    return tuple(kept)
