"""The same schools twice: how the mean of schools moved, and what that says beyond these schools."""

from collections.abc import Sequence

import numpy as np
from scipy import special

from colead.analysis.changes import Change, Side
from colead.analysis.cubes import ARRAYS, Cube
from colead.analysis.figures import Floats, Interval, Ints, Undefined
from colead.analysis.instrument import DEFAULTS, Constants, Instrument
from colead.analysis.levels import t_quantile
from colead.analysis.several import MOVES_TOGETHER

FEWEST = 3
FEWEST_FOR_TOGETHER = 20


def change_over_schools(before: Floats, after: Floats, constants: Constants = DEFAULTS) -> Change | Undefined:
    """Return the plain mean of the schools' changes with a t interval over schools: SD / sqrt(S), S - 1 degrees.

    Each school counts once, whatever its size: would it hold in other schools? From three schools on.
    """
    schools = len(before)
    if schools < FEWEST:
        return Undefined(f"it takes {FEWEST} schools with both rounds")
    moved = after - before
    error = float(np.std(moved, ddof=1)) / schools**0.5
    if error <= 0:
        return Undefined("the schools moved exactly alike, so there is no margin")
    difference, df = float(moved.mean()), schools - 1
    half = float(t_quantile(constants.level, df)) * error
    return Change(
        before=_side(before),
        after=_side(after),
        difference=difference,
        error=error,
        df=df,
        interval=Interval(difference - half, difference + half),
        p=float(2 * special.stdtr(df, -abs(difference / error))),
    )


def _side(means: Floats) -> Side:
    variance = float(np.var(means, ddof=1))
    return Side(len(means), float(means.mean()), variance, variance)


def moves_together(changes: Floats) -> float:
    """Return how far changes of several scales go together over schools [S, K]; a usual value below twenty schools."""
    schools, scales = changes.shape
    if schools < FEWEST_FOR_TOGETHER or scales < 2 or (np.ptp(changes, axis=0) <= 0).any():
        return MOVES_TOGETHER
    table = np.corrcoef(changes.T)
    mean = (table.sum() - scales) / (scales * (scales - 1))
    return float(np.clip(mean, 0.0, 0.9))


def side_by_side(instrument: Instrument, cubes: Sequence[Cube]) -> Cube:
    """Return one cube of schools that are all different; parts that a school added at the end are left out."""
    items, scales = len(instrument.items), len(instrument.scales)
    widths = {"counts": items, "whole_items": items, "people": None}
    arrays = {
        name: np.concatenate([_cut(getattr(cube, name), widths.get(name, scales)) for cube in cubes]) for name in ARRAYS
    }
    return Cube(instrument, tuple(school for cube in cubes for school in cube.schools), **arrays)


def _cut(array: Ints, width: int | None) -> Ints:
    return array if width is None else array[:, :width]


def asks_the_same(instrument: Instrument, other: Instrument) -> bool:
    """Say whether the other asks all that this one asks, in the same order, and adds at most parts at the end."""
    return other.scales[: len(instrument.scales)] == instrument.scales and other.answers == instrument.answers
