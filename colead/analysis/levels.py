"""Where a mean would lie if everybody on the list had answered."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

from colead.analysis.cubes import Cube
from colead.analysis.figures import Floats, Interval, Number, Undefined
from colead.analysis.instrument import DEFAULTS, Constants

UNKNOWN = -1
"""The size of a staff list that nobody told us: the margin then makes no use of it and is wider."""

Sizes = NDArray[np.int64] | int
Values = Floats | float


@dataclass(frozen=True)
class Level:
    """One school's mean on one scale: n people of a list of `roster` (or UNKNOWN), with its margin."""

    n: int
    roster: int
    mean: float
    error: float
    df: int
    margin: float
    interval: Interval

    @property
    def everyone(self) -> bool:
        return self.roster != UNKNOWN and self.n >= self.roster

    @property
    def more_than_listed(self) -> bool:
        return self.roster != UNKNOWN and self.n > self.roster


def coverage(n: Sizes, roster: Sizes) -> Floats:
    """Return the share of the list that answered: at most 1, and 0 where the list is unknown."""
    known = np.asarray(roster) > 0
    return np.where(known, np.minimum(1.0, np.asarray(n) / np.maximum(roster, 1)), 0.0)


def steadied(variance: Values, n: Sizes, pooled: Values, prior_df: int) -> Floats:
    """Pull a small school's variance toward that of all schools: (d0 pooled + (n-1) s^2) / (d0 + n - 1).

    Idea of Smyth 2004 with d0 held fixed, so that five people who happen to agree still get a margin.
    """
    freedom = np.maximum(np.asarray(n) - 1, 0)
    weight = prior_df + freedom
    return np.asarray((prior_df * np.asarray(pooled) + freedom * np.asarray(variance)) / np.maximum(weight, 1))


def standard_error(variance: Values, n: Sizes, roster: Sizes, rho: float = 1.0) -> Floats:
    """Return sqrt(s^2 / n (1 - rho f)): rho = 1 corrects in full for the share f of the list that answered."""
    return np.asarray(np.sqrt(np.asarray(variance) / np.maximum(n, 1) * (1 - rho * coverage(n, roster))))


def t_quantile(level: float, df: Any) -> Floats:
    return np.asarray(special.stdtrit(df, 0.5 + level / 2))


def t_table(level: float, df: NDArray[np.int64]) -> Floats:
    """Look up two-sided t quantiles for many small whole degrees of freedom, each computed once."""
    table = t_quantile(level, np.arange(1, int(df.max(initial=1)) + 1))
    return np.asarray(table[np.maximum(df, 1) - 1])


def level(
    n: int,
    mean: float,
    variance: float,
    *,
    roster: int = UNKNOWN,
    pooled: float | None = None,
    ends: Interval,
    constants: Constants = DEFAULTS,
) -> Level | Undefined:
    """Return the mean with its margin; `pooled` is the variance within all schools, None where there are no others."""
    prior = 0 if pooled is None else constants.prior_df
    df = n - 1 + prior
    if n == 0:
        return Undefined("nobody answered this part")
    if df == 0:
        return Undefined("one answer alone has no margin")
    error = float(standard_error(steadied(variance, n, pooled or 0.0, prior), n, roster))
    margin = float(t_quantile(constants.level, df)) * error
    return Level(n, roster, mean, error, df, margin, Interval(mean - margin, mean + margin).cut(ends.low, ends.high))


def school_level(cube: Cube, school: str, scale: str, roster: int = UNKNOWN) -> Level | Undefined:
    """Return one school's mean on one scale with the margin that all schools of the cube help to steady."""
    k = [s.key for s in cube.instrument.scales].index(scale)
    at = cube.schools.index(school)
    offered = cube.instrument.answers_of(cube.instrument.scales[k])
    return level(
        int(cube.n[at, k]),
        float(cube.means[at, k]),
        float(cube.variances[at, k]),
        roster=roster,
        pooled=float(cube.pooled[k]) if len(cube.schools) > 1 else None,
        ends=Interval(offered.low, offered.high),
        constants=cube.instrument.constants,
    )


def wilson(hits: float, n: float, *, roster: int = UNKNOWN, level: float = 0.95) -> Interval | Undefined:
    """Return Wilson's interval (1927) of a share; a known list enters as n_eff = n (N - 1) / (N - n)."""
    if n <= 0:
        return Undefined("nobody answered")
    share = hits / n
    if roster != UNKNOWN and n >= roster:
        return Interval(share, share)
    size = n if roster == UNKNOWN else n * (roster - 1) / (roster - n)
    z = float(special.ndtri(0.5 + level / 2))
    middle = (share + z * z / (2 * size)) / (1 + z * z / size)
    half = z / (1 + z * z / size) * float(np.sqrt(share * (1 - share) / size + z * z / (4 * size * size)))
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


@dataclass(frozen=True)
class RollUp:
    """Means over several schools: of all their staff, and of the schools themselves."""

    schools: int
    n: int
    roster: int
    covered: float
    staff_mean: float
    staff_error: float
    school_mean: float
    school_error: Number


def roll_up(n: NDArray[np.int64], means: Floats, variances: Floats, rosters: NDArray[np.int64]) -> RollUp | Undefined:
    """Combine schools: staff mean weighted by lists, school mean plain (survey::svymean with strata = schools).

    Never weighted by who answered: large eager schools would speak for all.
    """
    has = n > 0
    if not has.any():
        return Undefined("no school has answers to this part")
    weight = rosters[has] / rosters[has].sum()
    errors = standard_error(variances[has], n[has], rosters[has])
    schools = int(has.sum())
    spread = float(np.std(means[has], ddof=1)) if schools > 1 else 0.0
    return RollUp(
        schools=schools,
        n=int(n.sum()),
        roster=int(rosters.sum()),
        covered=float(rosters[has].sum() / rosters.sum()),
        staff_mean=float((weight * means[has]).sum()),
        staff_error=float(np.sqrt((weight**2 * errors**2).sum())),
        school_mean=float(means[has].mean()),
        school_error=spread / schools**0.5 if schools > 1 else Undefined("one school alone has no spread"),
    )
