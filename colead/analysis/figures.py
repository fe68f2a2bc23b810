"""The small types every number of this room is made of."""

from dataclasses import dataclass
from typing import TypeGuard

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Codes = NDArray[np.int8]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Undefined:
    """Stand in for a number that does not exist; `why` completes the sentence "not defined, because ..."."""

    why: str

    def __str__(self) -> str:
        return f"not defined, because {self.why}"


Number = float | Undefined


@dataclass(frozen=True)
class Interval:
    """Hold the two ends of a range, low first."""

    low: float
    high: float

    def cut(self, low: float, high: float) -> "Interval":
        """Return the part of this range that a scale from `low` to `high` can reach."""
        return Interval(min(max(self.low, low), high), max(min(self.high, high), low))


def defined(number: float | Undefined) -> TypeGuard[float]:
    """Tell a number from the reason why there is none."""
    return not isinstance(number, Undefined)


def ratio(top: float, bottom: float, why: str) -> Number:
    """Divide, or say why there is nothing to divide by."""
    return float(top / bottom) if bottom else Undefined(why)
