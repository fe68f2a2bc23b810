"""What somebody can work out about single people from rounded means: intervals, seen from outside and from inside."""

from collections.abc import Sequence

import numpy as np

from colead.analysis.figures import Floats, Interval
from colead.analysis.release import tenth

SLACK = 1e-9


def exact(values: Floats) -> Interval:
    """Return the total as known to somebody who has the exact counts of every question."""
    return Interval(float(values.sum()), float(values.sum()))


def rounded(values: Floats) -> Interval:
    """Return where the total must lie for somebody who has the number of people and the mean to 0.1."""
    mean = tenth(float(values.mean()))
    return Interval((mean - 0.05) * len(values), (mean + 0.05) * len(values))


def together(whole: Interval, parts: Sequence[Interval]) -> tuple[Interval, tuple[Interval, ...]]:
    """Narrow what is known of the whole and of its parts, each by all others: the parts add up to the whole."""
    low, high = sum(part.low for part in parts), sum(part.high for part in parts)
    narrowed = Interval(max(whole.low, low), min(whole.high, high))
    return narrowed, tuple(
        Interval(max(p.low, whole.low - (high - p.high)), min(p.high, whole.high - (low - p.low))) for p in parts
    )


def pins_down(values: Floats, total: Interval, ends: Interval) -> bool:
    """Tell whether somebody who knows the total, and their own score, could tell another's score to half the scale."""
    others = len(values) - 1
    low, high = total.low - values, total.high - values
    least = np.maximum(ends.low, low - ends.high * (others - 1))
    most = np.minimum(ends.high, high - ends.low * (others - 1))
    return bool((most - least < (ends.high - ends.low) / 2 - SLACK).any())
