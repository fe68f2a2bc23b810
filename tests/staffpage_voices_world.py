"""North with forty people, its page behind a link, a decision that takes replies, made through the real verbs."""

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from colead.decisions.actions import records
from colead.decisions.models import Decision
from colead.staffpage.actions import voices
from colead.staffpage.actions.links import make_link
from colead.staffpage.links import token_of
from tests.cast import Cast
from tests.surveys_world import fill_roster

BOTH = ["default", "ballots"]
BEGUN = datetime(2026, 11, 16, 17, 0, tzinfo=UTC)
DAY = BEGUN + timedelta(days=2)
READY = BEGUN + timedelta(days=8)


def decided(cast: Cast, question: str = "Which meetings go?", *, now: datetime = BEGUN, **changes: Any) -> Decision:
    """Return a decision of North's team that stands on the staff page."""
    today = cast.north_team.today(now)
    owner = cast.north_team.members.first()
    facts = {"decided": "The Tuesday meeting goes.", "because": "It can be a note.", "owner": owner}
    facts |= {"present": [owner], "decided_on": today, "review_on": today + timedelta(days=60), "way": "consent"}
    return records.record_decision(cast.north_team, question=question, **{**facts, **changes}, by=cast.ada, now=now)


def desk(cast: Cast, *, now: datetime = BEGUN, **changes: Any) -> None:
    """Let North's staff reply; Ben reads the notes."""
    facts = {"reader": cast.ben, "minimum": 10, "is_open": True, **changes}
    voices.set_desk(cast.north, **facts, by=cast.ada, now=now)


def taking(cast: Cast, *, now: datetime = BEGUN, **changes: Any) -> Decision:
    """Return a decision that takes replies."""
    fill_roster(cast.north)
    decision = decided(cast, now=now)
    desk(cast, now=now, **changes)
    assert voices.open_rounds(cast.north, now=now) == 1
    return decision


def reply(decision: Decision, who: int = 0, *, now: datetime = DAY, note: str | None = None) -> None:
    words = f"nobody but me {who:03d}" if note is None else note
    voices.reply(decision, key=secrets.token_hex(16), reaction=who % 4 + 1, note=words, now=now)


def opened(cast: Cast, people: int = 12) -> Decision:
    """Return a decision whose replies were opened; its notes wait for Ben."""
    decision = taking(cast)
    for who in range(people):
        reply(decision, who)
    assert voices.seal_rounds(cast.north, now=READY) == 1
    return decision


def read(decision: Decision, cast: Cast, *sentences: str) -> None:
    """Let Ben read the notes, keep the first two, and say what they say."""
    round_ = decision.reply_rounds.to_read().get()
    texts = {one.id: one.text for one in voices.notes_of(round_, by=cast.ben)[:2]}
    voices.keep_themes(round_, sentences=sentences or ("The note helps.",), texts=texts, by=cast.ben, now=READY)


def token(cast: Cast) -> str:
    """Return the link to North's page."""
    return token_of(make_link(cast.north, by=cast.ada, now=BEGUN))
