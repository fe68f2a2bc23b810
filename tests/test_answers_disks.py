"""A reader in the way, a full disk, a power cut: the box loses nothing and stores nothing half."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import OperationalError, connections

from colead.answers import box
from tests.answers_store import (
    AFTER,
    DAY,
    answered,
    only_sqlite,
    put,
    rows,
    wave,
)

pytest_plugins = "tests.answers_fixtures"
pytestmark = pytest.mark.usefixtures("box_file")


def pragma(words: str) -> int:
    with connections["ballots"].cursor() as cursor:
        cursor.execute(f"PRAGMA {words}")
        return int(cursor.fetchall()[0][0])


def limit_pages(pages: int) -> None:
    assert pragma(f"max_page_count = {pages}") == pages


@only_sqlite
def test_a_reader_in_the_way_delays_the_wiping_and_the_health_page_knows(box_file: Path) -> None:
    ref = answered(20)
    with closing(sqlite3.connect(box_file)) as reader:
        pragma("busy_timeout = 50")
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM answers_wave").fetchall()
        assert box.seal(ref, today=AFTER).answered == 20
        assert box.wiping_due() == (ref,)
        put(other := wave(), box.make_codes(other, count=1)[0])
        for code in box.make_codes(other, count=5):
            put(other, code)
        box.stir_due(today=DAY)
    assert box.stir_due(today=AFTER) == (other,)
    assert (box.wiping_due(), box.stir_due(today=AFTER)) == ((), ())


@only_sqlite
def test_a_full_disk_stores_nothing_half_and_recovers() -> None:
    ref = answered(20)
    codes = box.make_codes(ref, count=20)
    limit_pages(pragma("page_count"))
    refused = []
    for code in codes:
        try:
            put(ref, code, who="w" * 1900)
        except OperationalError:
            refused.append(code)
    assert refused
    assert len(rows("ballot")) == len(rows("code", where="used")) == 40 - len(refused)
    with pytest.raises(OperationalError):
        box.seal(ref, today=AFTER)
    assert box.facts(ref).state == "open"
    limit_pages(100_000)
    assert not [receipt for receipt in (put(ref, code) for code in refused) if receipt.again]
    assert box.seal(ref, today=AFTER).answered == 40


@only_sqlite
def test_after_a_power_cut_at_any_byte_the_used_codes_are_the_ballots(box_file: Path, tmp_path: Path) -> None:
    answered(40)
    kept, log = tmp_path / "cut.sqlite3", Path(f"{box_file}-wal").read_bytes()
    content = box_file.read_bytes()
    seen = set()
    for cut in range(0, len(log), max(1, len(log) // 150)):
        kept.write_bytes(content)
        Path(f"{kept}-wal").write_bytes(log[:cut])
        with closing(sqlite3.connect(kept)) as found:
            assert found.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            ask = "SELECT (SELECT count(*) FROM answers_code WHERE used), (SELECT count(*) FROM answers_ballot)"
            used, ballots = found.execute(ask).fetchone()
        assert used == ballots
        seen.add(used)
    assert {0, 39} <= seen
