"""Somebody takes the whole database away. Can they tell who said what? First while a wave is open, then sealed.

The attacker is strong: they saw who answered in which order, and a mail archive gives them everybody's code. Each
person signs their comment with a name, so that every guess can be marked.
"""

import re
import statistics
from collections.abc import Sequence
from pathlib import Path

import pytest
from django.db import connections

from colead.answers import box, store
from colead.answers.codes import fingerprint
from tests.answers_store import (
    AFTER,
    DAY,
    ON_POSTGRESQL,
    READER,
    TABLES,
    only_postgresql,
    only_sqlite,
    put,
    rows,
    wave,
)

pytest_plugins = "tests.answers_fixtures"
pytestmark = pytest.mark.usefixtures("box_file")
PEOPLE = 40
NAME = re.compile(rb"nobody but me (\d\d)")


class Answered:
    """Forty people answer in a known order, each with a known code; everything an attacker may know beforehand."""

    def __init__(self) -> None:
        self.ref = wave()
        self.codes = box.make_codes(self.ref, count=PEOPLE)
        self.pepper = bytes(rows("wave", "pepper", f"id = {as_sql(self.ref)}")[0][0])
        self.hashes = [fingerprint(code, self.pepper) for code in self.codes]
        for who, code in enumerate(self.codes):
            put(self.ref, code, who=f"nobody but me {who:02d}")
        self.ballots = [(bytes(receipt), bytes(packed)) for receipt, packed in rows("ballot", "receipt, answers")]

    @property
    def secrets(self) -> list[bytes]:
        """Return every run of bytes that must not survive the seal; receipts do, on their public board."""
        codes = [code.encode() for code in self.codes]
        return [*self.hashes, *codes, self.pepper, *(packed[:10] for _, packed in self.ballots)]


def as_sql(ref: str) -> str:
    return f"'\\x{ref}'::bytea" if ON_POSTGRESQL else f"X'{ref}'"


def right(guess: Sequence[int | None]) -> int:
    """Count the people of whom the attacker named the right answers."""
    return sum(who == place for place, who in enumerate(guess))


def names_in(found: bytes) -> list[int]:
    return [int(name) for name in NAME.findall(found)]


# What the attacker reads: SQLite


def disk(path: Path) -> bytes:
    """Return every byte of the box: the database file, its log, its index of the log; on PostgreSQL the cluster's."""
    if ON_POSTGRESQL:
        return cluster()
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(path.name + "*")))


def commits(log: bytes) -> list[list[bytes]]:
    """Cut a write-ahead log into commits, each a list of pages (SQLite file format, section 4)."""
    size = int.from_bytes(log[8:12], "big")
    found: list[list[bytes]] = [[]]
    for at in range(32, len(log) - size, size + 24):
        found[-1].append(log[at + 24 : at + 24 + size])
        if int.from_bytes(log[at + 4 : at + 8], "big"):
            found.append([])
    return found


def read_the_log(path: Path, met: Answered) -> list[int | None]:
    """Link each code to the name that came in the same commit: a code's flag turns from 8 (no) to 9 (yes)."""
    guess: list[int | None] = [None] * PEOPLE
    used: set[int] = set()
    seen: set[int] = set()
    for pages in commits(Path(f"{path}-wal").read_bytes()):
        now_used = {who for page in pages for who, mark in enumerate(met.hashes) if flagged(page, mark)} - used
        now_seen = {name for page in pages for name in names_in(page)} - seen
        if len(now_used) == len(now_seen) == 1:
            guess[next(iter(now_used))] = next(iter(now_seen))
        used |= now_used
        seen |= now_seen
    return guess


def flagged(page: bytes, mark: bytes) -> bool:
    at = page.find(mark)
    return at > 6 and page[at - 6] == 9


def in_file_order(path: Path, met: Answered) -> list[int | None]:
    """Guess that comments lie in the order in which people came, or in which their codes lay."""
    names = names_in(b"".join(file.read_bytes() for file in sorted(path.parent.glob(path.name + "*"))))
    return [*dict.fromkeys(names)][:PEOPLE]


def by_row_number(path: Path, met: Answered) -> list[int | None]:
    return [int(text[-2:]) for (text,) in rows("sealedcomment", "text", f"wave = {as_sql(met.ref)}", order="id")]


# What the attacker reads: PostgreSQL


def by_transaction(path: Path, met: Answered) -> list[int | None]:
    """Link by the hidden number of the transaction that wrote a row: a code and its ballot share one."""
    ours = f"wave = {as_sql(met.ref)}"
    ballots = dict(rows("ballot", "xmin::text, answers", ours))
    who_wrote = {names_in(bytes(packed))[0]: xmin for xmin, packed in ballots.items()} if ballots else {}
    used = {bytes(mark): xmin for mark, xmin in rows("code", "hash, xmin::text", f"{ours} AND used")}
    by_xmin = {xmin: name for name, xmin in who_wrote.items()}
    one_each = len(set(used.values())) == len(used)
    return [by_xmin.get(used.get(mark, "")) if one_each else None for mark in met.hashes]


def by_place(path: Path, met: Answered) -> list[int | None]:
    """Link by the physical place of rows, of ballots while they are there, of comments afterwards."""
    ours = f"wave = {as_sql(met.ref)}"
    lying = [bytes(packed) for (packed,) in rows("ballot", "answers", ours, order="ctid")] or [
        text.encode() for (text,) in rows("sealedcomment", "text", ours, order="ctid")
    ]
    return [names_in(text)[0] for text in lying]


def cluster() -> bytes:
    """Return all files of the box's database and the whole write-ahead log, as the superuser reads them."""
    with connections["ballots"].cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT pg_read_binary_file(place || '/' || name, 0, 100000000, true) FROM ("
            " SELECT 'pg_wal' AS place, name FROM pg_ls_waldir() UNION ALL"
            " SELECT base, pg_ls_dir(base) FROM (SELECT 'base/' || oid AS base FROM pg_database"
            " WHERE datname = current_database()) here) files"
        )
        return b"".join(bytes(content) for (content,) in cursor.fetchall() if content)


WHILE_OPEN = [by_transaction, by_place] if ON_POSTGRESQL else [read_the_log]
SEALED = [by_transaction, by_place] if ON_POSTGRESQL else [read_the_log, in_file_order, by_row_number]


@pytest.fixture(autouse=True)
def careful_server(box_file: Path) -> None:
    """Set the test server up as a real one must be; the check of the settings asks for it."""
    if ON_POSTGRESQL:
        with connections["ballots"].cursor() as cursor:
            cursor.execute("ALTER SYSTEM SET wal_recycle = off")
            cursor.execute("SELECT pg_reload_conf()")


@pytest.mark.parametrize("attack", WHILE_OPEN)
def test_before_sealing_the_disk_gives_people_away(box_file: Path, attack) -> None:
    assert right(attack(box_file, Answered())) >= 36


def test_before_sealing_the_bytes_of_codes_and_ballots_are_there(box_file: Path) -> None:
    met = Answered()
    content = disk(box_file)
    assert all(mark in content for mark in (*met.hashes, met.pepper, *(receipt for receipt, _ in met.ballots)))


def test_a_sealed_wave_gives_nobody_away(box_file: Path) -> None:
    """Luck alone gives 1 of 40. A mean above 1.6 over 20 waves is bad luck once in 200 times, so it may happen once."""
    for _ in range(2):
        means = {name: statistics.mean(hits) for name, hits in hits_over(20, box_file).items()}
        if all(mean <= 1.6 for mean in means.values()):
            return
    raise AssertionError(means)


def hits_over(waves: int, path: Path) -> dict[str, list[int]]:
    tried: dict[str, list[int]] = {attack.__name__: [] for attack in SEALED}
    for _ in range(waves):
        met = Answered()
        box.seal(met.ref, today=AFTER)
        for attack in SEALED:
            tried[attack.__name__].append(right(attack(path, met)))
        with connections["ballots"].cursor() as cursor:
            cursor.execute("DELETE FROM answers_sealedcomment")
        store.wipe()
    return tried


def test_the_guesses_at_a_sealed_wave_are_real_guesses(box_file: Path) -> None:
    met = Answered()
    box.seal(met.ref, today=AFTER)
    guess = by_place(box_file, met) if ON_POSTGRESQL else in_file_order(box_file, met)
    assert sorted(filter(lambda name: name is not None, guess)) == list(range(PEOPLE))


def test_no_byte_of_a_code_or_a_ballot_is_left_after_sealing(box_file: Path) -> None:
    met = Answered()
    box.seal(met.ref, today=AFTER)
    content = disk(box_file)
    assert [secret.hex() for secret in met.secrets if secret in content] == []
    if not ON_POSTGRESQL:  # its log holds the board's page too
        assert all(content.count(receipt) == 1 for receipt, _ in met.ballots), "on the board, and nowhere else"
    assert box.facts(met.ref).scrubbed_on == AFTER


def test_sealed_without_wiping_the_bytes_would_be_left(box_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    met = Answered()
    monkeypatch.setattr("colead.answers.store.wipe", lambda: False)
    box.seal(met.ref, today=AFTER)
    content = disk(box_file)
    assert sum(mark in content for mark in met.hashes) >= 36
    assert box.facts(met.ref).scrubbed_on is None


def test_released_comments_leave_no_original_behind(box_file: Path) -> None:
    met = Answered()
    box.seal(met.ref, today=AFTER)
    kept = box.held_comments(met.ref, reader=READER)[0]
    box.release_comments(met.ref, reader=READER, texts={kept.id: "taken out"}, today=AFTER)
    assert names_in(disk(box_file)) == []


def test_questions_are_shuffled_each_on_its_own(box_file: Path) -> None:
    """Forty people answer every question alike, each their own way: no two questions may keep the same order."""
    ref = wave()
    for who, code in enumerate(box.make_codes(ref, count=PEOPLE)):
        put(ref, code, answers={item.key: who % 5 + 1 for item in box.facts(ref).instrument.items})
    box.seal(ref, today=AFTER)
    orders = [bytes(answers) for (answers,) in rows("sealedanswer", "answers")]
    assert len(set(orders)) == len(orders) == 29
    assert {tuple(sorted(order)) for order in orders} == {tuple(sorted(list(range(1, 6)) * 8))}


@only_postgresql
def test_stirring_ends_what_transaction_numbers_tell(box_file: Path) -> None:
    met = Answered()
    assert box.stir_due(today=DAY) == (met.ref,)
    assert right(by_transaction(box_file, met)) == 0
    assert len({xmin for table in ("code", "ballot") for (xmin,) in rows(table, "xmin::text")}) == 1


@only_postgresql
def test_stirring_ends_what_places_tell(box_file: Path) -> None:
    hits = []
    for _ in range(20):
        met = Answered()
        box.stir_due(today=DAY)
        hits.append(right(by_place(box_file, met)))
    assert statistics.mean(hits) <= 1.6


@only_sqlite
def test_stirring_ends_what_the_log_tells(box_file: Path) -> None:
    met = Answered()
    assert box.stir_due(today=DAY) == (met.ref,)
    assert right(read_the_log(box_file, met)) == 0


@only_sqlite
def test_a_stirred_file_follows_from_its_rows_and_not_from_their_order(box_file: Path) -> None:
    """Two boxes with the same rows that came in opposite order: after a stir the pages are the same, byte for byte."""
    content = []
    ref = wave()
    codes = box.make_codes(ref, count=PEOPLE)
    keys = [f"{who:032x}" for who in range(PEOPLE)]
    for order in (range(PEOPLE), reversed(range(PEOPLE))):
        with connections["ballots"].cursor() as cursor:
            cursor.execute("DELETE FROM answers_ballot")
            cursor.execute("UPDATE answers_code SET used = FALSE")
            cursor.execute("UPDATE answers_wave SET stirred = 0")
        for who in order:
            put(ref, codes[who], who=f"nobody but me {who:02d}", key=keys[who])
        box.stir_due(today=DAY)
        pages = box_file.read_bytes()
        content.append([pages[at : at + 4096] for at in range(4096, len(pages), 4096)])
    assert content[0] == content[1]


def test_nothing_about_codes_lies_in_any_other_table(box_file: Path) -> None:
    met = Answered()
    box.seal(met.ref, today=AFTER)
    values = [value for table in TABLES for row in rows(table) for value in row]
    everything = b"".join(v if isinstance(v, bytes) else str(v).encode() for v in values)
    assert not [secret for secret in met.secrets if secret in everything]
