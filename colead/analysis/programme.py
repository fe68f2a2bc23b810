"""Everything the programme office asks about one instrument over schools and rounds, computed from cubes alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from colead.analysis.agreement import turned_counts
from colead.analysis.changes import chances, changes, part_error
from colead.analysis.cubes import Cube
from colead.analysis.drift import Drift, drifts
from colead.analysis.figures import Floats, Ints, Mask, Undefined
from colead.analysis.instrument import Scale
from colead.analysis.levels import UNKNOWN
from colead.analysis.multilevel import InterceptModel, OneWay, Trend, intercept_model, one_way, trend
from colead.analysis.omega import Omega
from colead.analysis.release import Change, tenth
from colead.analysis.reliability import Alpha, scale_alpha
from colead.analysis.several import SchoolShare, share_of_schools
from colead.analysis.shrinkage import Shrunk, shrink

Lists = Mapping[str, int]
"""Size of the staff list by school; a school that is missing has an unknown list."""


@dataclass(frozen=True)
class SchoolChange:
    """One school's change on one scale, its error, and the same once luck is allowed for (None: too few schools)."""

    school: str
    people: int
    difference: float
    error: float
    low: float
    high: float
    steadied: float | None

    def rounded(self, shown: Change) -> "SchoolChange":
        """Return the same with the rounded figures of the school's own release."""
        steadied = None if self.steadied is None else tenth(self.steadied)
        return SchoolChange(
            self.school, self.people, shown.difference, round(self.error, 2), shown.low, shown.high, steadied
        )


@dataclass(frozen=True)
class ScaleFigures:
    """One scale over the programme."""

    scale: Scale
    alpha: Alpha
    omega: Omega
    one_way: OneWay
    model: InterceptModel | Undefined
    share: SchoolShare | Undefined
    changes: tuple[SchoolChange, ...]
    shrunk: Shrunk | Undefined
    trend: Trend | Undefined
    drifts: tuple[Drift, ...]


NO_PRODUCTS = Undefined("it takes the products of answers, which cubes do not keep")
NO_OMEGA = Omega(0, NO_PRODUCTS, NO_PRODUCTS)


def scale_figures(waves: Sequence[Cube], lists: Sequence[Lists], scale: str, omega: Omega = NO_OMEGA) -> ScaleFigures:
    """Return the figures of one scale from the cubes of all rounds, the latest last.

    Omega alone does not follow from cubes; it is handed in where the answers themselves are at hand.
    """
    latest = waves[-1]
    k = place(latest, scale)
    n, squares = latest.n[:, k].astype(np.float64), latest.variances[:, k] * np.maximum(latest.n[:, k] - 1, 0)
    found, share, shrunk = _changes(waves, lists, scale)
    keys = tuple(item.key for item in latest.instrument.scale(scale).items)
    before = waves[-2] if len(waves) > 1 else latest
    return ScaleFigures(
        scale=latest.instrument.scale(scale),
        alpha=scale_alpha(latest, scale),
        omega=omega,
        one_way=one_way(n, latest.means[:, k], squares),
        model=intercept_model(n, latest.means[:, k], squares),
        share=share,
        changes=found,
        shrunk=shrunk,
        trend=_trend(waves, scale),
        drifts=drifts(keys, turned_counts(before, scale).sum(axis=0), turned_counts(latest, scale).sum(axis=0)),
    )


def place(cube: Cube, scale: str) -> int:
    return [s.key for s in cube.instrument.scales].index(scale)


def _side(cube: Cube, lists: Lists, schools: Sequence[str], k: int) -> tuple[Ints, Floats, Floats]:
    at = [cube.schools.index(school) for school in schools]
    rosters = np.array([lists.get(school, UNKNOWN) for school in schools], dtype=np.int64)
    n, variance = cube.n[at, k], cube.variances[at, k]
    return n, cube.means[at, k], part_error(variance, n, float(cube.pooled[k]), rosters, cube.instrument.constants)


def _changes(
    waves: Sequence[Cube], lists: Sequence[Lists], scale: str
) -> tuple[tuple[SchoolChange, ...], SchoolShare | Undefined, Shrunk | Undefined]:
    if len(waves) < 2:
        why = Undefined("there is one round so far")
        return (), why, why
    before, after = waves[-2:]
    k, constants = place(after, scale), after.instrument.constants
    both = sorted({*before.schools} & {*after.schools})
    (n1, m1, e1), (n2, m2, e2) = (_side(c, at, both, k) for c, at in zip(waves[-2:], lists[-2:], strict=True))
    shown: Mask = (n1 >= constants.minimum) & (n2 >= constants.minimum)
    difference, error = (part[shown] for part in changes((n1, n2), (m1, m2), (e1, e2), constants))
    p = chances((n1[shown], n2[shown]), difference, (e1[shown], e2[shown]), constants)
    unknown = len({*before.schools} | {*after.schools}) - int(shown.sum())
    shrunk = shrink(difference, error)
    steadied = [None] * len(difference) if isinstance(shrunk, Undefined) else [float(v) for v in shrunk.estimate]
    names = [school for school, here in zip(both, shown, strict=True) if here]
    found = tuple(
        SchoolChange(name, int(n), float(d), float(e), float(d - 1.96 * e), float(d + 1.96 * e), s)
        for name, n, d, e, s in zip(names, n2[shown], difference, error, steadied, strict=True)
    )
    return found, share_of_schools(difference, error, p, unknown=unknown, constants=constants), shrunk


def _trend(waves: Sequence[Cube], scale: str) -> Trend | Undefined:
    if len(waves) < 3:
        return Undefined("a trend takes three rounds")
    names = {school: at for at, school in enumerate(sorted({s for cube in waves for s in cube.schools}))}
    columns: list[Floats] = []
    for time, cube in enumerate(waves):
        k = place(cube, scale)
        n = cube.n[:, k].astype(np.float64)
        groups = np.array([names[school] for school in cube.schools], dtype=np.float64)
        squares = cube.variances[:, k] * np.maximum(n - 1, 0)
        columns.append(np.stack([groups, np.full(len(n), float(time)), n, cube.means[:, k], squares]))
    return trend(*np.concatenate(columns, axis=1))
