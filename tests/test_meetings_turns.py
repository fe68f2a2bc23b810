"""Who takes which role next, which week it is, and what fits into the time there is."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colead.meetings.turns import ROLES, fair_roles
from colead.meetings.weeks import next_day, week_of

A_WEEK = date(2026, 9, 9)


def held(people: list[int], times: int) -> list[dict[str, int]]:
    past: list[dict[str, int]] = []
    for _ in range(times):
        past.append(fair_roles(people, past))
    return past


@settings(max_examples=25, deadline=None)
@given(st.integers(3, 12), st.integers(1, 30))
def test_turns_go_around_so_that_nobody_has_more_than_one_more_than_another(size: int, times: int) -> None:
    people = list(range(size))
    past = held(people, times)
    turns = [sum(person in turn.values() for turn in past) for person in people]
    assert max(turns) - min(turns) <= 1
    assert all(len(set(turn.values())) == 3 for turn in past)


@pytest.mark.parametrize("size", [3, 4, 5, 6, 7, 9])
def test_nobody_is_stuck_in_one_role(size: int) -> None:
    past = held(list(range(size)), 4 * size)
    for role in ROLES:
        times = [sum(turn[role] == person for turn in past) for person in range(size)]
        assert max(times) - min(times) <= 2, (role, times)


def test_two_people_share_three_roles_and_nobody_has_none() -> None:
    past = held([7, 9], 4)
    assert all(set(turn.values()) == {7, 9} for turn in past)
    assert fair_roles([], past) == {}
    assert fair_roles([7], []) == dict.fromkeys(ROLES, 7)


def test_who_is_new_takes_a_role_at_once() -> None:
    past = held([1, 2, 3], 5)
    assert 4 in fair_roles([1, 2, 3, 4], past).values()


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_weeks_alternate_and_the_anchor_is_an_a_week(day: date) -> None:
    later = date.fromordinal(day.toordinal() + 7)
    assert {week_of(day, A_WEEK), week_of(later, A_WEEK)} == {"A", "B"}
    assert week_of(A_WEEK, A_WEEK) == "A"


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(0, 6), st.sampled_from(["week", "a", "b"]))
def test_the_next_day_is_soon_on_the_right_weekday_in_the_right_week(after: date, weekday: int, every: str) -> None:
    day = next_day(weekday=weekday, every=every, a_week=A_WEEK, after=after)
    assert day.weekday() == weekday
    assert 1 <= (day - after).days <= (7 if every == "week" else 14)
    assert every == "week" or week_of(day, A_WEEK).lower() == every
