"""Record a decision, amend it."""

from datetime import datetime
from typing import Any

from django.db import transaction

from colead.accounts.models import User
from colead.decisions.models import Decision
from colead.schools.models import Member, Team
from colead.texts.actions import save_new, save_text


class NobodyPresent(Exception):
    """Refuse a decision that nobody was there to take."""


def record_decision(
    team: Team, *, question: str, present: list[Member], by: User, now: datetime, about: str = "", **facts: Any
) -> Decision:
    """Store a decision point: the question, what was decided, which way, who was present, which concerns stay open."""
    if not present:
        raise NobodyPresent
    with transaction.atomic():
        decision = save_new(Decision(team=team, question=question, about=about, **facts), by=by, now=now)
        decision.present.set(present)
    return decision


def amend_decision(
    decision: Decision, *, present: list[Member], by: User, based_on: int, now: datetime, **facts: Any
) -> Decision:
    """Change the wording of a decision; its history keeps what stood before."""
    if not present:
        raise NobodyPresent
    with transaction.atomic():
        amended = save_text(decision, based_on=based_on, by=by, now=now, **facts)
        amended.present.set(present)
    return amended
