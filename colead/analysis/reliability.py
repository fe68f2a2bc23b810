"""Do the questions of a scale hang together? Programme level only: no figure here is for one school."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from colead.analysis.cubes import Cube, WholeRows
from colead.analysis.figures import Floats, Interval, Number, Undefined

ROUGH_BELOW = 10
"""With fewer schools the interval cannot take clustering into account: Feldt's stands in, marked as rough."""


@dataclass(frozen=True)
class Alpha:
    """Cronbach's alpha of complete rows, raw form; `rough` marks an interval that ignores clustering."""

    n: int
    items: int
    value: Number
    interval: Interval | Undefined
    rough: bool
    within: Number
    flat: tuple[int, ...]


def covariance(products: Floats) -> tuple[int, Floats]:
    """Turn sums of products [J + 1, J + 1] into n and the covariance matrix; zeros below two people."""
    n = int(products[0, 0])
    sums = products[0, 1:]
    if n < 2:
        return n, np.zeros((len(sums), len(sums)))
    return n, (products[1:, 1:] - np.outer(sums, sums) / n) / (n - 1)


def alpha_of(items: int, trace: float, total: float) -> Number:
    """Return k / (k - 1) (1 - sum of item variances / variance of the totals)."""
    if items < 2:
        return Undefined("it takes two questions")
    if total <= 0:
        return Undefined("everybody has the same total")
    return items / (items - 1) * (1 - trace / total)


def alpha(products: Floats) -> Number:
    """Return raw alpha from sums of products; one number or the reason why there is none."""
    n, matrix = covariance(products)
    if n < 2:
        return Undefined("it takes two people who answered every question")
    total = float(matrix.sum())
    return alpha_of(len(matrix), float(np.trace(matrix)), total if total > 1e-12 else 0.0)


def feldt(value: float, n: int, items: int, level: float = 0.95) -> Interval:
    """Return Feldt's interval (1965) of alpha; too narrow when people come in schools."""
    tail = (1 - level) / 2
    freedom = (n - 1, (n - 1) * (items - 1))
    low, high = stats.f.ppf(1 - tail, *freedom), stats.f.ppf(tail, *freedom)
    return Interval(float(1 - (1 - value) * low), float(1 - (1 - value) * high))


def item_rest(products: Floats) -> tuple[Number, ...]:
    """Return each item's correlation with the sum of the others; below 0 it was probably reversed by mistake."""
    _, matrix = covariance(products)
    with_total = matrix.sum(axis=0)
    variance = np.diag(matrix)
    rest = matrix.sum() - 2 * with_total + variance
    found: list[Number] = []
    for own, cross, others in zip(variance, with_total - variance, rest, strict=True):
        flat = own <= 1e-12 or others <= 1e-12
        found.append(Undefined("everybody answered alike") if flat else float(cross / np.sqrt(own * others)))
    return tuple(found)


def alpha_without_each(products: Floats) -> tuple[Number, ...]:
    """Return alpha with each item left out in turn."""
    keep = np.arange(len(products))
    return tuple(alpha(products[np.ix_(keep != drop, keep != drop)]) for drop in keep[1:])


def whole_rows(cube: Cube, scale: str) -> WholeRows:
    k = [s.key for s in cube.instrument.scales].index(scale)
    places = cube.instrument.places[k]
    return WholeRows(
        n=cube.whole_n[:, k].astype(np.float64),
        items=cube.whole_items[:, places[0] : places[-1] + 1].astype(np.float64),
        squares=cube.whole_squares[:, k].astype(np.float64),
        totals2=cube.whole_totals2[:, k].astype(np.float64),
    )


def scale_alpha(cube: Cube, scale: str) -> Alpha:
    """Return alpha over all schools of a cube with the interval that fits the number of schools."""
    rows = whole_rows(cube, scale)
    n, items = int(rows.n.sum()), rows.items.shape[1]
    value, error = clustered(rows)
    schools = int((rows.n > 0).sum())
    rough = schools < ROUGH_BELOW
    interval: Interval | Undefined
    if isinstance(value, Undefined) or isinstance(error, Undefined):
        interval = value if isinstance(value, Undefined) else Undefined("one school alone shows no spread of schools")
        interval = feldt(value, n, items) if not isinstance(value, Undefined) else interval
    elif rough:
        interval = feldt(value, n, items)
    else:
        half = float(stats.t.ppf(0.975, schools - 1)) * error
        interval = Interval(value - half, min(1.0, value + half))
    counts = cube.counts[:, list(cube.instrument.places[_place(cube, scale)]), 1:-1].sum(axis=0)
    flat = tuple(int(j) for j in np.flatnonzero((counts > 0).sum(axis=1) == 1))
    return Alpha(n, items, value, interval, rough, alpha_within(rows), flat)


def _place(cube: Cube, scale: str) -> int:
    return [s.key for s in cube.instrument.scales].index(scale)


def clustered(rows: WholeRows) -> tuple[Number, Number]:
    """Return alpha and its standard error with people clustered in schools.

    Influence values of Maydeu-Olivares, Coffman & Hartmann 2007, added up by school.
    """
    n, items = rows.n.sum(), rows.items.shape[1]
    if n < 2:
        return (Undefined("it takes two people who answered every question"),) * 2
    mean = rows.items.sum(axis=0) / n
    squares = rows.squares - 2 * rows.items @ mean + rows.n * (mean @ mean)
    totals = rows.items.sum(axis=1)
    totals2 = rows.totals2 - 2 * totals * mean.sum() + rows.n * mean.sum() ** 2
    trace, total = squares.sum() / (n - 1), totals2.sum() / (n - 1)
    value = alpha_of(items, float(trace), float(total) if total > 1e-9 else 0.0)
    here = rows.n > 0
    schools = int(here.sum())
    if isinstance(value, Undefined):
        return value, value
    if schools < 2:
        return value, Undefined("one school alone shows no spread of schools")
    pull = items / (items - 1) * (trace / total**2 * (totals2 - rows.n * total) - (squares - rows.n * trace) / total)
    spread = ((pull[here] - pull[here].mean()) ** 2).sum()
    return value, float(np.sqrt(schools / (schools - 1) * spread) / n)


def alpha_within(rows: WholeRows) -> Number:
    """Return alpha of the pooled covariance within schools: what matters inside one school."""
    n = np.maximum(rows.n, 1)
    trace = (rows.squares - (rows.items**2).sum(axis=1) / n).sum()
    total = (rows.totals2 - rows.items.sum(axis=1) ** 2 / n).sum()
    return alpha_of(rows.items.shape[1], float(trace), float(total) if total > 1e-9 else 0.0)
