"""One score per person and scale, and what can be said of many of them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from colead.analysis.figures import Codes, Floats, Ints, Mask, Number, ratio
from colead.analysis.instrument import Instrument, Scale, unit_of
from colead.analysis.sheet import Sheet

CHUNK = 1 << 16
"""Rows worked on at a time: the columns of one scale stay in the processor's cache, and memory stays flat."""


@dataclass(frozen=True)
class ScalePlan:
    """How one scale is scored: which columns, turned how, in parts of which whole number."""

    columns: tuple[int, ...]
    turned: tuple[bool, ...]
    answers: int
    low: int
    needed: int
    unit: int
    clean: bool

    @property
    def width(self) -> int:
        return len(self.columns)


def plan(instrument: Instrument, scale: Scale) -> ScalePlan:
    """Read off an instrument how a scale is scored."""
    offered = instrument.answers_of(scale)
    needed = instrument.answers_needed(scale)
    return ScalePlan(
        columns=instrument.places[instrument.scales.index(scale)],
        turned=tuple(item.reversed for item in scale.items),
        answers=len(offered.labels),
        low=offered.low,
        needed=needed,
        unit=unit_of(len(scale.items), needed),
        clean=not offered.cannot_say,
    )


def plans(instrument: Instrument) -> tuple[ScalePlan, ...]:
    return tuple(plan(instrument, scale) for scale in instrument.scales)


def chunks(rows: int, size: int = CHUNK) -> Iterator[slice]:
    """Cut a number of rows into slices of at most `size`."""
    return (slice(start, min(start + size, rows)) for start in range(0, rows, size))


def column(codes: Codes, place: int, rows: slice, how: ScalePlan) -> Codes:
    """Return one column without its "cannot say" marks: 0 or an answer from 1 up."""
    values = codes[place, rows]
    return values if how.clean else np.maximum(values, 0)


def sums(codes: Codes, rows: slice, how: ScalePlan) -> tuple[Codes, Codes]:
    """Return per row the sum of the answers after turning reversed items, and how many answers there are.

    Small integers that wrap around are safe here: the last result always fits, and additions in between may wrap.
    """
    narrow = np.int8 if how.width * how.answers <= 127 else np.int16
    total = np.zeros(rows.stop - rows.start, dtype=narrow)
    answered = np.zeros(rows.stop - rows.start, dtype=np.int8)
    turned = np.zeros(rows.stop - rows.start, dtype=narrow)
    for place, turn in zip(how.columns, how.turned, strict=True):
        values = column(codes, place, rows, how)
        given = (values > 0).view(np.int8)
        answered += given
        if turn:
            turned += given
            total -= values
        else:
            total += values
    if any(how.turned):
        total += turned * narrow(how.answers + 1)
    return total, answered


def numerators(total: Codes, answered: Codes, how: ScalePlan) -> Ints:
    """Return each row's score in parts of `unit`, 0 where fewer than `needed` items were answered."""
    whole = total.astype(np.int64)
    whole *= how.unit // how.width
    rest = np.flatnonzero(answered != how.width)
    if how.unit % how.width:
        rest = np.arange(len(whole))
    enough = answered[rest] >= how.needed
    few = np.maximum(answered[rest], 1).astype(np.int64)
    whole[rest] = np.where(enough, (total[rest] * np.int64(how.unit) + few // 2) // few, 0)
    return whole


def scores(sheet: Sheet, scale: Scale) -> tuple[Floats, Mask]:
    """Return everybody's score on the answer scale and who has one (half rule); a score that is not there reads 0."""
    how = plan(sheet.instrument, scale)
    parts = numerators(*sums(sheet.codes, slice(0, sheet.rows), how), how)
    valid = parts > 0
    return np.where(valid, parts / how.unit + (how.low - 1), 0.0), valid


def turn(answer: float, low: int, high: int) -> float:
    """Turn a negatively worded answer round: low + high - answer."""
    return low + high - answer


def percent_of_maximum(mean: float, low: int, high: int) -> float:
    """Put a mean on 0 to 100, so that scales of different length can share an axis."""
    return 100 * (mean - low) / (high - low)


def superiority(before: Ints, after: Ints) -> Number:
    """Return the chance that an answer drawn from `after` is higher than one from `before`, ties counting half.

    Both are counts per answer, from the lowest up. This is U / (n1 n2) of Mann and Whitney.
    """
    below = np.concatenate([[0], np.cumsum(before)[:-1]])
    wins = float((after * (below + before / 2)).sum())
    return ratio(wins, float(before.sum()) * float(after.sum()), "nobody answered in one of the two rounds")
