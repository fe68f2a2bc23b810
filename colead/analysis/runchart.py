"""Run charts and control charts for a small test: did something change, or is this the usual up and down?"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

import numpy as np
from scipy import stats

from colead.analysis.figures import Floats, Undefined

RULES_FROM = 10
"""Useful points a run chart needs before its rules say anything: below, dots and median only."""

XMR_FROM = 12
SCREEN = 3.267
TO_LIMITS = 2.66

Series = Sequence[float | None]


@dataclass(frozen=True)
class Runs:
    """A run chart read by the rules of Anhoej & Olesen 2014.

    `useful` points are not on the centre line. A signal is a run longer than `longest_allowed` or fewer than
    `crossings_needed` crossings of the centre line.
    """

    centre: float
    useful: int
    longest: int
    longest_allowed: int
    crossings: int
    crossings_needed: int

    @property
    def enough(self) -> bool:
        return self.useful >= RULES_FROM

    @property
    def long_run(self) -> bool:
        return self.enough and self.longest > self.longest_allowed

    @property
    def few_crossings(self) -> bool:
        return self.enough and self.crossings < self.crossings_needed

    @property
    def signal(self) -> bool:
        return self.long_run or self.few_crossings


def runs(values: Series, *, baseline: int | None = None) -> Runs | Undefined:
    """Read a run chart; the centre is the median, of the first `baseline` points where a change is marked."""
    given = [v for v in values[:baseline] if v is not None]
    if not given:
        return Undefined("there is no point yet")
    centre = float(np.median(given))
    signs = [v > centre for v in values if v is not None and v != centre]
    if not signs:
        return Undefined("there is no variation yet")
    useful = len(signs)
    return Runs(
        centre=centre,
        useful=useful,
        longest=max(len(list(run)) for _, run in groupby(signs)),
        longest_allowed=round(np.log2(useful)) + 3,
        crossings=sum(a != b for a, b in pairwise(signs)),
        crossings_needed=int(stats.binom.ppf(0.05, useful - 1, 0.5)) if useful > 1 else 0,
    )


@dataclass(frozen=True)
class ExtraRules:
    """The rules of Perla, Provost & Murray 2011 (IHI): six on one side, five in one direction. Off by default."""

    longest_shift: int
    longest_trend: int

    @property
    def shift(self) -> bool:
        return self.longest_shift >= 6

    @property
    def trend(self) -> bool:
        return self.longest_trend >= 5


def extra_rules(values: Series, *, baseline: int | None = None) -> ExtraRules:
    """Return the longest run on one side and the most points in one direction; equal neighbours count once."""
    found = runs(values, baseline=baseline)
    given = [v for v in values if v is not None]
    moves = [b > a for a, b in pairwise(given) if a != b]
    longest = max((len(list(run)) for _, run in groupby(moves)), default=0)
    return ExtraRules(0 if isinstance(found, Undefined) else found.longest, min(longest + 1, len(given)))


@dataclass(frozen=True)
class Limits:
    """An individuals chart: mean, natural limits and the positions (from 0) of points outside them."""

    mean: float
    moving_range: float
    lower: float
    upper: float
    range_upper: float
    outside: tuple[int, ...]


def xmr(values: Series, *, baseline: int | None = None) -> Limits | Undefined:
    """Return mean +/- 2.66 mean moving range, after dropping once ranges of 3.267 times their mean and more.

    A gap breaks a moving range. Limits are worth reading from twelve points, better twenty.
    """
    given = [v for v in values[:baseline] if v is not None]
    ranges = np.array([abs(b - a) for a, b in pairwise(values[:baseline]) if a is not None and b is not None])
    if not len(ranges):
        return Undefined("it takes two points side by side")
    mean, usual = float(np.mean(given)), _usual(ranges)
    lower, upper = mean - TO_LIMITS * usual, mean + TO_LIMITS * usual
    outside = tuple(i for i, v in enumerate(values) if v is not None and usual and not lower <= v <= upper)
    return Limits(mean, usual, lower, upper, SCREEN * usual, outside)


Mark = Literal["outside", "seven on one side", "seven in one direction", "two of three far out"]


def _usual(ranges: Floats) -> float:
    """Return the mean of moving ranges after dropping once those of 3.267 times their mean and more."""
    every = float(ranges.mean())
    return float(ranges[ranges < SCREEN * every].mean()) if every else 0.0


def nhs_marks(values: Series, limits: Limits) -> tuple[frozenset[Mark], ...]:
    """Mark points by the four rules of NHS England's Making Data Count. Off by default: print the false alarms."""
    here = [i for i, v in enumerate(values) if v is not None]
    given = np.array([v for v in values if v is not None])
    marks: list[set[Mark]] = [set() for _ in values]
    if not limits.moving_range:
        return tuple(frozenset(m) for m in marks)
    for i in limits.outside:
        marks[i].add("outside")
    side = np.sign(given - limits.mean)
    far = np.abs(given - limits.mean) > (limits.upper - limits.mean) * 2 / 3
    step = np.sign(np.diff(given))
    for start in range(len(given) - 6):
        if abs(side[start : start + 7].sum()) == 7:
            _add(marks, here[start : start + 7], "seven on one side")
        if abs(step[start : start + 6].sum()) == 6:
            _add(marks, here[start : start + 7], "seven in one direction")
    for start in range(len(given) - 2):
        three = slice(start, start + 3)
        if far[three].sum() >= 2 and abs(side[three].sum()) == 3:
            _add(marks, [here[i] for i in range(start, start + 3) if far[i]], "two of three far out")
    return tuple(frozenset(m) for m in marks)


def _add(marks: list[set[Mark]], places: Sequence[int], mark: Mark) -> None:
    for place in places:
        marks[place].add(mark)


@dataclass(frozen=True)
class ShareChart:
    """A p chart: overall share, limits per point, points outside; `spread` is Laney's sigma of the z values."""

    centre: float
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    spread: float
    outside: tuple[int, ...]


def share_chart(
    hits: Sequence[int], of: Sequence[int], *, laney: bool = False, minimum: int = 5
) -> ShareChart | Undefined:
    """Return pbar +/- 3 sqrt(pbar (1 - pbar) / n), cut at 0 and 1; with `laney` widened by sigma z (Laney 2002).

    Counts of fewer than `minimum` people are refused: they are a small group like any other.
    """
    if len(of) < 2:
        return Undefined("it takes two points")
    if min(of) < minimum:
        return Undefined("a point rests on too few people")
    n, share = np.array(of, dtype=np.float64), np.array(hits) / np.array(of)
    centre = float(np.sum(hits) / n.sum())
    error = np.sqrt(centre * (1 - centre) / n)
    if not error.any():
        return Undefined("there is no variation yet")
    spread = _usual(np.abs(np.diff((share - centre) / error))) / 1.128
    wide = 3 * error * (spread if laney else 1.0)
    lower, upper = np.maximum(0.0, centre - wide), np.minimum(1.0, centre + wide)
    outside = tuple(int(i) for i in np.flatnonzero((share < lower) | (share > upper)))
    return ShareChart(centre, tuple(map(float, lower)), tuple(map(float, upper)), spread, outside)


Rule = Literal["anhoej", "shift", "trend", "outside", "seven"]

FALSE_ALARMS: dict[int, dict[Rule, float]] = {
    10: {"anhoej": 0.01, "shift": 0.00, "trend": 0.09, "outside": 0.05, "seven": 0.00},
    12: {"anhoej": 0.01, "shift": 0.01, "trend": 0.11, "outside": 0.05, "seven": 0.01},
    16: {"anhoej": 0.01, "shift": 0.05, "trend": 0.16, "outside": 0.07, "seven": 0.03},
    20: {"anhoej": 0.02, "shift": 0.11, "trend": 0.20, "outside": 0.08, "seven": 0.06},
    24: {"anhoej": 0.03, "shift": 0.16, "trend": 0.25, "outside": 0.10, "seven": 0.09},
    36: {"anhoej": 0.04, "shift": 0.31, "trend": 0.37, "outside": 0.13, "seven": 0.17},
}
"""How often each rule calls pure noise a change, by number of points (20,000 simulated series each)."""


def false_alarm(rule: Rule, points: int) -> float:
    """Return how often a rule is wrong on pure noise, from the nearest table row that is not smaller."""
    row = next((size for size in FALSE_ALARMS if size >= points), max(FALSE_ALARMS))
    return FALSE_ALARMS[row][rule]
