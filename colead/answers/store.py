"""What the two kinds of database need so that no trace of the order of arrival stays in their files.

SQLite: `VACUUM` writes every table anew in the order of its random key, so that the file follows from the set of rows
and from nothing else; the write-ahead log, which holds every past page, is emptied. PostgreSQL: the hidden `xmin` and
the place of a row tell who came when, so codes and ballots are written anew in one transaction, in the order of their
random keys as on SQLite, into fresh files (`TRUNCATE` leaves no dead rows behind as `DELETE` would); that order also
packs the index of the keys. The log's old segments go at the checkpoint.
"""

from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from colead.answers.models import Ballot, Code, SealedComment, Wave
from colead.answers.routing import BALLOTS

LIVE = (Code._meta.db_table, Ballot._meta.db_table)
COMMENTS = SealedComment._meta.db_table
WAVES = Wave._meta.db_table


def connection() -> BaseDatabaseWrapper:
    """Return this thread's connection to the box."""
    return connections[BALLOTS]


def _run(*statements: str) -> list[tuple[int, ...]]:
    with connection().cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        return list(cursor.fetchall()) if cursor.description else []


def shut() -> None:
    """Keep every other writer of codes and ballots out until this transaction ends."""
    if connection().vendor == "postgresql":  # on SQLite a transaction that may write is alone from its first word
        _run(f"LOCK TABLE {', '.join(LIVE)} IN ACCESS EXCLUSIVE MODE")


def enter() -> None:
    """Let nobody seal a wave until this transaction ends; what is read from now on is what stands after any seal."""
    if connection().vendor == "postgresql":
        _run(f"LOCK TABLE {LIVE[1]} IN ROW EXCLUSIVE MODE")


def forget(wave: bytes, *tables: str) -> None:
    """Take a wave's rows out of these tables for good; on PostgreSQL the rows of all other waves are written anew."""
    for table in tables:
        if connection().vendor == "postgresql":
            _write_anew(table, without=wave)
        else:
            with connection().cursor() as cursor:
                cursor.execute(f"DELETE FROM {table} WHERE wave = %s", [wave])  # noqa: S608  # our own names


def _write_anew(table: str, *, without: bytes = b"") -> None:
    """Write a table anew in the order of its random key; the temporary copy never reaches the write-ahead log."""
    with connection().cursor() as cursor:
        copy = f"CREATE TEMPORARY TABLE kept ON COMMIT DROP AS SELECT * FROM {table} WHERE wave <> %s"  # noqa: S608
        cursor.execute(copy, [without])
        cursor.execute(f"TRUNCATE {table}")
        cursor.execute(f"INSERT INTO {table} SELECT * FROM kept ORDER BY 1, 2")  # noqa: S608
        cursor.execute("DROP TABLE kept")


def shuffle_in_place() -> None:
    """Write all codes and ballots anew by their keys; the caller holds the transaction. SQLite has no need."""
    if connection().vendor == "postgresql":
        for table in LIVE:
            _write_anew(table)


def busy() -> bool:
    """Tell whether this connection is inside a transaction, where no database can wipe its files."""
    return connection().in_atomic_block


def wipe() -> bool:
    """Wipe the traces of deleted and rewritten rows from the files.

    False if it cannot be done now (a reader in the way, a full disk, a missing right): the next round tries again.
    """
    try:
        return _wiped()
    except DatabaseError:
        return False


def _wiped() -> bool:
    if connection().vendor == "postgresql":
        _run(f"VACUUM FULL {WAVES}", f"VACUUM FULL {COMMENTS}", "SELECT pg_switch_wal()", "CHECKPOINT")
        return True
    _run("VACUUM")
    blocked, *_ = _run("PRAGMA wal_checkpoint(TRUNCATE)")[0]
    return not blocked
