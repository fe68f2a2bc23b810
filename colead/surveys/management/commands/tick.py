"""The round of the timer: stir what is due, close and seal every survey whose last day is over. Run it every hour."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from colead.surveys.actions.waves import go_round


class Command(BaseCommand):
    help = "Stir open surveys; close and seal those that are over. Safe to run at any time, as often as you like."

    def handle(self, *args: Any, **options: Any) -> None:
        done = go_round(now=timezone.now())
        self.stdout.write(f"{done.stirred} surveys stirred, {done.sealed} sealed.")
        if done.stuck:
            raise CommandError(f"{len(done.stuck)} could not be published, since a figure could give somebody away.")
