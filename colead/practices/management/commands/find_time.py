"""The worker of the time finder: takes searches that wait, one after the other, until it is told to stop."""

import logging
import os
import signal
import threading
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connection
from django.utils import timezone, translation

from colead.practices.actions.searching import beat, claim_search, end_search, note_found
from colead.practices.finding import Found, unpacked
from colead.practices.models import Search
from colead.practices.work import Reins, run

PAUSE = 1.0  # seconds between two looks at the line, and between two heartbeats
log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Work off the searches of the time finder, one after the other, until told to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="work off what waits now, then end")
        parser.add_argument("--beside", action="store_true", help="end when the program that started this one ends")
        parser.add_argument("--workers", type=int, default=2, help="how many cores a search may use")

    def handle(self, *args: Any, once: bool, beside: bool, workers: int, **options: Any) -> None:
        self.ending = _Ending(os.getppid() if beside else 0)
        if threading.current_thread() is threading.main_thread() and not once:
            signal.signal(signal.SIGTERM, lambda *_: self.ending.set())
            signal.signal(signal.SIGINT, lambda *_: self.ending.set())
        while not self.ending.is_near():
            if not once:  # there the connection is the caller's
                close_old_connections()
            search = claim_search(now=timezone.now())
            if search:
                self._work(search, workers, watched=not once)
            elif once:
                return
            else:
                self.ending.wait(PAUSE)

    def _work(self, search: Search, workers: int, *, watched: bool) -> None:
        """Run one search; whatever goes wrong in it, the worker lives on."""
        heart = _Heart(search, self.ending)
        if watched:
            heart.start()
        language = search.asked_by.language if search.asked_by else ""
        try:
            with translation.override(language or "en"):
                found = run(search, Reins(heart.should_stop, heart.tell), workers=workers)
        except Exception:
            log.exception("search %s broke off", search.pk)
            end_search(search, heart.last, failed=True, now=timezone.now())
        else:
            if not self.ending.is_near():  # else it goes back into line when this worker is missed
                end_search(search, found, now=timezone.now())
        finally:
            heart.over.set()
            if watched:
                heart.join()


class _Ending(threading.Event):
    """Set when the worker is told to end, or when the program beside which it runs is gone."""

    def __init__(self, parent: int) -> None:
        super().__init__()
        self.parent = parent

    def is_near(self) -> bool:
        if self.parent and os.getppid() != self.parent:
            self.set()
        return self.is_set()


class _Heart(threading.Thread):
    """Beats once a second with a connection of its own, and hears the wish to stop."""

    def __init__(self, search: Search, ending: _Ending) -> None:
        super().__init__(daemon=True)
        self.search, self.ending = search, ending
        self.over, self.stopped = threading.Event(), threading.Event()
        self.last: Found = unpacked(search.found)
        self.told_at = 0.0

    def should_stop(self) -> bool:
        return self.stopped.is_set() or self.ending.is_near()

    def tell(self, found: Found) -> None:
        """Write down what is found: at most twice a second, and always when something new begins."""
        begins = found.doing != self.last.doing or len(found.offers) != len(self.last.offers)
        self.last = found
        if begins or time.monotonic() - self.told_at > PAUSE / 2:
            self.told_at = time.monotonic()
            note_found(self.search, found, now=timezone.now())

    def run(self) -> None:
        try:
            while not self.over.wait(PAUSE):
                if not beat(self.search, now=timezone.now()):
                    self.stopped.set()
        finally:
            connection.close()
