"""Measure the clock of a meeting: many phones ask every two seconds while somebody presses.

`python -m tests.bench_meetings [phones] [seconds]`. Colead runs as in production (gunicorn, as `serve_demo` starts it).
Each phone asks as htmx does, on a connection of its own, beginning at a moment of its own. The goal: 95 of 100 answers
within 300 milliseconds, and every phone knows of a press by its next question.
"""

import asyncio
import os
import random
import re
import shutil
import statistics
import sys
import time
from dataclasses import dataclass, field

from tests.bench_surveys import ROOM, Served  # sets Django up on a database of its own

EVERY, GOAL = 2.0, 300.0  # seconds between two questions; milliseconds
PRESS = 3.0  # seconds between two presses

from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from colead.accounts.models import User
from colead.content.loader import load
from colead.meetings.actions import planning, running
from colead.meetings.models import Clock, Meeting
from colead.meetings.queries.points import closing, protocol_points
from tests.cast import ROLE, everybody, join, person


@dataclass
class Phone:
    """One phone: who it belongs to, the beat it knows, how long each answer took, when it learned of each beat."""

    cookie: str
    beat: int = 0
    took: list[float] = field(default_factory=list)
    learned: dict[int, float] = field(default_factory=dict)
    wrong: int = 0


def make_meeting(phones: int) -> tuple[Meeting, list[User]]:
    """Begin a meeting of a team of so many people."""
    cast, now = everybody(), timezone.now()
    team = cast.north_team
    for number in range(phones - team.members.active().count()):
        join(team, person(f"Person {number}"), ROLE.MEMBER, by=cast.ada, now=now)
    protocol = load().protocol("resources")
    assert protocol
    points = [*protocol_points(protocol)] * 4 + [closing()]
    facts = {"title": "Bench", "minutes": 90, "held_on": now.date(), "by": cast.ada, "now": now}
    meeting = planning.make_meeting(team, points, **facts)
    here = list(team.members.active().select_related("user"))
    meeting = running.start_meeting(meeting, present=here, by=cast.ada, now=now)
    return meeting, [member.user for member in here]


def cookie_of(user: User) -> str:
    """Return the cookie of somebody who has signed in."""
    visitor = Client()
    visitor.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={visitor.cookies[name].value}"


async def ask(port: int, path: str, phone: Phone) -> None:
    """Ask for the clock once, as htmx does."""
    begun = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"GET {path}?beat={phone.beat} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {phone.cookie}\r\n"
    writer.write(f"{head}HX-Request: true\r\nHX-Target: clock\r\nConnection: close\r\n\r\n".encode())
    said = await reader.read()
    phone.took.append((time.perf_counter() - begun) * 1000)
    writer.close()
    status = int(said.split(b" ", 2)[1])
    if status == 200:
        found = re.search(rb"beat=(\d+)", said)
        phone.beat = int(found[1]) if found else phone.beat
        phone.learned[phone.beat] = time.perf_counter()
    phone.wrong += status not in (200, 204)


async def poll(port: int, path: str, phone: Phone, until: float) -> None:
    """Ask every two seconds, as a phone does that lies on the table."""
    await asyncio.sleep(random.random() * EVERY)
    while time.perf_counter() < until:
        begun = time.perf_counter()
        await ask(port, path, phone)
        await asyncio.sleep(max(0.0, EVERY - (time.perf_counter() - begun)))


def press(meeting: Meeting) -> tuple[int, float]:
    """Press the clock; return the new beat and when it was pressed."""
    beat = Clock.objects.get(meeting=meeting).beat
    running.press(meeting, random.choice(("next", "more", "pause", "go")), beat=beat, now=timezone.now())
    return beat + 1, time.perf_counter()


async def facilitate(meeting: Meeting, until: float) -> dict[int, float]:
    """Press every few seconds, and not within the last round of questions."""
    pressed = {}
    while time.perf_counter() < until - 2 * EVERY:
        await asyncio.sleep(PRESS)
        beat, at = await asyncio.to_thread(press, meeting)
        pressed[beat] = at
    return pressed


async def measure(
    served: Served, phones: list[Phone], meeting: Meeting, seconds: float
) -> tuple[dict[int, float], float]:
    """Let the phones ask and somebody press; return when what was pressed, and the server's CPU seconds."""
    for _round in range(4):  # until every worker has loaded what it needs
        await asyncio.gather(*(ask(served.port, served.path, phone) for phone in phones))
    for phone in phones:
        phone.took.clear()
    begun, until = served.cpu(), time.perf_counter() + seconds
    polls = [poll(served.port, served.path, phone, until) for phone in phones]
    pressed, *_none = await asyncio.gather(facilitate(meeting, until), *polls)
    return pressed, served.cpu() - begun


def report(phones: list[Phone], pressed: dict[int, float], cpu: float, seconds: float) -> bool:
    took = [one for phone in phones for one in phone.took]
    cuts = statistics.quantiles(took, n=100)
    last = max(pressed)
    lags = [phone.learned[beat] - at for beat, at in pressed.items() for phone in phones if beat in phone.learned]
    know = sum(phone.beat == last for phone in phones)
    wrong = sum(phone.wrong for phone in phones)
    print(f"{len(phones)} phones, {len(took)} answers in {seconds:.0f} s, {len(pressed)} presses, {wrong} wrong")
    print(f"{os.getloadavg()[0]:.1f} jobs wanted a core while this ran, on {os.cpu_count()} cores")
    print(f"p50 {cuts[49]:.1f}, p95 {cuts[94]:.1f} (goal {GOAL:.0f}), p99 {cuts[98]:.1f}, worst {max(took):.1f} ms")
    print(f"server: {1000 * cpu / len(took):.1f} ms of CPU an answer, {100 * cpu / seconds:.0f} % of one core")
    print(f"a press is seen after {statistics.mean(lags):.1f} s on average, {max(lags):.1f} s at worst")
    print(f"{know} of {len(phones)} phones know the last press")
    return cuts[94] < GOAL and know == len(phones) and not wrong


def main() -> int:
    phones_wanted, seconds = (int(word) for word in [*sys.argv[1:], *("60", "30")[len(sys.argv) - 1 :]][:2])
    call_command("migrate", run_syncdb=True, verbosity=0)
    meeting, users = make_meeting(phones_wanted)
    phones = [Phone(cookie_of(user)) for user in users]
    served = Served("colead", "colead.wsgi", path=f"/t/{meeting.team_id}/meetings/{meeting.pk}/clock/")
    try:
        pressed, cpu = asyncio.run(measure(served, phones, meeting, seconds))
        good = report(phones, pressed, cpu, seconds)
    finally:
        served.stop()
        shutil.rmtree(ROOM)
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
