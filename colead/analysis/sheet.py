"""Answers in columns: one row of small whole numbers per item, people in blocks of one school each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from colead.analysis.figures import Codes, Ints, Mask
from colead.analysis.instrument import Instrument

NO_ANSWER = 0
CANNOT_SAY = -1

Answer = int | None | str
"""A number on the item's own scale, None for no answer, or the word "cannot say"."""


class BadAnswer(ValueError):
    """An answer that its item does not offer."""


@dataclass(frozen=True)
class Sheet:
    """Answers of one wave. `codes[item, row]`: 1 is the lowest answer, 0 none, -1 cannot say.

    The people of school s stand in rows `offsets[s]` to `offsets[s + 1]`; their order means nothing.
    """

    instrument: Instrument
    schools: tuple[str, ...]
    offsets: Ints
    codes: Codes

    @property
    def rows(self) -> int:
        return int(self.codes.shape[1])

    def only(self, keep: Mask) -> "Sheet":
        """Return the sheet with the rows marked in `keep`; schools stay, if need be empty."""
        return Sheet(self.instrument, self.schools, _offsets(by_school(keep, self.offsets)), self.codes[:, keep])

    def school(self, name: str) -> "Sheet":
        """Return the sheet of one school."""
        at = self.schools.index(name)
        start, stop = int(self.offsets[at]), int(self.offsets[at + 1])
        return Sheet(self.instrument, (name,), _offsets(np.array([stop - start])), self.codes[:, start:stop])


def by_school(values: NDArray[Any], offsets: Ints) -> Ints:
    """Add up a value per row over the rows of each school; exact, an empty school gives 0."""
    sums = np.zeros(len(offsets) - 1, dtype=np.int64)
    filled = np.diff(offsets) > 0
    if filled.any():
        sums[filled] = np.add.reduceat(values, offsets[:-1][filled], dtype=np.int64)
    return sums


def codes_of(instrument: Instrument) -> tuple[dict[Answer, int], ...]:
    """Return for each item the code of every answer it offers."""
    tables: list[dict[Answer, int]] = []
    for scale in instrument.scales:
        offered = instrument.answers_of(scale)
        table: dict[Answer, int] = {offered.low + place: place + 1 for place in range(len(offered.labels))}
        table[None] = NO_ANSWER
        if offered.cannot_say:
            table["cannot say"] = CANNOT_SAY
        tables += [table] * len(scale.items)
    return tuple(tables)


def _refusal(key: str, answer: Answer, table: Mapping[Answer, int]) -> BadAnswer:
    numbers = [number for number in table if isinstance(number, int)]
    return BadAnswer(f"{key} takes a whole number from {min(numbers)} to {max(numbers)}, not {answer!r}")


def sheet(instrument: Instrument, people: Iterable[tuple[str, Mapping[str, Answer]]]) -> Sheet:
    """Build a sheet from (school, {item key: answer}) pairs; schools in alphabetical order."""
    index = {item.key: place for place, item in enumerate(instrument.items)}
    tables = codes_of(instrument)
    rows: list[tuple[str, list[int]]] = []
    for school, answers in people:
        row = [NO_ANSWER] * len(index)
        for key, answer in answers.items():
            if key not in index:
                raise BadAnswer(f"{key} is not an item of {instrument.name}")
            code = None if isinstance(answer, bool) else tables[index[key]].get(answer)
            if code is None:
                raise _refusal(key, answer, tables[index[key]])
            row[index[key]] = code
        rows.append((school, row))
    return sheet_of_codes(instrument, [school for school, _ in rows], [row for _, row in rows])


def sheet_of_codes(instrument: Instrument, schools: Sequence[str], codes: Sequence[Sequence[int]] | Codes) -> Sheet:
    """Build a sheet from codes, one row per person, sorting people by school."""
    names, where = np.unique(np.asarray(schools, dtype=str), return_inverse=True)
    order = np.argsort(where, kind="stable")
    table = np.asarray(codes, dtype=np.int8).reshape(len(schools), len(instrument.items))
    sizes = np.bincount(where, minlength=len(names)).astype(np.int64)
    return Sheet(instrument, tuple(map(str, names)), _offsets(sizes), np.ascontiguousarray(table[order].T))


def _offsets(sizes: Ints) -> Ints:
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
