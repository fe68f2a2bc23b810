"""The timer's round for replies and the circle: run it every hour, or once a day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from colead.schools.models import School
from colead.staffpage.actions.voices import go_round
from colead.staffpage.actions.voices_circle import publish_months


class Command(BaseCommand):
    help = "Open batches of replies that are large enough, begin new ones, count the circle of a month that is over."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        sealed, begun = go_round(now=now)
        months = sum(publish_months(school, now=now) for school in School.objects.order_by("pk"))
        self.stdout.write(f"{sealed} batches of replies opened, {begun} begun, {months} months of the circle counted.")
