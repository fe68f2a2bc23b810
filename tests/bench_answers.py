"""What one answered survey costs the box: `python -m tests.bench_answers [responses]`. Ratios of one run count.

Three ways to keep a response of 60 items, in turn, in the same rounds, each in a process of its own with the same
promise to the disk (write-ahead log, synchronous FULL): a raw insert with Python's sqlite3, one row by the Django ORM,
and `box.put_ballot`. Prints per response the CPU milliseconds from /proc, the rate on one connection and the bytes
stored; on SQLite, then on a PostgreSQL of the bench's own, whose CPU is counted in.

A way is a function `(place, count) -> (one, stored)`: `one(n)` keeps response n, `stored()` returns the bytes on disk.
The load over HTTP is to join as further ways.
"""

import json
import os
import random
import secrets
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.bench_postgres import on_both

if __name__ == "__main__" and "BENCH_HERE" not in os.environ:
    raise SystemExit(on_both("tests.bench_answers"))

os.environ["COLEAD_MODE"] = "test"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
PLACE = Path(tempfile.mkdtemp())
os.environ["COLEAD_DATABASE"] = f"sqlite:{PLACE / 'default.sqlite3'}"
os.environ.setdefault("COLEAD_BALLOTS", f"sqlite:{PLACE / 'ballots.sqlite3'}")

import django

django.setup()

from django.core.management import call_command
from django.db import connections, models, transaction

from colead.analysis.instrument import AnswerScale, Instrument, Item, Scale
from colead.answers import box, store
from tests.answers_server import finished, in_child
from tests.bench_goals import Goals

ROUNDS = 4
DAY = date(2026, 9, 9)
LABELS = ("Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree")
SIXTY = Instrument(
    slug="sixty",
    version=1,
    title="Sixty items",
    answers=AnswerScale(labels=LABELS, cannot_say="I cannot say"),
    scales=tuple(
        Scale(
            key=f"scale_{s}",
            name=f"Scale {s}",
            items=tuple(Item(key=f"item_{s}_{i}", text=f"Item {i} of scale {s}") for i in range(6)),
        )
        for s in range(10)
    ),
)
DICE = random.Random(4)
FILLED = [{item.key: DICE.choice((1, 2, 3, 4, 5, "cannot say")) for item in SIXTY.items} for _ in range(50)]

Way = tuple[Callable[[int], object], Callable[[], int]]


class Lean(models.Model):
    """One row as an ordinary survey application keeps it."""

    code = models.CharField(max_length=16, unique=True)
    answers = models.JSONField()

    class Meta:
        app_label = "bench"


def raw(place: Path, count: int) -> Way:
    path = place / f"raw-{secrets.token_hex(4)}.sqlite3"
    here = sqlite3.connect(path, isolation_level=None)
    here.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE response (id TEXT, answers TEXT)"
    )

    def one(n: int) -> None:
        here.execute("BEGIN IMMEDIATE")
        here.execute("INSERT INTO response VALUES (?, ?)", (secrets.token_hex(8), json.dumps(FILLED[n % 50])))
        here.execute("COMMIT")

    def stored() -> int:
        here.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return path.stat().st_size

    return one, stored


def lean(place: Path, count: int) -> Way:
    here = connections["default"]
    with here.schema_editor() as editor:
        if Lean._meta.db_table in here.introspection.table_names():
            editor.delete_model(Lean)
        editor.create_model(Lean)

    def one(n: int) -> None:
        with transaction.atomic():
            Lean.objects.create(code=secrets.token_hex(8), answers=FILLED[n % 50])

    def stored() -> int:
        for words in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            here.cursor().execute(words)
        return Path(here.settings_dict["NAME"]).stat().st_size

    return one, stored


def sealed_box(place: Path, count: int) -> Way:
    ref = box.open_wave(
        school="1", instrument=SIXTY, opens=DAY, closes=DAY, roster_size=count, today=DAY, comment_reader="7"
    )
    codes = box.make_codes(ref, count=count)

    def one(n: int) -> None:
        box.put_ballot(ref, code=codes[n], key=secrets.token_hex(16), answers=FILLED[n % 50], today=DAY)

    return one, box_bytes


def box_bytes() -> int:
    """Return what the box takes on disk: codes, ballots and their keys, without the free room of the log."""
    here = connections["ballots"]
    with here.cursor() as cursor:
        if here.vendor == "postgresql":
            cursor.execute("SELECT pg_total_relation_size('answers_code') + pg_total_relation_size('answers_ballot')")
            return int(cursor.fetchone()[0])
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.fetchall()
        return Path(str(here.settings_dict["NAME"])).stat().st_size


WAYS: dict[str, Callable[[Path, int], Way]] = {"raw sqlite3": raw, "lean Django": lean, "the sealed box": sealed_box}


@dataclass(frozen=True)
class Cost:
    """Of one response: CPU milliseconds, seconds, bytes on disk."""

    cpu: float
    seconds: float
    stored: float


def cpu_of(process: int | str) -> float:
    """Return the CPU seconds a process has used (user and system), from /proc."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def processes() -> list[int | str]:
    """Return this process, and the server's that works for it."""
    here = connections["ballots"]
    if here.vendor != "postgresql":
        return ["self"]
    with here.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return ["self", int(cursor.fetchone()[0])]


def measure(name: str, count: int, out: Path) -> None:
    """Keep so many responses one way, and write down what they cost."""
    one, stored = WAYS[name](PLACE, count)
    before, who = stored(), processes()
    cpu, began = sum(map(cpu_of, who)), time.perf_counter()
    for n in range(count):
        one(n)
    spent, took = sum(map(cpu_of, who)) - cpu, time.perf_counter() - began
    out.write_text(json.dumps([spent * 1000 / count, took / count, (stored() - before) / count]))


def in_turn(count: int) -> dict[str, list[Cost]]:
    found: dict[str, list[Cost]] = {name: [] for name in WAYS}
    for turn in range(ROUNDS):
        for name in WAYS:
            out = PLACE / f"{turn}.json"
            if finished(in_child(lambda name=name, out=out: measure(name, count, out))):
                raise SystemExit(f"{name} failed")
            found[name].append(Cost(*json.loads(out.read_text())))
    return found


def room_for_codes(count: int) -> float:
    """Return the bytes that one more response takes in all, code and ballot, after a stir.

    What a table takes however few its rows are (on PostgreSQL a map of free room) is there with the first tenth.
    """
    call_command("flush", database="ballots", interactive=False, verbosity=0)
    store.wipe()
    first = _stirred(count // 10)
    return (_stirred(count) - first) / count


def _stirred(count: int) -> int:
    one, _ = sealed_box(PLACE, count)
    for n in range(count):
        one(n)
    box.stir_due(today=DAY)
    return box_bytes()


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    call_command("migrate", "answers", database="ballots", verbosity=0)
    found = in_turn(count)
    print(f"One response of 60 items, {count} in a row on one connection, {ROUNDS} rounds in turn (medians).\n")
    print(f"{'':<16}{'CPU ms':>8}{'to lean':>9}{'to raw':>8}{'a second':>10}{'bytes':>7}")
    middle = {name: middle_of(costs) for name, costs in found.items()}
    for name, cost in middle.items():
        ratios = (cost.cpu / middle["lean Django"].cpu, cost.cpu / middle["raw sqlite3"].cpu)
        numbers = f"{cost.cpu:8.3f}{ratios[0]:9.2f}{ratios[1]:8.2f}{1 / cost.seconds:10.0f}{cost.stored:7.0f}"
        print(f"{name:<16}{numbers}")
    goals = Goals()
    goals.most("stored a response with its code, bytes, after a stir", room_for_codes(3 * count), 200)
    return goals.missed


def middle_of(costs: list[Cost]) -> Cost:
    rows = [(cost.cpu, cost.seconds, cost.stored) for cost in costs]
    return Cost(*(statistics.median(column) for column in zip(*rows, strict=True)))


if __name__ == "__main__":
    raise SystemExit(main())
