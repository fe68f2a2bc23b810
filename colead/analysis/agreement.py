"""Do colleagues in one school answer alike? All figures come from the counts per answer."""

from dataclasses import dataclass

import numpy as np

from colead.analysis.cubes import Cube
from colead.analysis.figures import Floats, Ints, Mask, Number, Undefined

SLIGHT_SKEW = {5: 1.34, 6: 1.85, 7: 2.90}
"""Variance of a slightly skewed "no agreement" pattern per number of answers (LeBreton & Senter 2008, table 2)."""

TOO_FEW = "every question of this part needs two answers"


@dataclass(frozen=True)
class Agreement:
    """How alike people answer on one scale.

    distance: mean distance from the mean answer, in steps (AD of Burke, Finkelstein & Dusig 1999).
    r_star: 1 - mean variance / variance of answers thrown by dice (Lindell & Brandt 1999); below 0 means more split.
    rwg: James, Demaree & Wolf 1984, for the research file only: it passes nearly every group.
    """

    distance: Number
    r_star: Number
    rwg: Number

    def close(self, answers: int) -> bool:
        """Apply the practical rule AD <= A / 6 of Dunlap, Burke & Smith-Crowe 2003."""
        return not isinstance(self.distance, Undefined) and self.distance <= answers / 6


def agreement(counts: Ints, *, null_variance: float | None = None) -> Agreement:
    """Return the agreement of one school from counts [item, answer], lowest answer first."""
    distance, r_star, rwg, shown = agreements(np.asarray(counts)[None], null_variance=null_variance)
    if not shown[0]:
        why = Undefined(TOO_FEW)
        return Agreement(why, why, why)
    return Agreement(float(distance[0]), float(r_star[0]), float(rwg[0]))


def agreements(counts: Ints, *, null_variance: float | None = None) -> tuple[Floats, Floats, Floats, Mask]:
    """Return distance, r_star, rwg and which schools have them, from counts [school, item, answer]."""
    answers = np.arange(1, counts.shape[2] + 1)
    n = counts.sum(axis=2)
    enough = (n >= 2).all(axis=1)
    people = np.maximum(n, 1)
    mean = (counts * answers).sum(axis=2) / people
    away = answers - mean[:, :, None]
    distance = ((counts * np.abs(away)).sum(axis=2) / people).mean(axis=1)
    variance = ((counts * away**2).sum(axis=2) / np.maximum(n - 1, 1)).mean(axis=1)
    part = variance / (null_variance or (counts.shape[2] ** 2 - 1) / 12)
    items = counts.shape[1]
    capped = np.minimum(part, 1.0)
    rwg = items * (1 - capped) / (items * (1 - capped) + capped)
    return distance, 1 - part, rwg, enough


def scale_counts(cube: Cube, scale: str) -> Ints:
    """Return counts [school, item, answer] of one scale, as answered, without the places for no answer."""
    k = [s.key for s in cube.instrument.scales].index(scale)
    places = cube.instrument.places[k]
    answers = len(cube.instrument.answers_of(cube.instrument.scales[k]).labels)
    return cube.counts[:, places[0] : places[-1] + 1, 1 : answers + 1]


def turned_counts(cube: Cube, scale: str) -> Ints:
    """Return the same counts with reversed items turned, so that the last place is always the favourable one."""
    counts = scale_counts(cube, scale).copy()
    turned = [item.reversed for item in cube.instrument.scale(scale).items]
    counts[:, turned] = counts[:, turned, ::-1]
    return counts


def favourable(counts: Ints, top: int = 2) -> Number:
    """Return the share of all answers that are among the `top` highest, from turned counts [item, answer]."""
    given = int(counts.sum())
    return float(counts[..., -top:].sum() / given) if given else Undefined("nobody answered this part")


def split_in_two(counts: Ints) -> bool:
    """Tell whether answers pile up at both ends: the lowest two and the highest two hold 30 % each."""
    given = counts.sum()
    return bool(
        counts.shape[-1] >= 5 and counts[..., :2].sum() >= 0.3 * given and counts[..., -2:].sum() >= 0.3 * given > 0
    )
