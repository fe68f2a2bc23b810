"""Whatever a file holds, reading it ends in a schedule, a report or a refusal: never in anything else."""

from collections.abc import Callable
from random import Random
from typing import TypeVar

import pytest

from colead.timetable import CannotRead, ceilings, check, csv_set, fet_bytes, read_csv_set, read_fet, read_grid, rows_of
from tests.test_timetable_csv import GRID
from tests.test_timetable_fet import fet
from tests.timetable_school import random_school

Result = TypeVar("Result")
PIECES = (
    b"",
    b",",
    b";",
    b'"',
    b"\n",
    b"-1",
    b"99999",
    b"Mon",
    b"<",
    b"</Name>",
    b"<Day>",
    b"&",
    b"\xff",
    b"\0",
    b"%s",
    b"'=",
)


def broken(random: Random, data: bytes) -> bytes:
    """Take some bytes out, put others in, or swap two stretches."""
    for _ in range(random.randint(1, 4)):
        a, b = sorted(random.randrange(len(data) + 1) for _ in range(2))
        piece = random.choice((*PIECES, data[a : a + 30]))
        data = data[:a] + piece + data[min(b, a + random.choice((0, 1, 8, 200))) :]
    return data


def unless_refused(read: Callable[[], Result]) -> Result | None:
    """Read, or see that the refusal has words."""
    try:
        return read()
    except CannotRead as refusal:
        return None if str(refusal.reason) else pytest.fail("a refusal without a reason")


@pytest.mark.parametrize("seed", range(60))
def test_a_broken_set_of_files_never_surprises(seed: int) -> None:
    random = Random(seed)
    files = csv_set(random_school(seed))
    for _ in range(5):
        name = random.choice(sorted(files))
        wrong = files | {name: broken(random, files[name])}
        reading = unless_refused(lambda wrong=wrong: read_csv_set(wrong, name="Broken"))
        assert reading is None or all(str(remark.text) for remark in reading.report)
        if reading and reading.schedule:
            assert all(str(one) for one in check(reading.schedule))
            assert len(ceilings(reading.schedule)) == len(reading.schedule.teams)


@pytest.mark.parametrize("seed", range(60))
def test_a_broken_fet_file_never_surprises(seed: int) -> None:
    random = Random(seed)
    for _ in range(10):
        data = broken(random, fet())
        file = unless_refused(lambda data=data: read_fet("x.fet", data))
        assert file is None or all(str(remark.text) for remark in file.reading.report)
        if file and file.reading.schedule:
            assert fet_bytes(file, file.reading.schedule) == data
            assert all(str(one) for one in check(file.reading.schedule))


@pytest.mark.parametrize("seed", range(60))
def test_a_broken_sheet_never_surprises(seed: int) -> None:
    data = broken(Random(seed), GRID.encode())
    reading = unless_refused(lambda: read_grid(rows_of("x.csv", data), name="Broken", file="x.csv"))
    assert reading is None or (reading.schedule is None) == bool(reading.wrong)
