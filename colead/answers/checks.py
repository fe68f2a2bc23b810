"""Warn when the database server keeps what the box destroys. Runs with `check --database ballots` and `migrate`."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections

from colead.answers.routing import BALLOTS

# What a setting of the server must be, and what it would keep otherwise.
POSTGRESQL = {
    "archive_mode": ("off", "the log of every change would be archived"),
    "track_commit_timestamp": ("off", "the server would note when each answer came"),
    "wal_recycle": ("off", "old pieces of the log would lie about with their old content"),
    "log_statement": ("none", "answers could reach the server's log"),
    "log_min_duration_statement": ("-1", "answers could reach the server's log"),
    "synchronous_commit": ("on", "a power cut could lose a counted answer"),
}
SQLITE = {
    "secure_delete": (1, "deleted answers would stay in the file"),
    "synchronous": (2, "a power cut could lose a counted answer"),
    "journal_mode": ("wal", "people would wait for each other"),
}


@register(Tags.database)
def box_keeps_its_promise(*, databases: Sequence[str] | None, **more: Any) -> list[CheckMessage]:
    """Compare the settings of the server behind the box with those that the promise needs."""
    if BALLOTS not in (databases or ()):
        return []
    return [*_settings_to_change(), *_rights_to_give()]


def _settings_to_change() -> list[CheckMessage]:
    ask, wanted = ("SHOW", POSTGRESQL) if connections[BALLOTS].vendor == "postgresql" else ("PRAGMA", SQLITE)
    return [
        Warning(f"The ballots database has {name}={found}: {harm}.", hint=f"Set {name} to {good}.", id="answers.W001")
        for name, (good, harm) in wanted.items()
        if (found := _setting(ask, name)) != good
    ]


MAY_WIPE = (
    "SELECT has_function_privilege('pg_switch_wal()', 'execute') AND (SELECT rolsuper OR EXISTS (SELECT FROM pg_roles"
    " WHERE rolname = 'pg_checkpoint' AND pg_has_role(oid, 'member')) FROM pg_roles WHERE rolname = current_user)"
)


def _rights_to_give() -> list[CheckMessage]:
    if connections[BALLOTS].vendor != "postgresql":
        return []
    with connections[BALLOTS].cursor() as cursor:
        cursor.execute(MAY_WIPE)
        if cursor.fetchone()[0]:
            return []
    hint = "GRANT pg_checkpoint TO it; GRANT EXECUTE ON FUNCTION pg_switch_wal() TO it."
    return [Warning("The ballots database user cannot wipe the log after sealing.", hint=hint, id="answers.W002")]


def _setting(ask: str, name: str) -> Any:
    with connections[BALLOTS].cursor() as cursor:
        cursor.execute(f"{ask} {name}")
        return cursor.fetchone()[0]
