"""The timer's round for replies and the circle: run it every hour, or once a day."""

import logging
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from colead.plans.models import Reminder
from colead.schools.models import School
from colead.staffpage.actions.voices import go_round
from colead.staffpage.actions.voices_circle import publish_months
from colead.staffpage.emails import send_notes_wait
from colead.staffpage.models import ReplyRound

log = logging.getLogger(__name__)


def _tell(round_: ReplyRound) -> None:
    """Write to the reader of notes, unless they want no mail from us; the page shows them the notes in any case."""
    if Reminder.objects.filter(user=round_.reader_id, off_since__isnull=False).exists():
        return
    try:
        send_notes_wait(round_)
    except OSError as trouble:
        log.error("A letter could not be sent: %s", type(trouble).__name__)  # no address in the log


class Command(BaseCommand):
    help = "Open batches of replies that are large enough, begin new ones, count the circle of a month that is over."

    def handle(self, *args: Any, **options: Any) -> None:
        now, waited = timezone.now(), {round_.pk for round_ in ReplyRound.objects.to_read()}
        sealed, begun = go_round(now=now)
        for round_ in ReplyRound.objects.to_read().exclude(pk__in=waited).select_related("decision__team__school"):
            _tell(round_)
        months = sum(publish_months(school, now=now) for school in School.objects.order_by("pk"))
        self.stdout.write(f"{sealed} batches of replies opened, {begun} begun, {months} months of the circle counted.")
