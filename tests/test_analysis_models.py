"""Models over many schools: what they find, and why there is none where there is none."""

import numpy as np
import pytest

from colead.analysis.changes import (
    benjamini_hochberg,
)
from colead.analysis.cubes import cube, products
from colead.analysis.drift import common_items, drifts, ends
from colead.analysis.figures import Undefined
from colead.analysis.multilevel import intercept_model, one_way, trend
from colead.analysis.omega import omega, omega_by_school, one_factor
from colead.analysis.reliability import clustered, scale_alpha, whole_rows
from colead.analysis.several import Point, share_of_schools, together
from colead.analysis.shrinkage import funnel, shrink
from tests.analysis_data import mini_cube, mini_sheet, one_scale, plain_sheet


def test_models_say_why_they_cannot_be_fitted():
    assert isinstance(intercept_model(np.ones(3), np.ones(3), np.zeros(3)), Undefined)
    one = np.ones(4)
    assert isinstance(trend(one, one, one, one, one), Undefined)
    assert isinstance(one_factor(np.eye(3)), Undefined)
    assert isinstance(one_factor(np.ones((17, 17))), Undefined)
    assert isinstance(omega(np.ones((5, 5))).interval, Undefined)
    alike = one_way(np.array([3.0, 3.0]), np.array([4.0, 3.0]), np.zeros(2))
    assert isinstance(alike.interval, Undefined)
    assert alike.shown == 1.0
    assert isinstance(one_way(np.array([3.0]), np.array([4.0]), np.zeros(1)).shown, Undefined)


def test_a_group_that_differs_less_than_chance_has_no_between_variance():
    n, means = np.full(12, 20.0), np.full(12, 3.0) + np.linspace(-1e-3, 1e-3, 12)
    model = intercept_model(n, means, np.full(12, 19 * 0.5))
    assert model.between == 0
    assert model.icc1 == 0
    assert isinstance(shrink(means[:5], means[:5]), Undefined)
    assert shrink(means, np.full(12, 0.2)).between == 0
    inner, outer = funnel(3.0, 0.1, inflation=4)
    assert outer.high - outer.low > inner.high - inner.low == pytest.approx(0.784)


def test_slopes_may_differ_between_schools():
    dice = np.random.default_rng(2)
    cells = [
        (s, t, 30.0, 3 + (0.2 + dice.normal(0, 0.1)) * t + dice.normal(0, 0.05), 15.0)
        for s in range(30)
        for t in range(4)
    ]
    found = trend(*np.array(cells, dtype=float).T)
    fixed = trend(*np.array(cells, dtype=float).T, slopes_vary=False)
    assert found.slope == pytest.approx(0.2, abs=0.06)
    assert found.groups == 30
    assert found.error != fixed.error


def test_reliability_by_school():
    whole = mini_cube(1)
    found = scale_alpha(whole, "c1")
    assert not found.rough
    assert found.interval.low < found.value < found.interval.high
    few = scale_alpha(cube(mini_sheet(1).school("s05")), "c1")
    assert few.rough
    assert few.interval.low < few.value
    pair = mini_sheet(1)
    two = scale_alpha(cube(pair.only(np.arange(pair.rows) < 60)), "c1")
    assert two.rough
    alone = plain_sheet([[3], [4]])
    assert isinstance(scale_alpha(cube(alone), "s").interval, Undefined)
    assert isinstance(clustered(whole_rows(cube(plain_sheet([[3, None]])), "s"))[0], Undefined)
    assert scale_alpha(cube(plain_sheet([[1, 2, 3], [2, 2, 4], [4, 2, 3]])), "s").flat == (1,)


def test_omega_jackknifed_over_schools():
    wave = mini_sheet(1)
    tables = np.array([products(wave.school(s))[0] for s in wave.schools])
    found = omega_by_school(tables)
    assert found.interval.low < found.value < found.interval.high
    assert found.value == omega(tables.sum(axis=0)).value
    assert omega_by_school(tables[:3]).interval == omega(tables[:3].sum(axis=0)).interval
    assert isinstance(omega_by_school(np.zeros((3, 4, 4))).value, Undefined)


def test_items_that_move_on_their_own_are_flagged():
    before = np.tile([10, 20, 40, 20, 10], (4, 1))
    after = before.copy()
    after[0] = [2, 8, 20, 40, 30]
    found = drifts(("a", "b", "c", "d"), before, after)
    assert [d.flagged for d in found] == [True, False, False, False]
    assert not any(d.flagged for d in drifts(("a", "b"), before[:2], after[:2]))
    plan, other = one_scale(3), one_scale(3, 6)
    assert common_items(plan, plan, "s").same
    assert common_items(plan, other, "s").changed == ("i0", "i1", "i2")


def test_ends_of_a_scale():
    assert ends(10, 2, 1).little_room_below
    assert not ends(10, 2, 1).little_room_above
    assert not ends(0, 0, 0).little_room_above
    assert not ends(0, 0, 0).little_room_below


def test_shares_of_schools():
    nothing = np.array([])
    assert share_of_schools(nothing, nothing, nothing) == Undefined("no school has both rounds")
    few = share_of_schools(np.array([0.1, -0.1, 0.6]), np.full(3, 0.1), np.array([0.5, 0.5, 0.001]), unknown=2)
    assert (few.up, few.clear_up, few.clear_down, few.no_clear_change, few.unknown) == (2, 1, 0, 2, 2)
    assert isinstance(few.modelled, Undefined)
    dice = np.random.default_rng(1)
    many = dice.normal(0.1, 0.2, 60)
    found = share_of_schools(many, np.full(60, 0.1), np.full(60, 0.5))
    assert found.modelled_interval.low < found.modelled < found.modelled_interval.high
    alike = share_of_schools(np.full(60, 0.01), np.full(60, 0.1), np.full(60, 0.5))
    assert alike.modelled == Undefined("schools differ no more than by chance")


def test_two_things_go_together_only_from_ten_schools():
    points = [Point(str(i), 3 + i / 10, 4 + i / 20 + (i % 3) / 10) for i in range(10)]
    found = together(points)
    assert found.interval.low < found.correlation < found.interval.high
    assert together(points[:9]) == Undefined("it takes 10 schools")
    assert together([Point("a", 3, 4)] * 10) == Undefined("the school means do not differ")


def test_adjusting_nothing_gives_nothing():
    assert benjamini_hochberg([]) == ()
