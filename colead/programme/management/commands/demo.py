"""Load the demo: school North half-way through a guide, school South just begun."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from colead.accounts.models import User
from colead.programme.demo.load import load_demo
from colead.schools.models import School

USUAL, LARGE = 24, 200  # schools of the programme


class Command(BaseCommand):
    help = "Load the demo schools. Never into a production database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--anew", action="store_true", help="empty the demo database first")
        parser.add_argument("--programme", action="store_true", help=f"make {LARGE} schools over three years")

    def handle(self, *args: Any, anew: bool, programme: bool, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demo is for looking around; it is never loaded in production.")
        if anew:
            self._empty()
        if School.objects.exists():
            self.stdout.write("The demo is loaded already. `make demo` loads it anew.")
            return
        many = LARGE if programme else USUAL
        people = load_demo(now=timezone.now(), with_surveys=True, many=many)
        self.stdout.write(f"The demo is loaded: {len(people)} people in two schools, an office, and {many} schools.")

    def _empty(self) -> None:
        if User.objects.filter(is_demo=False).exists():
            raise CommandError("There are people in this database who are not of the demo. Nothing was deleted.")
        for database in settings.DATABASES:
            call_command("flush", database=database, interactive=False, verbosity=0)
