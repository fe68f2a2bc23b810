"""Measure the staff page: a staff of 120 opens it at once, each on a connection of their own.

`python -m tests.bench_staffpage [people] [rounds]`. The demo's North, its surveys included, is served by gunicorn as
`make run` does it. Beside the first visit, in turn in the same rounds: phones that have the page already (304),
strangers with a wrong link, and an empty view behind the same middleware. On a busy machine the CPU of the server and
the ratio to the empty view count, not the seconds. Goal: 100 ms at the 95th percentile of a first visit.
"""

import asyncio
import re
import shutil
import statistics
import sys
import time

from tests.bench_surveys import ROOM, Served  # it sets Django up

# isort: split
from django.core.management import call_command
from django.utils import timezone

from colead.programme.demo.load import load_demo
from colead.schools.models import School
from colead.staffpage.actions.notices import write_notice
from colead.staffpage.links import token_of

GOAL_MS = 100
Seen = tuple[float, int, bytes, bytes]  # seconds, status, head, body


async def visit(port: int, path: str, etag: str = "") -> Seen:
    """Connect, ask, read to the end; the seconds count from before the connection."""
    begun = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    known = f"If-None-Match: {etag}\r\n" if etag else ""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{known}Connection: close\r\n\r\n".encode())
    head, _, body = (await reader.read(-1)).partition(b"\r\n\r\n")
    seconds = time.perf_counter() - begun
    writer.close()
    return seconds, int(head.split()[1]), head, body


async def crowd(port: int, path: str, people: int, etag: str = "") -> list[Seen]:
    """Let everybody in at the same moment."""
    return await asyncio.gather(*(visit(port, path, etag) for _person in range(people)))


class Kind:
    """One kind of visit: where to, what answer is right, how long each took, what it cost the server."""

    def __init__(self, path: str, status: int, etag: str = "") -> None:
        self.path, self.status, self.etag = path, status, etag
        self.rounds: list[list[float]] = []
        self.cpu = 0.0

    def round(self, served: Served, people: int) -> None:
        before = served.cpu()
        seen = asyncio.run(crowd(served.port, self.path, people, self.etag))
        self.cpu += served.cpu() - before
        assert {one[1] for one in seen} == {self.status}, {one[1] for one in seen}
        self.rounds.append(sorted(one[0] * 1000 for one in seen))

    def ms(self, share: float) -> float:
        """Return a percentile, in the middle round."""
        return statistics.median(each[int(share * (len(each) - 1))] for each in self.rounds)

    def cpu_ms(self) -> float:
        return 1000 * self.cpu / sum(map(len, self.rounds))


def after_a_change(school: School, served: Served) -> float:
    """Return the middle of what the first reader after a change waits for, in ms."""
    team, now, took = school.teams.get(), timezone.now(), []
    by = team.members.active()[0].user
    for number in range(7):
        write_notice(team, kind="win", text=f"Win {number}", on=now.date(), by=by, now=now)
        took.append(asyncio.run(visit(served.port, served.path))[0] * 1000)
    return statistics.median(took)


def measure(school: School, served: Served, people: int, rounds: int) -> bool:
    for _warm in range(4):
        seen = asyncio.run(crowd(served.port, served.path, 40))
    etag = re.search(rb"etag: (\S+)", seen[0][2], re.I)[1].decode()
    kinds = {
        "an empty view": Kind("/robots.txt", 200),
        "first visit": Kind(served.path, 200),
        "has it already": Kind(served.path, 304, etag),
        "wrong link": Kind(f"/p/{'A' * 24}/", 404),
    }
    for _round in range(rounds):
        for kind in kinds.values():
            kind.round(served, people)
    print(f"{people} at once, {rounds} rounds; {len(seen[0][3])} bytes of page")
    print(f"{'':16}   p50     p95    last ms   CPU ms each")
    for name, kind in kinds.items():
        print(f"{name:16}{kind.ms(0.5):6.0f}{kind.ms(0.95):8.0f}{kind.ms(1):8.0f}{kind.cpu_ms():14.2f}")
    print(f"first reader after a change: {after_a_change(school, served):.0f} ms")
    p95 = kinds["first visit"].ms(0.95)
    print(f"goal {GOAL_MS} ms: {'met' if p95 < GOAL_MS else 'missed'}")
    return p95 < GOAL_MS


def main() -> int:
    people, rounds = (int(word) for word in (sys.argv[1:] + ["120", "15"][len(sys.argv) - 1 :]))
    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("migrate", "answers", database="ballots", verbosity=0)
    load_demo(now=timezone.now(), with_surveys=True)
    school = School.objects.get(name__startswith="North")
    served = Served("colead", "colead.wsgi", path=f"/p/{token_of(school.staff_page)}/")
    try:
        met = measure(school, served, people, rounds)
    finally:
        served.stop()
        shutil.rmtree(ROOM)
    return 0 if met else 1


if __name__ == "__main__":
    raise SystemExit(main())
