"""From scratch: every lesson gets a time, every must is kept, and few other rules are broken."""

from dataclasses import replace

import pytest

from colead.timetable import Room, Rule, RuleKind, Schedule, Slot, Strength, check
from colead.timetable.shifts import NothingFound, place, why_not
from tests.timetable_school import lesson, rule, school, slots
from tests.tiny_schools import every_timetable, tiny_school


def emptied(start: Schedule) -> Schedule:
    return replace(start, lessons=tuple(replace(one, start=None) for one in start.lessons))


@pytest.mark.parametrize("seed", range(12))
def test_no_timetable_of_a_tiny_school_breaks_fewer_rules(seed: int) -> None:
    tiny = tiny_school(seed)
    soft = tuple(replace(one, strength=Strength.KEEP) for one in tiny.rules)
    start = replace(tiny, rules=soft, lessons=tuple(replace(one, fixed_time=False) for one in tiny.lessons))
    fewest = min(len({one.key for one in check(other)}) for other in every_timetable(start))
    found = place(emptied(start), seconds=20, workers=1)
    assert len({one.key for one in found.broken}) == fewest
    assert found.proven
    assert all(one.start for one in found.schedule.lessons)
    assert all(one.strength is Strength.KEEP for one in check(found.schedule))


def test_musts_are_kept_and_fixed_lessons_stay() -> None:
    cards = (
        rule(RuleKind.MOST_A_DAY, people=("Ada",), number=2),
        Rule("r2", RuleKind.AWAY, people=("Ben",), slots=slots((0, 0), (0, 1), (0, 2))),
        Rule("r3", RuleKind.START_AT, Strength.KEEP, lessons=("0",), slots=slots((1, 3))),
        Rule("r4", RuleKind.WITHIN, Strength.PREFER, lessons=("1",), slots=slots((1, 2))),
        Rule("r5", RuleKind.CLASS_AWAY, Strength.PREFER, groups=("1B",), slots=slots((0, 3))),
    )
    lessons = [lesson(str(n), "Ada", at=None, subject=f"S{n}") for n in range(4)]
    lessons += [lesson(f"b{n}", "Ben", "1B", at=None) for n in range(3)]
    fixed = lesson("fix", "Cleo", at=(1, 0), fixed_time=True)
    found = place(school(*lessons, fixed, rules=cards), seconds=20)
    assert check(found.schedule) == ()
    assert found.schedule.by_key["fix"].start == Slot(1, 0)
    assert found.schedule.by_key["0"].start == Slot(1, 3)
    assert (found.broken, found.proven) == ((), True)


def test_lessons_with_a_time_stay_unless_all_is_placed_anew() -> None:
    kept = [lesson(str(n), at=(0, n), subject=f"S{n}") for n in range(4)]
    start = school(*kept, lesson("new", "Ben", at=None), rules=(rule(RuleKind.MOST_A_DAY, groups=("1A",), number=3),))
    with pytest.raises(NothingFound, match="no schedule that keeps all rules"):
        place(start, seconds=20)
    found = place(start, anew=True, seconds=20)
    assert check(found.schedule) == ()
    assert place(school(*kept, lesson("new", "Ben", at=None)), seconds=20).schedule.lessons[:4] == tuple(kept)


def test_each_lesson_gets_a_room_of_its_pool() -> None:
    lessons = [
        lesson(str(n), who, group, at=None, pool=("R1", "Lab"), length=2) for n, (who, group) in enumerate(PAIRS)
    ]
    shut = Rule("shut", RuleKind.ROOM_AWAY, rooms=("Lab",), slots=slots((0, 0)))
    rooms = (Room("R1"), Room("R2"), Room("Lab"))
    found = place(replace(school(), rooms=rooms, lessons=tuple(lessons), rules=(shut,)), seconds=20)
    assert check(found.schedule) == ()
    assert {one.room for one in found.schedule.lessons} <= {"R1", "Lab"}
    assert all(one.room for one in found.schedule.lessons)


PAIRS = (("Ada", "1A"), ("Ben", "1B"), ("Ada", "1B"), ("Ben", "1A"), ("Cleo", "1A"))


def test_what_clashes_is_said_when_nothing_is_found() -> None:
    away = Rule("away", RuleKind.AWAY, people=("Ada",), slots=frozenset(school().slots) - slots((0, 0)))
    start = school(lesson("a", at=None), lesson("b", group="1B", at=None), rules=(away,))
    with pytest.raises(NothingFound):
        place(start, seconds=10)
    assert {reason.rule or reason.person for reason in why_not(start, [], seconds=10).reasons} == {"away", "Ada"}
