"""What the product promises about luck, tried on schools whose true values we know.

A made-up answer model: what a person steadily thinks (sd .75), how the day was (sd .45), seven conditions that move
together, four questions each, five answers. Two rounds, a little turnover, nearly everyone answers.
"""

import numpy as np
import pytest

from colead.analysis.changes import Side, benjamini_hochberg, chances, change, changes, part_error
from colead.analysis.instrument import DEFAULTS
from colead.analysis.levels import standard_error, steadied, t_table
from colead.analysis.several import chance_of_at_least, how_many
from colead.analysis.shrinkage import shrink

CONDITIONS, ITEMS = 7, 4
pytestmark = pytest.mark.slow


def two_waves(schools, staff, *, lift=0.0, answering=0.88, turnover=0.12, seed=1):
    """Return n, means and variances [2 waves, school, condition] of a world where everything moves by `lift`."""
    dice = np.random.default_rng([seed, staff])
    found = []
    general = dice.normal(0, 0.55, (schools, staff, 1))
    steady = general + dice.normal(0, 0.5, (schools, staff, CONDITIONS)) + dice.normal(0, 0.2, (schools, 1, CONDITIONS))
    for wave in range(2):
        if wave:
            new = dice.random((schools, staff, 1)) < turnover
            fresh = dice.normal(0, 0.55, (schools, staff, 1)) + dice.normal(0, 0.5, (schools, staff, CONDITIONS))
            steady = np.where(new, fresh, steady)
        day = dice.normal(0, 0.3, (schools, staff, 1)) + dice.normal(0, 0.33, (schools, staff, CONDITIONS))
        mean = (steady + day + wave * lift)[..., None]
        answers = np.clip(np.rint(3.5 + mean + dice.normal(0, 0.7, (schools, staff, CONDITIONS, ITEMS))), 1, 5)
        scores = answers.mean(axis=3)
        here = dice.random((schools, staff, 1)) < answering
        n = np.broadcast_to(here.sum(axis=1), (schools, CONDITIONS))
        total = np.where(here, scores, 0).sum(axis=1)
        means = total / n
        variance = np.where(here, (scores - means[:, None]) ** 2, 0).sum(axis=1) / (n - 1)
        found.append((n, means, variance))
    return tuple(np.array(part) for part in zip(*found, strict=True))


def verdicts(n, means, variance, staff):
    """Return -1, 0, 1 per school and condition, as a release works it out for one school alone."""
    pooled = ((n - 1) * variance).sum(axis=0) / (n - 1).sum(axis=0)
    errors = tuple(part_error(variance[w], n[w], pooled, staff, DEFAULTS) for w in (0, 1))
    difference, _ = changes((n[0], n[1]), (means[0], means[1]), errors, DEFAULTS)
    p = chances((n[0], n[1]), difference, errors, DEFAULTS)
    clear = np.array([benjamini_hochberg(list(row)) for row in p]) <= DEFAULTS.false_rate
    return np.where(clear, np.sign(difference), 0)


@pytest.mark.parametrize("staff", [25, 40, 60])
def test_without_a_true_change_a_clear_rise_is_rare(staff):
    still = verdicts(*two_waves(1500, staff), staff)
    moved = verdicts(*two_waves(600, staff, lift=0.4, seed=2), staff)
    false_one, false_any = (still > 0).mean(axis=0).max(), (still > 0).any(axis=1).mean()
    print(
        f"{staff} staff: false rise {false_one:.3f} a condition, {false_any:.3f} of"
        f" schools; power {(moved > 0).mean():.2f}"
    )
    assert false_one <= 0.05
    assert false_any <= 0.06
    assert (moved > 0).mean() > 0.3, "a real rise is found"
    assert (moved < 0).mean() < 0.002, "and never called a fall"


def test_with_the_full_correction_for_a_finite_staff_luck_would_be_called_change():
    n, means, variance = two_waves(400, 40, answering=1.0, turnover=0.0)
    pooled = ((n - 1) * variance).sum(axis=0) / (n - 1).sum(axis=0)
    naive = [standard_error(steadied(variance[w], n[w], pooled, 4), n[w], 41) for w in (0, 1)]
    wrong = np.abs(means[1] - means[0]) > 2 * np.hypot(*naive)
    assert wrong.mean() > 0.3


@pytest.mark.parametrize("staff", [8, 25, 60])
def test_the_margin_of_a_level_holds_the_mean_of_all_staff(staff):
    dice = np.random.default_rng(staff)
    scores = np.clip(3.5 + dice.normal(0, 0.8, (4000, staff)), 1, 5)
    n = max(5, round(staff * 0.8))
    some = scores[:, :n]
    variance = some.var(axis=1, ddof=1)
    half = t_table(0.95, np.full(4000, n + 3)) * standard_error(steadied(variance, n, variance.mean(), 4), n, staff)
    inside = np.abs(some.mean(axis=1) - scores.mean(axis=1)) <= half
    assert inside.mean() > 0.94


def test_the_luck_line_is_what_luck_gives():
    means = two_waves(2500, 30)[1]
    up = (means[1] > means[0]).sum(axis=1)
    together = np.corrcoef((means[1] - means[0]).T)[np.triu_indices(CONDITIONS, 1)].mean()
    for least in (4, 5, 6, 7):
        assert (up >= least).mean() == pytest.approx(chance_of_at_least(least, CONDITIONS, together), abs=0.04)


def test_printed_chances_of_luck():
    printed = {0.0: (0.50, 0.23, 0.06, 0.01), 0.3: (0.50, 0.33, 0.18, 0.06), 0.6: (0.50, 0.39, 0.29, 0.16)}
    for together, row in printed.items():
        for least, share in zip((4, 5, 6, 7), row, strict=True):
            assert chance_of_at_least(least, 7, together) == pytest.approx(share, abs=0.011)


def test_shrinking_comes_closer_to_the_truth_than_counting():
    dice = np.random.default_rng(5)
    raw, model = [], []
    for _ in range(120):
        true = dice.normal(0.05, 0.1, 200)
        seen = true + dice.normal(0, 0.15, 200)
        raw.append((seen > 0).mean() - (true > 0).mean())
        model.append(shrink(seen, np.full(200, 0.15)).chance_up.mean() - (true > 0).mean())
    assert np.sqrt(np.mean(np.square(model))) < np.sqrt(np.mean(np.square(raw)))


def test_one_school_through_the_front_door_gives_the_same_verdict():
    n, means, variance = two_waves(40, 40, lift=0.4)
    vector = verdicts(n, means, variance, 40)
    for school in range(40):
        found = []
        for k in range(CONDITIONS):
            part = [(int(n[w, school, k]), float(means[w, school, k]), float(variance[w, school, k])) for w in (0, 1)]
            pooled = sum((c - 1) * v for c, _, v in part) / sum(c - 1 for c, _, _ in part)
            found.append(change(*(Side(c, m, v, pooled, 40) for c, m, v in part)))
        words = how_many(found).verdicts
        assert [{"clear rise": 1, "clear fall": -1}.get(word, 0) for word in words] == list(vector[school])
