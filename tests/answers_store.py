"""Waves, people who answer them, and looks into the box from behind."""

import random
import secrets
from datetime import date

import pytest
from django.db import connections

from colead.analysis.instrument import Instrument, load_instrument
from colead.answers import box

OPENS, DAY, CLOSES, AFTER = date(2026, 9, 7), date(2026, 9, 9), date(2026, 9, 18), date(2026, 9, 19)
ASKED = load_instrument("conditions.v1")
READER = "person-7"


ON_POSTGRESQL = connections["ballots"].vendor == "postgresql"
only_sqlite = pytest.mark.skipif(ON_POSTGRESQL, reason="looks at SQLite's files")
only_postgresql = pytest.mark.skipif(not ON_POSTGRESQL, reason="looks at PostgreSQL's files")
TABLES = ("wave", "code", "ballot", "sealedanswer", "sealedsums", "sealedcomment", "receiptboard", "release")


class pointed_at:  # noqa: N801  # reads as a word
    """Point the alias `ballots` at another SQLite file for a while, in every thread that connects anew.

    The database that the other tests share may live in memory: closing it is a no-op to Django and would leave this
    alias where it was, so its connection is laid aside and put back.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None:
        here = connections["ballots"]
        self.here, self.old = here, here.settings_dict["NAME"]
        here.close()
        self.aside, here.connection = here.connection, None
        here.settings_dict["NAME"] = self.name
        connections.settings["ballots"]["NAME"] = self.name

    def __exit__(self, *_: object) -> None:
        self.here.close()
        self.here.settings_dict["NAME"] = connections.settings["ballots"]["NAME"] = self.old
        self.here.connection = self.aside


def wave(**changes: object) -> str:
    """Open a wave of 40 people for answers, with comments."""
    plan: dict[str, object] = {
        "school": "school-1",
        "instrument": ASKED,
        "opens": OPENS,
        "closes": CLOSES,
        "roster_size": 40,
        "comment_reader": READER,
        "today": OPENS,
    }
    return box.open_wave(**{**plan, **changes})  # type: ignore[arg-type]


def key() -> str:
    return secrets.token_hex(16)


def some_answers(dice: random.Random, instrument: Instrument = ASKED) -> dict[str, int | str | None]:
    """Return what one person might tick."""
    choices = (1, 2, 3, 4, 5, None, "cannot say")
    return {item.key: dice.choice(choices) for item in instrument.items}


def put(ref: str, code: str, *, who: str = "", today: date = DAY, **more: object) -> box.Receipt:
    """Answer as somebody; `who` ends up in the comment."""
    facts: dict[str, object] = {
        "key": key(),
        "answers": some_answers(random.Random(who)),
        "comments": {"say": who} if who else {},
    }
    return box.put_ballot(ref, code=code, today=today, **{**facts, **more})  # type: ignore[arg-type]


def answered(people: int, **changes: object) -> str:
    """Return a wave that so many people have answered."""
    ref = wave(**{"roster_size": max(people, 40), **changes})
    for place, code in enumerate(box.make_codes(ref, count=people)):
        put(ref, code, who=f"this is person {place:03d}" if changes.get("comment_reader", READER) else "")
    return ref


def rows(table: str, what: str = "*", where: str = "TRUE", order: str = "1") -> list[tuple]:
    """Look into the box from behind."""
    with connections["ballots"].cursor() as cursor:
        cursor.execute(f"SELECT {what} FROM answers_{table} WHERE {where} ORDER BY {order}")  # noqa: S608
        return cursor.fetchall()
