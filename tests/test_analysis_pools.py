"""Pools of schools: too few are held back, and none can be subtracted out of two."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colead.analysis.hiding import Pool, hold_back
from colead.analysis.pooling import SchoolResult, pooled, read_pooled
from colead.analysis.publish import sums_of
from colead.analysis.release import (
    Hidden,
    NotThisRelease,
)
from tests.analysis_worlds import CONDITIONS, made, rank, staff


def test_schools_that_could_be_subtracted_are_left_out_of_pools():
    people = {"a": 30, "b": 20, "c": 12, "d": 6, "e": 3, "f": 7, "g": 0}
    released = frozenset("abc")

    def kept(*pools):
        return [
            set(p.schools)
            for p in hold_back([Pool(str(i), frozenset(p)) for i, p in enumerate(pools)], people, released, 5)
        ]

    assert kept("abcd") == [set("abc")], "one hidden school alone is the difference"
    assert kept("abcdf") == [set("abcdf")], "two together stay hidden"
    assert kept("abcg") == [set("abc")], "a school without answers is not in it"
    assert kept("abde", "acde", "bcd") == [set("ab"), set("ac"), set("bc")], "three pools together would tell"


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.integers(0, 12), min_size=3, max_size=9),
    st.lists(st.sets(st.integers(0, 8), min_size=1), min_size=1, max_size=5),
)
def test_no_hidden_school_can_be_recovered_from_overlapping_pools(sizes, pools):
    people = {f"s{i}": n for i, n in enumerate(sizes)}
    released = frozenset(s for s, n in people.items() if n >= 8)
    given_pools = [Pool(str(i), frozenset(f"s{m}" for m in p if m < len(sizes))) for i, p in enumerate(pools)]
    held = hold_back(given_pools, people, released, 5)
    hidden = sorted(set().union(*(p.schools for p in held)) - released)
    if not hidden:
        return
    rows = [[int(s in p.schools) for s in hidden] for p in held]
    base = rank([r[:] for r in rows])
    for school in range(len(hidden)):
        target = [int(i == school) for i in range(len(hidden))]
        assert rank([*[r[:] for r in rows], target]) > base


def school(name, count, seed, **facts):
    ballots = staff(count, seed=seed)
    return SchoolResult(made(ballots, school=name, **facts), sums_of(ballots, CONDITIONS, school=name))


def test_pools_need_three_schools_and_fifteen_people():
    schools = [
        school("a", 30, 1),
        school("b", 20, 2),
        school("c", 12, 3, roster=None),
        school("d", 6, 4),
        school("e", 7, 5),
    ]
    every = [Pool("District", frozenset("abcde")), Pool("Two", frozenset("ab"))]
    found = pooled(every, schools, wave="Autumn")
    district, two = found.pools
    left = pooled([Pool("One left", frozenset("abcd"))], schools, wave="Autumn").pools[0]
    vision = district.scales[0]
    assert (vision.schools, vision.people) == (5, sum(int(s.sums.n[0, 0]) for s in schools))
    assert vision.low <= vision.mean <= vision.high
    assert vision.school_low <= vision.school_mean <= vision.school_high
    assert two.scales[0].mean == Hidden(why="it takes 3 schools and 15 people")
    assert left.scales[0].schools == 3, "the one small school is left out, so that it cannot be subtracted"
    assert isinstance(district.scales[-1].mean, Hidden), "one question is never averaged"
    assert read_pooled(found.to_json(), found.sha256) == found
    with pytest.raises(NotThisRelease, match="not the figures"):
        read_pooled("[]")
    with pytest.raises(NotThisRelease, match="changed after"):
        read_pooled(found.to_json(), "0" * 64)


def test_pools_are_audited_school_by_school():
    schools = [
        school(name, count, seed)
        for seed, (name, count) in enumerate(zip("abcdef", (20, 20, 20, 6, 6, 6), strict=True))
    ]
    overlapping = [Pool("x", frozenset("abcde")), Pool("y", frozenset("abcef")), Pool("z", frozenset("abcdf"))]
    found = pooled(overlapping, schools, wave="Autumn")
    hidden = [pool.scales[0].schools - 3 for pool in found.pools]
    assert sum(hidden) < 6, "all three pairs together would give each small school away"
