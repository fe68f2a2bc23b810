"""How much of what people answer belongs to their school: one-way figures and mixed models from sums alone."""

from dataclasses import dataclass

import numpy as np
from scipy import optimize, stats

from colead.analysis.figures import Floats, Interval, Number, Undefined, ratio


@dataclass(frozen=True)
class OneWay:
    """One-way analysis of variance over schools: mean squares, the usual size n0, ICC(1), ICC(2) and the interval."""

    groups: int
    people: int
    between: Number
    within: Number
    usual_size: Number
    icc1: Number
    icc2: Number
    interval: Interval | Undefined

    @property
    def shown(self) -> Number:
        """Return ICC(1) for readers: a negative estimate is shown as 0, the raw value stays in the research file."""
        return self.icc1 if isinstance(self.icc1, Undefined) else max(0.0, self.icc1)


def one_way(n: Floats, means: Floats, squares: Floats) -> OneWay:
    """Return ICC(1) = (MSB - MSW) / (MSB + (n0 - 1) MSW) and ICC(2) = (MSB - MSW) / MSB.

    n, means and sums of squares around the mean, one entry per school; n0 = (N - sum n^2 / N) / (S - 1).
    """
    here = n > 0
    n, means, squares = n[here], means[here], squares[here]
    groups, people = len(n), int(n.sum())
    if groups < 2 or people == groups:
        why = Undefined("it takes two schools, one of them with two people")
        return OneWay(groups, people, why, why, why, why, why, why)
    centre = float((n * means).sum() / people)
    between = float((n * (means - centre) ** 2).sum() / (groups - 1))
    within = float(squares.sum() / (people - groups))
    size = float((people - (n**2).sum() / people) / (groups - 1))
    tiny = 1e-12 * max(1.0, abs(centre)) ** 2
    between, within = (value if value > tiny else 0.0 for value in (between, within))
    icc1 = ratio(between - within, between + (size - 1) * within, "everybody answered alike")
    icc2 = ratio(between - within, between, "the school means do not differ")
    return OneWay(groups, people, between, within, size, icc1, icc2, _limits(between, within, size, groups, people))


def _limits(between: float, within: float, size: float, groups: int, people: int) -> Interval | Undefined:
    if not within:
        return Undefined("nobody differs from colleagues in the same school")
    freedom = (groups - 1, people - groups)
    low, high = (between / within / float(stats.f.ppf(p, *freedom)) for p in (0.975, 0.025))
    return Interval((low - 1) / (low + size - 1), (high - 1) / (high + size - 1))


def mean_reliability(icc1: float, n: float) -> float:
    """Return how dependable a mean of n answers is (Spearman-Brown)."""
    return n * icc1 / (1 + (n - 1) * icc1)


@dataclass(frozen=True)
class InterceptModel:
    """Random-intercept model: overall mean, its error, variance between schools and within them."""

    mean: float
    error: float
    between: float
    within: float
    log_likelihood: float

    @property
    def icc1(self) -> float:
        return self.between / (self.between + self.within)

    def shrunk(self, n: Floats, means: Floats) -> tuple[Floats, Floats]:
        """Return each school's estimate and its conditional sd (lme4's coef and condVar)."""
        reliability = self.reliability(n)
        return self.mean + reliability * (means - self.mean), np.sqrt(self.between * (1 - reliability))

    def reliability(self, n: Floats) -> Floats:
        return n * self.between / (n * self.between + self.within)


def intercept_model(n: Floats, means: Floats, squares: Floats, *, reml: bool = True) -> InterceptModel | Undefined:
    """Fit y ~ 1 + (1 | school) by REML (or ML) from n, mean and sum of squares per school.

    Schools of one size enter only through their number, sum and sum of squares: the time does not grow with schools.
    """
    here = n > 0
    n, means = n[here], means[here]
    people, within = float(n.sum()), float(squares[here].sum())
    if len(n) < 2 or people == len(n) or within <= 0:
        return Undefined("it takes two schools and differences inside them")
    centre = float((n * means).sum() / people)
    sizes, where = np.unique(n, return_inverse=True)
    moments = np.array([np.bincount(where, (means - centre) ** p) for p in (0, 1, 2)])
    lost = 1 if reml else 0

    def profile(theta: float) -> tuple[float, float, float, float]:
        weights = sizes / (1 + sizes * theta)
        all_weight = float((moments[0] * weights).sum())
        mean = float((moments[1] * weights).sum()) / all_weight
        rest = within + float((weights * (moments[2] - 2 * mean * moments[1] + mean**2 * moments[0])).sum())
        deviance = (people - lost) * (np.log(2 * np.pi * rest / (people - lost)) + 1)
        deviance += float((moments[0] * np.log1p(sizes * theta)).sum()) + lost * np.log(all_weight)
        return float(deviance), mean, rest, all_weight

    grid = np.linspace(-12, 6, 37)
    best = grid[int(np.argmin([profile(np.exp(x))[0] for x in grid]))]
    near = optimize.minimize_scalar(
        lambda x: profile(np.exp(x))[0], bounds=(best - 0.6, best + 0.6), method="bounded", options={"xatol": 1e-10}
    )
    theta = float(np.exp(near.x))
    theta = 0.0 if profile(0.0)[0] <= profile(theta)[0] else theta
    deviance, mean, rest, all_weight = profile(theta)
    variance = rest / (people - lost)
    error = float(np.sqrt(variance / all_weight))
    return InterceptModel(centre + mean, error, theta * variance, variance, -deviance / 2)


@dataclass(frozen=True)
class Trend:
    """Change per unit of time over three and more waves, with its standard error."""

    start: float
    slope: float
    error: float
    groups: int


def trend(
    groups: Floats, times: Floats, n: Floats, means: Floats, squares: Floats, *, slopes_vary: bool = True
) -> Trend | Undefined:
    """Fit y ~ t + (1 + t | school), or (1 | school), by REML from one row per school and wave.

    Exact although nobody's own answers are seen: the predictors do not change within a cell. Missed waves stay in.
    """
    here = n > 0
    names, at = np.unique(groups[here], return_inverse=True)
    n, times, means = n[here], times[here], means[here]
    if len(names) < 2 or len(np.unique(times)) < 2:
        return Undefined("a trend takes two schools and two dates")
    design = np.stack([np.ones_like(times), times], axis=1)
    inner = np.zeros((len(names), 2, 2))
    np.add.at(inner, at, n[:, None, None] * design[:, :, None] * design[:, None, :])
    seen = np.zeros((len(names), 2))
    np.add.at(seen, at, (n * means)[:, None] * design)
    rest = float(squares[here].sum() + (n * means**2).sum())
    people = float(n.sum())

    def profile(shape: Floats) -> tuple[float, Floats, Floats]:
        lower = np.array([[shape[0], 0.0], [shape[1], shape[2]] if slopes_vary else [0.0, 0.0]])
        middle = np.eye(2) + lower.T @ inner @ lower
        solved = lower @ np.linalg.inv(middle) @ lower.T
        precision = (inner - inner @ solved @ inner).sum(axis=0)
        right = (seen - np.einsum("gij,gjk,gk->gi", inner, solved, seen)).sum(axis=0)
        estimate = np.linalg.solve(precision, right)
        misfit = rest - float(np.einsum("gi,gij,gj->", seen, solved, seen)) - float(right @ estimate)
        variance = max(misfit, 1e-12) / (people - 2)
        deviance = (people - 2) * np.log(variance) + float(np.log(np.linalg.det(middle)).sum())
        return float(deviance + np.log(np.linalg.det(precision))), estimate, np.linalg.inv(precision) * variance

    start = np.array([0.3, 0.0, 0.1]) if slopes_vary else np.array([0.3])
    found = optimize.minimize(lambda shape: profile(shape)[0], start, method="Nelder-Mead", options=CLOSE)
    found = optimize.minimize(lambda shape: profile(shape)[0], found.x, method="Nelder-Mead", options=CLOSE)
    _, estimate, spread = profile(found.x)
    return Trend(float(estimate[0]), float(estimate[1]), float(np.sqrt(spread[1, 1])), len(names))


CLOSE = {"xatol": 1e-7, "fatol": 1e-9, "maxiter": 4000, "maxfev": 4000}
