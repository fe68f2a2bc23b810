"""Several scales and several schools at once, without crying wolf."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import comb

import numpy as np
from scipy import special

from colead.analysis.changes import Change, Verdict, benjamini_hochberg, verdict
from colead.analysis.figures import Floats, Interval, Number, Undefined
from colead.analysis.instrument import DEFAULTS, Constants
from colead.analysis.levels import wilson
from colead.analysis.shrinkage import shrink

MOVES_TOGETHER = 0.3
"""How far changes of several scales in one school go together when the programme is too small to tell."""


@dataclass(frozen=True)
class HowMany:
    """Of `shown` scales so many went up and down, so many of them clearly; `luck` with no real change at all."""

    shown: int
    up: int
    down: int
    clear_up: int
    clear_down: int
    luck: float
    verdicts: tuple[Verdict, ...]
    adjusted: tuple[float, ...]


def how_many(
    changes: Sequence[Change], constants: Constants = DEFAULTS, together: float = MOVES_TOGETHER
) -> HowMany | Undefined:
    """Count the scales of one school that moved, allowing for looking at all of them."""
    if not changes:
        return Undefined("no part can be compared")
    adjusted = benjamini_hochberg([change.p for change in changes])
    verdicts = tuple(verdict(c, p, constants) for c, p in zip(changes, adjusted, strict=True))
    up = sum(change.direction > 0 for change in changes)
    return HowMany(
        shown=len(changes),
        up=up,
        down=sum(change.direction < 0 for change in changes),
        clear_up=verdicts.count("clear rise"),
        clear_down=verdicts.count("clear fall"),
        luck=chance_of_at_least(up, len(changes), together),
        verdicts=verdicts,
        adjusted=adjusted,
    )


def chance_of_at_least(hits: int, of: int, together: float = 0.0) -> float:
    """Return the probability of at least so many rises when nothing changed and changes correlate by `together`.

    One-factor normal model; with 0 it is tossing coins.
    """
    nodes, weights = _nodes()
    up = special.ndtr(np.sqrt(together / (1 - together)) * nodes)
    tail = sum(comb(of, k) * up**k * (1 - up) ** (of - k) for k in range(max(hits, 0), of + 1))
    return float((weights * tail).sum() / weights.sum())


@cache
def _nodes() -> tuple[Floats, Floats]:
    return np.polynomial.hermite_e.hermegauss(80)


@dataclass(frozen=True)
class SchoolShare:
    """What share of schools rose: counted with its interval, and from a model where there are enough schools."""

    schools: int
    unknown: int
    up: int
    clear_up: int
    clear_down: int
    counted: Interval
    luck: float
    between: Number
    modelled: Number
    modelled_interval: Interval | Undefined

    @property
    def no_clear_change(self) -> int:
        return self.schools - self.clear_up - self.clear_down


MODEL_FROM = 50


def share_of_schools(
    differences: Floats,
    errors: Floats,
    p: Floats,
    *,
    unknown: int = 0,
    constants: Constants = DEFAULTS,
    model_from: int = MODEL_FROM,
) -> SchoolShare | Undefined:
    """Say what share of schools rose on one scale; `unknown` schools lack one of the two waves and are counted aloud.

    Counting rises pulls the share toward one half; the model share is the mean chance of a rise after shrinkage.
    """
    schools = len(differences)
    interval = wilson(float((differences > 1e-9).sum()), schools, level=constants.level)
    if isinstance(interval, Undefined):
        return Undefined("no school has both rounds")
    adjusted = np.array(benjamini_hochberg(list(p))) <= constants.false_rate
    up = int((differences > 1e-9).sum())
    between, modelled, modelled_interval = _modelled(differences, errors, model_from)
    return SchoolShare(
        schools=schools,
        unknown=unknown,
        up=up,
        clear_up=int((adjusted & (differences > 1e-9)).sum()),
        clear_down=int((adjusted & (differences < -1e-9)).sum()),
        counted=interval,
        luck=chance_of_at_least(up, schools),
        between=between,
        modelled=modelled,
        modelled_interval=modelled_interval,
    )


def _modelled(differences: Floats, errors: Floats, model_from: int) -> tuple[Number, Number, Interval | Undefined]:
    found = shrink(differences, errors)
    if isinstance(found, Undefined):
        return found, found, found
    if len(differences) < model_from:
        why = Undefined(f"it takes {model_from} schools")
        return found.between, why, why
    if found.between <= 0:
        why = Undefined("schools differ no more than by chance")
        return found.between, why, why
    draws = np.random.default_rng(1).standard_normal((2000, len(differences)))
    shares = (found.estimate + draws * np.sqrt(found.variance) > 0).mean(axis=1)
    low, high = np.quantile(shares, [0.025, 0.975])
    return found.between, float(found.chance_up.mean()), Interval(float(low), float(high))


@dataclass(frozen=True)
class Point:
    """One school in the picture of efficacy against conditions."""

    school: str
    conditions: float
    efficacy: float


@dataclass(frozen=True)
class Together:
    """How far two school means go together over schools, with Fisher's interval: a correlation, never a cause."""

    schools: int
    correlation: float
    interval: Interval


def together(points: Sequence[Point]) -> Together | Undefined:
    """Return the correlation of school means, from ten schools only."""
    if len(points) < 10:
        return Undefined("it takes 10 schools")
    table = np.array([(point.conditions, point.efficacy) for point in points])
    if (np.ptp(table, axis=0) <= 1e-12).any():
        return Undefined("the school means do not differ")
    correlation = float(np.corrcoef(table.T)[0, 1])
    z, half = np.arctanh(np.clip(correlation, -0.999999, 0.999999)), 1.959964 / np.sqrt(len(points) - 3)
    return Together(len(points), correlation, Interval(float(np.tanh(z - half)), float(np.tanh(z + half))))
