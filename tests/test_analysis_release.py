"""One frozen result: what it shows, what it holds back, and that nobody can work out what it holds back."""

import random
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from colead.analysis.audit import Leak, audit, derivable, skipping_gives_away, small_sets
from colead.analysis.figures import Interval
from colead.analysis.hiding import Pool, hold_back, merge_cells
from colead.analysis.instrument import load_instrument
from colead.analysis.pooling import SchoolResult, pooled, read_pooled
from colead.analysis.publish import release, sums_of
from colead.analysis.release import (
    Ballot,
    Breakdown,
    Hidden,
    NotThisRelease,
    Rules,
    TooSmallToOffer,
    read_release,
    shuffled_comments,
)
from colead.analysis.scores import scores
from colead.analysis.sheet import sheet
from colead.analysis.since import Before

CONDITIONS = load_instrument("conditions.v1")
ROLES = Breakdown(
    question="What do you mostly do?", categories={"I teach": 30, "I support": 12, "I work with families": 9}
)


def staff(count, seed=0, *, lift=0.0, skip=0.03, groups=("I teach", "I support", "I work with families", "")):
    """Return ballots of a plausible staff: people differ, questions differ, some skip or cannot say."""
    dice = np.random.default_rng(seed)
    ballots = []
    for _ in range(count):
        steady = dice.normal(0, 0.7)
        answers = {}
        for item in CONDITIONS.items:
            value = int(np.clip(round(3.6 + lift + steady + dice.normal(0, 0.8)), 1, 5))
            luck = dice.random()
            answers[item.key] = None if luck < skip else "cannot say" if luck < 1.5 * skip else value
        ballots.append(
            Ballot(answers, dice.choice(groups, p=[0.6, 0.2, 0.12, 0.08]) if len(groups) == 4 else groups[0])
        )
    return ballots


def made(ballots, **facts):
    return release(ballots, CONDITIONS, **{"school": "North", "wave": "Autumn", "roster": len(ballots) + 4} | facts)


def test_a_whole_school_is_shown_with_mean_margin_and_counts():
    found = made(staff(36))
    scale = found.scale("vision")
    assert found.answered == 36
    assert scale.low <= scale.mean <= scale.high
    assert scale.mean == round(scale.mean, 1)
    assert all(len(item.counts) == 5 and sum(item.counts) == item.n for item in scale.items)
    assert isinstance(found.scale("leader").mean, Hidden), "one question is never averaged"
    assert found.scale("leader").items[0].n >= 30


def test_below_eight_people_nothing_is_shown_not_even_how_many():
    found = made(staff(7))
    assert not found.shown
    assert found.answered == Hidden(why="fewer than 8 people answered")
    assert all(isinstance(item.n, Hidden) for scale in found.scales for item in scale.items)
    assert 'counts":[' not in found.to_json()


def test_empty_ballots_do_not_count_as_answers():
    blank = Ballot(dict.fromkeys(item.key for item in CONDITIONS.items))
    assert not made([*staff(7), blank, blank], roster=10).shown


def test_a_low_response_gives_no_result():
    found = made(staff(12), roster=40)
    assert found.answered == Hidden(why="fewer than 40 in 100 people answered")
    assert made(staff(12), roster=None).shown


def test_nine_people_get_means_but_no_counts():
    scale = made(staff(9, seed=2)).scale("vision")
    assert isinstance(scale.mean, float)
    assert isinstance(scale.spread, Hidden)
    assert all(isinstance(item.counts, Hidden) for item in scale.items)


def test_a_part_hardly_anybody_answered_is_held_back_whole():
    ballots = [
        Ballot(
            {
                k: (v if k != "vision_1" or n < 4 else None)
                for k, v in b.answers.items()
                if not k.startswith("vision") or n < 4
            },
            b.group,
        )
        for n, b in enumerate(staff(20, skip=0))
    ]
    scale = made(ballots).scale("vision")
    assert scale.n == Hidden(why="too few people answered this part")
    assert isinstance(scale.items[0].counts, Hidden)


def test_nothing_that_is_all_alike_is_shown():
    same = [Ballot({item.key: 5 for item in CONDITIONS.items}) for _ in range(11)]
    odd = Ballot({item.key: 1 for item in CONDITIONS.items})
    for ballots in (same, [*same, odd]):
        scale = made(ballots).scale("vision")
        assert isinstance(scale.mean, Hidden)
        assert all(isinstance(item.counts, Hidden) for item in scale.items)
        assert all(isinstance(item.counts, Hidden) for item in made(ballots).scale("leader").items)


def test_small_groups_are_merged_until_none_is_left():
    cells = merge_cells({"a": 20, "b": 3, "c": 1, "d": 7, "": 2, "e": 0}, 5)
    assert [(c.labels, c.people) for c in cells] == [(("a",), 20), (("b", "c", ""), 6), (("d",), 7)]
    assert [c.people for c in merge_cells({"a": 3, "b": 1}, 5)] == [4]
    assert merge_cells({}, 5) == ()


def test_groups_are_shown_only_as_a_whole_set():
    found = made(staff(40, seed=3), breakdown=ROLES)
    groups = found.breakdown.groups
    assert sum(g.people for g in groups) == found.answered
    assert min(g.people for g in groups) >= 5
    for scale in CONDITIONS.scales:
        shown = {isinstance(g.means[scale.key], Hidden) for g in groups}
        assert len(shown) == 1, "never one blank"


def test_one_group_alone_is_no_breakdown():
    found = made(staff(20, groups=("I teach",)), breakdown=ROLES)
    assert found.breakdown.groups == Hidden(why="the groups are too small to stand apart")
    assert made(staff(7), breakdown=ROLES).breakdown.groups == Hidden(why="fewer than 8 people answered")


def test_a_category_few_people_could_choose_is_refused():
    with pytest.raises(TooSmallToOffer, match="“Administrators” has 3 people"):
        made(staff(20), breakdown=Breakdown(question="?", categories={"I teach": 20, "Administrators": 3}))


def test_a_group_that_skipped_a_part_hides_that_part_for_every_group():
    ballots = [
        Ballot(
            {k: None if b.group == "I support" and k.startswith("vision") else v for k, v in b.answers.items()}, b.group
        )
        for b in staff(40, seed=5)
    ]
    found = made(ballots, breakdown=ROLES)
    assert {g.means["vision"].why for g in found.breakdown.groups} == {"too few people of one group answered this part"}
    assert all(isinstance(g.means["influence"], float) for g in found.breakdown.groups)


def test_a_group_that_agrees_entirely_hides_that_part_for_every_group():
    ballots = [
        Ballot(
            {k: 5 if b.group == "I support" and k.startswith("vision") else v for k, v in b.answers.items()}, b.group
        )
        for b in staff(40, seed=5)
    ]
    found = made(ballots, breakdown=ROLES)
    assert all("alike" in g.means["vision"].why for g in found.breakdown.groups)


def test_rules_may_be_raised_but_never_lowered():
    assert not made(staff(11), rules=Rules(school=12)).shown
    for lower in ({"minimum": 4}, {"school": 7}, {"detail": 9}, {"comments": 4}, {"offered": 7}):
        with pytest.raises(ValueError, match="greater than or equal"):
            Rules(**lower)


def two_waves(count=36, lift=0.6, **facts):
    first = staff(count, seed=8)
    before = Before(made(first, wave="Spring"), sums_of(first, CONDITIONS, school="North"))
    return made(staff(count, seed=9, lift=lift), before=before, **facts), before


def test_the_next_wave_carries_the_change_of_rounded_means():
    found, before = two_waves()
    assert found.before == "Spring"
    for scale in found.scales[:7]:
        change = scale.change
        assert change.difference == pytest.approx(scale.mean - before.release.scale(scale.key).mean)
        assert change.low <= change.difference <= change.high
    many = found.how_many
    assert (many.compared, many.up) == (7, 7)
    assert many.clear_up == [s.change.verdict for s in found.scales[:7]].count("clear rise") > 0
    assert found.scale("leader").change == Hidden(why="this part is read question by question")


def test_changed_questions_or_a_hidden_wave_are_not_compared():
    before = two_waves()[1]
    other = CONDITIONS.model_copy(
        update={
            "version": 2,
            "scales": tuple(
                s.model_copy(update={"items": (s.items[0].model_copy(update={"text": "New words"}), *s.items[1:])})
                if s.key == "vision"
                else s
                for s in CONDITIONS.scales
                if s.key != "influence"
            ),
        }
    )
    ballots = staff(30, seed=11)
    later = release(
        [Ballot({k: v for k, v in b.answers.items() if not k.startswith("influence")}) for b in ballots],
        other,
        school="North",
        wave="Next",
        before=before,
    )
    assert later.scale("vision").change == Hidden(why="the questions of this part have changed")
    assert later.how_many.compared == 5
    again = release(
        ballots,
        CONDITIONS,
        school="North",
        wave="Next",
        before=Before(later, sums_of([Ballot({})], other, school="North")),
    )
    assert again.scale("influence").change == Hidden(why="the questions of this part have changed")
    few = staff(7)
    silent = Before(made(few), sums_of(few, CONDITIONS, school="North"))
    after = made(ballots, before=silent)
    assert {s.change.why for s in after.scales[:7]} == {"there is no shown result of the round before"}
    assert after.how_many == Hidden(why="no condition can be compared")


def test_too_few_in_one_scale_before_is_said():
    before = two_waves()[1]
    thin = replace(before.sums, n=before.sums.n * 0)
    later = made(staff(30, seed=12), before=Before(before.release, thin))
    assert later.scale("vision").change == Hidden(why="too few answered last time")


def test_a_release_survives_the_round_trip_and_shows_tampering():
    found, _ = two_waves(breakdown=ROLES)
    text, mark = found.to_json(), found.sha256
    assert read_release(text, mark) == found
    assert len(mark) == 64
    with pytest.raises(NotThisRelease, match="changed after"):
        read_release(text.replace('"answered":36', '"answered":35'), mark)
    with pytest.raises(NotThisRelease, match="not a release"):
        read_release("{}")


def test_the_order_of_people_never_matters():
    ballots = staff(30, seed=4)
    shuffled = ballots[:]
    random.Random(1).shuffle(shuffled)
    assert made(ballots, breakdown=ROLES).sha256 == made(shuffled, breakdown=ROLES).sha256


def test_an_unknown_scale_is_an_error():
    with pytest.raises(KeyError):
        made(staff(10)).scale("nope")
    assert made(staff(10)).rules.minimum == 5


def test_comments_are_shuffled_and_need_ten_people_and_five_comments():
    said = [f"comment {i}" for i in range(6)] + ["  "]
    assert shuffled_comments(said, 9) == Hidden(why="too few people wrote something")
    assert shuffled_comments(said[:4], 20) == Hidden(why="too few people wrote something")
    assert sorted(shuffled_comments(said, 10)) == said[:6]
    orders = {shuffled_comments(said, 10, source=random.Random(i)) for i in range(20)}
    assert len(orders) > 10


# --- attacks ---------------------------------------------------------------------------------------------------------


def test_the_audit_refuses_what_can_be_subtracted():
    whole = frozenset(range(20))
    audit({"all": whole, "teach": frozenset(range(12))}, 5)
    audit({}, 5)
    with pytest.raises(Leak, match="group of 3"):
        audit({"all": whole, "most": frozenset(range(17))}, 5)
    crossed = {"a": frozenset(range(10)), "b": frozenset(range(10, 20)), "c": frozenset({*range(8), *range(10, 20)})}
    with pytest.raises(Leak, match="group of 2"):
        audit(crossed, 5)
    audit({"a": frozenset(range(9)), "b": frozenset({*range(2), *range(9, 20)})}, 5)
    with pytest.raises(Leak, match="own answers"):
        audit({"a": frozenset(range(9)), "b": frozenset({*range(6), 20})}, 5)
    assert list(small_sets([1, 9, 2, 3], 4)) == [(0,), (2,), (3,), (0, 2)]
    assert not derivable(np.zeros((0, 2)), np.ones(2))


def test_skipped_questions_that_could_be_worked_out_are_found():
    codes = np.full((4, 10), 3, dtype=np.int8)
    codes[1, 4] = 4
    every = np.ones(4, dtype=bool)
    scored = np.ones(10, dtype=bool)
    ten, sixty = Interval(29.5, 30.5), Interval(177, 183)
    assert not skipping_gives_away(codes, every, scored, 5, 5, ten), "nobody skipped"
    codes[0, :3] = 0
    assert skipping_gives_away(codes, every, scored, 5, 5, ten), "three who skipped in a staff of ten"
    wide, many = np.repeat(codes, 6, axis=1), np.ones(60, dtype=bool)
    assert not skipping_gives_away(wide, every, many, 5, 5, sixty), "eighteen who skipped are no small group"
    ballots = [
        Ballot({k: None if k == "vision_1" and n < 3 else v for k, v in b.answers.items()})
        for n, b in enumerate(staff(13, seed=1, skip=0))
    ]
    why = {item.counts.why for item in made(ballots).scale("vision").items}
    assert why == {"the answers of the few who skipped a question could be worked out"}


def rank(rows):
    """Return the rank of a matrix, exactly."""
    rows = [[Fraction(v) for v in row] for row in rows]
    found = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((r for r in range(found, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for r in range(found + 1, len(rows)):
            factor = rows[r][column] / rows[found][column]
            rows[r] = [a - factor * b for a, b in zip(rows[r], rows[found], strict=True)]
        found += 1
    return found


def recovered(sets, smallest):
    """Return a set of fewer than `smallest` people whose sum follows from the published sums: an attacker, exactly."""
    people = sorted(set().union(*sets))
    atoms = {}
    for person in people:
        atoms.setdefault(tuple(person in s for s in sets), []).append(person)
    rows = [[int(mark[i]) for mark in atoms] for i in range(len(sets))]
    sizes = [len(members) for members in atoms.values()]
    base = rank([r[:] for r in rows])
    for count in range(1, smallest):
        for chosen in combinations(range(len(sizes)), count):
            if sum(sizes[c] for c in chosen) < smallest:
                target = [int(c in chosen) for c in range(len(sizes))]
                if rank([*[r[:] for r in rows], target]) == base:
                    return chosen
    return None


def published_sets(found, ballots, scale):
    """Return the sets of people behind every published mean of a scale, from the release and the true answers."""
    people = sheet(CONDITIONS, [("North", b.answers) for b in ballots])
    _, valid = scores(people, CONDITIONS.scale(scale))
    scored = {p for p in range(len(ballots)) if valid[p]}
    sets = [] if isinstance(found.scale(scale).mean, Hidden) else [scored]
    if found.breakdown and not isinstance(found.breakdown.groups, Hidden):
        for group in found.breakdown.groups:
            if not isinstance(group.means[scale], Hidden):
                inside = {
                    p
                    for p in scored
                    if (ballots[p].group if ballots[p].group in ROLES.categories else "") in group.labels
                }
                sets.append(inside)
    return [s for s in sets if s], scored


WORLD = st.tuples(
    st.integers(8, 60),
    st.integers(0, 10**6),
    st.sampled_from([0.0, 0.02, 0.1, 0.4]),
    st.lists(st.integers(1, 12), min_size=4, max_size=4),
)


def world(size, seed, skip, weights):
    dice = np.random.default_rng(seed)
    labels = [*ROLES.categories, ""]
    p = np.array(weights, dtype=float) / sum(weights)
    return [Ballot(b.answers, str(dice.choice(labels, p=p))) for b in staff(size, seed, skip=skip)]


@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
@given(WORLD)
@example((8, 1, 0.4, [1, 1, 1, 1]))
def test_no_small_set_of_people_can_be_recovered(case):
    ballots = world(*case)
    found = made(ballots, breakdown=ROLES)
    assume(found.shown)
    for scale in ("vision", "influence", "leader"):
        sets, scored = published_sets(found, ballots, scale)
        if sets:
            assert recovered(sets, 5) is None
            for insider in (min(scored), max(scored)):
                left = [s - {insider} for s in sets]
                assert recovered([s for s in left if s], 4) is None
        for item in found.scale(scale).items:
            assert isinstance(item.counts, Hidden) or sum(item.counts) >= 10


def test_without_hiding_the_same_attack_succeeds():
    leaked = 0
    for seed in range(60):
        ballots = world(20, seed, 0.0, [6, 2, 2, 1])
        labels = [b.group for b in ballots]
        naive = [{p for p in range(20) if labels[p] == label} for label in set(labels)]
        shown = [s for s in naive if len(s) >= 5]
        leaked += recovered([set(range(20)), *shown], 5) is not None
    assert leaked > 20, "a rule of five for each cell alone leaks by subtraction"


def attacker_knows(means, sizes, exact_total):
    """Return the tightest interval of every set's total by linear programming, from published means and counts."""
    count = len(sizes) - 1
    bounds = [((m - 0.05) * n, (m + 0.05) * n) for m, n in zip(means[1:], sizes[1:], strict=True)]
    found = []
    for at in range(count):
        cost = np.eye(count)[at]
        ends = []
        for sign in (1, -1):
            solved = linprog(sign * cost, A_eq=[np.ones(count)], b_eq=[exact_total], bounds=bounds)
            ends.append(sign * solved.fun)
        found.append(ends)
    return [(exact_total, exact_total), *found]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(WORLD)
def test_means_counts_and_ones_own_answers_never_pin_another_person_down(case):
    ballots = world(*case)
    found = made(ballots, breakdown=ROLES)
    assume(found.shown)
    for scale in ("vision", "influence"):
        values, _ = scores(sheet(CONDITIONS, [("North", b.answers) for b in ballots]), CONDITIONS.scale(scale))
        sets = published_sets(found, ballots, scale)[0]
        if not sets:
            continue
        tables = [values[list(members)] for members in sets]
        means = [round(float(table.mean()), 1) for table in tables]
        knows = (
            attacker_knows(means, [len(t) for t in tables], float(tables[0].sum()))
            if len(sets) > 1
            else [(tables[0].sum(), tables[0].sum())]
        )
        for table, (low, high) in zip(tables, knows, strict=True):
            for own in (table.min(), table.max()):
                others = len(table) - 1
                least = max(1.0, low - own - 5 * (others - 1))
                most = min(5.0, high - own - 1 * (others - 1))
                assert most - least >= 2 - 1e-6, "at least half the scale stays open"


def test_most_allowed_groups_are_still_shown():
    allowed = kept = 0
    for seed in range(150):
        dice = np.random.default_rng(seed)
        sizes = {
            "I teach": int(dice.integers(15, 45)),
            "I support": int(dice.integers(8, 15)),
            "I work with families": int(dice.integers(8, 12)),
        }
        labels = [label for label, size in sizes.items() for _ in range(size)]
        answers = staff(len(labels), seed=seed)
        here = dice.random(len(labels)) < dice.uniform(0.5, 0.95)
        ballots = [Ballot(b.answers, label) for b, label, came in zip(answers, labels, here, strict=True) if came]
        found = made(ballots, roster=len(labels), breakdown=Breakdown(question="?", categories=sizes))
        counted = {label: [b.group for b in ballots].count(label) for label in sizes}
        for label, n in counted.items():
            if n >= 5:
                for scale in CONDITIONS.scales[:7]:
                    allowed += 1
                    groups = found.breakdown.groups
                    kept += not isinstance(groups, Hidden) and any(
                        g.labels == (label,) and not isinstance(g.means[scale.key], Hidden) for g in groups
                    )
    assert allowed > 2000
    assert kept / allowed >= 0.8


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
