"""Write to people about their steps. Meant to run every night; nobody gets more than one letter a week."""

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from colead.plans.actions.reminders import claim, give_back
from colead.plans.emails import send_reminder
from colead.plans.queries.reminders import people_with_steps
from colead.plans.reminding import letters

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Remind people of their steps by mail, at most once a week each."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say how many letters would go out, send none")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        now = timezone.now()
        due = letters(people_with_steps(now=now), now=now)
        if dry_run:
            self.stdout.write(f"{len(due)} letters would go out.")
            return
        sent = sum(self._send(letter, now) for letter in due if claim(letter.to, now=now))
        self.stdout.write(f"{sent} letters sent.")

    def _send(self, letter: Any, now: Any) -> bool:
        try:
            send_reminder(letter)
        except OSError as trouble:  # smtplib's own errors are among these
            log.error("A reminder could not be sent: %s", type(trouble).__name__)  # no address in the log
            give_back(letter.to, now=now)
            return False
        return True
