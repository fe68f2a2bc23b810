"""Does a scale still measure the same thing? Items that move on their own between two waves."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from colead.analysis.changes import benjamini_hochberg
from colead.analysis.figures import Floats, Ints, Number, Undefined
from colead.analysis.instrument import Instrument, Scale

NOTABLE = 0.25


@dataclass(frozen=True)
class Drift:
    """How far one item moved beyond the mean move of the other items of its scale."""

    item: str
    drift: Number
    adjusted: Number

    @property
    def flagged(self) -> bool:
        far = not isinstance(self.drift, Undefined) and abs(self.drift) > NOTABLE
        return far and not isinstance(self.adjusted, Undefined) and self.adjusted <= 0.05


def item_moments(counts: Ints) -> tuple[Floats, Floats, Floats]:
    """Return n, mean and variance per item from turned counts [item, answer], added up over schools."""
    answers = np.arange(1, counts.shape[1] + 1)
    n = counts.sum(axis=1).astype(np.float64)
    mean = (counts * answers).sum(axis=1) / np.maximum(n, 1)
    spread = (counts * (answers - mean[:, None]) ** 2).sum(axis=1) / np.maximum(n - 1, 1)
    return n, mean, spread


def drifts(keys: tuple[str, ...], before: Ints, after: Ints) -> tuple[Drift, ...]:
    """Compare each item's move with the mean move of the others; programme level, from turned counts."""
    (n1, m1, v1), (n2, m2, v2) = item_moments(before), item_moments(after)
    if len(keys) < 3 or (n1 < 2).any() or (n2 < 2).any():
        return tuple(Drift(key, *(Undefined("it takes three questions with answers"),) * 2) for key in keys)
    moved, error2 = m2 - m1, v1 / n1 + v2 / n2
    others = (moved.sum() - moved) / (len(keys) - 1)
    error = np.sqrt(error2 + (error2.sum() - error2) / (len(keys) - 1) ** 2)
    p = 2 * stats.norm.sf(np.abs(moved - others) / np.maximum(error, 1e-12))
    adjusted = benjamini_hochberg([float(value) for value in p])
    return tuple(Drift(key, float(d), a) for key, d, a in zip(keys, moved - others, adjusted, strict=True))


@dataclass(frozen=True)
class CommonItems:
    """Items asked in the same words both times, and those that were changed, added or dropped."""

    kept: tuple[str, ...]
    changed: tuple[str, ...]

    @property
    def same(self) -> bool:
        return not self.changed


def common_items(before: Instrument, after: Instrument, scale: str) -> CommonItems:
    """Compare two versions of a scale; a change of words, direction or answers makes another item of it."""
    first, second = _asked(before, scale), _asked(after, scale)
    kept = tuple(key for key in first if first[key] == second.get(key))
    changed = tuple(sorted({*first, *second} - set(kept)))
    return CommonItems(kept, changed)


def _asked(instrument: Instrument, key: str) -> dict[str, tuple[str, bool, tuple[str, ...], int]]:
    scale: Scale = instrument.scale(key)
    answers = instrument.answers_of(scale)
    return {item.key: (item.text, item.reversed, answers.labels, answers.low) for item in scale.items}


@dataclass(frozen=True)
class Ends:
    """Shares of people at the lowest and at the highest possible score."""

    lowest: Number
    highest: Number

    @property
    def little_room_below(self) -> bool:
        return not isinstance(self.lowest, Undefined) and self.lowest >= 0.15

    @property
    def little_room_above(self) -> bool:
        return not isinstance(self.highest, Undefined) and self.highest >= 0.15


def ends(n: int, lowest: int, highest: int) -> Ends:
    """Return floor and ceiling; from 15 % there is little room to move (Terwee et al. 2007)."""
    if not n:
        return Ends(*(Undefined("nobody answered this part"),) * 2)
    return Ends(lowest / n, highest / n)
