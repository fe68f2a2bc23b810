"""Whoever lays two months of the circle side by side finds nobody: figures grow by five people at once, or not."""

import random
from itertools import chain, combinations

import pytest

from colead.analysis.charts import GrowthRow, growth
from colead.analysis.circle import REST, by_group, groups_of, next_published

LISTED = {"teacher": 24, "para": 8, "counselor": 4, "administrator": 9, "other": 3}
LEAST = 5


def months(seed: int, *, least: int = LEAST) -> list[dict[str, int]]:
    """Let people of each role take part one after the other; return what is published each month."""
    dice, published = random.Random(seed), []
    groups = groups_of(LISTED, never=("administrator",))
    listed, counts, before = by_group(LISTED, groups), dict.fromkeys(LISTED, 0), dict.fromkeys(groups, 0)
    for _month in range(30):
        for role, people in LISTED.items():
            counts[role] = min(people, counts[role] + dice.choice([0, 0, 1, 1, 2, 6]))
        now = by_group(counts, groups)
        before = {group: next_published(before[group], now[group], listed[group], least=least) for group in groups}
        published.append(before)
    return published


def unions(groups: list[str]) -> list[tuple[str, ...]]:
    return list(chain.from_iterable(combinations(groups, size) for size in range(1, len(groups) + 1)))


def found_by_subtraction(published: list[dict[str, int]]) -> set[int]:
    """Subtract every month from every later one, for every set of groups; return sizes of sets of people below five."""
    groups = list(published[0])
    steps = {
        later - earlier
        for one in range(len(published))
        for two in range(one, len(published))
        for union in unions(groups)
        for earlier in (sum(published[one][group] for group in union),)
        for later in (sum(published[two][group] for group in union),)
    }
    return {step for step in steps if 0 < abs(step) < LEAST or step < 0}


def found_by_what_is_left(published: list[dict[str, int]]) -> set[int]:
    """Subtract what is published from the staff list: who has not taken part yet."""
    listed = by_group(LISTED, groups_of(LISTED, never=("administrator",)))
    left = {listed[group] - people for month in published for group, people in month.items()}
    return {people for people in left if 0 < people < LEAST}


@pytest.mark.parametrize("seed", range(20))
def test_nobody_can_be_read_out_of_two_months(seed: int) -> None:
    published = months(seed)
    assert found_by_subtraction(published) == found_by_what_is_left(published) == set()
    assert published[-1]["teacher"] >= LISTED["teacher"] - LEAST


def test_without_the_rule_two_months_would_give_somebody_away() -> None:
    assert all(1 in found_by_subtraction(months(seed, least=1)) for seed in range(20))
    assert any(1 in found_by_what_is_left(months(seed, least=1)) for seed in range(20))


def test_roles_that_few_people_have_and_administrators_stand_with_the_rest() -> None:
    groups = groups_of(LISTED, never=("administrator",))
    assert groups == ("para", "teacher", REST)
    assert by_group(LISTED, groups) == {"para": 8, "teacher": 24, REST: 16}
    assert by_group({}, (REST,)) == {REST: 0}


@pytest.mark.parametrize(
    ("before", "now", "listed", "published"),
    [
        (0, 4, 20, 0),
        (0, 5, 20, 5),
        (5, 9, 20, 5),
        (5, 10, 20, 10),
        (10, 17, 20, 15),
        (15, 19, 20, 15),
        (15, 20, 20, 20),
        (10, 22, 20, 22),
        (10, 3, 20, 10),
        (0, 7, 8, 0),
        (0, 8, 8, 8),
        (0, 7, None, 7),
    ],
)
def test_a_figure_grows_by_five_and_leaves_five_or_nobody(
    before: int, now: int, listed: int | None, published: int
) -> None:
    assert next_published(before, now, listed) == published


def test_the_picture_says_all_it_draws_and_adds_up_published_figures_only() -> None:
    rows = [GrowthRow("September", (0, 5)), GrowthRow("October", (10, 5))]
    picture = growth(rows, title="The circle", groups=["teachers", "others"], most=40)
    assert picture.table.rows == (("September", "0", "5", "5"), ("October", "10", "5", "15"))
    assert picture.description == "September: 5 (teachers 0, others 5). October: 15 (teachers 10, others 5)."
