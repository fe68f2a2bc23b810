"""Measure the pages of the demo: `make bench`. Ratios of one run count; the seconds of a machine do not.

Prints, for the main pages: server time (median and p95 of 30 calls inside one process) and its ratio to an empty view
behind the same middleware; bytes over the wire of a first visit with a compressing server; what the page asked the
database. Then what a first visit loads, and from which hosts.
"""

import gzip
import os
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ["COLEAD_MODE"] = "test"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
os.environ["COLEAD_DATABASE"] = f"sqlite:{Path(tempfile.mkdtemp()) / 'bench.sqlite3'}"

import django

django.setup()

from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from colead.accounts.models import User
from colead.programme.demo.load import load_demo
from colead.schools.models import School

CALLS = 30
GOAL_MS, GOAL_KB = 50, 100


def timed(client: Client, url: str) -> list[float]:
    """Return the seconds of each call to a page."""
    client.get(url)
    seconds = []
    for _ in range(CALLS):
        begun = time.perf_counter()
        answer = client.get(url)
        seconds.append(time.perf_counter() - begun)
        assert answer.status_code == 200, (url, answer.status_code)
    return seconds


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    return len(asked)


def first_visit(html: bytes) -> tuple[int, int, list[str]]:
    """Return requests, bytes over the wire (gzip) and foreign hosts of a page with all that it loads."""
    links = re.findall(rb'<(?:link|script|img)[^>]+(?:href|src)="([^"]+)"', html)
    sprite = [b"/static/web/icons.svg"] if b"icons.svg" in html else []
    ours = {link.decode().split("#")[0] for link in [*links, *sprite] if link.startswith(b"/static/")}
    size = len(gzip.compress(html)) + sum(
        len(gzip.compress(Path(str(finders.find(name.removeprefix("/static/")))).read_bytes())) for name in ours
    )
    foreign = [link.decode() for link in links if b"//" in link]
    return 1 + len(ours), size, foreign


def main() -> int:
    call_command("migrate", run_syncdb=True, verbosity=0)
    load_demo(now=timezone.now())
    team = School.objects.get(name__startswith="North").teams.get()
    guest, ada = Client(), Client()
    ada.force_login(User.objects.get(name="Ada Reed"))
    pages = {
        "front": (guest, "/"),
        "a condition to read": (guest, "/playbook/structures/"),
        "team room": (ada, f"/t/{team.pk}/"),
        "where we stand": (ada, f"/t/{team.pk}/conditions/"),
        "guide": (ada, f"/t/{team.pk}/guides/structures/"),
        "a question, revealed": (ada, f"/t/{team.pk}/q/E-W1/"),
        "self-assessment": (ada, f"/t/{team.pk}/assess/influence/"),
        "choose": (ada, f"/t/{team.pk}/choose/"),
        "people": (ada, f"/t/{team.pk}/people/"),
        "tests": (ada, f"/t/{team.pk}/tests/"),
        "decisions": (ada, f"/t/{team.pk}/decisions/"),
    }
    plain = statistics.median(timed(guest, "/robots.txt"))
    missed = 0
    print(
        f"{'page':24}{'median ms':>10}{'p95 ms':>8}{'x empty':>9}{'queries':>9}{'kB first visit':>16}{'requests':>10}"
    )
    for name, (client, url) in pages.items():
        seconds = sorted(timed(client, url))
        median, p95 = statistics.median(seconds) * 1000, seconds[int(0.95 * CALLS)] * 1000
        requests, size, foreign = first_visit(client.get(url).content)
        missed += median > GOAL_MS or size > GOAL_KB * 1000 or bool(foreign)
        ratio = median / plain / 1000
        print(f"{name:24}{median:10.1f}{p95:8.1f}{ratio:9.1f}{queries(client, url):9}{size / 1000:16.1f}{requests:10}")
    print(f"Goals: {GOAL_MS} ms median, {GOAL_KB} kB, no other host. Missed: {missed}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
