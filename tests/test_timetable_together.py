"""What people have in common now, and at most: equal to counting by hand, and never below what can be reached."""

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from colead.timetable import (
    Day,
    Group,
    Lesson,
    LessonKind,
    Period,
    PeriodKind,
    Person,
    Rule,
    RuleKind,
    Schedule,
    SetBy,
    Slot,
    Strength,
    Team,
    ceilings,
    check,
    heat,
    never_free_together,
    person_times,
    team_times,
)
from tests.timetable_school import lesson, periods, random_school, rule, school, slots

PAIR = Team("Pair", ("Ada", "Ben"))


def free_by_hand(schedule: Schedule, name: str, slot: Slot, team: str = "no team") -> bool:
    away = any(one.kind is RuleKind.AWAY and name in one.people and slot in one.slots for one in schedule.rules)
    booked = any(name in one.people and slot in one.slots and one.team != team for one in schedule.lessons)
    kind = schedule.days[slot.day].periods[slot.period].kind
    return not away and not booked and kind not in (PeriodKind.BREAK, PeriodKind.LUNCH)


def slots_by_hand(schedule: Schedule, team: Team) -> Iterator[tuple[int, list[Slot]]]:
    """Say for each day how many minutes count, and in which slots: the definition, in plain loops."""
    for day, one in enumerate(schedule.days):
        runs: list[list[Slot]] = [[]]
        for n in range(len(one.periods)):
            slot = Slot(day, n)
            inside = not team.window or slot in team.window
            if inside and all(free_by_hand(schedule, name, slot, team.name) for name in team.members):
                runs[-1].append(slot)
            else:
                runs.append([])
        worth = [(sum(one.periods[slot.period].minutes for slot in run), run) for run in runs if run]
        worth = [
            (min(minutes, team.longest_block or 999), run) for minutes, run in worth if minutes >= team.least_block
        ]
        worth.sort(key=lambda pair: -pair[0])
        best = worth[: team.most_blocks or None]
        yield sum(minutes for minutes, _ in best), [slot for _, run in best for slot in run]


@settings(max_examples=500, deadline=None)
@given(some.integers(0, 10**9))
def test_common_time_equals_counting_by_hand(seed: int) -> None:
    made = random_school(seed, weeks=("A", "B") if seed % 3 == 0 else ("",))
    found = {one.team: one for one in team_times(made)}
    shared: dict[str, set[Slot]] = {person.name: set() for person in made.people}
    for team in made.teams:
        by_hand = list(slots_by_hand(made, team))
        minutes = sum(one for one, _ in by_hand) // len(made.weeks)
        assert found[team.name].minutes == minutes
        assert (found[team.name].gap, found[team.name].short) == (max(0, 300 - minutes), max(0, team.minutes - minutes))
        for name in team.members:
            shared[name] |= {slot for _, some_slots in by_hand for slot in some_slots}
    for person in person_times(made):
        alone = sum(made.period(slot).minutes for slot in made.slots if free_by_hand(made, person.name, slot))
        assert person.minutes == sum(made.period(slot).minutes for slot in shared[person.name]) // len(made.weeks)
        assert person.free == alone // len(made.weeks)


@pytest.mark.parametrize("seed", range(30))
def test_the_heat_map_counts_who_is_free(seed: int) -> None:
    made = random_school(seed)
    names = [person.name for person in made.people]
    for some_names in (None, names[:3]):
        for slot in made.slots:
            free = sum(free_by_hand(made, name, slot) for name in some_names or names)
            cell = heat(made, some_names)[slot.day][slot.period]
            assert cell == (free if made.period(slot).counts else None)


@pytest.mark.parametrize("seed", range(30))
def test_pairs_who_are_never_free_together_are_found(seed: int) -> None:
    made = random_school(seed, days=2, length=3)
    for team in made.teams:
        pairs = never_free_together(made, team)
        for a, one in enumerate(team.members):
            for other in team.members[a + 1 :]:
                ever = any(not slots_by_hand_pair(made, team, one, other, slot) for slot in made.slots)
                assert ((one, other) in pairs) == (not ever)


def slots_by_hand_pair(made: Schedule, team: Team, one: str, other: str, slot: Slot) -> bool:
    both = all(free_by_hand(made, name, slot, team.name) for name in (one, other))
    return not (both and (not team.window or slot in team.window))


def test_a_large_school_is_seen_in_well_under_two_seconds() -> None:
    names = [f"P{n}" for n in range(60)]
    lessons = [
        Lesson(f"{p} {d} {n}", "Any", (name,), start=Slot(d, n))
        for p, name in enumerate(names)
        for d in range(10)
        for n in range(8)
        if (p * 7 + d * 3 + n) % 4
    ]
    teams = tuple(Team(f"T{n}", tuple(names[n : n + 5])) for n in range(50))
    days = tuple(Day(f"D{n}", periods(8)) for n in range(10))
    made = Schedule("Large", days, tuple(map(Person, names)), lessons=tuple(lessons), teams=teams)
    begin = time.perf_counter()
    team_times(made)
    person_times(made)
    heat(made)
    assert time.perf_counter() - begin < 1.0


def at_most(*lessons: Lesson, team: Team = PAIR, **more: object) -> tuple[int, SetBy, str]:
    ceiling = ceilings(school(*lessons, teams=(team,), **more))[0]
    assert str(ceiling.minutes) in str(ceiling.set_by.why)
    return ceiling.minutes, ceiling.set_by.set_by, ceiling.set_by.name


def test_the_bell_and_the_window_set_a_ceiling() -> None:
    assert at_most() == (400, SetBy.BELL, "")
    assert at_most(team=replace(PAIR, window=slots((0, 0), (1, 1)))) == (100, SetBy.BELL, "")
    assert at_most(team=replace(PAIR, most_blocks=1, longest_block=60)) == (120, SetBy.BELL, "")
    assert at_most(team=replace(PAIR, least_block=201))[0] == 0


def test_the_busiest_member_sets_a_ceiling() -> None:
    week = (lesson(str(n), at=(0, n)) for n in range(4))
    assert at_most(*week, lesson("x", "Ben", "1B")) == (200, SetBy.PERSON, "Ada")


def test_lessons_still_to_be_placed_and_other_teams_count_and_own_meetings_do_not() -> None:
    assert at_most(lesson("a", at=None, length=3))[0] == 250
    assert at_most(lesson("a", kind=LessonKind.MEETING, team="Pair"))[0] == 400


def test_duties_in_a_break_take_no_time_that_counts() -> None:
    days = (Day("Mon", periods(lunch=1)),)
    duty = lesson("a", group="", kind=LessonKind.DUTY)
    assert at_most(duty, days=days)[0] == 150
    assert at_most(replace(duty, fixed_time=True), days=days) == (100, SetBy.PERSON, "Ada")
    assert at_most(replace(duty, fixed_time=True, start=Slot(0, 1)), days=days)[0] == 150


def test_who_is_away_and_what_may_not_move_set_a_ceiling() -> None:
    away = rule(RuleKind.AWAY, people=("Ben", "Cleo"), slots=slots((0, 0)))
    assert at_most(rules=(away,)) == (350, SetBy.RULE, "r1")
    assert at_most(rules=(replace(away, strength=Strength.PREFER),))[1] is SetBy.BELL
    assert at_most(lesson("a", fixed_time=True))[:2] == (350, SetBy.PERSON)
    apart = (lesson("a", fixed_time=True), lesson("b", "Ben", "1B", at=(1, 1), fixed_time=True))
    assert at_most(*apart)[0] == 300


def test_a_class_that_both_teach_sets_a_ceiling() -> None:
    shared = [lesson(str(n), ("Ada", "Ben")[n % 2], at=(n // 4, n % 4)) for n in range(6)]
    assert at_most(*shared) == (100, SetBy.CLASS, "1A left")


def test_too_few_specialists_set_a_ceiling() -> None:
    taught = [
        lesson(f"{who} {n}", who, group, at=(0, n))
        for who, group in (("Ada", "1A left"), ("Ben", "1B"))
        for n in range(4)
    ]
    outside = [lesson(f"{group} {n}", "", group, at=(1, n)) for group in ("1A left", "1B") for n in range(4)]
    assert at_most(*taught, *outside) == (200, SetBy.PERSON, "Ada")
    one_for_both = [replace(one, people=("Cleo",), start=None) for one in outside]
    assert at_most(*taught, *one_for_both) == (0, SetBy.SPECIALISTS, "1A left, 1B")
    half = [replace(one, people=("Cleo",), start=None) if n < 2 else one for n, one in enumerate(outside)]
    assert at_most(*taught, *half)[0] == 200
    together = [replace(one, people=("Cleo",), groups=("1A left", "1B")) for one in outside[:4]]
    assert at_most(*taught, *together)[0] == 200


def test_a_class_that_is_away_has_its_time_filled_sooner() -> None:
    taught = [lesson(str(n), "Ada", "1A left", at=(n // 4, n % 4)) for n in range(6)]
    cleo = lesson("c", "Cleo", "1A left", at=(1, 2))
    away = Rule("r2", RuleKind.CLASS_AWAY, groups=("1A left",), slots=slots((1, 3)))

    def specialists(*rules: Rule) -> list[int]:
        limits = ceilings(school(*taught, cleo, teams=(PAIR,), rules=rules))[0].limits
        return [limit.minutes for limit in limits if limit.set_by is SetBy.SPECIALISTS]

    assert specialists() == specialists(replace(away, strength=Strength.PREFER)) == []
    assert specialists(away) == [100]  # one with Cleo, one while the class is away


def test_promised_planning_is_told_apart_from_the_ceiling() -> None:
    card = rule(RuleKind.PLANNING_WEEK, people=("Ada",), number=120)
    made = school(lesson("a"), teams=(PAIR, replace(PAIR, name="Eats", planning_floor=50)), rules=(card,))
    strict, floor = ceilings(made)
    assert (strict.minutes, strict.planning[0].minutes) == (350, 230)
    assert "Ada keeps 120 minutes" in str(strict.planning[0].why)
    assert floor.planning[0].minutes == 300
    wish = replace(made, rules=(replace(card, strength=Strength.PREFER),))
    assert ceilings(wish)[0].planning == ()


def _placed(made: Schedule, done: tuple[Lesson, ...], left: tuple[Lesson, ...]) -> Iterator[Schedule]:
    """Make every schedule that breaks nothing, by trying each slot for each lesson."""
    if not left:
        yield replace(made, lessons=done)
        return
    for slot in made.slots:
        if slot.period + left[0].length <= len(made.days[slot.day].periods):
            tried = (*done, replace(left[0], start=slot))
            if not check(replace(made, lessons=tried)):
                yield from _placed(made, tried, left[1:])


def most_and_ceiling(seed: int) -> tuple[int | None, int]:
    """Try every schedule of a tiny school: the most that the team can have (None: there is none), and its ceiling."""
    around = (Period("0", 400, 440, PeriodKind.BEFORE),) if seed % 2 else ()
    days = (Day("Mon", (*around, *periods(3 + seed % 2, lunch=1 if seed % 5 == 0 else None))),)
    owners = [("Ada", "1A left"), ("Ben", "1B"), ("Cleo", "1A left"), ("Cleo", "1B"), ("Ada", "1B"), ("", "1B")]
    lessons = tuple(
        lesson(str(n), *owners[(seed * 7 + n * 5) % len(owners)], at=None, length=1 + (seed + n) % 7 // 6)
        for n in range(2 + seed % 4)
    )
    duty = lesson("d", "Ben", "", at=None, kind=LessonKind.DUTY)
    away = rule(RuleKind.AWAY, people=("Ada",), slots=slots((0, seed % 3)))
    team = replace(PAIR, most_blocks=seed % 3, longest_block=(0, 60)[seed % 2], least_block=(0, 0, 60)[seed % 3])
    made = school(
        teams=(team,), days=days, rules=(away,) if seed % 4 == 0 else (), groups=tuple(map(Group, ("1A left", "1B")))
    )
    every = (*lessons, duty) if seed % 3 == 0 else lessons
    ceiling = ceilings(replace(made, lessons=every))[0].minutes
    reached = [team_times(one)[0].minutes for one in _placed(made, (), every)]
    return max(reached, default=None), ceiling


@pytest.mark.parametrize("seed", range(0, 40, 4))
def test_no_schedule_at_all_gives_more_than_the_ceiling(seed: int) -> None:
    for one in range(seed, seed + 4):
        most, ceiling = most_and_ceiling(one)
        assert most is None or most <= ceiling


def test_the_ceiling_is_often_reached() -> None:
    tight = [most == ceiling for most, ceiling in map(most_and_ceiling, range(0, 40, 2)) if most is not None]
    assert len(tight) >= 10
    assert sum(tight) >= len(tight) // 2
