"""North with forty people on its list and a survey, made through the real verbs."""

import random
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from colead.answers import box
from colead.schools.models import School
from colead.surveys.actions import codes, waves
from colead.surveys.actions.waves import Plan
from colead.surveys.models import Ask, Wave
from tests.cast import Cast

BOTH = ["default", "ballots"]
OPENS, DAY, CLOSES = date(2026, 11, 16), date(2026, 11, 18), date(2026, 11, 27)
NOON = datetime(2026, 11, 16, 17, 0, tzinfo=UTC)
AFTER = datetime(2026, 11, 28, 17, 0, tzinfo=UTC)


def fill_roster(school: School, people: int = 40) -> None:
    """Put people on the staff list until there are so many: two thirds teach a class."""
    for number in range(school.roster.count(), people):
        job = "teacher" if number % 3 else "para"
        school.roster.create(name=f"Staff {number:02d}", email=f"staff{number}@example.org", job=job, grades="3")


def plan(cast: Cast, **changes: object) -> Plan:
    """Return what Ada plans: the conditions survey, with Ben reading the comments."""
    made = Plan("Autumn survey", "conditions.v1", OPENS, CLOSES, minimum=5, reader=cast.ben)
    return replace(made, **changes)  # type: ignore[arg-type]


def planned(cast: Cast, *, now: datetime = NOON, **changes: object) -> Wave:
    fill_roster(cast.north)
    return waves.plan_wave(cast.north, plan(cast, **changes), by=cast.ada, now=now)


def opened(cast: Cast, *, now: datetime = NOON, **changes: object) -> Wave:
    """Return a wave that Ada asked to open and Pat agreed to."""
    wave = planned(cast, now=now, **changes)
    ask = waves.ask(wave, Ask.What.OPEN, by=cast.ada, now=now)
    codes.confirm(ask, by=cast.pat, now=now)
    wave.refresh_from_db()
    return wave


def today_open(cast: Cast, **changes: object) -> Wave:
    """Return a wave that is open today, as the pages see it, which read the clock."""
    today = cast.north.today(timezone.now())
    return opened(cast, now=timezone.now(), opens=today, closes=today + timedelta(days=9), **changes)


def fields(code: str, *, who: int = 0, **changes: str) -> dict[str, str]:
    """Return what a page would send."""
    dice = random.Random(who)
    ticked = {f"a{place}": dice.choice(["2", "3", "4", "5", "x", ""]) for place in range(29)}
    return {"code": code, "key": secrets.token_hex(16), **ticked, "c0": f"word {who}", **changes}


FORM = "application/x-www-form-urlencoded"


def post(client: Client, wave: Wave, given: dict[str, str] | bytes, **headers: str) -> object:
    """Send a form as the page's script does."""
    body = given if isinstance(given, bytes) else urlencode(given).encode()
    headers = {"accept": "application/json", **headers}
    return client.post(reverse("answer", args=[wave.tag]), body, content_type=FORM, headers=headers)


def answered(wave: Wave, people: int, *, day: date = DAY, level: int = 0) -> list[str]:
    """Let so many people answer straight into the box; return their receipts."""
    asked = box.facts(wave.ref).instrument
    receipts = []
    for who, code in enumerate(codes.codes_on_paper(wave)[:people]):
        dice = random.Random(who + 1000 * level)
        ticked = {item.key: min(5, dice.choice([2, 3, 4, 4, 5]) + level) for item in asked.items}
        said = {line.key: f"More time to plan, says voice {who}" for line in asked.open_lines} if wave.reader else {}
        put = box.put_ballot(wave.ref, code=code, key=secrets.token_hex(16), answers=ticked, comments=said, today=day)
        receipts.append(put.text)
    return receipts


def sealed(cast: Cast, people: int = 35, **changes: object) -> Wave:
    """Return a wave that is over and sealed."""
    wave = opened(cast, **changes)
    answered(wave, people, day=wave.opens)
    return waves.close_wave(wave, now=AFTER)


@dataclass(frozen=True)
class Row:
    """One row of a table, for comparing before and after."""

    values: tuple[object, ...]
