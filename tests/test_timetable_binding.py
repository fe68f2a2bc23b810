"""Each kind of rule binds the search as the checker reads it: neither more is allowed nor less."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from random import Random

import pytest

from colead.timetable import (
    Day,
    Lesson,
    LessonKind,
    Rule,
    RuleKind,
    Schedule,
    Slot,
    Team,
    ceilings,
    check,
    newly_broken,
)
from colead.timetable.shifts import Ask, propose
from tests.timetable_school import lesson, periods, school
from tests.tiny_schools import missing, moved

ROOMS = (RuleKind.ROOM_AWAY, RuleKind.IN_ROOMS)
TRIES = 400


def ruled_school(kind: RuleKind, seed: int) -> Schedule:
    """Make a school of four lessons, one of them fixed, that keeps one rule of a kind today."""
    random = Random(f"{kind} {seed}")
    for _ in range(TRIES):
        start = _random(random)
        made = replace(start, rules=(_rule(random, kind, start),))
        if not check(made):
            return made
    raise AssertionError(f"no school keeps a rule of the kind {kind}")


def _random(random: Random) -> Schedule:
    days = (Day("Mon", periods(4, lunch=random.choice((None, 1)))), Day("Tue", periods(3)))
    empty = school(days=days, teams=(Team("T", ("Ada", "Ben")), Team("U", ("Cleo",))))
    lessons = tuple(_lesson(random, str(n), empty) for n in range(4))
    return replace(empty, lessons=(replace(lessons[0], fixed_time=True), *lessons[1:]))


def _lesson(random: Random, key: str, empty: Schedule) -> Lesson:
    length = random.choice((1, 1, 2))
    who, group = random.choice(("Ada", "Ada", "Ben", "Cleo")), random.choice(("1A", "1A left", "1B", ""))
    kind = random.choice((LessonKind.LESSON, LessonKind.LESSON, LessonKind.DUTY))
    start = random.choice(list(_starts(empty, length)))
    return lesson(key, who, group, at=start, subject=f"S{key}", length=length, kind=kind)


def _starts(school: Schedule, length: int) -> Iterator[Slot]:
    return (slot for slot in school.slots if slot.period + length <= len(school.days[slot.day].periods))


def _rule(random: Random, kind: RuleKind, start: Schedule) -> Rule:
    names: dict[str, tuple[str, ...]] = {}
    if kind in (
        RuleKind.MOST_DUTIES,
        RuleKind.PLANNING_WEEK,
        RuleKind.PLANNING_DAY,
        RuleKind.FREE_LUNCH,
        RuleKind.AWAY,
    ):
        names = {"people": ("Ada",)}
    elif kind is RuleKind.CLASS_AWAY:
        names = {"groups": ("1A",)}
    else:
        names = random.choice(({"people": ("Ada",)}, {"groups": ("1A",)}, {"groups": ("1A left",)}))
    keys = tuple(random.sample([one.key for one in start.lessons], random.choice((2, 3))))
    minutes = kind in (RuleKind.PLANNING_WEEK, RuleKind.PLANNING_DAY)
    return Rule(
        "r",
        kind,
        lessons=keys,
        slots=frozenset(random.sample(start.slots, 4)),
        number=random.choice((50, 100)) if minutes else random.choice((0, 1, 2)),
        block=random.choice((0, 100)) if minutes else 0,
        **names,
    )


def least(start: Schedule, asks: list[Ask]) -> int:
    """Find the least cost by trying every place of every lesson."""
    options = [[one.start] if one.fixed_time else list(_starts(start, one.length)) for one in start.lessons]
    others = (
        replace(start, lessons=tuple(replace(one, start=at) for one, at in zip(start.lessons, starts, strict=True)))
        for starts in product(*options)
    )
    costs = ((100 * missing(other, asks) + moved(start, other), other) for other in others)
    best = None
    for cost, other in costs:
        if (best is None or cost < best) and not newly_broken(start, other):
            best = cost
    assert best is not None
    return best


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("kind", [kind for kind in RuleKind if kind not in ROOMS])
def test_the_search_and_the_checker_agree_on_each_kind_of_rule(kind: RuleKind, seed: int) -> None:
    start = ruled_school(kind, seed)
    asks = [Ask(ceiling.team, ceiling.minutes) for ceiling in ceilings(start)]
    found = propose(start, asks, seconds=20, workers=1)
    assert check(found.schedule) == ()
    assert found.proven
    assert found.cost == least(start, asks)
