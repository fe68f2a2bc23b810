"""Write to those who follow a page, and to leads whose answer is due. Meant to run every night, after `tick`."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone, translation

from colead.playbook.asked import playbook
from colead.schools.models import School
from colead.staffpage.actions.following import forget_silent
from colead.staffpage.actions.letters import claim, claim_nudge, give_back, give_nudge_back
from colead.staffpage.digesting import Letter, letters
from colead.staffpage.emails import send_digest, send_nudge
from colead.staffpage.queries.following import Nudged, leads_with_findings, readers_of, schools_followed
from colead.staffpage.queries.moves import moves
from colead.staffpage.queries.page import contents

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Tell those who follow a staff page what moved, and leads which answers are due: once a week at most."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say how many letters would go out, send none")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        now = timezone.now()
        due = [(letter, school) for school in schools_followed() for letter in _due(school, now)]
        nudged = leads_with_findings(now=now)
        if dry_run:
            self.stdout.write(f"{len(due)} letters to readers and {len(nudged)} to leads would go out.")
            return
        sent = sum(self._tell(letter, school, now) for letter, school in due)
        told = sum(self._nudge(each, now) for each in nudged)
        forgotten = forget_silent(now=now)
        self.stdout.write(f"{sent} letters to readers, {told} to leads; {forgotten} unconfirmed addresses forgotten.")

    def _tell(self, letter: Letter, school: School, now: datetime) -> bool:
        if not claim(letter.to, now=now):
            return False
        return _sent(lambda: send_digest(letter, school), lambda: give_back(letter.to, now=now))

    def _nudge(self, nudged: Nudged, now: datetime) -> bool:
        return claim_nudge(nudged, now=now) and _sent(lambda: send_nudge(nudged), lambda: give_nudge_back(nudged))


def _due(school: School, now: datetime) -> tuple[Letter, ...]:
    """Return a school's letters, each language's words made once."""
    readers = readers_of(school)
    found: list[Letter] = []
    for language in sorted({reader.language for reader in readers}):
        with translation.override(language):
            shown = contents(school, playbook(), today=school.today(now))
            mine = [reader for reader in readers if reader.language == language]
            found += letters(mine, moves(shown), now=now)
    return tuple(found)


def _sent(send: Callable[[], None], undo: Callable[[], None]) -> bool:
    try:
        send()
    except OSError as trouble:  # smtplib's own errors are among these
        log.error("A letter could not be sent: %s", type(trouble).__name__)  # no address in the log
        undo()
        return False
    return True
