"""What a schedule refuses to be, and what the checker finds in one."""

from dataclasses import replace

import pytest

from colead.timetable import (
    Day,
    Group,
    Lesson,
    LessonKind,
    NotASchedule,
    Period,
    PeriodKind,
    Person,
    Room,
    Rule,
    RuleKind,
    Slot,
    Strength,
    Team,
    check,
    newly_broken,
    sentence,
)
from tests.timetable_school import lesson, periods, rule, school, slots


def found(*lessons: Lesson, **more: object) -> list[str]:
    return [str(broken.what) for broken in check(school(*lessons, **more))]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"days": ()}, "needs at least one day"),
        ({"days": (Day("Mon", ()),)}, "needs at least one day"),
        ({"days": (Day("Mon", periods()), Day("Mon", periods()))}, "day Mon is there twice"),
        ({"days": (Day("Mon", (Period("1", 480, 470),)),)}, "Period 1 of Mon does not follow"),
        ({"days": (Day("Mon", (Period("1", 480, 500), Period("2", 490, 510))),)}, "Period 2 of Mon does not follow"),
        ({"days": (Day("Mon", (Period("1", 480, 500), Period("1", 500, 510))),)}, "period of Mon 1 is there twice"),
        ({"people": (Person("Ada"), Person("Ada"))}, "person Ada is there twice"),
        ({"people": (Person(""),)}, "A person has no name"),
        ({"groups": (Group("1A"), Group("1A"))}, "group 1A is there twice"),
        ({"rooms": (Room("R1"), Room("R1"))}, "room R1 is there twice"),
        ({"lessons": (lesson("x"), lesson("x"))}, "lesson x is there twice"),
        ({"lessons": (lesson("x", person="Zoe"),)}, "No person is called Zoe, as the lesson x says"),
        ({"lessons": (lesson("x", group="9Z"),)}, "No group is called 9Z"),
        ({"lessons": (lesson("x", room="R9"),)}, "No room is called R9"),
        ({"lessons": (lesson("x", pool=("R8",)),)}, "No room is called R8"),
        ({"lessons": (lesson("x", team="T"),)}, "No team is called T"),
        ({"lessons": (lesson("x", length=0),)}, "lesson x has no length"),
        ({"lessons": (lesson("x", at=(0, 3), length=2),)}, "lesson x does not fit"),
        ({"teams": (Team("T", ()),)}, "team T has no members"),
        ({"teams": (Team("T", ("Zoe",)),)}, "No person is called Zoe, as the team T says"),
        ({"teams": (Team("T", ("Ada",), window=slots((9, 9))),)}, "window of the team T"),
        ({"rules": (rule(RuleKind.AWAY, people=("Zoe",)),)}, "No person is called Zoe, as the rule r1 says"),
        ({"rules": (rule(RuleKind.AWAY, groups=("Z",)),)}, "No group is called Z"),
        ({"rules": (rule(RuleKind.AWAY, rooms=("Z",)),)}, "No room is called Z"),
        ({"rules": (rule(RuleKind.AWAY, lessons=("Z",)),)}, "No lesson is called Z"),
        ({"rules": (rule(RuleKind.AWAY, slots=slots((7, 0))),)}, "rule r1 names a time"),
    ],
)
def test_facts_that_do_not_fit_together_are_refused(change: dict[str, object], reason: str) -> None:
    with pytest.raises(NotASchedule, match=reason):
        replace(school(), **change)


def test_a_schedule_without_a_fault_has_nothing_broken() -> None:
    assert check(school(lesson("a"), lesson("b", "Ben", "1B"), lesson("c", at=None))) == ()


def test_a_person_a_class_and_a_room_are_booked_once() -> None:
    assert found(lesson("a"), lesson("b", group="1B")) == [
        "Ada is booked twice at Mon 1: Math 1A (Ada) and Math 1B (Ada)."
    ]
    assert "1A left is booked twice" in found(lesson("a"), lesson("b", "Ben", "1A left"))[0]
    assert "R1 is booked twice" in found(lesson("a", room="R1"), lesson("b", "Ben", "1B", room="R1"))[0]


def test_halves_of_a_class_may_go_different_ways() -> None:
    assert not found(lesson("a", group="1A left"), lesson("b", "Ben", "1A right"))


def test_a_pair_that_clashes_in_three_ways_is_said_once() -> None:
    assert len(found(lesson("a", room="R1"), lesson("b", room="R1"))) == 1


def test_a_long_lesson_clashes_in_its_later_periods_too() -> None:
    assert "Mon 2" in found(lesson("a", length=2), lesson("b", at=(0, 1)))[0]


def test_lessons_run_through_no_break_but_duties_may() -> None:
    days = (Day("Mon", periods(lunch=1)),)
    assert found(lesson("a", length=2), days=days) == [
        "Math 1A (Ada) runs through a break, or before or after school, at Mon 2."
    ]
    assert not found(lesson("a", at=(0, 1), kind=LessonKind.DUTY), days=days)
    assert found(lesson("a", at=(0, 1), kind=LessonKind.MEETING), days=days)


def test_meetings_may_be_before_school_and_lessons_may_not() -> None:
    days = (Day("Mon", (Period("0", 420, 480, PeriodKind.BEFORE), *periods())),)
    assert not found(lesson("a", kind=LessonKind.MEETING), days=days)
    assert found(lesson("a", kind=LessonKind.SPECIAL), days=days)


def test_a_lesson_stays_in_its_rooms() -> None:
    assert not found(lesson("a", room="R1", pool=("R1",)))
    assert found(lesson("a", room="R2", pool=("R1",))) == ["Math 1A (Ada) is in R2, which is not one of its rooms."]


MONDAY = tuple(lesson(str(n), at=(0, n)) for n in range(4))
LATE = (lesson("a"), lesson("b", at=(0, 3)))
TWO = ("a", "b")
ADA = ("Ada",)


@pytest.mark.parametrize(
    ("lessons", "card", "kept", "said"),
    [
        (LATE, rule(RuleKind.AWAY, people=ADA), {"slots": slots((0, 1))}, "booked for Math 1A (Ada) at Mon 1"),
        (LATE, rule(RuleKind.CLASS_AWAY, groups=("1A",)), {"slots": slots((0, 1))}, "1A is booked"),
        ((lesson("a", room="R1"),), rule(RuleKind.ROOM_AWAY, rooms=("R1", "R2")), {"slots": slots((1, 1))}, "R1 is"),
        (LATE, rule(RuleKind.START_AT, lessons=TWO), {"slots": slots((0, 0), (0, 3))}, "starts at Mon 1"),
        ((lesson("a", room="R1"),), rule(RuleKind.IN_ROOMS, lessons=("a",)), {"rooms": ("R1",)}, "is in R1"),
        (LATE, rule(RuleKind.DAYS_APART, lessons=TWO, number=1), {"number": 0}, "are too close"),
        (LATE, rule(RuleKind.SAME_START, lessons=TWO), {"lessons": ("a",)}, "start at different times"),
        (
            (lesson("a"), lesson("b", "Ben", "1B")),
            rule(RuleKind.NOT_AT_ONCE, lessons=TWO),
            {"lessons": ("a",)},
            "happen at once",
        ),
        (LATE, rule(RuleKind.MOST_DAYS, people=ADA), {"number": 1}, "Ada works on 1 days a week."),
        (
            LATE,
            rule(RuleKind.MOST_DAYS_AT, people=ADA, slots=slots((0, 3), (1, 3))),
            {"slots": slots((0, 2), (1, 3))},
            "Ada is booked then on 1 days a week.",
        ),
        (LATE, rule(RuleKind.MOST_GAPS, people=ADA, number=1), {"number": 2}, "Ada waits 2 periods a week"),
        (LATE, rule(RuleKind.MOST_GAPS, groups=("1A",), number=1), {"number": 2}, "1A waits 2"),
        (LATE, rule(RuleKind.MOST_A_DAY, people=ADA, number=1), {"number": 2}, "has 2 periods on Mon"),
        (
            MONDAY,
            rule(RuleKind.MOST_IN_A_ROW, groups=("1A",), number=3),
            {"number": 4},
            "has 4 periods in a row on Mon",
        ),
        (LATE, rule(RuleKind.GAPS_A_DAY, people=ADA, number=1), {"number": 2}, "Ada waits 2 periods on Mon"),
        (LATE, rule(RuleKind.WITHIN, lessons=TWO, slots=slots((0, 0))), {"slots": slots((0, 0), (0, 3))}, "is at Mon"),
        (LATE, rule(RuleKind.PAUSE, lessons=TWO, number=3), {"number": 2}, "are too close"),
        (LATE, rule(RuleKind.IN_TURN, lessons=TWO), {"lessons": ("a",)}, "do not follow each other"),
        (LATE, rule(RuleKind.END_OF_DAY, lessons=TWO), {"lessons": ("b",)}, "(Mon 1) does not end the day"),
        (LATE, rule(RuleKind.LEAST_A_DAY, people=ADA, number=3), {"number": 2}, "Ada has only 2 periods on Mon"),
        (
            (lesson("a", at=(0, 1)),),
            rule(RuleKind.LATE_STARTS, people=ADA, number=0),
            {"number": 1},
            "Ada begins late on 1 days a week.",
        ),
        (
            (lesson("a", at=(0, 2)),),
            rule(RuleKind.LATE_STARTS, people=("Ben", "Ada"), number=1),
            {"people": ("Ben",)},
            "Ada begins 2 periods late on Mon.",
        ),
        (
            (lesson("a"), lesson("b", at=(1, 0))),
            rule(RuleKind.SAME_DAY, lessons=TWO),
            {"lessons": ("a",)},
            "are on different days",
        ),
        (
            (lesson("a", kind=LessonKind.DUTY),),
            rule(RuleKind.MOST_DUTIES, people=ADA),
            {"number": 1},
            "has 1 duties a week",
        ),
        (
            LATE,
            rule(RuleKind.PLANNING_WEEK, people=ADA, number=301),
            {"number": 300},
            "has 300 minutes a week to plan.",
        ),
        (LATE, rule(RuleKind.PLANNING_WEEK, people=ADA, number=300, block=150), {"block": 100}, "has 200 minutes"),
        (LATE, rule(RuleKind.PLANNING_DAY, people=ADA, number=101), {"number": 100}, "has 100 minutes to plan on Mon"),
    ],
)
def test_each_kind_of_rule_is_found_broken_and_found_kept(
    lessons: tuple[Lesson, ...], card: Rule, kept: dict[str, object], said: str
) -> None:
    wrong = slots((0, 0)) if card.kind.name.endswith("AWAY") else card.slots
    broken = check(school(*lessons, rules=(replace(card, slots=wrong),)))
    assert broken
    assert all(one.key == "r1" for one in broken)
    assert said in str(broken[0])
    assert check(school(*lessons, rules=(replace(card, **kept),))) == ()


def test_a_duty_at_every_lunch_leaves_no_free_lunch() -> None:
    days = (Day("Mon", periods(lunch=1)), Day("Tue", periods()))
    card = (rule(RuleKind.FREE_LUNCH, people=ADA),)
    duty = lesson("a", group="", at=(0, 1), kind=LessonKind.DUTY)
    assert found(duty, rules=card, days=days) == ["Ada has no free lunch on Mon."]
    assert not found(replace(duty, start=Slot(0, 2)), rules=card, days=days)


def test_gaps_leave_out_lunch_and_times_away() -> None:
    days = (Day("Mon", periods(lunch=1)),)
    card = rule(RuleKind.MOST_GAPS, people=ADA, number=0)
    away = Rule("r2", RuleKind.AWAY, people=ADA, slots=slots((0, 2)))
    assert not found(*LATE, rules=(card, away), days=days)
    assert len(found(*LATE, rules=(card, replace(away, strength=Strength.PREFER)), days=days)) == 1


def test_weeks_are_counted_one_by_one() -> None:
    days = (Day("Mon", periods(), "A"), Day("Mon", periods(), "B"))
    card = rule(RuleKind.MOST_DAYS, people=ADA, number=0)
    assert found(lesson("a"), lesson("b", at=(1, 0)), rules=(card,), days=days) == [
        "Ada works on 1 days a week (A).",
        "Ada works on 1 days a week (B).",
    ]


def test_a_day_away_needs_no_planning_time() -> None:
    card = rule(RuleKind.PLANNING_DAY, people=ADA, number=150)
    away = Rule("r2", RuleKind.AWAY, people=ADA, slots=slots(*((1, n) for n in range(4))))
    assert not found(lesson("a"), rules=(card, away))


def test_lessons_in_turn_may_have_lunch_between_them() -> None:
    days = (Day("Mon", periods(lunch=1)),)
    two = (lesson("a"), lesson("b", at=(0, 2)))
    assert not found(*two, rules=(rule(RuleKind.IN_TURN, lessons=TWO),), days=days)
    assert found(lesson("a", at=(0, 3)), lesson("b"), rules=(rule(RuleKind.IN_TURN, lessons=TWO),), days=days)


def test_lessons_on_one_day_and_far_apart_keep_their_rules() -> None:
    cards = (rule(RuleKind.SAME_DAY, lessons=TWO), Rule("r2", RuleKind.PAUSE, lessons=TWO, number=2))
    assert not found(*LATE, rules=cards)
    assert len(found(lesson("a"), lesson("b", at=(1, 0)), rules=cards)) == 1


def test_lessons_without_a_place_or_a_room_break_nothing() -> None:
    cards = (rule(RuleKind.START_AT, lessons=("a",)), Rule("r2", RuleKind.IN_ROOMS, lessons=("b",), rooms=("R1",)))
    assert not found(lesson("a", at=None), lesson("b"), rules=cards)


def test_same_starts_are_kept_by_lessons_that_start_together() -> None:
    card = rule(RuleKind.SAME_START, lessons=TWO)
    assert not found(lesson("a"), lesson("b", "Ben", "1B"), rules=(card,))


@pytest.mark.parametrize("kind", RuleKind)
def test_every_rule_is_one_sentence(kind: RuleKind) -> None:
    card = rule(kind, people=ADA, lessons=("a",), slots=slots(*((d, n) for d in range(2) for n in range(4))), number=2)
    said = str(sentence(school(lesson("a")), card))
    assert said.endswith(".")
    assert "%" not in said
    assert "Ada" in said or "Math 1A" in said


def test_long_lists_are_cut_short_and_sentences_can_be_translated() -> None:
    card = rule(RuleKind.AWAY, people=ADA, slots=slots(*((d, n) for d in range(2) for n in range(4))))
    said = sentence(school(), card)
    assert str(said).endswith("Mon 4, Tue 1, Tue 2 (+2).")
    assert said.read(lambda text: text.replace("cannot be booked", "no puede")).startswith("Ada no puede: Mon 1")


def test_a_change_may_not_break_what_today_keeps() -> None:
    kept = Rule("keep", RuleKind.MOST_A_DAY, Strength.KEEP, people=ADA, number=1)
    lost = Rule("lost", RuleKind.MOST_A_DAY, Strength.KEEP, people=ADA, number=0)
    wish = Rule("wish", RuleKind.MOST_A_DAY, Strength.PREFER, people=ADA, number=1)
    must = Rule("must", RuleKind.MOST_A_DAY, people=ADA, number=1)
    before = school(lesson("a"), lesson("b", at=(1, 0)), rules=(kept, lost, wish, must))
    after = replace(before, lessons=LATE)
    assert [broken.key for broken in newly_broken(before, after)] == ["keep", "must"]


def test_a_meeting_without_people_is_called_by_its_name() -> None:
    assert "Math 1A and Math 1A (Ada)" in found(lesson("a", person=""), lesson("b"))[0]


def test_lessons_apart_are_not_at_once_and_a_team_may_meet_in_its_window() -> None:
    card = rule(RuleKind.NOT_AT_ONCE, lessons=TWO)
    team = Team("T", ADA, window=slots((0, 0)))
    assert not found(*LATE, rules=(card,), teams=(team, replace(team, name="U")))
