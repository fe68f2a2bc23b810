"""Run charts and control charts: reference series, worked cases with their source, promised false alarms."""

import numpy as np
import pytest

from colead.analysis.figures import Undefined
from colead.analysis.runchart import (
    FALSE_ALARMS,
    extra_rules,
    false_alarm,
    nhs_marks,
    runs,
    share_chart,
    xmr,
)
from tests.analysis_data import table

TRUTH = table("spc_share")
CLOSE = {"abs": 1e-9, "rel": 0}
MARKS = {
    "Above UCL": "outside",
    "Below LCL": "outside",
    "7 Points Above CL": "seven on one side",
    "7 Points Below CL": "seven on one side",
    "7 Point Trend (Increasing)": "seven in one direction",
    "7 Point Trend (Decreasing)": "seven in one direction",
    "2 in 3 Above CL": "two of three far out",
    "2 in 3 Below CL": "two of three far out",
}


@pytest.mark.parametrize("name", TRUTH["series"])
def test_reference_series_by_the_default_rules(name):
    series = TRUTH["series"][name]
    found, expected = runs(series["y"]), series["runs"]
    if not expected["n_useful"]:
        assert found == Undefined("there is no variation yet")
        return
    assert found.centre == pytest.approx(expected["centre"], **CLOSE)
    ours = (found.useful, found.longest, found.longest_allowed, found.crossings, found.crossings_needed, found.signal)
    keys = ("n_useful", "longest_run", "longest_limit", "crossings", "crossings_min", "signal")
    assert ours == tuple(expected[key] for key in keys)


@pytest.mark.parametrize("name", TRUTH["series"])
def test_reference_series_by_the_extra_rules(name):
    series = TRUTH["series"][name]
    found, expected = extra_rules(series["y"]), series["ihi"]
    ours = (found.longest_shift, found.shift, found.longest_trend, found.trend)
    assert ours == tuple(expected[key] for key in ("shift_longest", "shift", "trend_longest", "trend"))


@pytest.mark.parametrize("name", TRUTH["series"])
def test_reference_series_on_an_individuals_chart(name):
    series = TRUTH["series"][name]
    found, expected = xmr(series["y"]), series["xmr"]
    for ours, key in (
        (found.mean, "mean"),
        (found.moving_range, "mr_mean"),
        (found.lower, "lower"),
        (found.upper, "upper"),
        (found.range_upper, "mr_upper"),
    ):
        assert ours == pytest.approx(expected[key], **CLOSE), key
    outside = expected["outside"] if isinstance(expected["outside"], list) else [expected["outside"]]
    assert [i + 1 for i in found.outside] == outside


@pytest.mark.parametrize("name", [n for n, s in TRUTH["series"].items() if "nhs_points" in s])
def test_reference_series_by_the_nhs_rules(name):
    series = TRUTH["series"][name]
    found = nhs_marks(series["y"], xmr(series["y"]))
    for at, (marks, label) in enumerate(zip(found, series["nhs_points"], strict=True)):
        if label == "Common Cause":
            assert not marks, at
        else:
            assert MARKS[label] in marks, at


@pytest.mark.parametrize("name", TRUTH["p_charts"])
def test_reference_charts_of_shares(name):
    chart = TRUTH["p_charts"][name]
    plain, laney = (share_chart(chart["x"], chart["n"], laney=wide) for wide in (False, True))
    assert plain.centre == pytest.approx(chart["centre"], **CLOSE)
    assert plain.spread == pytest.approx(chart["laney_sigma_z"], **CLOSE)
    for ours, key in (
        (plain.lower, "lower"),
        (plain.upper, "upper"),
        (laney.lower, "laney_lower"),
        (laney.upper, "laney_upper"),
    ):
        assert list(ours) == pytest.approx(chart[key], **CLOSE), key
    assert [i + 1 for i in plain.outside] == chart["outside"]


A, B = 3, 1
"""Above and below a middle of 2."""

ANHOEJ = "Anhoej & Olesen 2014, PLoS ONE 9 e113825: run limit round(log2 n) + 3, crossings qbinom(.05, n - 1, .5)"
IHI = "Perla, Provost & Murray 2011, BMJ Quality & Safety 20: shift of six, trend of five, ties counted once"
WHEELER = "Wheeler, Understanding Variation: mean +/- 2.66 mean moving range"
NHS = "NHS England, Making Data Count: outside, seven on one side, seven in one direction, two of three far out"
LANEY = "Laney 2002, Quality Engineering 14: p' chart; Montgomery, Statistical Quality Control: p chart"


def r(values):
    return runs(values)


CASES = [
    # By hand: 10 useful points; log2 10 = 3.32, so a run of 6 is allowed; at least 2 crossings of 9 possible.
    (
        ANHOEJ,
        "ten points, five and five",
        lambda: (r([A] * 5 + [B] * 5).longest_allowed, r([A] * 5 + [B] * 5).crossings_needed),
        (6, 2),
    ),
    (ANHOEJ, "five high then five low crosses once: too few", lambda: r([A] * 5 + [B] * 5).few_crossings, True),
    (ANHOEJ, "up and down every time: nine crossings, no signal", lambda: r([A, B] * 5).signal, False),
    (
        ANHOEJ,
        "two blocks each: three crossings of nine are enough",
        lambda: r([A, A, B, B, B, A, A, A, B, B]).signal,
        False,
    ),
    # By hand: 16 useful points; log2 16 = 4, so 7 is allowed and 8 is not.
    (
        ANHOEJ,
        "sixteen points: a run of seven is still luck",
        lambda: r([A] * 7 + [B, A, B, B, A, B, B, B, B]).long_run,
        False,
    ),
    (ANHOEJ, "sixteen points: a run of eight is a signal", lambda: r([A] * 8 + [B] * 8).long_run, True),
    # By hand: 12 useful points; log2 12 = 3.58, so 7; qbinom(.05, 11, .5) = 3.
    (ANHOEJ, "twelve points: three crossings needed", lambda: r([A, B] * 6).crossings_needed, 3),
    # By hand: 24 useful points; log2 24 = 4.58, so 8; qbinom(.05, 23, .5) = 8 (printed for n = 24 by the authors).
    (
        ANHOEJ,
        "twenty-four points: eight and eight",
        lambda: (r([A, B] * 12).longest_allowed, r([A, B] * 12).crossings_needed),
        (8, 8),
    ),
    (ANHOEJ, "points on the middle line are not useful", lambda: r([A, 2, B, 2, A, 2, B]).useful, 4),
    (ANHOEJ, "a point on the line does not break a run", lambda: r([A, A, 2, A, B, B, B]).longest, 3),
    (ANHOEJ, "nine useful points: no rules yet", lambda: r([A] * 4 + [2, 2] + [B] * 5).signal, False),
    (
        ANHOEJ,
        "a frozen middle: twelve at the start, then all above",
        lambda: runs([A, B] * 6 + [4] * 9, baseline=12).long_run,
        True,
    ),
    (IHI, "six above is a shift", lambda: extra_rules([A] * 6 + [B] * 6).shift, True),
    (IHI, "five above is none", lambda: extra_rules([A] * 5 + [B] * 5).shift, False),
    (IHI, "1 2 3 4 5 is a trend", lambda: extra_rules([1, 2, 3, 4, 5, 0]).trend, True),
    (IHI, "1 2 2 3 4 is four points in one direction", lambda: extra_rules([1, 2, 2, 3, 4]).longest_trend, 4),
    (IHI, "1 2 2 3 4 5 is five", lambda: extra_rules([1, 2, 2, 3, 4, 5]).trend, True),
    # By hand: ranges 2 2 2 2 2, mean 2; mean of values 11; limits 11 +/- 5.32.
    (
        WHEELER,
        "steady saw",
        lambda: (round(xmr([10, 12] * 3).lower, 2), round(xmr([10, 12] * 3).upper, 2)),
        (5.68, 16.32),
    ),
    # By hand: ranges 1 1 1 1 16 15, mean 35/6 = 5.83, screen 19.06: nothing dropped; limits wide, 26 lies inside.
    (WHEELER, "a jump too large to judge with six ranges", lambda: xmr([10, 11, 10, 11, 10, 26, 11]).outside, ()),
    # By hand: twelve ranges of 1 and two of 20: mean 52/14 = 3.71, screen 12.1 drops both; mean range 1.
    (
        WHEELER,
        "the spike's own ranges are dropped once",
        lambda: xmr([10, 11] * 3 + [10, 30] + [10, 11] * 3 + [10]).moving_range,
        1.0,
    ),
    (WHEELER, "and so the spike is seen", lambda: xmr([10, 11] * 3 + [10, 30] + [10, 11] * 3 + [10]).outside, (7,)),
    (WHEELER, "a gap breaks a moving range", lambda: xmr([1, 2, None, 9, 10]).moving_range, 1.0),
    (NHS, "seven above the mean", lambda: sum("seven on one side" in m for m in marks([1, 3] * 4 + [3, 3.1] * 4)), 9),
    (
        NHS,
        "six rises make seven points",
        lambda: sum("seven in one direction" in m for m in marks([5, 5, 1, 2, 3, 4, 5, 6, 7, 5])),
        7,
    ),
    # By hand: pbar 20/40 = .5, n = 10: .5 +/- 3 sqrt(.025) = .5 +/- .474.
    (LANEY, "half of ten", lambda: round(share_chart([5] * 4, [10] * 4).upper[0], 3), 0.974),
    # By hand: pbar 1/20, n = 5: .05 - .292 is cut at 0.
    (LANEY, "limits stop at nought", lambda: share_chart([1, 0, 0, 0], [5] * 4).lower[0], 0.0),
    # By hand: all shares alike, so no spread of z at all and Laney's limits close on the middle.
    (LANEY, "no spread at all", lambda: share_chart([5] * 4, [10] * 4, laney=True).upper[0], 0.5),
]


def marks(values):
    return nhs_marks(values, xmr(values))


@pytest.mark.parametrize(("source", "case", "work", "expected"), CASES, ids=[c[1] for c in CASES])
def test_worked_cases(source, case, work, expected):
    assert work() == expected, f"{case} ({source})"


def test_what_cannot_be_read_says_why():
    assert runs([]) == Undefined("there is no point yet")
    assert runs([None, None]) == Undefined("there is no point yet")
    assert xmr([1]) == Undefined("it takes two points side by side")
    assert xmr([1, None, 2]) == Undefined("it takes two points side by side")
    assert share_chart([1], [9]) == Undefined("it takes two points")
    assert share_chart([1, 2], [9, 4]) == Undefined("a point rests on too few people")
    assert share_chart([0, 0], [9, 9]) == Undefined("there is no variation yet")
    assert runs([1, 2, 2]).crossings_needed == 0


def test_the_false_alarm_of_a_rule_is_printed_beside_it():
    assert false_alarm("anhoej", 20) == 0.02
    assert false_alarm("trend", 11) == 0.11
    assert false_alarm("seven", 90) == 0.17


@pytest.mark.slow
@pytest.mark.parametrize("points", [12, 24])
def test_false_alarms_on_pure_noise_are_as_printed(points):
    dice = np.random.default_rng(7)
    tally = dict.fromkeys(FALSE_ALARMS[points], 0)
    series = dice.normal(size=(1500, points))
    for values in series.tolist():
        extra, limits = extra_rules(values), xmr(values)
        tally["anhoej"] += runs(values).signal
        tally["shift"] += extra.shift
        tally["trend"] += extra.trend
        tally["outside"] += bool(limits.outside)
        tally["seven"] += any("seven on one side" in m for m in nhs_marks(values, limits))
    for rule, count in tally.items():
        assert count / len(series) == pytest.approx(FALSE_ALARMS[points][rule], abs=0.03), rule
