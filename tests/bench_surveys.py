"""Measure answering: open, page, submit, each respondent on a connection of their own. Ratios of one run count.

`python -m tests.bench_surveys [people] [at once]`. Colead runs as in production, on SQLite and then on a PostgreSQL of
the bench's own, whose CPU counts too. Beside it, in turn in the same rounds, two references: a lean Django view that
inserts one row into the same kind of database, and SQLite behind bare WSGI. Each number stands beside its goal.
"""

import asyncio
import gzip
import hashlib
import json
import os
import random
import re
import secrets
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

from tests.bench_postgres import on_both

if __name__ == "__main__" and "BENCH_HERE" not in os.environ:
    raise SystemExit(on_both("tests.bench_surveys"))

ROOM = Path(tempfile.mkdtemp())
os.environ["COLEAD_MODE"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ.setdefault("COLEAD_DATABASE", f"sqlite:{ROOM / 'people.sqlite3'}")
os.environ.setdefault("COLEAD_BALLOTS", f"sqlite:{ROOM / 'ballots.sqlite3'}")

import django

django.setup()

from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from colead.analysis.instrument import AnswerScale, Instrument, Item, Scale
from colead.answers import box
from colead.schools.models import School
from colead.surveys.actions import codes, waves
from colead.surveys.models import Ask, OwnInstrument, Wave
from tests.bench_goals import Goals
from tests.cast import everybody

ITEMS, ROUNDS = 60, 4
PHONES, WITHIN = 120, 20.0  # a whole staff, in a third of the minute that is asked for
LOOKS = 50
LABELS = ("Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree")
TICKS = os.sysconf("SC_CLK_TCK")


class Served:
    """A server under load: its port, its processes, how to stop it."""

    def __init__(self, name: str, application: str, *, path: str) -> None:
        self.name, self.path, self.port = name, path, free_port()
        gunicorn = [sys.executable, "-m", "gunicorn", "--workers", "2", "--threads", "4", "--log-level", "error"]
        env = {**os.environ, "BENCH_FILE": str(ROOM / f"{name}.sqlite3")}
        self.process = subprocess.Popen([*gunicorn, "--bind", f"127.0.0.1:{self.port}", application], env=env)
        wait_for(self.port)

    def cpu(self) -> float:
        """Return the CPU seconds of the server so far, its database's included."""
        database = os.environ.get("BENCH_POSTGRES_PID", "") if self.name != "raw" else ""
        return sum(cpu_of(pid) for pid in family(self.process.pid)) + sum(
            cpu_of(pid) for pid in (family(int(database)) if database else [])
        )

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    for _ in range(200):
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("a server did not start")


def family(pid: int) -> list[int]:
    """Return a process and all below it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in family(int(child)))]


def cpu_of(pid: int) -> float:
    """Return the CPU seconds of a process, and of children that ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(field) for field in fields[11:15]) / TICKS


async def respond(served: Served, body: bytes) -> tuple[float, bool]:
    """Open, read the page, submit; return the seconds of the submit, and whether it was counted."""
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    head = "Host: 127.0.0.1\r\nAccept-Encoding: gzip\r\nAccept: application/json\r\nConnection: %s\r\n"
    writer.write((f"GET {served.path} HTTP/1.1\r\n" + head % "keep-alive" + "\r\n").encode())
    await read_answer(reader)
    begun = time.perf_counter()
    form = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    writer.write((f"POST {served.path} HTTP/1.1\r\n" + head % "close" + form).encode() + body)
    said = await read_answer(reader)
    seconds = time.perf_counter() - begun
    writer.close()
    return seconds, b"counted" in said


async def read_answer(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head, re.I)
    return await reader.readexactly(int(length[1]))


async def crowd(served: Served, bodies: list[bytes], at_once: int) -> list[tuple[float, bool]]:
    """Let everybody answer, so many at a time."""
    door = asyncio.Semaphore(at_once)

    async def one(body: bytes) -> tuple[float, bool]:
        async with door:
            return await respond(served, body)

    return await asyncio.gather(*(one(body) for body in bodies))


async def staff_room(served: Served, bodies: list[bytes]) -> list[tuple[float, bool]]:
    """Let a whole staff behind one address answer on their phones, each when they like within a few seconds."""

    async def one(body: bytes) -> tuple[float, bool]:
        await asyncio.sleep(random.uniform(0, WITHIN))
        return await respond(served, body)

    return await asyncio.gather(*(one(body) for body in bodies))


def written() -> list[object]:
    """Return what changes as soon as anything is written to one of the two databases."""
    found: list[object] = []
    for name in ("default", "ballots"):
        here = connections[name]
        if here.vendor == "sqlite":
            paths = [Path(f"{here.settings_dict['NAME']}{end}") for end in ("", "-wal")]
            found += [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths if path.exists()]
            continue
        time.sleep(11)  # a process of the server tells what it wrote when it has been idle for ten seconds
        with here.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute("SELECT sum(n_tup_ins), sum(n_tup_upd), sum(n_tup_del) FROM pg_stat_user_tables")
            found.append(cursor.fetchone())
    return found


def look(served: Served, tag: str) -> None:
    """Open the pages of a survey again and again, and send nothing."""
    for place in range(LOOKS):
        page = ("", "receipts/", "kept/", "in/es/")[place % 4]
        with urllib.request.urlopen(f"http://127.0.0.1:{served.port}/s/{tag}/{page}") as answer:
            answer.read()


def make_wave(people: int) -> Wave:
    """Open a wave of sixty questions for so many people."""
    cast, now = everybody(), timezone.now()
    school: School = cast.north
    rows = [
        school.roster.model(school=school, name=f"P{n}", email=f"p{n}@example.org", job="teacher")
        for n in range(people)
    ]
    school.roster.bulk_create(rows)
    items = tuple(
        Item(key=f"q{n}", text=f"This is question number {n}, of a usual length for a survey.") for n in range(ITEMS)
    )
    scales = (Scale(key="all", name="All", items=items),)
    answers = AnswerScale(labels=LABELS, cannot_say="I cannot say")
    asked = Instrument(slug="bench", version=1, title="Bench", answers=answers, scales=scales)
    facts = {"title": "Bench", "json": asked.model_dump_json(), "sha256": "0" * 64}
    own = OwnInstrument.objects.create(school=school, added_by=cast.ada, added_on=now.date(), **facts)
    today = school.today(now)
    plan = waves.Plan("Bench", f"own:{own.pk}", today, today + timedelta(5), minimum=5)
    wave = waves.plan_wave(school, plan, by=cast.ada, now=now)
    codes.confirm(waves.ask(wave, Ask.What.OPEN, by=cast.ada, now=now), by=cast.pat, now=now)
    wave.refresh_from_db()
    return wave


def bodies_of(made: list[str]) -> list[bytes]:
    ticks = {f"a{n}": str(n % 5 + 1) for n in range(ITEMS)}
    return [urlencode({"code": code, "key": secrets.token_hex(16), **ticks}).encode() for code in made]


def size_of(file: Path) -> int:
    """Return the size a SQLite database has when it is packed."""
    packed = ROOM / "packed.sqlite3"
    packed.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as line:
        line.execute("VACUUM INTO ?", [str(packed)])
    return packed.stat().st_size


def first_visit(served: Served) -> tuple[int, int]:
    """Return the requests and bytes of a first visit, compressed as WhiteNoise serves collected files."""
    asked = urllib.request.Request(f"http://127.0.0.1:{served.port}{served.path}", headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked) as answer:  # noqa: S310  # our own server
        page = answer.read()
        size = len(page) + len(str(answer.headers))
    html = gzip.decompress(page).decode()
    files = set(re.findall(r'(?:href|src)="/static/([^"]+)"', html))
    static = Path(__file__).resolve().parents[1] / "colead/surveys/static"
    return 1 + len(files), size + sum(len(gzip.compress((static / name).read_bytes())) + 300 for name in files)


def main() -> int:
    people, at_once = (int(word) for word in [*sys.argv[1:], "2000", "64"][:2])
    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("migrate", database="ballots", verbosity=0)
    wave = make_wave(people + PHONES)
    ballots = ROOM / "ballots.sqlite3"
    before = size_of(ballots) if ballots.exists() else 0
    bodies = bodies_of(codes.codes_on_paper(wave))
    servers = [
        Served("colead", "colead.wsgi", path=f"/s/{wave.tag}/"),
        Served("lean", "tests.bench_references:lean()", path="/"),
        Served("raw", "tests.bench_references:raw()", path="/"),
    ]
    try:
        found = measure(servers, bodies[:people], at_once)
        visit = first_visit(servers[0])
        phones = asyncio.run(staff_room(servers[0], bodies[people:]))
        nothing_yet = written()
        look(servers[0], wave.tag)
        at_get = sum(one != other for one, other in zip(nothing_yet, written(), strict=True))
    finally:
        for served in servers:
            served.stop()
    stored = (size_of(ballots) - before) / (people + PHONES) if ballots.exists() else None
    table(found, people)
    missed = judge(Goals(), found, people, visit=visit, phones=phones, at_get=at_get, stored=stored, board=count(wave))
    shutil.rmtree(ROOM)
    return missed


def measure(servers: list[Served], bodies: list[bytes], at_once: int) -> dict[str, dict]:
    """Serve the same crowd from each server in turn, round by round."""
    found: dict[str, dict] = {served.name: {"cpu": 0.0, "wall": 0.0, "all": []} for served in servers}
    for served in servers:
        asyncio.run(crowd(served, [b"code=warm"] * 40, 16))  # every worker has loaded what it needs
    each = -(-len(bodies) // ROUNDS)
    for start in range(0, len(bodies), each):
        for served in servers:
            begun, cpu = time.perf_counter(), served.cpu()
            found[served.name]["all"] += asyncio.run(crowd(served, bodies[start : start + each], at_once))
            found[served.name]["wall"] += time.perf_counter() - begun
            found[served.name]["cpu"] += served.cpu() - cpu
    return found


def count(wave: Wave) -> int:
    """Close and seal; return how many receipts stand on the board."""
    closed = waves.close_wave(wave, now=timezone.now())
    return box.board(closed.ref).counted


def table(found: dict, people: int) -> None:
    lean, raw = (found[name]["cpu"] for name in ("lean", "raw"))
    print("server    CPU ms each  x lean   x raw  a second     p50     p95  p99 ms")
    for name, one in found.items():
        cuts = percentiles(one["all"])
        print(
            f"{name:8} {1000 * one['cpu'] / people:12.2f} {one['cpu'] / lean:7.2f} {one['cpu'] / raw:7.2f} "
            f"{people / one['wall']:9.0f} {cuts[49]:7.1f} {cuts[94]:7.1f} {cuts[98]:7.1f}"
        )


def percentiles(answers: list[tuple[float, bool]]) -> list[float]:
    """Return the milliseconds that each hundredth of the submissions took at most."""
    return statistics.quantiles([seconds * 1000 for seconds, _ok in answers], n=100)


def judge(
    goals: Goals,
    found: dict,
    people: int,
    *,
    visit: tuple[int, int],
    phones: list[tuple[float, bool]],
    at_get: int,
    stored: float | None,
    board: int,
) -> int:
    """Print every number beside its goal; return how many missed it."""
    lean, raw, ours = (found[name]["cpu"] for name in ("lean", "raw", "colead"))
    goals.most("CPU of a response, times the lean view", ours / lean, 1.5)
    goals.most("CPU of a response, times raw SQLite", ours / raw, 5)
    goals.most("first visit, requests", visit[0], 3)
    goals.most("first visit, bytes on the wire", visit[1], 15_000)
    goals.exactly(f"databases that changed in {LOOKS} looks", at_get, 0)
    if stored is not None:
        goals.most("stored a response with its code, bytes", stored, 200)
    else:
        print("stored a response: python -m tests.bench_answers weighs it on PostgreSQL too")
    goals.exactly(f"answers acknowledged of {people:,}", sum(ok for _s, ok in found["colead"]["all"]), people)
    goals.exactly(f"phones behind one address counted within {WITHIN:.0f} s", sum(ok for _s, ok in phones), PHONES)
    goals.most("their submissions, p95 milliseconds", percentiles(phones)[94], 1000)
    goals.exactly("receipts on the board", board, people + PHONES)
    print(json.dumps({"colead_to_lean": ours / lean, "colead_to_raw": ours / raw}))
    return goals.missed


if __name__ == "__main__":
    raise SystemExit(main())
