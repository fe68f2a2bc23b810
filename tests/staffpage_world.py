"""North with a sealed survey, findings, decisions and a staff page, made through the real verbs."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from colead.decisions.actions import dissent, table
from colead.decisions.actions.exchange import let_go
from colead.decisions.models import Decision
from colead.staffpage.actions.links import make_link
from colead.staffpage.links import token_of
from colead.surveys.actions.findings import write_finding
from colead.surveys.models import Finding, Wave
from tests.cast import Cast
from tests.decisions_world import settled, talking

FOUND = datetime(2026, 11, 30, 15, 0, tzinfo=UTC)  # a Monday, two days after the survey


def at(days: int, hour: int = 15) -> datetime:
    """Return a moment so many days after the finding was written."""
    return FOUND.replace(hour=hour) + timedelta(days)


def freeze(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    """Let every view and command read this time from the clock."""
    monkeypatch.setattr(timezone, "now", lambda: now)


def linked(cast: Cast) -> str:
    """Make the link to North's page; return its token."""
    return token_of(make_link(cast.north, by=cast.ada, now=FOUND))


def found(cast: Cast, wave: Wave, sentence: str = "Covers break up planning time.") -> Finding:
    facts: dict[str, Any] = {"about": "capacity", "answer_by": FOUND.date() + timedelta(14), "now": FOUND}
    return write_finding(cast.north_team, wave, sentence=sentence, by=cast.ada, **facts)


def decided(cast: Cast, question: str = "When do we plan together?", **facts: Any) -> Decision:
    """Decide something with all that belongs to it: input, options, an objection that was met, a concern."""
    decision = talking(cast.north_team, "consensus", question=question)
    by = {"by": cast.ada, "now": FOUND}
    table.add_option(decision, name="Tuesdays", speaks_for="Fewest covers", **by)
    table.add_option(decision, name="Fridays", speaks_against="Half the staff is out", **by)
    heard: dict[str, Any] = {"who": "Paras", "said": "Not before lunch.", "fate": "taken", "went": "It is at 1:10."}
    table.note_input(decision, **heard, **by)
    said = dissent.say_no(
        decision, kind="objection", body="Six groups in a row.", harm="No break for specials.", who="Ben Ortiz", **by
    )
    ending = {"outcome": "resolved", "what_happened": "They have a break at 11:40."}
    dissent.change_dissent(said, based_on=said.version, **ending, **by)
    return settled(decision, **{"decided": "Tuesdays at 1:10.", "concerns": "Six weeks may be short.", **facts})


def stopped(cast: Cast, what: str, *, now: datetime) -> None:
    """Let something go, at a moment."""
    facts: dict[str, Any] = {"since": now.date(), "minutes_each": 15, "people": 4, "to_whom": "all", "in_place": "-"}
    let_go(cast.north_team, what=what, by=cast.ada, now=now, **facts)


def read(token: str, name: str = "staff_page", *args: object, **headers: str) -> Any:
    """Open the page, or a part of it, as somebody without an account."""
    return Client(headers=headers).get(reverse(name, args=[token, *args]))


def words(token: str) -> str:
    return str(read(token).content.decode())
