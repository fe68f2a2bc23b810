"""Small schools jump more by luck: pull each toward the group in proportion to how little it tells (empirical Bayes).

For comparing, mapping and flagging. A school's own page keeps the school's own mean.
"""

from dataclasses import dataclass

import numpy as np
from scipy import optimize, special

from colead.analysis.figures import Floats, Interval, Undefined

FEWEST_SCHOOLS = 10


@dataclass(frozen=True)
class Shrunk:
    """Posterior means and variances per school; `between` is 0 when schools differ no more than by chance."""

    between: float
    mean: float
    error: float
    weight: Floats
    estimate: Floats
    variance: Floats

    @property
    def chance_up(self) -> Floats:
        """Return each school's probability of a true value above 0."""
        return np.asarray(special.ndtr(self.estimate / np.sqrt(self.variance)))


def shrink(values: Floats, errors: Floats, *, fewest: int = FEWEST_SCHOOLS) -> Shrunk | Undefined:
    """Shrink school figures with known standard errors; variance between schools by Paule & Mandel 1982."""
    if len(values) < fewest:
        return Undefined(f"it takes {fewest} schools to learn how much schools differ")
    variance = np.maximum(errors**2, 1e-12)
    between = _paule_mandel(values, variance)
    weights = 1 / (variance + between)
    mean = float((weights * values).sum() / weights.sum())
    kept = between / (between + variance)
    estimate = mean + kept * (values - mean)
    spread = kept * variance + (1 - kept) ** 2 / weights.sum()
    return Shrunk(between, mean, float(1 / np.sqrt(weights.sum())), kept, estimate, spread)


def _paule_mandel(values: Floats, variance: Floats) -> float:
    """Solve sum (y - mu)^2 / (v + tau2) = S - 1 for tau2; 0 when the schools differ less than that already."""

    def excess(between: float) -> float:
        weights = 1 / (variance + between)
        mean = (weights * values).sum() / weights.sum()
        return float((weights * (values - mean) ** 2).sum() - (len(values) - 1))

    if len(values) < 2 or excess(0.0) <= 0:
        return 0.0
    # At the plain variance of the values the excess is below 0 whatever the errors: the root lies before it.
    return float(optimize.brentq(excess, 0.0, 1.000001 * float(np.var(values, ddof=1)), xtol=1e-14, rtol=1e-14))


def funnel(mean: float, error: float, *, inflation: float = 1.0) -> tuple[Interval, Interval]:
    """Return the 95 % and 99.8 % limits within which a school of this error differs by chance (Spiegelhalter 2005)."""
    wide = error * float(np.sqrt(max(1.0, inflation)))
    return Interval(mean - 1.96 * wide, mean + 1.96 * wide), Interval(mean - 3.09 * wide, mean + 3.09 * wide)
