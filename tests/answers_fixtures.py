"""A box on disk for tests that look at files: a SQLite file in WAL mode, or a PostgreSQL database of our own."""

import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections

from tests.answers_store import ON_POSTGRESQL, TABLES, pointed_at


@pytest.fixture(scope="session")
def empty_box(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: pytest.FixtureDef) -> Iterator[str]:
    """Return an empty box: on SQLite a file to copy from, on PostgreSQL the name of a database of our own."""
    name = f"box_{secrets.token_hex(4)}"
    path = str(tmp_path_factory.mktemp("box") / name)
    nobody = connections["ballots"]._nodb_cursor
    with django_db_blocker.unblock():
        if ON_POSTGRESQL:
            with nobody() as cursor:
                cursor.execute(f"CREATE DATABASE {name}")
        with pointed_at(name if ON_POSTGRESQL else path):
            call_command("migrate", "answers", database="ballots", verbosity=0)
            if not ON_POSTGRESQL:
                connections["ballots"].cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        yield name if ON_POSTGRESQL else path
        if ON_POSTGRESQL:
            with nobody() as cursor:
                cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def box_file(empty_box: str, tmp_path: Path, django_db_blocker: pytest.FixtureDef) -> Iterator[Path]:
    """Give a test an empty box on disk; returns the file (on PostgreSQL a place where no file is)."""
    path = tmp_path / "ballots.sqlite3"
    if not ON_POSTGRESQL:
        shutil.copy(empty_box, path)
    with django_db_blocker.unblock(), pointed_at(empty_box if ON_POSTGRESQL else str(path)):
        yield path
        if ON_POSTGRESQL:
            connections["ballots"].cursor().execute("TRUNCATE " + ", ".join(f"answers_{name}" for name in TABLES))
