"""Schools so small that every timetable of theirs can be tried, and the best change found by trying them all."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product
from random import Random

from colead.timetable import (
    Group,
    Lesson,
    Person,
    Rule,
    RuleKind,
    Schedule,
    Slot,
    Strength,
    Team,
    ceilings,
    check,
    newly_broken,
    team_times,
)
from colead.timetable.shifts import Ask
from tests.timetable_school import Day, lesson, periods, school

MINUTES = 50
Place = tuple[str, tuple[str, ...], tuple[str, ...], Slot | None, bool, bool]


def tiny_school(seed: int) -> Schedule:
    """Make a school of three or four people and two classes with at most five lessons, some rules and two teams."""
    random = Random(seed)
    days = tuple(Day(f"D{n}", periods(random.choice((2, 3)))) for n in range(2))
    names = [f"P{n}" for n in range(random.choice((3, 4)))]
    slots = [Slot(day, n) for day, one in enumerate(days) for n in range(len(one.periods))]
    teams = (Team("T0", tuple(names[:2])), Team("T1", (names[0], names[2]), least_block=random.choice((0, 0, 100))))
    empty = Schedule("Tiny", days, tuple(map(Person, names)), (Group("1A"), Group("1B")), teams=teams)
    made = replace(empty, lessons=_lessons(random, names, slots))
    return replace(made, rules=_rules(random, made, slots))


def _lessons(random: Random, names: list[str], slots: list[Slot]) -> tuple[Lesson, ...]:
    lessons: list[Lesson] = []
    for n in range(random.choice((4, 5))):
        for _ in range(20):
            who, group, start = random.choice(names), random.choice(("1A", "1B")), random.choice(slots)
            if all(one.start != start or (who not in one.people and group not in one.groups) for one in lessons):
                subject = random.choice(("Art", "Math"))
                lessons.append(Lesson(str(n), subject, (who,), (group,), start=start, fixed_time=random.random() < 0.1))
                break
    return tuple(lessons)


def _rules(random: Random, school: Schedule, slots: list[Slot]) -> tuple[Rule, ...]:
    keys = [lesson.key for lesson in school.lessons]
    strength = random.choice((Strength.MUST, Strength.KEEP))
    options = [
        Rule("gaps", RuleKind.MOST_GAPS, strength, groups=("1A",), number=0),
        Rule("apart", RuleKind.DAYS_APART, strength, lessons=tuple(keys[:2]), number=1),
        Rule("away", RuleKind.AWAY, people=(school.people[-1].name,), slots=frozenset(random.sample(slots, 1))),
        Rule("day", RuleKind.MOST_A_DAY, strength, people=(school.people[0].name,), number=2),
    ]
    broken = {one.key for one in check(replace(school, rules=tuple(options)))}
    return tuple(
        rule for rule in options if random.random() < 0.4 and (rule.key not in broken or rule.strength is Strength.KEEP)
    )


def full_asks(school: Schedule) -> list[Ask]:
    """Ask for each team what its ceiling allows."""
    return [Ask(ceiling.team, ceiling.minutes) for ceiling in ceilings(school)]


def every_timetable(school: Schedule) -> Iterator[Schedule]:
    """Try all places of all lessons that may move."""
    options = [[lesson.start] if lesson.fixed_time else list(school.slots) for lesson in school.lessons]
    for starts in product(*options):
        pairs = zip(school.lessons, starts, strict=True)
        taken = [(name, start) for one, start in pairs for name in (*one.people, *one.groups)]
        if len(set(taken)) == len(taken):
            pairs = zip(school.lessons, starts, strict=True)
            yield replace(school, lessons=tuple(replace(one, start=start) for one, start in pairs))


def moved(before: Schedule, after: Schedule) -> int:
    """Count moves; lessons of the same subject, people and class that only trade places do not count."""
    return len(_places(before) - _places(after))


def touched(before: Schedule, after: Schedule) -> Counter[str]:
    """Count for each person the places of today that their lessons leave."""
    return Counter(name for _, people, *_ in _places(before) - _places(after) for name in people)


def _places(school: Schedule) -> set[Place]:
    # Lessons that a rule between lessons names are no one's equals here; `tiny_school` has only “apart”.
    apart = {key for rule in school.rules if rule.kind is RuleKind.DAYS_APART for key in rule.lessons}
    return {
        (one.subject, one.people, one.groups, one.start, one.key in apart, one.fixed_time) for one in school.lessons
    }


def missing(school: Schedule, asks: list[Ask]) -> int:
    """Count the periods that teams are short of."""
    have: Mapping[str, int] = {time.team: time.minutes for time in team_times(school)}
    return sum(max(0, ask.minutes - have[ask.team]) for ask in asks) // MINUTES


def least_cost(school: Schedule, asks: list[Ask]) -> int:
    """Find the least cost of all timetables that break nothing newly."""
    return min(
        100 * missing(other, asks) + moved(school, other)
        for other in every_timetable(school)
        if not newly_broken(school, other)
    )


def served(before: Schedule, after: Schedule, asks: list[Ask]) -> int:
    """Count the teams that have all they ask for; -1 where a rule is broken anew."""
    have = {time.team: time.minutes for time in team_times(after)}
    return sum(have[ask.team] >= ask.minutes for ask in asks) if not newly_broken(before, after) else -1


ADA_AND_BEN = Team("T", ("Ada", "Ben"))
# Ada and Ben each teach four of eight periods, never free at once but at the end of Tuesday.
CROSSED = tuple(
    lesson(f"{who}{n}", who, group, at=at, subject=f"S{n}")
    for who, group, places in (("Ada", "1A", ((0, 0), (0, 1), (1, 0), (1, 1))), ("Ben", "1B", ((0, 2), (0, 3), (1, 2))))
    for n, at in enumerate(places)
)


def crossed(**more: object) -> Schedule:
    """Make the school of Ada and Ben."""
    return school(*CROSSED, teams=(ADA_AND_BEN,), **more)
