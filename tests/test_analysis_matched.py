"""The same schools twice: the mean change over schools, and cubes side by side."""

import numpy as np
import pytest

from colead.analysis.cubes import cube
from colead.analysis.figures import Undefined
from colead.analysis.instrument import Item, Scale, load_instrument
from colead.analysis.matched import asks_the_same, change_over_schools, moves_together, side_by_side
from colead.analysis.several import MOVES_TOGETHER
from colead.analysis.sheet import sheet_of_codes


def test_each_school_counts_once_whatever_its_size() -> None:
    before, after = np.array([3.0, 3.2, 2.9, 3.5]), np.array([3.3, 3.3, 3.4, 3.6])
    found = change_over_schools(before, after)
    assert not isinstance(found, Undefined)
    # by hand: changes .3 .1 .5 .1, mean .25, sd .19149, error .095743, t(.975, 3) = 3.18245
    assert found.difference == pytest.approx(0.25)
    assert found.error == pytest.approx(0.0957427)
    assert (found.interval.low, found.interval.high) == (
        pytest.approx(-0.054696, abs=1e-5),
        pytest.approx(0.554696, abs=1e-5),
    )
    assert found.p == pytest.approx(0.079603, abs=1e-4)
    assert found.before.mean == pytest.approx(3.15)
    assert found.direction == 1


def test_two_schools_are_too_few() -> None:
    assert isinstance(change_over_schools(np.array([3.0, 3.1]), np.array([3.2, 3.4])), Undefined)


def test_schools_that_move_exactly_alike_leave_no_margin() -> None:
    still = np.array([3.0, 3.5, 4.0])
    assert isinstance(change_over_schools(still, still), Undefined)


def test_how_far_conditions_go_together_is_learned_from_twenty_schools_on() -> None:
    dice = np.random.default_rng(3)
    shared = dice.normal(size=(200, 1))
    moved = shared + dice.normal(size=(200, 4))
    assert moves_together(moved) == pytest.approx(0.5, abs=0.1)
    assert moves_together(moved[:19]) == MOVES_TOGETHER
    assert moves_together(moved[:, :1]) == MOVES_TOGETHER
    assert moves_together(np.zeros((30, 3))) == MOVES_TOGETHER


def test_cubes_stand_side_by_side_without_what_a_school_added() -> None:
    ours = load_instrument("conditions.v1")
    own = Scale(key="local", name="Our own", items=(Item(key="local_1", text="x"),), average=False)
    theirs = ours.model_copy(update={"scales": (*ours.scales, own)})
    dice = np.random.default_rng(1)

    def school(name: str, instrument: object) -> object:
        codes = dice.integers(1, 6, size=(12, len(instrument.items)))  # type: ignore[attr-defined]
        return cube(sheet_of_codes(instrument, [name] * 12, codes))  # type: ignore[arg-type]

    one, two = school("1", ours), school("2", theirs)
    both = side_by_side(ours, [one, two])  # type: ignore[list-item]
    assert both.schools == ("1", "2")
    assert both.means.shape == (2, len(ours.scales))
    assert np.array_equal(both.means[1], two.means[0, : len(ours.scales)])  # type: ignore[attr-defined]
    assert both.counts.shape[1] == len(ours.items)
    assert asks_the_same(ours, theirs)
    assert not asks_the_same(theirs, ours)
    assert not asks_the_same(ours, load_instrument("efficacy.v1"))
