"""Real, published data: every figure the room computes equals what R's packages gave, within the stated tolerance."""

from pathlib import Path

import numpy as np
import pytest

from colead.analysis.agreement import SLIGHT_SKEW, agreements, scale_counts
from colead.analysis.changes import benjamini_hochberg
from colead.analysis.cubes import cube, products
from colead.analysis.drift import ends
from colead.analysis.levels import coverage, roll_up, standard_error, wilson
from colead.analysis.multilevel import intercept_model, one_way, trend
from colead.analysis.omega import omega, one_factor
from colead.analysis.reliability import (
    ROUGH_BELOW,
    alpha,
    alpha_within,
    alpha_without_each,
    clustered,
    feldt,
    item_rest,
    whole_rows,
)
from colead.analysis.scores import percent_of_maximum, scores, superiority
from colead.analysis.several import chance_of_at_least
from colead.analysis.shrinkage import shrink
from tests.analysis_data import moments, one_scale, plain_sheet, real, real_sheet, rows

LEAD = [f"LEAD{j:02d}" for j in range(1, 12)]
TSIG = [f"TSIG0{j}" for j in (1, 2, 3)]
SETS = {
    "lead": ("lq2002", "lq2002.csv", LEAD, "COMPID", 5, ()),
    "tsig": ("lq2002", "lq2002.csv", TSIG, "COMPID", 5, ()),
    "agree": ("bfi_ac", "bfi_ac.csv", ["A1", "A2", "A3", "A4", "A5"], None, 6, (1,)),
    "consc": ("bfi_ac", "bfi_ac.csv", ["C1", "C2", "C3", "C4", "C5"], None, 6, (4, 5)),
}


def data(name):
    file, csv, columns, school, steps, turned = SETS[name]
    sheet = real_sheet(csv, columns, school, steps=steps, reversed_items=tuple(j - 1 for j in turned))
    return real(file), sheet


def same(ours, entry, part=None):
    expected = entry["expected"] if part is None else entry["expected"][part]
    assert ours == pytest.approx(expected, abs=entry["tol_abs"], rel=0)


@pytest.mark.parametrize("name", SETS)
def test_alpha_and_its_companions(name):
    truth, sheet = data(name)
    table = products(sheet)[0]
    value, n = alpha(table), int(table[0, 0])
    assert n == truth[f"{name}.alpha"]["inputs"]["n"]
    same(value, truth[f"{name}.alpha"])
    limits = feldt(value, n, len(table) - 1)
    same([limits.low, limits.high], truth[f"{name}.alpha_ci_feldt"])
    same(list(item_rest(table)), truth[f"{name}.item_rest_r"])
    same(list(alpha_without_each(table)), truth[f"{name}.alpha_if_dropped"])


@pytest.mark.parametrize("name", SETS)
def test_the_error_of_alpha_with_everybody_a_school_of_their_own(name):
    truth, sheet = data(name)
    alone = plain_sheet(
        [[int(c) or None for c in row] for row in sheet.codes.T],
        [f"{i:05d}" for i in range(sheet.rows)],
        steps=sheet.instrument.most_answers,
        reversed_items=tuple(j for j, item in enumerate(sheet.instrument.items) if item.reversed),
    )
    found = whole_rows(cube(alone), "s")
    value, error = clustered(found)
    same(value, truth[f"{name}.alpha"])
    same(error, truth[f"{name}.alpha_se_adf"])


@pytest.mark.parametrize("name", ["lead", "agree", "consc"])
def test_omega_with_its_interval_and_the_fit_of_one_factor(name):
    truth, sheet = data(name)
    table = products(sheet)[0]
    found = omega(table)
    same(found.value, truth[f"{name}.omega_total_1factor"])
    same([found.interval.low, found.interval.high], truth[f"{name}.omega_ci_delta"])
    fit = one_factor(table)
    same(fit.chi_square, truth[f"{name}.cfa_1factor_fit"], "chisq")
    assert fit.df == truth[f"{name}.cfa_1factor_fit"]["expected"]["df"]


def test_omega_of_published_pupils():
    truth = real("holzinger1939")
    values = np.array([[float(r[c]) for c in ("x4", "x5", "x6")] for r in rows("holzinger1939.csv")])
    block = np.column_stack([np.ones(len(values)), values])
    table = block.T @ block
    same(alpha(table), truth["textual.alpha"])
    same(omega(table).value, truth["textual.omega_total_1factor"])
    same([omega(table).interval.low, omega(table).interval.high], truth["textual.omega_ci_delta"])
    same(list(item_rest(table)), truth["textual.item_rest_r"])
    same(list(alpha_without_each(table)), truth["textual.alpha_if_dropped"])
    limits = feldt(alpha(table), 301, 3)
    same([limits.low, limits.high], truth["textual.alpha_ci_feldt"])


def test_a_forgotten_reversal_shows():
    truth = real("bfi_ac")
    table = products(real_sheet("bfi_ac.csv", SETS["agree"][2], None, steps=6))[0]
    same(alpha(table), truth["agree.not_reversed_alpha"])
    same(list(item_rest(table)), truth["agree.not_reversed_item_rest_r"])


def test_clustered_and_within_school_alpha():
    truth, sheet = data("lead")
    found = whole_rows(cube(sheet), "s")
    assert (found.n > 0).sum() >= ROUGH_BELOW
    same(clustered(found)[1], truth["lead.alpha_se_clustered"])
    same(alpha_within(found), truth["lead.alpha_within"])


def test_agreement_in_49_groups():
    truth, sheet = data("lead")
    whole = cube(sheet)
    expected = truth["lead.groups"]["expected"]
    order = [whole.schools.index(group) for group in expected["group"]]
    distance, r_star, rwg, enough = agreements(scale_counts(whole, "s")[order])
    assert enough.all()
    close = {"abs": truth["lead.groups"]["tol_abs"], "rel": 0}
    assert list(whole.n[order, 0]) == expected["n"]
    for ours, key in (
        (whole.means[order, 0], "mean"),
        (np.sqrt(whole.variances[order, 0]), "sd"),
        (rwg, "rwgj"),
        (r_star, "rstar"),
        (distance, "ad_mean"),
    ):
        assert list(ours) == pytest.approx(expected[key], **close), key
    same(float((distance <= 5 / 6).mean()), truth["lead.summary"], "share_ad_ok")
    same(float(rwg.mean()), truth["lead.summary"], "mean_rwgj")
    same(float(r_star.mean()), truth["lead.summary"], "mean_rstar")
    skewed = agreements(scale_counts(whole, "s"), null_variance=SLIGHT_SKEW[5])[2]
    expected = truth["lead.rwgj_slight_skew"]["expected"]
    by_name = dict(zip(whole.schools, skewed, strict=True))
    assert [by_name[g] for g in expected["group"]] == pytest.approx(expected["v"], **close)


def school_values(name):
    if name == "lead":
        found = cube(data("lead")[1])
        n = found.n[:, 0].astype(float)
        return real("lq2002"), list(found.schools), n, found.means[:, 0], found.variances[:, 0] * (n - 1)
    if name == "math":
        table = [(r["School"], float(r["MathAch"])) for r in rows("mathachieve.csv")]
        return real("mathachieve"), *moments([v for _, v in table], [g for g, _ in table])
    table = [(r["btn"], float(r["j1"])) for r in rows("univbct_jobsat.csv") if r["j1"] not in ("", "NA")]
    return real("univbct_jobsat"), *moments([v for _, v in table], [g for g, _ in table])


@pytest.mark.parametrize("name", ["lead", "math", "jobsat1"])
def test_one_way_figures(name):
    truth, _, n, means, squares = school_values(name)
    found = one_way(n, means, squares)
    expected = truth[f"{name}.anova"]
    assert (found.groups, found.people) == (expected["expected"]["J"], expected["expected"]["N"])
    same(found.between, expected, "msb")
    same(found.within, expected, "msw")
    same(found.usual_size, expected, "n0")
    same(found.icc1, truth[f"{name}.icc1_anova_n0"])
    same(found.icc2, truth[f"{name}.icc2"])
    same([found.interval.low, found.interval.high], truth[f"{name}.icc1_ci_F"])


@pytest.mark.parametrize("name", ["lead", "math", "jobsat1"])
def test_random_intercepts_equal_lme4(name):
    truth, names, n, means, squares = school_values(name)
    model = intercept_model(n, means, squares)
    entry = truth[f"{name}.reml"]
    ours = {
        "mu": model.mean,
        "se_mu": model.error,
        "tau2": model.between,
        "sigma2": model.within,
        "icc1": model.icc1,
        "loglik": model.log_likelihood,
        "mean_reliability": float(model.reliability(n).mean()),
    }
    for key, value in ours.items():
        same(value, entry, key)
        assert value == pytest.approx(entry["expected"][key], rel=1e-6), "closer than lme4's own tolerance"
    if f"{name}.ml" in truth:
        plain = intercept_model(n, means, squares, reml=False)
        for key, value in (("mu", plain.mean), ("tau2", plain.between), ("loglik", plain.log_likelihood)):
            same(value, truth[f"{name}.ml"], key)
    if f"{name}.blup" in truth:
        expected = truth[f"{name}.blup"]["expected"]
        shrunk, sd = model.shrunk(n, means)
        order = [names.index(group) for group in expected["group"]]
        assert list(shrunk[order]) == pytest.approx(expected["shrunk"], abs=2e-4)
        assert list(sd[order]) == pytest.approx(expected["condsd"], abs=2e-4)


@pytest.mark.parametrize("name", ["lead", "math"])
def test_empirical_bayes_equals_metafor(name):
    truth, names, n, means, squares = school_values(name)
    entry = truth[f"{name}.eb_paule_mandel"]
    found = shrink(means, np.sqrt(squares / (n - 1) / n))
    for ours, key in ((found.between, "tau2"), (found.mean, "mu"), (found.error, "se_mu")):
        same(ours, entry, key)
    order = [names.index(group) for group in entry["expected"]["group"]]
    for ours, key in ((found.estimate, "post"), (np.sqrt(found.variance), "post_sd"), (found.weight, "lambda")):
        same(list(ours[order]), entry, key)


def test_half_rule_scores_with_missing_answers():
    for name in ("agree", "consc"):
        truth, sheet = data(name)
        values, valid = scores(sheet, sheet.instrument.scales[0])
        entry, kept = truth[f"{name}.score"], values[valid]
        expected = entry["expected"]
        assert (len(kept), int((~valid).sum())) == (expected["n"], expected["n_dropped"])
        same(float(kept.mean()), entry, "mean")
        same(float(kept.std(ddof=1)), entry, "sd")
        same([float(v) for v in values[:20]], entry, "first20")
        same(percent_of_maximum(float(kept.mean()), 1, 6), truth[f"{name}.pomp"])
        whole = cube(sheet)
        found = ends(int(whole.n[0, 0]), int(whole.lowest[0, 0]), int(whole.highest[0, 0]))
        same(found.lowest, truth[f"{name}.floor_ceiling"], "floor")
        same(found.highest, truth[f"{name}.floor_ceiling"], "ceiling")
        for item, (key, counts) in enumerate(truth[f"{name}.item_counts"]["expected"].items()):
            assert sheet.instrument.items[item].text, key
            assert [*whole.counts[0, item, 1:7], whole.counts[0, item, 0]] == counts


def test_probability_of_superiority():
    for name in ("agree", "consc"):
        truth, sheet = data(name)
        values, valid = scores(sheet, sheet.instrument.scales[0])
        gender = np.array([r["gender"] for r in rows("bfi_ac.csv")])
        marks = np.unique(values[valid])
        counts = [np.array([(values[valid & (gender == g)] == m).sum() for m in marks]) for g in ("1", "2")]
        same(superiority(*counts), truth[f"{name}.prob_superiority_gender2_over_1"])


def test_finite_populations_equal_the_survey_package():
    truth = real("api_fpc")
    values = np.array([float(r["api00"]) for r in rows("apisrs.csv")])
    entry = truth["srs.mean_fpc"]
    same(float(values.mean()), entry, "mean")
    same(float(standard_error(values.var(ddof=1), 200, 6194)), entry, "se")
    same(float(standard_error(values.var(ddof=1), 200, -1)), truth["srs.mean_nofpc"], "se")
    same(float(standard_error(values.var(ddof=1), 200, 210)), truth["srs.if_N_were_210"])
    share = truth["srs.prop_ge700_wilson_fpc"]
    hits = int((values >= 700).sum())
    for limits, key in ((wilson(hits, 200, roster=6194), "ci"), (wilson(hits, 200), "ci_nofpc")):
        same([limits.low, limits.high], share, key)
    assert float(coverage(200, 100)) == 1.0


def test_a_district_is_built_from_its_schools_like_a_stratified_sample():
    truth = real("api_fpc")["strat.mean"]
    table = rows("apistrat.csv")
    names, n, means, squares = moments([float(r["api00"]) for r in table], [r["stype"] for r in table])
    sizes = np.array([next(int(r["fpc"]) for r in table if r["stype"] == name) for name in names])
    found = roll_up(n.astype(np.int64), means, squares / (n - 1), sizes)
    # R weighed by a rounded column (44.2099990844727 for 4421 / 100): equal to the seventh digit is equal.
    assert found.staff_mean == pytest.approx(truth["expected"]["mean"], rel=1e-8)
    assert found.staff_error == pytest.approx(truth["expected"]["se"], rel=1e-7)


def test_trends_without_and_with_people_linked():
    truth = real("univbct_jobsat")
    table = rows("univbct_jobsat.csv")
    long = [
        (r["btn"], r["id"], t, float(r[f"j{t + 1}"]))
        for r in table
        for t in range(3)
        if r[f"j{t + 1}"] not in ("", "NA")
    ]
    cells = {}
    for school, _, t, value in long:
        cells.setdefault((int(school), t), []).append(value)
    flat = [(g, t, len(v), np.mean(v), np.var(v) * len(v)) for (g, t), v in cells.items()]
    found = trend(*np.array(flat, dtype=float).T, slopes_vary=False)
    for ours, key in ((found.start, "intercept"), (found.slope, "slope"), (found.error, "se")):
        same(ours, truth["jobsat.trend_group_unlinked"], key)
    people = [(int(person), t, 1, value, 0) for _, person, t, value in long]
    found = trend(*np.array(people, dtype=float).T, slopes_vary=False)
    for ours, key in ((found.start, "intercept"), (found.slope, "slope"), (found.error, "se")):
        same(ours, truth["jobsat.trend_person"], key)


def test_linked_and_unlinked_change_of_real_people():
    truth = real("univbct_jobsat")
    table = rows("univbct_jobsat.csv")

    def number(text):
        return None if text in ("", "NA") else float(text)

    pairs = [(number(r["j1"]), number(r["j3"])) for r in table]
    first = np.array([a for a, _ in pairs if a is not None])
    second = np.array([b for _, b in pairs if b is not None])
    both = [(a, b) for a, b in pairs if a is not None and b is not None]
    from colead.analysis.changes import Side, compare, linked_error
    from colead.analysis.instrument import Constants

    plain = Constants(prior_df=0, rho=0)
    sides = [Side(len(v), float(v.mean()), float(v.var(ddof=1)), 0.0) for v in (first, second)]
    found = compare(*sides, plain)
    for ours, key in ((found.difference, "delta"), (found.error, "se"), (found.df, "df"), (found.p, "p")):
        same(ours, truth["jobsat13.welch"], key)
    same(linked_error(*sides, both, plain), truth["jobsat13.partly_linked"], "se_linked")
    assert len(both) == truth["jobsat13.partly_linked"]["expected"]["m"]
    groups = truth["jobsat13.by_group"]["expected"]
    assert list(benjamini_hochberg(groups["p"])) == pytest.approx(groups["p_bh"], abs=1e-9)
    marks = np.unique(np.concatenate([first, second]))
    counts = [np.array([(v == m).sum() for m in marks]) for v in (first, second)]
    same(superiority(*counts), truth["jobsat13.prob_superiority"])


def test_figures_that_others_printed():
    limits = wilson(15, 24)
    assert [round(limits.low, 3), round(limits.high, 3)] == [0.427, 0.788]
    assert round(chance_of_at_least(15, 24), 3) == 0.154
    assert {a: (a * a - 1) / 12 for a in (5, 7)} == {5: 2.0, 7: 4.0}
    assert {a: SLIGHT_SKEW[a] for a in (5, 6, 7)} == {5: 1.34, 6: 1.85, 7: 2.9}
    assert one_scale(3).items[0].key == "i0"


ELSEWHERE = {
    "alpha_std": "standardised alpha is not shown to users",
    "alpha_pairwise": "pairwise covariances are not used",
    "alpha_ci_bonett": "one interval for small programmes is enough: Feldt's",
    "guttman_lambda6": "not shown",
    "omega_psych_1factor_std": "another number, on correlations",
    "mean_fiml": "full-information fits belong to the research export",
    "icc1_multilevel_pkg": "the package uses the plain mean size; ours uses n0",
    "welch_gender2_minus_1": "people are never compared by gender",
    "cfa3": "factor work belongs to the research export",
    "invariance_school": "factor work belongs to the research export",
    "paired": "people are never compared one by one",
    "partover_t": "a cross-check of the linked change, not shown",
    "trend_group_person": "people nested in schools need linked answers: research export",
    "strat.total_enroll": "no totals are shown",
    "rwgp_LEAD06": "pooled rwg is not shown",
    "mean_of_item_means": "checked in the release tests",
}


def test_every_reference_entry_is_checked_here_or_named_as_not_ours():
    here = Path(__file__).read_text()
    for name in ("lq2002", "bfi_ac", "mathachieve", "api_fpc", "holzinger1939", "univbct_jobsat"):
        for key in real(name):
            last = key.split(".", 1)[-1]
            assert last in here or key in here or any(word in key for word in ELSEWHERE), key
