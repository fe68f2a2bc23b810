"""Write a wave's sums down and read them back."""

import json

import numpy as np

from colead.analysis.cubes import ARRAYS, Cube
from colead.analysis.instrument import Instrument


def write_sums(sums: Cube) -> str:
    """Return the sums as text, with the instrument they belong to."""
    arrays = {name: getattr(sums, name).tolist() for name in ARRAYS}
    kept = {"instrument": sums.instrument.model_dump(mode="json"), "schools": sums.schools, "arrays": arrays}
    return json.dumps(kept, separators=(",", ":"))


def read_sums(text: str) -> Cube:
    """Return the sums that `write_sums` wrote down."""
    kept = json.loads(text)
    arrays = {name: np.array(values, dtype=np.int64) for name, values in kept["arrays"].items()}
    return Cube(Instrument.model_validate(kept["instrument"]), tuple(kept["schools"]), **arrays)
