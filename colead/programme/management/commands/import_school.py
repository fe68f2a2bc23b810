"""Bring a school's file into this house."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from colead.plans.portable import CannotImport, parse
from colead.plans.portable.parse import BIGGEST
from colead.programme.leaving.read import read_school


class Command(BaseCommand):
    help = "Make a school out of a file that Colead wrote when the school left."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            with file.open("rb") as content:
                whole = parse(content.read(BIGGEST + 1))
            school = read_school(whole, now=timezone.now())
        except OSError as trouble:
            raise CommandError(f"{file}: {trouble.strerror}") from trouble
        except CannotImport as refusal:
            raise CommandError(f"{file}: {refusal}") from refusal
        self.stdout.write(f"{school} is here, with {school.teams.count()} teams.")
