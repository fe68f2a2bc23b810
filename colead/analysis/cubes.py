"""Everything follows from small sums per school and wave, which can be added up in any order and in any parts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from functools import cached_property, reduce

import numpy as np

from colead.analysis.figures import Codes, Floats, Ints, Mask
from colead.analysis.instrument import Instrument
from colead.analysis.scores import CHUNK, ScalePlan, chunks, column, numerators, plans, sums
from colead.analysis.sheet import Sheet, by_school


class NotTheSame(ValueError):
    """Cubes of different instruments cannot be added up."""


@dataclass(frozen=True)
class Cube:
    """Exact sums of one wave; S schools, I items, K scales, A answers at most.

    counts[S, I, A + 2]: people per answer; place 0 no answer, 1..A as answered (not turned), last "cannot say".
    people[S]: who answered anything. n, total, squares, lowest, highest[S, K]: people with a score, the sum and the sum
    of squares of their scores in parts of `unit`, and how many stand at the ends of the scale.
    whole_*: the same over people who answered every item of a scale (for alpha): whole_items[S, I] sums of turned
    answers, whole_squares sum of squared answers, whole_totals2 sum of squared person totals.
    """

    instrument: Instrument
    schools: tuple[str, ...]
    people: Ints
    counts: Ints
    n: Ints
    total: Ints
    squares: Ints
    lowest: Ints
    highest: Ints
    whole_n: Ints
    whole_items: Ints
    whole_squares: Ints
    whole_totals2: Ints

    @cached_property
    def units(self) -> Ints:
        return np.array([how.unit for how in plans(self.instrument)], dtype=np.int64)

    @cached_property
    def lows(self) -> Ints:
        return np.array([how.low for how in plans(self.instrument)], dtype=np.int64)

    @cached_property
    def means(self) -> Floats:
        """School means [S, K]; 0 where nobody has a score."""
        inside = self.total / np.maximum(self.n, 1) / self.units + (self.lows - 1)
        return np.where(self.n > 0, inside, 0.0)

    @cached_property
    def variances(self) -> Floats:
        """School variances [S, K] with n - 1; 0 below two people."""
        return variances(self.n, self.total, self.squares, self.units)

    @cached_property
    def pooled(self) -> Floats:
        """Pooled variance within schools [K]; 0 where no school has two people."""
        return pooled_variance(self.n, self.variances)

    def __add__(self, other: "Cube") -> "Cube":
        """Add up two parts of the same wave; schools found in both are summed."""
        if self.instrument != other.instrument:
            raise NotTheSame(f"{self.instrument.name} and {other.instrument.name} cannot be added up")
        schools = tuple(sorted({*self.schools, *other.schools}))
        return Cube(self.instrument, schools, **{name: _joined(name, schools, self, other) for name in ARRAYS})

    def school(self, name: str) -> "Cube":
        """Return the cube of one school."""
        at = self.schools.index(name)
        return Cube(self.instrument, (name,), **{key: getattr(self, key)[at : at + 1] for key in ARRAYS})


ARRAYS = tuple(field.name for field in fields(Cube) if field.name not in ("instrument", "schools"))


def _joined(name: str, schools: tuple[str, ...], one: Cube, two: Cube) -> Ints:
    where = {school: place for place, school in enumerate(schools)}
    first: Ints = getattr(one, name)
    sum_of = np.zeros((len(schools), *first.shape[1:]), dtype=np.int64)
    for part in (one, two):
        sum_of[[where[school] for school in part.schools]] += getattr(part, name)
    return sum_of


def variances(n: Ints, total: Ints, squares: Ints, units: Ints) -> Floats:
    """Turn sums into variances with n - 1. The difference is taken in whole numbers, so that equal answers give 0."""
    spread = (n * squares - total * total).astype(np.float64)
    return np.where(n > 1, spread / np.maximum(n * (n - 1), 1) / (units.astype(np.float64) ** 2), 0.0)


def pooled_variance(n: Ints, variance: Floats) -> Floats:
    """Return the variance within schools, each school weighing n - 1."""
    freedom = np.maximum(n - 1, 0)
    return np.asarray((freedom * variance).sum(axis=0) / np.maximum(freedom.sum(axis=0), 1), dtype=np.float64)


@dataclass(frozen=True)
class WholeRows:
    """Sums over people who answered all of one scale, reversed items turned; S groups of people, J items.

    n[S], items[S, J] sums of answers, squares[S] sums of squared answers, totals2[S] sums of squared person totals.
    """

    n: Floats
    items: Floats
    squares: Floats
    totals2: Floats


@dataclass(frozen=True)
class WaveSums:
    """What a large wave needs for means, margins, change, ICC and alpha: n, total, squares [S, K], whole rows [K]."""

    n: Ints
    total: Ints
    squares: Ints
    whole: tuple[WholeRows, ...]


def wave_sums(sheet: Sheet) -> WaveSums:
    """Return the sums of one large wave in one pass over the columns, with numpy alone."""
    every = plans(sheet.instrument)
    found = [np.zeros((len(sheet.schools), len(every)), dtype=np.int64) for _ in range(3)]
    whole = [np.zeros(how.width + 3, dtype=np.int64) for how in every]
    for schools, rows, offsets in school_chunks(sheet):
        for k, how in enumerate(every):
            total, answered = sums(sheet.codes, rows, how)
            parts = numerators(total, answered, how)
            for table, values in zip(found, (parts > 0, parts, parts * parts), strict=True):
                table[schools, k] = by_school(values, offsets)
            whole[k] += _whole(sheet, rows, how, total, answered == how.width)
    return WaveSums(found[0], found[1], found[2], tuple(whole_of(sums_of_one) for sums_of_one in whole))


def whole_of(one: Ints) -> WholeRows:
    """Read n, squares, totals2 and the item sums from one row of whole numbers, as if all were one school."""
    table = one.astype(np.float64)
    return WholeRows(table[:1], table[None, 3:], table[1:2], table[2:3])


def _whole(sheet: Sheet, rows: slice, how: ScalePlan, total: Codes, whole: Mask) -> Ints:
    found = np.zeros(how.width + 3, dtype=np.int64)
    kept = whole.view(np.int8)
    everyone = (total * kept).astype(np.int64)
    found[0], found[2] = whole.sum(), everyone @ everyone
    for at, (place, turned) in enumerate(zip(how.columns, how.turned, strict=True), start=3):
        values = column(sheet.codes, place, rows, how)
        right = (np.int8(how.answers + 1) - values if turned else values) * kept
        found[at] = right.sum(dtype=np.int64)
        found[1] += (right * right).sum(dtype=np.int64)
    return found


def school_chunks(sheet: Sheet, size: int = CHUNK) -> Iterable[tuple[slice, slice, Ints]]:
    """Cut a sheet between schools: (schools, rows, offsets within the rows). A larger school is a chunk of its own."""
    first = 0
    while first < len(sheet.schools):
        start = sheet.offsets[first]
        last = max(first + 1, int(np.searchsorted(sheet.offsets, start + size, side="right")) - 1)
        stop = sheet.offsets[last]
        yield slice(first, last), slice(int(start), int(stop)), sheet.offsets[first : last + 1] - start
        first = last


def cube(sheet: Sheet) -> Cube:
    """Add a wave up into its cube; memory beyond the sheet stays flat."""
    schools, items, scales = len(sheet.schools), len(sheet.instrument.items), len(sheet.instrument.scales)
    shapes = dict.fromkeys(ARRAYS, (schools, scales)) | {
        "people": (schools,),
        "counts": (schools, items, sheet.instrument.most_answers + 2),
        "whole_items": (schools, items),
    }
    arrays = {name: np.zeros(shape, dtype=np.int64) for name, shape in shapes.items()}
    for block, rows, offsets in school_chunks(sheet):
        part = {name: array[block] for name, array in arrays.items()}
        part["people"][:] = by_school((sheet.codes[:, rows] != 0).any(axis=0), offsets)
        part["counts"][:] = _counts(sheet, rows, offsets)
        for k, how in enumerate(plans(sheet.instrument)):
            _add_scale(part, k, sheet, rows, offsets, how)
    return Cube(sheet.instrument, sheet.schools, **arrays)


def _add_scale(part: dict[str, Ints], k: int, sheet: Sheet, rows: slice, offsets: Ints, how: ScalePlan) -> None:
    total, answered = sums(sheet.codes, rows, how)
    parts = numerators(total, answered, how)
    whole = answered == how.width
    squares = np.zeros(len(whole), dtype=np.int64)
    for place, turned in zip(how.columns, how.turned, strict=True):
        values = column(sheet.codes, place, rows, how)
        right = np.where(whole, how.answers + 1 - values if turned else values, 0).astype(np.int64)
        squares += right * right
        part["whole_items"][:, place] = by_school(right, offsets)
    for name, values64 in (
        ("n", parts > 0),
        ("total", parts),
        ("squares", parts * parts),
        ("lowest", parts == how.unit),
        ("highest", parts == how.unit * how.answers),
        ("whole_n", whole),
        ("whole_squares", squares),
        ("whole_totals2", np.where(whole, total.astype(np.int64), 0) ** 2),
    ):
        part[name][:, k] = by_school(np.asarray(values64), offsets)


def _counts(sheet: Sheet, rows: slice, offsets: Ints) -> Ints:
    """Count people per school, item and answer."""
    places = sheet.instrument.most_answers + 2
    schools = len(offsets) - 1
    start = np.repeat(np.arange(schools, dtype=np.int64) * places, np.diff(offsets))
    table = np.zeros((schools, len(sheet.codes), places), dtype=np.int64)
    for item, codes in enumerate(sheet.codes[:, rows]):
        at = start + np.where(codes < 0, places - 1, codes)
        table[:, item] = np.bincount(at, minlength=schools * places).reshape(schools, places)
    return table


def cube_of_parts(sheets: Iterable[Sheet], tell: Callable[[int], None] = lambda rows: None) -> Cube:
    """Add up a wave that arrives in parts, one part in memory at a time; `tell` hears how many rows are done."""
    done = 0

    def counted(part: Sheet) -> Cube:
        nonlocal done
        done += part.rows
        tell(done)
        return cube(part)

    return reduce(Cube.__add__, (counted(part) for part in sheets))


def products(sheet: Sheet) -> tuple[Floats, ...]:
    """Return for each scale the sums of products [J + 1, J + 1] over people who answered all of it.

    Reversed items are turned; the first row and column stand for the constant 1. The whole numbers of a chunk stay
    below 2^24, where single precision is exact.
    """
    every = plans(sheet.instrument)
    found = [np.zeros((how.width + 1, how.width + 1)) for how in every]
    for rows in chunks(sheet.rows, CHUNK):
        for table, how in zip(found, every, strict=True):
            table += _products(sheet, rows, how)
    return tuple(found)


def _products(sheet: Sheet, rows: slice, how: ScalePlan) -> Floats:
    block = np.empty((how.width + 1, rows.stop - rows.start), dtype=np.float32)
    block[0] = 1
    whole = np.ones(rows.stop - rows.start, dtype=np.bool_)
    for at, (place, turned) in enumerate(zip(how.columns, how.turned, strict=True), start=1):
        values = column(sheet.codes, place, rows, how)
        whole &= values > 0
        block[at] = how.answers + 1 - values if turned else values
    if not whole.all():
        block = block[:, whole]
    return (block @ block.T).astype(np.float64)
