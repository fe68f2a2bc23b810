"""Nobody can work out what a release holds back: the audit, and attackers who try."""

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from scipy.optimize import linprog

from colead.analysis.audit import Leak, audit, derivable, skipping_gives_away, small_sets
from colead.analysis.figures import Interval
from colead.analysis.release import (
    Ballot,
    Breakdown,
    Hidden,
)
from colead.analysis.scores import scores
from colead.analysis.sheet import sheet
from tests.analysis_worlds import CONDITIONS, ROLES, WORLD, made, published_sets, recovered, staff, world


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


def test_the_audit_is_the_same_for_many_sets_as_for_few():
    """Seventeen sets are counted another way than sixteen; beside each other they hide and reveal the same."""
    small = {f"set {place:02d}": frozenset(range(place, 40)) for place in range(16)}
    for sets in (small, small | {"one more": frozenset(range(40))}):
        with pytest.raises(Leak, match="reveal a group of 1"):
            audit(sets, 5)
    whole = {f"set {place:02d}": frozenset(range(40)) for place in range(17)}
    audit(whole, 5)
    audit({}, 5)


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
