"""Make an office and its first person; everybody else is invited from its page."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.urls import reverse
from django.utils import timezone

from colead.accounts.actions import ensure_user
from colead.schools.actions import start_office


class Command(BaseCommand):
    """Make an office: `manage.py start_office "Two Rivers Office" dana@example.org`."""

    help = "Make an office with its first person, by e-mail address."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        first = ensure_user(email=options["email"], now=now)
        office = start_office(name=options["name"], by=first, now=now)
        self.stdout.write(f"{office} is ready at {reverse('office_home', args=[office.pk])} for {first.email}.")
