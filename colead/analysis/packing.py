"""Write cubes down and read them back: for the sealed box, and for handing them from machine to machine."""

import json
from collections.abc import Iterable, Sequence

import numpy as np

from colead.analysis.cubes import ARRAYS, Cube, cube
from colead.analysis.figures import Ints
from colead.analysis.instrument import Instrument
from colead.analysis.sheet import sheet_of_codes


class NotACube(ValueError):
    """The text does not hold the sums of this instrument."""


def flat(cube: Cube) -> Ints:
    """Return all sums of a cube as one row of whole numbers per school."""
    count = len(cube.schools)
    return np.concatenate([getattr(cube, name).reshape(count, -1) for name in ARRAYS], axis=1)


def unflat(instrument: Instrument, schools: Sequence[str], rows: Ints) -> Cube:
    """Turn rows of whole numbers back into a cube, one row per school."""
    empty = cube(sheet_of_codes(instrument, ["a"], [[0] * len(instrument.items)]))
    arrays, at = {}, 0
    for name in ARRAYS:
        shape = getattr(empty, name).shape[1:]
        size = int(np.prod(shape, dtype=np.int64))
        arrays[name] = rows[:, at : at + size].reshape(len(schools), *shape)
        at += size
    if at != rows.shape[1]:
        raise NotACube(f"These sums do not belong to {instrument.name}.")
    return Cube(instrument, tuple(schools), **arrays)


def pack(cube: Cube) -> str:
    """Write a cube down as JSON: the instrument's name, schools, and whole numbers."""
    told = {"instrument": cube.instrument.name, "schools": cube.schools, "sums": flat(cube).tolist()}
    return json.dumps(told, separators=(",", ":"))


def unpack(text: str, instrument: Instrument) -> Cube:
    """Read a cube back; refuse one of another instrument."""
    try:
        told = json.loads(text)
        rows = np.array(told["sums"], dtype=np.int64)
        named, schools = told["instrument"], [str(school) for school in told["schools"]]
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        raise NotACube("This is not a cube.") from error
    if named != instrument.name or rows.ndim != 2 or len(rows) != len(schools):
        raise NotACube(f"These sums do not belong to {instrument.name}.")
    return unflat(instrument, schools, rows)


def added(instrument: Instrument, parts: Iterable[tuple[str, Sequence[int]]]) -> Cube:
    """Add up rows that came from anywhere in any order, several for one school or not."""
    sums: dict[str, Ints] = {}
    for school, row in parts:
        values = np.asarray(row, dtype=np.int64)
        sums[school] = sums[school] + values if school in sums else values
    schools = sorted(sums)
    if not schools:
        raise NotACube("There are no sums to add up.")
    return unflat(instrument, schools, np.stack([sums[school] for school in schools]))
