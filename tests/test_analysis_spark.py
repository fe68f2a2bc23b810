"""Where Java and the extras are installed: partitions of a wave, added up, are the wave."""

import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from colead.analysis.cubes import ARRAYS, cube
from tests.analysis_data import mini_instrument, mini_sheet


def test_the_room_works_without_the_extra():
    from colead.analysis import spark

    assert spark.COLUMNS == "school string, sums array<long>"


@pytest.mark.slow
def test_cubes_of_partitions_add_up_to_the_cube_of_the_wave(monkeypatch):
    pyspark = pytest.importorskip("pyspark", reason="the spark extra is not installed")
    pytest.importorskip("pyarrow", reason="the spark extra is not installed")
    if not shutil.which("java"):
        pytest.skip("there is no Java here")
    from pyspark.sql import SparkSession

    from colead.analysis.spark import cube_of_frame

    assert pyspark.__version__
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
    wave = mini_sheet(1)
    schools = np.repeat(wave.schools, np.diff(wave.offsets)).tolist()
    keys = [item.key for item in mini_instrument().items]
    rows = [(school, *map(int, codes)) for school, codes in zip(schools, wave.codes.T, strict=True)]
    np.random.default_rng(3).shuffle(rows)
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "50")
        .getOrCreate()
    )
    try:
        columns = ", ".join(["school string", *(f"{key} int" for key in keys)])
        frame = session.createDataFrame(rows, columns).repartition(5)
        found = cube_of_frame(frame, mini_instrument())
    finally:
        session.stop()
    whole = cube(wave)
    assert found.schools == whole.schools
    for name in ARRAYS:
        assert (getattr(found, name) == getattr(whole, name)).all(), name
