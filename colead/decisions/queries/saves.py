"""Every save of everything that belongs to a decision, the newest first."""

from dataclasses import dataclass
from datetime import datetime

from colead.decisions.models import Decision
from colead.texts.models import TeamText
from colead.texts.queries import FieldChange, changes


@dataclass(frozen=True)
class Saved:
    """One save: when, who, of what, and which fields it changed."""

    at: datetime
    who: str
    what: str
    fields: tuple[FieldChange, ...]


def saves(decision: Decision) -> tuple[Saved, ...]:
    """Return how a decision's record came to read as it does. Votes have no history, so none can show here."""
    parts = (decision.options, decision.inputs, decision.rounds, decision.dissents, decision.reviews)
    texts: list[TeamText] = [decision, *(text for part in parts for text in part.all())]
    found = [saved for text in texts for saved in _saves(text)]
    return tuple(sorted(found, key=lambda saved: saved.at, reverse=True))


def _saves(text: TeamText) -> list[Saved]:
    what = str(text._meta.verbose_name)
    return [Saved(change.at, change.who, what, change.fields) for change in changes(text)]
