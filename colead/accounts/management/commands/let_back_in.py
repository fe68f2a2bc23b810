from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from colead.accounts.actions import NobodyThere, let_back_in


class Command(BaseCommand):
    help = "For somebody who lost their passkey, app and spare codes: a code by mail is enough again. Check who asks."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            taken = let_back_in(email=options["email"])
        except NobodyThere:
            raise CommandError(f"Nobody signs in as {options['email']}.") from None
        self.stdout.write(f"Taken away: {taken}. They can sign in with a code by mail, and were signed out everywhere.")
