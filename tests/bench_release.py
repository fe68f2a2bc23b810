"""Measure a result of 100,000 people: `python -m tests.bench_release [people]`. Each number beside its goal.

Prints what it takes to compute the release, to show its page, to hand out its tables as CSV, and whether memory stays
where it is when the same is done again and again.
"""

import gc
import json
import os
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

os.environ["COLEAD_MODE"] = "test"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
PLACE = Path(tempfile.mkdtemp())
os.environ["COLEAD_DATABASE"] = f"sqlite:{PLACE / 'people.sqlite3'}"
os.environ["COLEAD_BALLOTS"] = f"sqlite:{PLACE / 'ballots.sqlite3'}"

import django

django.setup()

import numpy as np
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from colead.analysis.cubes import cube
from colead.analysis.instrument import load_instrument
from colead.analysis.publish import Plan, release_of_sheet
from colead.analysis.sheet import Sheet, sheet_of_codes
from colead.answers import box
from colead.surveys.models import Wave
from tests.bench_goals import Goals
from tests.cast import Cast, everybody

ASKED = load_instrument("conditions.v1")
DAY, AFTER = date(2026, 9, 9), date(2026, 9, 19)
LISTS = ("scales", "questions", "codebook")


def answers(people: int) -> Sheet:
    """Return what so many people of one school might have ticked."""
    dice = np.random.default_rng(20261122)
    mood = dice.normal(3.4, 0.6, people)
    ticks = [np.clip(np.rint(mood + dice.normal(0, 0.8, people)), 1, 5) for _item in ASKED.items]
    codes = np.array(ticks, dtype=np.int8).T
    codes[dice.random(codes.shape) < 0.03] = -1
    return sheet_of_codes(ASKED, ["1"] * people, codes)


def sealed(cast: Cast, sheet: Sheet, people: int) -> Wave:
    """Put such a wave into the box, sealed, and beside it what the school knows of it."""
    ref = box.new_ref()
    released = release_of_sheet(sheet, [""] * people, Plan(str(cast.north.pk), ref, people))
    asked = json.dumps(ASKED.model_dump(mode="json"))
    receipts = tuple(secrets.token_bytes(10) for _ in range(people))
    facts = {"school": str(cast.north.pk), "opens": DAY, "closes": DAY, "sealed_on": AFTER, "roster": people}
    made = {"release": released, "instrument_json": asked, "sums": cube(sheet), "receipts": receipts}
    box.take_in([box.Finished(**facts, codes=people, **made)])
    return Wave.objects.create(
        school=cast.north,
        ref=ref,
        title="A large one",
        instrument=ASKED.name,
        asked=asked,
        state=Wave.State.SEALED,
        opens=DAY,
        closes=DAY,
        planned_by=cast.ada,
        planned_on=DAY,
        sealed_on=AFTER,
    )


def seconds(work: Callable[[], object], times: int) -> float:
    """Return the median seconds of some work, the first round left out."""
    work()
    found = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        found.append(time.perf_counter() - begun)
    return statistics.median(found)


def megabytes() -> float:
    """Return what this process holds in memory now."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def fetched(client: Client, url: str) -> Callable[[], object]:
    def fetch() -> None:
        assert client.get(url).status_code == 200, url

    return fetch


def main() -> int:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    for database in ("default", "ballots"):
        call_command("migrate", database=database, run_syncdb=True, verbosity=0)
    cast, sheet = everybody(), answers(people)
    groups, plan = [""] * people, Plan("1", box.new_ref(), people)
    goals = Goals()
    compute = seconds(lambda: release_of_sheet(sheet, groups, plan), 5)
    goals.most(f"release of {people:,} answers, seconds", compute, 0.25)
    wave, client = sealed(cast, sheet, people), Client()
    client.force_login(cast.sam)
    page = fetched(client, reverse("wave", args=[cast.north.pk, wave.pk]))
    lists = [fetched(client, reverse("wave_file", args=[cast.north.pk, wave.pk, name, "csv"])) for name in LISTS]
    goals.most("its page, milliseconds", 1000 * seconds(page, 15), 50)
    goals.most("its tables as CSV, milliseconds each", 1000 * max(seconds(one, 5) for one in lists), 50)
    before = megabytes()
    for _ in range(5):
        release_of_sheet(sheet, groups, plan)
        page()
    goals.most("memory after five more rounds, megabytes more", megabytes() - before, 10)
    return goals.missed


if __name__ == "__main__":
    sys.exit(main())
