"""A whole made-up programme, worked out in R: 12 schools, 3 waves, 8 scales, with the nasty cases left in."""

import numpy as np
import pytest

from colead.analysis.agreement import agreements, favourable, scale_counts, turned_counts
from colead.analysis.changes import Side, chances, changes, compare, linked_error, part_error
from colead.analysis.cubes import products, variances
from colead.analysis.figures import Undefined
from colead.analysis.levels import coverage, roll_up, school_level, standard_error, steadied
from colead.analysis.multilevel import intercept_model, one_way, trend
from colead.analysis.reliability import alpha, feldt, scale_alpha, whole_rows
from colead.analysis.scores import scores
from colead.analysis.several import how_many, share_of_schools
from colead.analysis.shrinkage import shrink
from tests.analysis_data import mini_cube, mini_instrument, mini_rosters, mini_sheet, rows, table

TRUTH = table("mini_share")
CLOSE = {"abs": TRUTH["tol_abs"], "rel": 0}
REML = {"abs": TRUTH["tol_reml"], "rel": 0}
KEYS = [scale.key for scale in mini_instrument().scales]
CONSTANTS = mini_instrument().constants


def same(ours, theirs, close=CLOSE):
    assert ours == (None if theirs is None else pytest.approx(theirs, **close))


def at(wave, school, scale):
    cube = mini_cube(wave)
    return cube, cube.schools.index(school), KEYS.index(scale)


def here(entry):
    return entry["school"] in mini_cube(entry["wave"]).schools and entry["n"]


def test_counts_of_people_and_scores():
    for cell in TRUTH["cells"]:
        if not here(cell):
            assert cell["n"] == 0
            continue
        cube, s, k = at(cell["wave"], cell["school"], cell["scale"])
        roster = mini_rosters()[cell["wave"], cell["school"]]
        sent = np.diff(mini_sheet(cell["wave"]).offsets)[s]
        assert (sent, cube.n[s, k], roster) == (cell["sent"], cell["n"], cell["roster"])
        assert cube.people[s] <= sent, "an empty form is no answer"
        assert (cube.n[s, k] > roster) == cell["over_roster"]
        same(cube.means[s, k], cell["mean"])
        same(cube.lowest[s, k] / cube.n[s, k], cell["floor"])
        same(cube.highest[s, k] / cube.n[s, k], cell["ceiling"])
        same(favourable(turned_counts(cube, cell["scale"])[s]), cell["favourable"])


def test_spread_and_margins():
    for cell in filter(here, TRUTH["cells"]):
        cube, s, k = at(cell["wave"], cell["school"], cell["scale"])
        roster, n, variance = cell["roster"], cube.n[s, k], cube.variances[s, k]
        if cell["sd"] is not None:
            same(variance**0.5, cell["sd"])
        same(cube.pooled[k], cell["pooled_var"])
        same(float(steadied(variance, n, cube.pooled[k], 4)), cell["moderated_var"])
        same(float(part_error(variance, n, cube.pooled[k], roster, CONSTANTS)), cell["se_change_part"])
        level = school_level(cube, cell["school"], cell["scale"], roster)
        same(level.error, cell["se_fpc"])
        same(level.interval.low, cell["ci_lo"])
        same(level.interval.high, cell["ci_hi"])
        assert level.everyone == (n >= roster)
        assert (n >= CONSTANTS.minimum) == cell["show"]


def test_agreement_inside_every_school():
    for cell in filter(here, TRUTH["cells"]):
        cube, s, _ = at(cell["wave"], cell["school"], cell["scale"])
        distance, r_star, rwg, enough = agreements(scale_counts(cube, cell["scale"])[s : s + 1])
        assert bool(enough[0]) == (cell["ad"] is not None)
        if enough[0]:
            for ours, theirs in ((distance, "ad"), (r_star, "rstar"), (rwg, "rwgj")):
                same(float(ours[0]), cell[theirs])


def side(wave, school, scale):
    cube, s, k = at(wave, school, scale)
    roster = mini_rosters()[wave, school]
    return Side(int(cube.n[s, k]), float(cube.means[s, k]), float(cube.variances[s, k]), float(cube.pooled[k]), roster)


def pairs_of(first, second, school, scale):
    """Return (before, after) scores of people who gave the same code in both waves."""
    found = []
    for wave in (first, second):
        people = [r for r in rows("mini_share_responses.csv") if r["wave"] == str(wave)]
        order = sorted(range(len(people)), key=lambda i: people[i]["school"])
        values, valid = scores(mini_sheet(wave), mini_instrument().scale(scale))
        codes = [(people[i]["school"], people[i]["code"]) for i in order]
        found.append(
            {
                code: v
                for (where, code), v, ok in zip(codes, values, valid, strict=True)
                if ok and code and where == school
            }
        )
    return [(found[0][code], found[1][code]) for code in found[0] if code in found[1]]


def test_changes_between_waves():
    for entry in TRUTH["changes"]:
        before, after = (side(entry[w], entry["school"], entry["scale"]) for w in ("from", "to"))
        change = compare(before, after, CONSTANTS)
        assert (before.n, after.n) == (entry["n1"], entry["n2"])
        same(change.difference, entry["delta"])
        same(change.error, entry["se"])
        same(change.df, entry["df"])
        same(change.p, entry["p"])


def test_changes_of_partly_linked_waves():
    checked = 0
    for entry in TRUTH["changes"][::5]:
        if entry["se_linked_no_fpc"] is None:
            continue
        before, after = (side(entry[w], entry["school"], entry["scale"]) for w in ("from", "to"))
        pairs = pairs_of(entry["from"], entry["to"], entry["school"], entry["scale"])
        assert len(pairs) == entry["linked"]
        same(linked_error(before, after, pairs, CONSTANTS), entry["se_linked_no_fpc"])
        checked += 1
    assert checked > 10


def both(first, second):
    one, two = mini_cube(first), mini_cube(second)
    return sorted({*one.schools} & {*two.schools})


def test_how_many_of_the_seven_rose():
    for entry in TRUTH["seven"]:
        found = []
        for scale in KEYS[:7]:
            pair = [side(entry[w], entry["school"], scale) for w in ("from", "to")]
            if min(pair[0].n, pair[1].n) >= CONSTANTS.minimum:
                found.append(compare(*pair, CONSTANTS))
        many = how_many(found, CONSTANTS)
        ours = (many.shown, many.up, many.clear_up, many.down, many.clear_down)
        assert ours == tuple(entry[key] for key in ("scales", "up", "clear_up", "down", "clear_down"))
        same(min(many.adjusted), entry["min_bh"])


def arrays(first, second, scale):
    k = KEYS.index(scale)
    found = []
    for wave in (first, second):
        cube = mini_cube(wave)
        index = [cube.schools.index(s) for s in both(first, second)]
        rosters = np.array([mini_rosters()[wave, s] for s in both(first, second)])
        n, variance = cube.n[index, k], cube.variances[index, k]
        found.append((n, cube.means[index, k], part_error(variance, n, cube.pooled[k], rosters, CONSTANTS)))
    (n1, m1, e1), (n2, m2, e2) = found
    difference, error = changes((n1, n2), (m1, m2), (e1, e2), CONSTANTS)
    p = chances((n1, n2), difference, (e1, e2), CONSTANTS)
    return (difference, error, p), (n1 >= 5) & (n2 >= 5)


def test_share_of_schools_that_rose():
    for entry in TRUTH["share_of_schools"]:
        (d, errors, p), shown = arrays(entry["from"], entry["to"], entry["scale"])
        d, errors, p = d[shown], errors[shown], p[shown]
        share = share_of_schools(d, errors, p, unknown=int((~shown).sum()), constants=CONSTANTS, model_from=5)
        assert (share.schools, share.up) == (entry["schools"], entry["up"])
        same(share.counted.low, entry["wilson_lo"])
        same(share.counted.high, entry["wilson_hi"])
        shrunk = shrink(d, errors, fewest=5)
        close = {"abs": 1e-6, "rel": 0}
        same(shrunk.between, entry["tau2"], close)
        same(shrunk.mean, entry["mu"], close)
        same(shrunk.error, entry["se_mu"], close)
        same(float(shrunk.chance_up.min()), entry["min_p_up"], close)
        same(float(shrunk.chance_up.max()), entry["max_p_up"], close)
        if entry["share_up_model"] is None:
            assert shrunk.between == 0
        else:
            same(float(shrunk.chance_up.mean()), entry["share_up_model"], close)


def test_roll_ups_of_districts_and_cohorts():
    homes = {row["school"]: row for row in rows("mini_share_schools.csv")}
    for entry in TRUTH["rollups"]:
        cube, k = mini_cube(entry["wave"]), KEYS.index(entry["scale"])
        schools = [s for s in homes if entry["unit"] == "state" or homes[s][entry["unit"]] == entry["id"]]
        known = [s for s in schools if s in cube.schools]
        index = [cube.schools.index(s) for s in known]
        rosters = np.array([mini_rosters()[entry["wave"], s] for s in known])
        n = cube.n[index, k]
        steady = steadied(cube.variances[index, k], n, cube.pooled[k], CONSTANTS.prior_df)
        up = roll_up(n, cube.means[index, k], steady, rosters)
        assert (up.schools, up.n) == (entry["schools"], entry["n"])
        ours = (up.staff_mean, up.staff_error, up.school_mean, up.school_error)
        for number, key in zip(ours, ("mean_staff", "se_staff", "mean_schools", "se_schools"), strict=True):
            same(number, entry[key])
        everyone = sum(mini_rosters()[entry["wave"], s] for s in schools)
        same(up.covered * up.roster / everyone, entry["covered"])
        same(float((cube.total[index, k] / cube.units[k]).sum() / up.n), entry["mean_respondents"])


def test_reliability_and_icc_of_the_first_wave():
    cube = mini_cube(1)
    for entry in TRUTH["reliability"]:
        k = KEYS.index(entry["scale"])
        found = scale_alpha(cube, entry["scale"])
        assert found.n == entry["n_complete"]
        same(found.value, entry["alpha"])
        same(alpha(products(mini_sheet(1))[k]), entry["alpha"])
        limits = feldt(found.value, found.n, found.items)
        same([limits.low, limits.high], entry["feldt"])
        squares = cube.variances[:, k] * np.maximum(cube.n[:, k] - 1, 0)
        way = one_way(cube.n[:, k].astype(float), cube.means[:, k], squares)
        for ours, key in ((way.icc1, "icc1"), (way.icc2, "icc2"), (way.usual_size, "n0")):
            same(ours, entry[key])
        model = intercept_model(cube.n[:, k].astype(float), cube.means[:, k], squares)
        same(model.icc1, entry["icc1_reml"], REML)


def test_trend_over_three_waves():
    for entry in TRUTH["trend_lmer"]:
        k = KEYS.index(entry["scale"])
        cells = []
        for wave in (1, 2, 3):
            cube = mini_cube(wave)
            for s, school in enumerate(cube.schools):
                n = cube.n[s, k]
                cells.append((int(school[1:]), wave, n, cube.means[s, k], cube.variances[s, k] * max(n - 1, 0)))
        found = trend(*np.array(cells, dtype=float).T, slopes_vary=False)
        same(found.slope, entry["slope"], REML)
        same(found.error, entry["se"], REML)


def test_the_helpers_read_the_same_sums():
    cube = mini_cube(1)
    assert np.allclose(variances(cube.n, cube.total, cube.squares, cube.units), cube.variances)
    assert coverage(3, 4) == 0.75
    assert float(standard_error(0.0, 3, 4)) == 0
    assert whole_rows(cube, "c1").n.sum() == 175
    assert isinstance(how_many([]), Undefined)
