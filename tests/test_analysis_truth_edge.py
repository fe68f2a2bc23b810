"""Every hand-checkable edge case of the reference table gives the figure written there."""

import numpy as np
import pytest

from colead.analysis.agreement import agreement
from colead.analysis.changes import benjamini_hochberg
from colead.analysis.cubes import cube, products
from colead.analysis.figures import Interval, Undefined
from colead.analysis.levels import UNKNOWN, standard_error, wilson
from colead.analysis.multilevel import mean_reliability, one_way
from colead.analysis.reliability import alpha, feldt, scale_alpha
from colead.analysis.response import evenness, mixing, response_rate, silent_range
from colead.analysis.scores import scores, turn
from colead.analysis.several import chance_of_at_least
from tests.analysis_data import moments, plain_sheet, table

TOLERANCE = 1e-9
NOT_OURS = {"holm", "bonett"}
"""Printed beside ours in the table; the product shows neither."""


def number(value):
    return None if isinstance(value, Undefined) else value


def _alpha(rows):
    sheet = plain_sheet(rows)
    whole = number(scale_alpha(cube(sheet), "s").value)
    value = number(alpha(products(sheet)[0]))
    assert value == pytest.approx(whole, abs=TOLERANCE), "both ways to alpha agree"
    return value


def _icc(case):
    pairs = [(y, g) for y, g in zip(case["y"], case["g"], strict=True) if y is not None]
    found = one_way(*moments(*zip(*pairs, strict=True))[1:])
    return {"icc1": number(found.icc1), "icc2": number(found.icc2)}


def _agreement(case):
    counts = np.array([[column.count(a) for a in range(1, case["A"] + 1)] for column in zip(*case["X"], strict=True)])
    found = agreement(counts)
    return {"rstar": number(found.r_star), "rwgj": number(found.rwg), "ad": number(found.distance)}


def _wilson(case):
    found = wilson(case["x"], case["n"], roster=case["N"] or UNKNOWN, level=case["level"])
    return [found.low, found.high]


def _se_mean(case):
    args = (case["sd"] ** 2, case["n"], case["N"] or UNKNOWN)
    return {"se_fpc": float(standard_error(*args)), "se_rho05": float(standard_error(*args, rho=0.5))}


def _half_rule(answers):
    sheet = plain_sheet([answers if isinstance(answers, list) else [answers]])
    values, valid = scores(sheet, sheet.instrument.scales[0])
    return float(values[0]) if valid[0] else None


def _representativity(case):
    found = evenness(case["n"], case["N"])
    rate = response_rate(sum(case["n"]), sum(case["N"]))
    return {"response_rate": rate, "R": found.r_indicator, "cv": found.variation}


def _nonresponse(case):
    found = silent_range(case["mean"], case["n"], case["N"], Interval(case["lo"], case["hi"]), case["gap"])
    return {"worst": [found.worst.low, found.worst.high], "gap": [found.gap.low, found.gap.high]}


def _mix(case):
    found = mixing(list(zip(case["w1"], case["m1"], strict=True)), list(zip(case["w2"], case["m2"], strict=True)))
    return {"total": found.total, "within": found.within, "mix": found.mix}


def _alpha_ci(case):
    found = feldt(case["alpha"], case["n"], case["k"])
    return {"feldt": [found.low, found.high]}


WAYS = {
    "alpha": _alpha,
    "icc": _icc,
    "agreement": _agreement,
    "wilson": _wilson,
    "se_mean": _se_mean,
    "half_rule": _half_rule,
    "reverse": lambda case: turn(case["x"], case["lo"], case["hi"]),
    "adjust": lambda p: {"BH": list(benjamini_hochberg(p if isinstance(p, list) else [p]))},
    "chance_at_least": lambda case: chance_of_at_least(case["k"], case["n"]),
    "alpha_ci": _alpha_ci,
    "mix_effect": _mix,
    "representativity": _representativity,
    "nonresponse_range": _nonresponse,
    "icc2_from_icc1": lambda case: [mean_reliability(case["icc1"], n) for n in case["n"]],
}


def listed(value):
    return value if isinstance(value, list) else [value]


@pytest.mark.parametrize("case", table("edge_share")["cases"], ids=lambda case: f"{case['fn']}-{case['id']}")
def test_edge_cases_give_the_reference_value(case):
    found, expected = WAYS[case["fn"]](case["input"]), case["expected"]
    if not isinstance(expected, dict):
        found, expected = {"value": found}, {"value": expected}
    for key in expected.keys() - NOT_OURS:
        for ours, theirs in zip(listed(found[key]), listed(expected[key]), strict=True):
            assert ours == (None if theirs is None else pytest.approx(theirs, abs=TOLERANCE)), key
