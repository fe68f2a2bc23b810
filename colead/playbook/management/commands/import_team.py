"""Bring a team's file into this house."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from colead.accounts.actions import ensure_user
from colead.plans.portable import CannotImport, parse
from colead.plans.portable.parse import BIGGEST
from colead.playbook.portable import read_whole


class Command(BaseCommand):
    help = "Make a school and its team out of a file that Colead wrote."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--who", action="append", default=[], metavar="NAME=ADDRESS", help="give somebody in the file their address"
        )

    def handle(self, *args: Any, file: Path, who: list[str], **options: Any) -> None:
        now = timezone.now()
        pairs = [one.partition("=") for one in who]
        if wrong := [name for name, _sign, address in pairs if "@" not in address]:
            raise CommandError(f"--who {wrong[0]}: write it as NAME=ADDRESS.")
        try:
            with file.open("rb") as content:
                whole = parse(content.read(BIGGEST + 1))
            with transaction.atomic():
                users = {name: ensure_user(email=address, now=now) for name, _sign, address in pairs}
                imported = read_whole(whole, now=now, users=users)
        except OSError as trouble:
            raise CommandError(f"{file}: {trouble.strerror}") from trouble
        except CannotImport as refusal:
            raise CommandError(f"{file}: {refusal}") from refusal
        self.stdout.write(f"{imported.team.school} · {imported.team} is here.")
