"""Decide who gets a mail about what moved. Nothing here asks a clock or a database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from colead.staffpage.queries.moves import Move

DAYS_BETWEEN = 7


@dataclass(frozen=True)
class Reader:
    """An address, what it follows (None among them: everything), since when, and when we last wrote."""

    school_id: int
    email: str
    language: str
    follows: tuple[tuple[int | None, datetime], ...]  # finding or None, and when they said yes
    told_at: datetime | None
    stop: str  # key of the link that ends it


@dataclass(frozen=True)
class Letter:
    """One mail: to whom, about what."""

    to: Reader
    moves: tuple[Move, ...]


def letters(readers: Iterable[Reader], moves: Iterable[Move], *, now: datetime) -> tuple[Letter, ...]:
    """Return the mails to send now: at most one a week to an address, none where nothing moved."""
    all_moves = [move for move in moves if move.at <= now]
    found = (Letter(reader, _for(reader, all_moves)) for reader in readers if may_write(reader.told_at, now=now))
    return tuple(letter for letter in found if letter.moves)


def may_write(last: datetime | None, *, now: datetime) -> bool:
    """Say whether a week has passed. Days are counted, so that a nightly run does not slip by a day each week."""
    return last is None or (now.date() - last.astimezone(now.tzinfo).date()).days >= DAYS_BETWEEN


def _for(reader: Reader, moves: Iterable[Move]) -> tuple[Move, ...]:
    return tuple(move for move in moves if any(_concerns(move, *each, reader.told_at) for each in reader.follows))


def _concerns(move: Move, finding: int | None, since: datetime, told_at: datetime | None) -> bool:
    """Say whether a move is news to somebody who follows this since then."""
    is_news = move.at > max(since, told_at or since)
    return is_news and (finding is None or finding in move.findings)
