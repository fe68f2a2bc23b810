"""Two surveys of the same schools side by side: conditions and efficacy, each as its own release shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from colead.analysis.instrument import Instrument, Scale
from colead.analysis.release import Hidden, Release
from colead.analysis.several import Point


@dataclass(frozen=True)
class Beside:
    """Schools with both levels, and the ends of the answers in each survey."""

    points: tuple[Point, ...]
    conditions: tuple[int, int]
    efficacy: tuple[int, int]


def beside(conditions: Sequence[Release], asked: Instrument, efficacy: Sequence[Release], other: Instrument) -> Beside:
    """Return each school's mean over the conditions and its efficacy, for schools whose own releases show all of it."""
    across, up = _levels(conditions, asked), _levels(efficacy, other)
    points = tuple(Point(school, across[school], up[school]) for school in sorted(across.keys() & up.keys()))
    return Beside(points, _ends(asked), _ends(other))


def _levels(releases: Sequence[Release], instrument: Instrument) -> dict[str, float]:
    keys = [scale.key for scale in _scales(instrument)]
    found: dict[str, float] = {}
    for release in releases:
        means = [mean for key in keys if not isinstance(mean := release.scale(key).mean, Hidden)]
        if means and len(means) == len(keys):
            found[release.school] = sum(means) / len(means)
    return found


def _scales(instrument: Instrument) -> list[Scale]:
    """Return the conditions of a survey; where it asks about none, everything it averages."""
    averaged = [scale for scale in instrument.scales if scale.average]
    return [scale for scale in averaged if scale.condition] or averaged


def _ends(instrument: Instrument) -> tuple[int, int]:
    answers = [instrument.answers_of(scale) for scale in _scales(instrument)]
    return min(one.low for one in answers), max(one.high for one in answers)
