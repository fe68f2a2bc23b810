"""Spans of days on a common scale, in per cent of its width, so that a picture fits a phone and a sheet of paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

SHORTEST = 28  # days a scale covers at least
NEAR = 60  # days from the spans at which today is still drawn
TICKS = 6  # months named at most


@dataclass(frozen=True)
class Tick:
    """The first day of a month on the scale."""

    on: date
    x: float


@dataclass(frozen=True)
class Scale:
    """The days from `first` to `last`, both inside; `today` is None where it lies outside."""

    first: date
    last: date
    ticks: tuple[Tick, ...]
    today: float | None

    def x(self, day: date) -> float:
        """Return where a day begins, in per cent of the width."""
        return round(100 * (day - self.first).days / ((self.last - self.first).days + 1), 2)


@dataclass(frozen=True)
class Lane:
    """One bar: where it begins and how wide it is, in per cent."""

    x: float
    width: float


def lanes(spans: Sequence[tuple[date, date]], *, today: date) -> tuple[Scale | None, tuple[Lane, ...]]:
    """Return a scale that holds every span, and a bar for each; without spans there is no scale.

    Today is on the scale where it is at most `NEAR` days away from the spans.
    """
    if not spans:
        return None, ()
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    if first.toordinal() - NEAR <= today.toordinal() <= last.toordinal() + NEAR:
        first, last = min(first, today), max(last, today)
    shortest = min(first.toordinal() + SHORTEST - 1, date.max.toordinal())
    last = max(last, date.fromordinal(shortest))
    scale = _scale(first, last, today)
    return scale, tuple(_lane(scale, *span) for span in spans)


def _scale(first: date, last: date, today: date) -> Scale:
    bare = Scale(first, last, (), None)
    here = bare.x(today) if first <= today <= last else None
    months = [month for month in _months(first, last) if bare.x(month) < 92]
    every = -(-len(months) // TICKS) or 1
    return Scale(first, last, tuple(Tick(month, bare.x(month)) for month in months[::every]), here)


def _months(first: date, last: date) -> list[date]:
    found: list[date] = []
    number = first.year * 12 + first.month - 1 + (first.day > 1)
    while number < 9999 * 12 + 12 and date(number // 12, number % 12 + 1, 1) <= last:
        found.append(date(number // 12, number % 12 + 1, 1))
        number += 1
    return found


def _lane(scale: Scale, first: date, last: date) -> Lane:
    whole = (scale.last - scale.first).days + 1
    return Lane(scale.x(first), round(max(100 * ((last - first).days + 1) / whole, 1.2), 2))
