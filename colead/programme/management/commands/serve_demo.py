"""Make everything ready and serve the demo: what `make run` calls."""

import os
import socket
import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import override_settings

from colead.accounts.models import User


class Command(BaseCommand):
    help = "Migrate, load the demo where there is nothing yet, and serve it on 127.0.0.1."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("`make run` serves the demo. For real people see docs/running.md.")
        self._check_free(port)
        settings.VAR.mkdir(parents=True, exist_ok=True)
        self._make_tables()
        self._collect()
        call_command("createcachetable", verbosity=0)
        call_command("demo", stdout=self.stdout)
        self._say_how_to_enter(port)
        self._serve(port)

    def _check_free(self, port: int) -> None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                raise CommandError(f"Something already answers on 127.0.0.1:{port}. Stop it first, then try again.")

    def _make_tables(self) -> None:
        """Bring the tables up to date; a new house has them straight from the models."""
        if not MigrationRecorder(connection).applied_migrations():
            with override_settings(MIGRATION_MODULES=settings.FROM_MODELS):
                call_command("migrate", run_syncdb=True, verbosity=0)
            call_command("migrate", fake=True, verbosity=0)
        call_command("migrate", verbosity=0)
        call_command("migrate", "answers", database="ballots", verbosity=0)

    def _collect(self) -> None:
        """Hash and compress the static files, as in production; the server that follows reads the result."""
        storage = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
        with override_settings(STORAGES={**settings.STORAGES, "staticfiles": storage}):
            call_command("collectstatic", interactive=False, verbosity=0)

    def _say_how_to_enter(self, port: int) -> None:
        address = f"http://127.0.0.1:{port}/demo/"
        self.stdout.write(f"\nColead is at {address}\nOpen it and choose who you want to be:\n")
        for user in User.objects.demo():
            self.stdout.write(f"  {user.name:<14} {user.demo_note}")
        self.stdout.write(f"\nLetters that Colead would mail lie in {os.path.relpath(settings.EMAIL_FILE_PATH)}.")
        self.stdout.write("Stop with Ctrl-C.\n")

    def _begin_worker(self) -> None:
        """Start the worker of the time finder beside the server; it ends when the server does."""
        subprocess.Popen([sys.executable, sys.argv[0], "find_time", "--beside"])  # noqa: S603  # our own words only

    def _serve(self, port: int) -> None:
        sys.stdout.flush()
        self._begin_worker()
        gunicorn = [sys.executable, "-m", "gunicorn", "--workers", "2", "--threads", "4", "--log-level", "warning"]
        os.execv(sys.executable, [*gunicorn, "--bind", f"127.0.0.1:{port}", "colead.wsgi"])  # noqa: S606  # our own words only
