"""McDonald's omega from one factor fitted by maximum likelihood to a covariance matrix."""

from dataclasses import dataclass

import numpy as np
from scipy import optimize, stats

from colead.analysis.figures import Floats, Interval, Number, Undefined
from colead.analysis.reliability import covariance

MOST_ITEMS = 15


@dataclass(frozen=True)
class OneFactor:
    """Loadings and rest variances [J] of the one-factor model, and how well it fits."""

    n: int
    loadings: Floats
    rest: Floats
    chi_square: float
    df: int

    @property
    def omega(self) -> float:
        """Return (sum l)^2 / ((sum l)^2 + sum theta)."""
        common = float(self.loadings.sum() ** 2)
        return common / (common + float(self.rest.sum()))


@dataclass(frozen=True)
class Omega:
    n: int
    value: Number
    interval: Interval | Undefined


def one_factor(products: Floats, near: Floats | None = None) -> OneFactor | Undefined:
    """Fit one factor by maximum likelihood, profiling over the rest variances (Joreskog 1967).

    `near` are rest variances known to be close, as when one school of many is left out.
    """
    n, matrix = covariance(products)
    items = len(matrix)
    if not 3 <= items <= MOST_ITEMS:
        return Undefined("one factor needs three to fifteen questions")
    if n <= items or np.linalg.eigvalsh(matrix)[0] < 1e-9:
        return Undefined("the answers do not vary enough to fit a factor")
    sample = matrix * (n - 1) / n
    start = np.log(near if near is not None else 0.7 / np.diag(np.linalg.inv(sample)))
    bounds = [(np.log(v * 1e-4), np.log(v * 1.5)) for v in np.diag(sample)]
    found = optimize.minimize(_misfit, start, args=(sample,), jac=True, method="L-BFGS-B", bounds=bounds, options=TIGHT)
    rest = np.exp(found.x)
    loadings = _loadings(rest, sample)
    return OneFactor(n, loadings, rest, float(n * found.fun), items * (items - 3) // 2)


TIGHT = {"ftol": 1e-14, "gtol": 1e-9, "maxiter": 2000}


def _loadings(rest: Floats, sample: Floats) -> Floats:
    root = np.sqrt(rest)
    values, vectors = np.linalg.eigh(sample / np.outer(root, root))
    first = root * vectors[:, -1] * np.sqrt(max(values[-1] - 1, 0))
    return np.asarray(first * (1 if first.sum() >= 0 else -1))


def _misfit(log_rest: Floats, sample: Floats) -> tuple[float, Floats]:
    rest = np.exp(log_rest)
    loadings = _loadings(rest, sample)
    implied = np.outer(loadings, loadings) + np.diag(rest)
    inverse = np.linalg.inv(implied)
    both = inverse @ sample
    misfit = float(np.trace(both) - np.linalg.slogdet(both)[1] - len(rest))
    slope = np.diag(inverse @ (implied - sample) @ inverse) * rest
    return misfit, slope


def omega(products: Floats, level: float = 0.95) -> Omega:
    """Return omega of all people with the interval of the delta method (people taken as independent)."""
    fit = one_factor(products)
    if isinstance(fit, Undefined):
        return Omega(int(products[0, 0]), fit, fit)
    half = float(stats.norm.ppf(0.5 + level / 2)) * _delta_error(fit)
    return Omega(fit.n, fit.omega, Interval(fit.omega - half, min(1.0, fit.omega + half)))


def _delta_error(fit: OneFactor) -> float:
    items = len(fit.rest)
    inverse = np.linalg.inv(np.outer(fit.loadings, fit.loadings) + np.diag(fit.rest))
    slopes = []
    for j in range(items):
        turn = np.zeros((items, items))
        turn[j] += fit.loadings
        turn[:, j] += fit.loadings
        slopes.append(inverse @ turn)
    for j in range(items):
        slopes.append(np.outer(inverse[:, j], np.eye(items)[j]))
    flat = np.array(slopes)
    information = fit.n / 2 * np.einsum("aij,bji->ab", flat, flat)
    common, rest = float(fit.loadings.sum()), float(fit.rest.sum())
    bottom = (common**2 + rest) ** 2
    slope = np.concatenate([np.full(items, 2 * common * rest / bottom), np.full(items, -(common**2) / bottom)])
    return float(np.sqrt(slope @ np.linalg.solve(information, slope)))


def omega_by_school(products: Floats, level: float = 0.95) -> Omega:
    """Return omega with a jackknife over schools, from sums of products per school [S, J + 1, J + 1]."""
    whole = products.sum(axis=0)
    schools = products[products[:, 0, 0] > 0]
    everyone = one_factor(whole)
    if isinstance(everyone, Undefined) or len(schools) < 10:
        return omega(whole, level)
    fits = [one_factor(whole - part, everyone.rest) for part in schools]
    left_out = np.array([fit.omega for fit in fits if not isinstance(fit, Undefined)])
    count = len(left_out)
    error = float(np.sqrt((count - 1) / count * ((left_out - left_out.mean()) ** 2).sum()))
    half = float(stats.t.ppf(0.5 + level / 2, count - 1)) * error
    return Omega(everyone.n, everyone.omega, Interval(everyone.omega - half, min(1.0, everyone.omega + half)))
