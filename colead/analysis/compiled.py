"""The quick path of a large wave, compiled (extra `numba`): one pass over the columns, the same whole numbers.

The only module that imports numba. Without it `AVAILABLE` is False and numpy does the work.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from colead.analysis.cubes import WaveSums, wave_sums, whole_of
from colead.analysis.figures import Codes, Ints
from colead.analysis.instrument import EXACT_UP_TO
from colead.analysis.scores import plans
from colead.analysis.sheet import Sheet

try:
    from numba import njit
except ImportError:  # pragma: no cover - one of the two branches is always the other machine's
    AVAILABLE = False
    njit = None
else:  # pragma: no cover
    AVAILABLE = True


def fast_wave_sums(sheet: Sheet) -> WaveSums:
    """Return what `wave_sums` returns, compiled where numba is installed."""
    if not AVAILABLE or any(how.width > EXACT_UP_TO for how in plans(sheet.instrument)):
        return wave_sums(sheet)
    return _compiled(sheet)


BLOCK = 4096


def _kernel(  # noqa: C901  # one flat function is what compiles well
    codes: Codes, starts: Ints, flips: Codes, weights: Ints, found: Ints, whole: Ints
) -> None:
    """Add up one scale: blocks of schools whose columns stay in the cache; plain loops that become vector code.

    codes [J, rows], starts [S + 1], flips [J] (A + 1 for turned items, else 0), weights [J + 1] parts of the unit per
    number of answers (0 where too few), found [3, S], whole [J + 3].
    """
    items, schools = codes.shape[0], len(starts) - 1
    most = BLOCK
    for school in range(schools):
        most = max(most, starts[school + 1] - starts[school])
    total, squares = np.empty(most, np.int16), np.empty(most, np.int16)
    answered, complete = np.empty(most, np.int8), np.empty(most, np.int8)
    school = 0
    while school < schools:
        first, last = starts[school], school + 1
        while last < schools and starts[last + 1] - first <= most:
            last += 1
        size = starts[last] - first
        total[:size] = 0
        squares[:size] = 0
        answered[:size] = 0
        for item in range(items):
            column = codes[item, first : first + size]
            flip = flips[item]
            sign = np.int8(-1 if flip else 1)
            for at in range(size):
                given = np.int8(column[at] > 0)
                right = np.int8(np.int8(column[at] * sign) + flip) * given
                answered[at] += given
                total[at] += np.int16(right)
                squares[at] += np.int16(right * right)
        for at in range(size):
            complete[at] = np.int8(answered[at] == items)
        for item in range(items):
            column = codes[item, first : first + size]
            sum_of = np.int32(0)
            for at in range(size):
                sum_of += np.int32(np.int8(column[at] * complete[at]))
            whole[item + 3] += sum_of
        for at in range(size):
            kept = np.int64(complete[at])
            whole[0] += kept
            whole[1] += kept * squares[at]
            whole[2] += kept * total[at] * total[at]
        for one in range(school, last):
            people, sum_of_parts, sum_of_squares = 0, 0, 0
            for at in range(starts[one] - first, starts[one + 1] - first):
                weight = weights[answered[at]]
                part = total[at] * weight
                people += weight > 0
                sum_of_parts += part
                sum_of_squares += part * part
            found[0, one] = people
            found[1, one] = sum_of_parts
            found[2, one] = sum_of_squares
        school = last


_ready: list[Callable[..., Any]] = []


def _compiled(sheet: Sheet) -> WaveSums:
    if not _ready:  # pragma: no cover - only where the extra is installed
        _ready.append(njit(nogil=True)(_kernel))
    every = plans(sheet.instrument)
    table = np.zeros((len(every), 3, len(sheet.schools)), dtype=np.int64)
    whole = []
    for k, how in enumerate(every):
        sums_of_whole = np.zeros(how.width + 3, dtype=np.int64)
        columns = sheet.codes[how.columns[0] : how.columns[-1] + 1]
        flips = np.array([how.answers + 1 if turned else 0 for turned in how.turned], dtype=np.int8)
        weights = np.array([how.unit // c if c >= how.needed else 0 for c in range(1, how.width + 1)], dtype=np.int64)
        _ready[0](columns, sheet.offsets, flips, np.append(0, weights), table[k], sums_of_whole)
        turned = np.flatnonzero(flips)
        sums_of_whole[turned + 3] = flips[turned] * sums_of_whole[0] - sums_of_whole[turned + 3]
        whole.append(whole_of(sums_of_whole))
    n, total, squares = (np.ascontiguousarray(part.T) for part in (table[:, 0], table[:, 1], table[:, 2]))
    return WaveSums(n, total, squares, tuple(whole))
