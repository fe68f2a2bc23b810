"""From one wave to the next: two groups of the same school compared, never person by person."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import special

from colead.analysis.figures import Floats, Interval, Ints, Undefined
from colead.analysis.instrument import DEFAULTS, Constants
from colead.analysis.levels import Sizes, Values, standard_error, steadied, t_quantile

NO_CHANGE = 1e-9

Word = Literal["clear rise", "likely rise", "no clear change", "likely fall", "clear fall"]
Verdict = Literal["clear rise", "no clear change", "clear fall"]


@dataclass(frozen=True)
class Side:
    """One wave's sums for one school and scale: n people, mean, variance (n - 1), pooled variance, list size."""

    n: int
    mean: float
    variance: float
    pooled: float
    roster: int = -1


@dataclass(frozen=True)
class Change:
    """A difference of two means with its error, degrees of freedom, interval and two-sided p."""

    before: Side
    after: Side
    difference: float
    error: float
    df: float
    interval: Interval
    p: float

    @property
    def direction(self) -> int:
        return 0 if abs(self.difference) <= NO_CHANGE else int(np.sign(self.difference))

    @property
    def chance_up(self) -> float:
        """Return the probability that the true change is a rise, from this school alone."""
        return float(special.stdtr(self.df, self.difference / self.error))


def change(before: Side, after: Side, constants: Constants = DEFAULTS) -> Change | Undefined:
    """Compare two waves whose people are not linked.

    Variance per wave = steadied variance / n (1 - rho f): the correction for a finite list must not be used in full,
    because people answer a little differently on another day. With it, most schools where nothing changed look changed.
    """
    if before.n < constants.minimum:
        return Undefined("too few answered last time")
    if after.n < constants.minimum:
        return Undefined("too few answered this time")
    return compare(before, after, constants)


def compare(before: Side, after: Side, constants: Constants = DEFAULTS) -> Change | Undefined:
    """Compare two waves whatever their size; `change` is the one that keeps small groups out."""
    if not before.n or not after.n:
        return Undefined("one of the two rounds has no answers")
    parts = [float(part_error(s.variance, s.n, s.pooled, s.roster, constants)) ** 2 for s in (before, after)]
    total = sum(parts)
    difference = after.mean - before.mean
    if total <= 0:
        return Undefined("nobody differs from anybody, so there is no margin")
    df = total**2 / sum(v**2 / (s.n + constants.prior_df - 1) for v, s in zip(parts, (before, after), strict=True))
    return _change(before, after, difference, total**0.5, df, constants.level)


def part_error(variance: Values, n: Sizes, pooled: Values, roster: Sizes, constants: Constants) -> Floats:
    """Return one wave's part in the error of a change."""
    return standard_error(steadied(variance, n, pooled, constants.prior_df), n, roster, constants.rho)


def _change(before: Side, after: Side, difference: float, error: float, df: float, level: float) -> Change:
    half = float(t_quantile(level, df)) * error
    p = 2 * float(special.stdtr(df, -abs(difference) / error))
    return Change(before, after, difference, error, df, Interval(difference - half, difference + half), p)


def changes(
    n: tuple[Ints, Ints], means: tuple[Floats, Floats], errors: tuple[Floats, Floats], constants: Constants
) -> tuple[Floats, Floats]:
    """Return difference and error of many schools at once; a school below the minimum gets 0 and 0."""
    shown = (n[0] >= constants.minimum) & (n[1] >= constants.minimum)
    difference, error = means[1] - means[0], np.hypot(errors[0], errors[1])
    return np.where(shown, difference, 0.0), np.where(shown, error, 0.0)


def chances(n: tuple[Ints, Ints], difference: Floats, errors: tuple[Floats, Floats], constants: Constants) -> Floats:
    """Return the two-sided p of many changes at once; 1 where there is no error to compare with."""
    first, second = errors[0] ** 2, errors[1] ** 2
    freedom = constants.prior_df - 1
    parts = first**2 / np.maximum(n[0] + freedom, 1) + second**2 / np.maximum(n[1] + freedom, 1)
    total = first + second
    df = np.where(parts > 0, total**2 / np.where(parts > 0, parts, 1.0), 1.0)
    ratio = np.abs(difference) / np.sqrt(np.where(total > 0, total, 1.0))
    return np.where(total > 0, 2 * special.stdtr(df, -ratio), 1.0)


def linked_change(
    before: Side, after: Side, pairs: Sequence[tuple[float, float]], constants: Constants = DEFAULTS
) -> Change | Undefined:
    """Compare two waves some of whose people gave the same private code (Looney & Jones 2003).

    The same difference over everybody; var = mv1 / n1 + mv2 / n2 - 2 m S12 / (n1 n2), without regard to the list.
    Refused below ten pairs. Which error is used is decided before a wave opens, never by picking the smaller.
    """
    if len(pairs) < 10:
        return Undefined("it takes ten people who gave their code both times")
    plain = compare(before, after, constants)
    if isinstance(plain, Undefined):
        return plain
    error = linked_error(before, after, pairs, constants)
    return _change(before, after, plain.difference, error, plain.df, constants.level)


def linked_error(
    before: Side, after: Side, pairs: Sequence[tuple[float, float]], constants: Constants = DEFAULTS
) -> float:
    """Return the error of a change when m pairs are known; the gain is cut at a tenth of the unlinked variance."""
    first, second = (
        float(steadied(side.variance, side.n, side.pooled, constants.prior_df)) / side.n for side in (before, after)
    )
    table = np.array(pairs)
    together = float(np.cov(table[:, 0], table[:, 1])[0, 1])
    shared = 2 * len(pairs) * together / (before.n * after.n)
    return float(np.sqrt(max(first + second - shared, 0.1 * (first + second))))


def benjamini_hochberg(p: Sequence[float]) -> tuple[float, ...]:
    """Return p values adjusted for being several (Benjamini & Hochberg 1995)."""
    count = len(p)
    order = np.argsort(p, kind="stable")[::-1]
    scaled = np.array(p)[order] * count / np.arange(count, 0, -1)
    adjusted = np.empty(count)
    adjusted[order] = np.minimum(1.0, np.minimum.accumulate(scaled))
    return tuple(float(value) for value in adjusted)


def verdict(change: Change, adjusted: float, constants: Constants) -> Verdict:
    """Say in one of three ways what happened, after allowing for looking at several scales at once."""
    if adjusted > constants.false_rate or not change.direction:
        return "no clear change"
    return "clear rise" if change.direction > 0 else "clear fall"


def word(change: Change, adjusted: float, constants: Constants, chance_up: float | None = None) -> Word:
    """Say the same in five ways; `chance_up` comes from the cohort where there are ten schools."""
    three = verdict(change, adjusted, constants)
    up = change.chance_up if chance_up is None else chance_up
    if three != "no clear change" or not change.direction:
        return three
    if up >= 0.8:
        return "likely rise"
    return "likely fall" if up <= 0.2 else "no clear change"


def noticeable(change: Change, constants: Constants) -> bool:
    """Tell whether a change is as large as one colleague in five moving one answer on every question."""
    return abs(change.difference) >= constants.smallest_change - NO_CHANGE


def half_width(n: int, roster: int, sd: float, constants: Constants = DEFAULTS) -> float:
    """Return what a school can hope to see: half the change interval if n of a list answer both times."""
    error = float(standard_error(sd**2, n, roster, constants.rho)) * 2**0.5
    return float(t_quantile(constants.level, 2 * (n + constants.prior_df - 1))) * error
