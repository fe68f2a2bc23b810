"""Who answered, who did not, and what that may do to the mean; who is in the mix, and what that does to a change."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from colead.analysis.figures import Interval, Number, Undefined, ratio

Standing = Literal["solid", "careful", "only those who answered", "too few"]


def response_rate(n: int, roster: int) -> Number:
    """Return the share of the list that answered, at most 1."""
    return min(1.0, n / roster) if roster > 0 else Undefined("the size of the staff is not known")


def standing(n: int, roster: int) -> Standing:
    """Put the response into words: from 70 % solid, from 50 % careful, below 40 % or five answers no report."""
    rate = response_rate(n, roster)
    if n < 5 or (not isinstance(rate, Undefined) and rate < 0.4):
        return "too few"
    if isinstance(rate, Undefined) or rate < 0.5:
        return "only those who answered"
    return "solid" if rate >= 0.7 else "careful"


@dataclass(frozen=True)
class Evenness:
    """How evenly groups answered: R is 1 when all groups answered alike."""

    rate: float
    r_indicator: float
    variation: float


def evenness(n: Sequence[int], rosters: Sequence[int]) -> Evenness | Undefined:
    """Return R = 1 - 2 S(rho) over known groups (Schouten, Cobben & Bethlehem 2009) and cv = S / mean."""
    sizes = np.array(rosters, dtype=np.float64)
    if not sizes.sum() or not sum(n):
        return Undefined("nobody is on the list or nobody answered")
    rates = np.minimum(np.array(n) / np.maximum(sizes, 1), 1.0)
    mean = float((sizes * rates).sum() / sizes.sum())
    spread = float(np.sqrt((sizes * (rates - mean) ** 2).sum() / sizes.sum()))
    return Evenness(mean, 1 - 2 * spread, spread / mean)


@dataclass(frozen=True)
class SilentRange:
    """Where the mean of all staff could lie, whatever the silent think."""

    worst: Interval
    gap: Interval


def silent_range(mean: float, n: int, roster: int, ends: Interval, gap: float = 0.5) -> SilentRange:
    """Return the range if the silent answered lowest or highest, and if they stand `gap` points away."""
    share = max(0.0, 1 - n / roster)
    low, high = ((1 - share) * mean + share * end for end in (ends.low, ends.high))
    return SilentRange(Interval(low, high), Interval(mean - share * gap, mean + share * gap))


@dataclass(frozen=True)
class Mixing:
    """A change split in two: what happened inside groups, and what a different mix of groups did (Kitagawa 1955)."""

    total: float
    within: float
    mix: float

    def misleads(self, smallest_change: float) -> bool:
        """Tell whether the average says another thing than the groups do."""
        opposite = self.total * self.within < 0 and min(abs(self.total), abs(self.within)) > 1e-9
        return opposite or (abs(self.mix) > abs(self.total) / 2 and abs(self.mix) > smallest_change / 2)


def mixing(before: Sequence[tuple[float, float]], after: Sequence[tuple[float, float]]) -> Mixing:
    """Split the change of a mean over groups given as (weight, mean); weights need not add up to 1."""
    first, second = np.array(before, dtype=np.float64), np.array(after, dtype=np.float64)
    w1, w2 = first[:, 0] / first[:, 0].sum(), second[:, 0] / second[:, 0].sum()
    within = float(((w1 + w2) / 2 * (second[:, 1] - first[:, 1])).sum())
    mix = float(((first[:, 1] + second[:, 1]) / 2 * (w2 - w1)).sum())
    return Mixing(within + mix, within, mix)


def role_weighted(groups: Sequence[tuple[int, int, float]], minimum: int = 5) -> Number:
    """Return the mean that weighs groups by their lists, from (answers, list, mean) per group.

    Only where every group has `minimum` answers and response differs by more than 15 points; both means are shown.
    """
    if any(n < minimum or roster <= 0 for n, roster, _ in groups) or not groups:
        return Undefined("a group is too small")
    rates = [min(1.0, n / roster) for n, roster, _ in groups]
    if max(rates) - min(rates) <= 0.15:
        return Undefined("the groups answered about equally often")
    return ratio(sum(r * m for _, r, m in groups), sum(r for _, r, _ in groups), "a group is too small")
