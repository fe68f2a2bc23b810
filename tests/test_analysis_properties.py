"""Whatever comes in: order never matters, nothing crashes, nothing is NaN, and what is not defined says why."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from colead.analysis import cubes
from colead.analysis.agreement import agreement, favourable, scale_counts, split_in_two, turned_counts
from colead.analysis.changes import (
    Side,
    chances,
    change,
    changes,
    compare,
    half_width,
    linked_change,
    noticeable,
    verdict,
    word,
)
from colead.analysis.cubes import ARRAYS, NotTheSame, cube, cube_of_parts, products
from colead.analysis.drift import drifts, ends
from colead.analysis.figures import Interval, Undefined, defined
from colead.analysis.instrument import DEFAULTS
from colead.analysis.levels import level, roll_up, school_level, wilson
from colead.analysis.multilevel import intercept_model, one_way
from colead.analysis.omega import omega
from colead.analysis.packing import NotACube, added, flat, pack, unpack
from colead.analysis.reliability import alpha, item_rest, scale_alpha
from colead.analysis.response import evenness, mixing, response_rate, role_weighted, standing
from colead.analysis.scores import scores, superiority
from colead.analysis.sheet import BadAnswer, sheet
from colead.analysis.shrinkage import shrink
from tests.analysis_data import mini_cube, mini_sheet, one_scale, plain_sheet

ANSWER = st.one_of(st.none(), st.integers(1, 5))
PEOPLE = st.integers(1, 6).flatmap(
    lambda items: st.lists(
        st.tuples(st.sampled_from("abc"), st.lists(ANSWER, min_size=items, max_size=items)), min_size=1, max_size=25
    )
)
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def numbers_in(value):
    """Yield every number inside a result, however deep."""
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from numbers_in(getattr(value, field.name))
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from numbers_in(part)
    elif isinstance(value, np.ndarray):
        yield from value.ravel().tolist()
    elif isinstance(value, (float, np.floating)):
        yield float(value)


def everything(people):
    """Work out all there is about one scale."""
    wave = plain_sheet([answers for _, answers in people], [school for school, _ in people], reversed_items=(1,))
    whole = cube(wave)
    n, squares = whole.n[:, 0].astype(float), whole.variances[:, 0] * np.maximum(whole.n[:, 0] - 1, 0)
    counts = turned_counts(whole, "s")
    sides = [
        Side(int(whole.n[s, 0]), float(whole.means[s, 0]), float(whole.variances[s, 0]), float(whole.pooled[0]), 30)
        for s in range(len(whole.schools))
    ]
    table = products(wave)[0]
    return [
        whole.means,
        whole.variances,
        [school_level(whole, school, "s") for school in whole.schools],
        [agreement(part) for part in scale_counts(whole, "s")],
        [favourable(part) for part in counts],
        scale_alpha(whole, "s"),
        alpha(table),
        item_rest(table),
        omega(table),
        one_way(n, whole.means[:, 0], squares),
        intercept_model(n, whole.means[:, 0], squares),
        [compare(a, b) for a in sides for b in sides],
        shrink(whole.means[:, 0], np.full(len(n), 0.1), fewest=1),
        roll_up(whole.n[:, 0], whole.means[:, 0], whole.variances[:, 0], np.full(len(n), 30)),
        drifts(tuple("abcdef")[: counts.shape[1]], counts[0], counts[-1]),
        [ends(int(whole.n[s, 0]), int(whole.lowest[s, 0]), int(whole.highest[s, 0])) for s in range(len(n))],
    ]


@QUICK
@given(PEOPLE)
def test_nothing_crashes_and_nothing_is_nan(people):
    for number in numbers_in(everything(people)):
        assert math.isfinite(number)


@QUICK
@given(PEOPLE, st.randoms())
def test_the_order_of_people_and_schools_never_matters(people, dice):
    shuffled = people[:]
    dice.shuffle(shuffled)
    for one, two in zip(numbers_in(everything(people)), numbers_in(everything(shuffled)), strict=True):
        assert one == two


@QUICK
@given(PEOPLE, st.integers(1, 24))
def test_parts_add_up_to_the_whole(people, cut):
    def part(some):
        return plain_sheet([a for _, a in some], [s for s, _ in some])

    whole = cube(part(people))
    heard = []
    halves = [part(some) for some in (people[:cut], people[cut:]) if some]
    found = cube_of_parts(halves, heard.append)
    assert heard[-1] == len(people)
    for name in ARRAYS:
        assert (getattr(found, name) == getattr(whole, name)).all()


@QUICK
@given(PEOPLE)
def test_turning_every_item_twice_changes_nothing(people):
    answers = [row for _, row in people]
    plain = plain_sheet(answers)
    turned = plain_sheet([[None if a is None else 6 - a for a in row] for row in answers], reversed_items=range(6))
    one, two = (scores(w, w.instrument.scales[0]) for w in (plain, turned))
    assert (one[0] == two[0]).all()
    assert (one[1] == two[1]).all()


def test_large_waves_are_worked_on_in_chunks(monkeypatch):
    wave = mini_sheet(1)
    whole = cube(wave)
    chunked = list(cubes.school_chunks(wave, 10))
    assert len(chunked) > 5
    assert chunked[-1][1].stop == wave.rows
    monkeypatch.setattr(cubes, "CHUNK", 10)
    assert (cube(wave).counts == whole.counts).all()


def test_schools_without_people_stay_empty():
    wave = mini_sheet(1)
    empty = cube(wave.only(np.zeros(wave.rows, dtype=bool)))
    assert not empty.counts.any()
    assert not empty.means.any()
    some = wave.only(np.arange(wave.rows) < 3)
    assert cube(some).people.sum() == 3
    assert cube(wave.school("s03")).schools == ("s03",)


def test_cubes_of_different_instruments_do_not_add_up():
    with pytest.raises(NotTheSame):
        cube(plain_sheet([[1, 2]])) + mini_cube(1)
    assert mini_cube(1).school("s03").schools == ("s03",)


def test_a_cube_survives_being_written_down():
    whole = mini_cube(1)
    back = unpack(pack(whole), whole.instrument)
    for name in ARRAYS:
        assert (getattr(back, name) == getattr(whole, name)).all()
    rows = flat(whole)
    twice = added(whole.instrument, [(s, r) for s, r in zip(whole.schools, rows, strict=True)] * 2)
    assert (twice.n == 2 * whole.n).all()
    other = one_scale(3)
    for text in ("{", "[]", '{"instrument":"mini.v1","schools":["a"],"sums":[]}', pack(whole)):
        with pytest.raises(NotACube):
            unpack(text, other)
    with pytest.raises(NotACube, match="do not belong"):
        added(other, [("a", range(90))])
    with pytest.raises(NotACube, match="no sums"):
        added(other, [])


def test_answers_that_do_not_fit_are_refused_by_name():
    plan = one_scale(2)
    for answer in (0, 6, "four", True, 2.5):
        with pytest.raises(BadAnswer, match="i0 takes a whole number from 1 to 5"):
            sheet(plan, [("a", {"i0": answer})])
    with pytest.raises(BadAnswer, match=r"i9 is not an item of plain\.v1"):
        sheet(plan, [("a", {"i9": 1})])


def test_scales_that_do_not_begin_at_one():
    plan = one_scale(2, 11, low=0)
    wave = sheet(plan, [("a", {"i0": 0, "i1": 10})])
    assert scores(wave, plan.scales[0])[0][0] == 5
    assert cube(wave).means[0, 0] == 5


def test_long_scales_are_rounded_to_a_millionth():
    values, valid = scores(
        wave := plain_sheet([[1, 2, 3, 4, 5, 5, 4, 3, 2, 1, 1, 2, 3, None]]), wave.instrument.scales[0]
    )
    assert valid[0]
    assert values[0] == pytest.approx(36 / 13, abs=1e-6)


def test_levels_say_why_there_is_no_margin():
    scale = Interval(1, 5)
    assert level(0, 0, 0, ends=scale) == Undefined("nobody answered this part")
    assert level(1, 3, 0, ends=scale) == Undefined("one answer alone has no margin")
    alone = level(10, 4.9, 0.4, ends=scale)
    assert alone.interval.high == 5
    assert not alone.everyone
    full = level(10, 3.0, 0.4, roster=8, pooled=0.4, ends=scale)
    assert full.everyone
    assert full.more_than_listed
    assert full.interval == Interval(3.0, 3.0)
    assert wilson(0, 0) == Undefined("nobody answered")
    assert not defined(wilson(0, 0))
    assert str(Undefined("of rain")) == "not defined, because of rain"
    assert roll_up(np.array([0]), np.array([0.0]), np.array([0.0]), np.array([3])) == Undefined(
        "no school has answers to this part"
    )
    one = roll_up(np.array([5]), np.array([3.0]), np.array([0.5]), np.array([9]))
    assert one.school_error == Undefined("one school alone has no spread")


def test_changes_say_why_they_cannot_be_compared():
    big, few = Side(20, 3.5, 0.4, 0.4, 22), Side(4, 3.0, 0.4, 0.4, 9)
    assert change(few, big) == Undefined("too few answered last time")
    assert change(big, few) == Undefined("too few answered this time")
    assert compare(Side(0, 0, 0, 0), big) == Undefined("one of the two rounds has no answers")
    flat_side = Side(9, 3.0, 0.0, 0.0)
    assert "nobody differs" in compare(flat_side, flat_side).why
    n, zero = np.array([9]), np.array([0.0])
    assert changes((n, n), (zero, zero + 1), (zero, zero), DEFAULTS)[0] == 1
    assert chances((n, n), zero, (zero, zero), DEFAULTS) == 1


def test_words_for_a_change():
    def made(mean):
        return change(Side(40, 3.0, 0.3, 0.3, 44), Side(40, mean, 0.3, 0.3, 44))

    rise, fall, same, bit = made(3.6), made(2.4), made(3.0), made(3.12)
    assert (verdict(rise, 0.01, DEFAULTS), verdict(fall, 0.01, DEFAULTS)) == ("clear rise", "clear fall")
    assert verdict(same, 0.01, DEFAULTS) == "no clear change"
    assert word(rise, 0.01, DEFAULTS) == "clear rise"
    assert word(bit, 0.4, DEFAULTS) == "likely rise"
    assert word(bit, 0.4, DEFAULTS, chance_up=0.1) == "likely fall"
    assert word(bit, 0.4, DEFAULTS, chance_up=0.5) == "no clear change"
    assert word(same, 0.4, DEFAULTS) == "no clear change"
    assert noticeable(rise, DEFAULTS)
    assert not noticeable(bit, DEFAULTS)


def test_what_a_school_can_hope_to_see_is_as_printed():
    printed = {(7, 8): 0.63, (12, 15): 0.48, (35, 40): 0.27, (64, 80): 0.20, (120, 150): 0.15}
    for (n, roster), half in printed.items():
        assert half_width(n, roster, 0.7) == pytest.approx(half, abs=0.02)


def test_linked_changes_need_ten_pairs_and_gain_precision():
    dice = np.random.default_rng(1)
    steady = dice.normal(3.5, 0.6, 40)
    first, second = steady + dice.normal(0, 0.3, 40), steady + 0.2 + dice.normal(0, 0.3, 40)
    sides = [Side(40, float(v.mean()), float(v.var(ddof=1)), 0.4) for v in (first, second)]
    pairs = list(zip(first, second, strict=True))
    assert linked_change(*sides, pairs[:9]) == Undefined("it takes ten people who gave their code both times")
    assert linked_change(*sides, pairs).error < compare(*sides).error
    assert linked_change(Side(0, 0, 0, 0), sides[1], pairs) == Undefined("one of the two rounds has no answers")


def test_response_in_words():
    told = {(30, 40): "solid", (24, 40): "careful", (17, 40): "only those who answered", (15, 40): "too few"}
    assert {key: standing(*key) for key in told} == told
    assert standing(4, 4) == "too few"
    assert standing(9, 0) == "only those who answered"
    assert isinstance(response_rate(3, 0), Undefined)
    assert isinstance(evenness([0], [0]), Undefined)


def test_groups_are_weighed_by_their_lists_only_where_it_matters():
    assert role_weighted([(20, 40, 3.0), (9, 10, 4.0)]) == pytest.approx(3.2)
    assert role_weighted([]) == Undefined("a group is too small")
    assert role_weighted([(4, 10, 3.0), (20, 30, 3.0)]) == Undefined("a group is too small")
    assert role_weighted([(20, 30, 3.0), (7, 10, 4.0)]) == Undefined("the groups answered about equally often")


def test_a_misleading_mix_is_noticed():
    assert mixing([(0.5, 4), (0.5, 3)], [(0.2, 4.1), (0.8, 3.1)]).misleads(0.2)
    assert mixing([(0.5, 4), (0.5, 3)], [(0.7, 4), (0.3, 3)]).misleads(0.2)
    assert not mixing([(0.5, 4), (0.5, 3)], [(0.5, 4.2), (0.5, 3.2)]).misleads(0.2)


def test_views_that_pile_up_at_both_ends():
    assert split_in_two(np.array([[4, 3, 1, 3, 4]]))
    assert not split_in_two(np.array([[1, 1, 6, 4, 3]]))
    assert not split_in_two(np.array([[5, 0, 0, 5]]))
    assert not split_in_two(np.zeros((1, 5)))
    assert agreement(np.array([[0, 0, 4, 0, 0]])).close(5)
    assert not agreement(np.array([[5, 0, 0, 0, 5]])).close(5)
    assert not agreement(np.array([[1, 0, 0, 0, 0]])).close(5)
    assert favourable(np.zeros((2, 5))) == Undefined("nobody answered this part")
    assert isinstance(superiority(np.zeros(3), np.ones(3)), Undefined)
