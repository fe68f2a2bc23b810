"""Where one machine is outgrown (extra `spark`): the same cube function runs per partition, and the cubes are added up.

The only module that imports pyspark and pyarrow. Needs Java 17. No distribution of our own making.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from colead.analysis.cubes import Cube, cube
from colead.analysis.instrument import Instrument
from colead.analysis.packing import added, flat
from colead.analysis.sheet import sheet_of_codes

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

try:
    import pyarrow
except ImportError:  # pragma: no cover - one of the two branches is always the other machine's
    pyarrow = None

COLUMNS = "school string, sums array<long>"


def cube_of_frame(frame: "DataFrame", instrument: Instrument) -> Cube:  # pragma: no cover - its own test, where Java is
    """Return the cube of one wave from a Spark data frame: a column school and one of codes per item (0 no answer)."""
    keys = [item.key for item in instrument.items]

    def per_partition(batches: Iterator[Any]) -> Iterator[Any]:
        for batch in batches:
            yield sums_of_batch(batch, instrument)

    rows = frame.select("school", *keys).mapInArrow(per_partition, COLUMNS).toLocalIterator()
    return added(instrument, ((row["school"], row["sums"]) for row in rows))


def sums_of_batch(batch: Any, instrument: Instrument) -> Any:  # pragma: no cover - needs the extra
    """Add up one Arrow batch: a row per school with all its sums."""
    codes = np.stack([batch.column(item.key).to_numpy(zero_copy_only=False) for item in instrument.items], axis=1)
    found = cube(sheet_of_codes(instrument, batch.column("school").to_pylist(), codes.astype(np.int8)))
    return pyarrow.RecordBatch.from_pydict({"school": list(found.schools), "sums": flat(found).tolist()})
