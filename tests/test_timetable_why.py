"""Why not: what clashes is found, checked to be needed, and never said of what can be done."""

from dataclasses import replace

import pytest

from colead.timetable import (
    Lesson,
    LessonKind,
    Rule,
    RuleKind,
    Strength,
    Team,
)
from colead.timetable.shifts import Ask, Pin, why_not
from tests.timetable_school import lesson, rule, school, slots
from tests.tiny_schools import ADA_AND_BEN, CROSSED, crossed, every_timetable, full_asks, served, tiny_school

AWAY = Rule("away", RuleKind.AWAY, people=("Ben",), slots=slots(*((1, n) for n in range(4))))


def test_a_load_that_leaves_no_time_is_the_whole_reason() -> None:
    why = why_not(crossed(), [Ask("T", 250)], seconds=10)
    assert why.possible is False
    assert {reason.person or reason.team for reason in why.reasons} == {"Ada", "T"}
    assert all(reason.needed for reason in why.reasons)
    assert "Ada is booked for 4 periods" in " ".join(str(reason.text) for reason in why.reasons)


@pytest.mark.parametrize(
    ("rules", "lessons", "pins", "blamed"),
    [
        ((AWAY,), CROSSED[:2], (), {"T", "away"}),
        ((), tuple(replace(one, fixed_time=True) for one in CROSSED[:2]), (), {"T", "Ada0", "Ada1"}),
        ((), (), tuple(Pin(one.key) for one in CROSSED[:4]), None),
    ],
)
def test_planted_clashes_are_found_and_minimal(
    rules: tuple[Rule, ...], lessons: tuple[Lesson, ...], pins: tuple[Pin, ...], blamed: set[str] | None
) -> None:
    window = slots((0, 0), (0, 1), (0, 2)) if not rules else frozenset()
    team = replace(ADA_AND_BEN, window=window)
    start = school(*(lessons or CROSSED), rules=rules, teams=(team,))
    why = why_not(start, [Ask("T", 100 if window else 250)], pins=pins, seconds=20)
    names = {reason.rule or reason.lesson or reason.person or reason.team for reason in why.reasons}
    assert why.possible is False
    assert all(reason.needed for reason in why.reasons)
    assert blamed is None or names == blamed


@pytest.mark.parametrize("seed", range(10))
def test_nothing_is_said_to_clash_that_can_be_done(seed: int) -> None:
    tiny = tiny_school(seed)
    for ask in full_asks(tiny):
        can = any(served(tiny, other, [ask]) == 1 for other in every_timetable(tiny))
        why = why_not(tiny, [ask], seconds=20, workers=1)
        assert why.possible is can
        assert bool(why.reasons) is not can


def test_lifting_a_rule_has_a_price() -> None:
    start = school(*CROSSED[:2], rules=(AWAY,), teams=(ADA_AND_BEN,))
    why = why_not(start, [Ask("T", 250)], prices=True, seconds=20)
    (price,) = [reason.moves for reason in why.reasons if reason.rule == "away"]
    assert price == 0
    held = replace(crossed(), teams=(replace(ADA_AND_BEN, window=slots((0, 0))),))
    why = why_not(held, [Ask("T", 50)], pins=[Pin("Ada0")], prices=True, seconds=20)
    assert {reason.lesson: reason.moves for reason in why.reasons} == {"Ada0": 1, "": None}


def test_two_teams_may_be_in_each_others_way() -> None:
    seven = [lesson(str(n), at=(n // 4, n % 4), subject=f"S{n}") for n in range(7)]
    teams = (Team("T", ("Ada",), window=slots((0, 0))), Team("U", ("Ada",), window=slots((0, 1))))
    why = why_not(school(*seven, teams=teams), [Ask("T", 50), Ask("U", 50)], prices=True, seconds=20)
    assert why.possible is False
    assert {(reason.team, reason.person, reason.moves) for reason in why.reasons} == {
        ("T", "", 1),
        ("U", "", 1),
        ("", "Ada", None),
    }


def test_lessons_without_a_time_clash_by_their_rules_alone() -> None:
    six = [lesson(str(n), at=None) for n in range(3)]
    apart = rule(RuleKind.DAYS_APART, lessons=("0", "1", "2"), number=1)
    why = why_not(school(*six, rules=(apart,)), [], seconds=10)
    assert why.possible is False
    assert [reason.rule for reason in why.reasons] == ["r1"]
    assert why_not(school(*six), [], seconds=10).possible is True
    nine = [lesson(str(n), at=None, subject=f"S{n}") for n in range(9)]
    assert why_not(school(*nine), [], seconds=10).possible is False
    assert Strength.MUST is apart.strength
    assert LessonKind.LESSON is six[0].kind


def test_without_time_only_the_sums_can_say_why_not() -> None:
    why = why_not(crossed(), [Ask("T", 250)], seconds=0)
    assert why.possible is False
    assert "Ada is booked for 4 of 8 periods" in str(why.reasons[0].text)
    assert why_not(crossed(), [Ask("T", 200)], seconds=0).possible is None
