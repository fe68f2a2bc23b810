from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from colead.accounts.actions import forget_unused_users


class Command(BaseCommand):
    help = "Delete people who asked for a sign-in code a week ago or earlier and never used one. Run it daily."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Forgotten: {forget_unused_users(now=timezone.now())}.")
