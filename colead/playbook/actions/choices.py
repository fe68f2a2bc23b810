"""Take on a condition, on purpose."""

from datetime import date, datetime

from django.db import transaction

from colead.accounts.models import User
from colead.decisions.actions import record_decision
from colead.playbook.actions.walks import begin_again
from colead.playbook.models import Choice
from colead.schools.models import Member, Team


def choose_condition(
    team: Team,
    condition: str,
    *,
    name: str,
    question: str,
    basis: str,
    reason: str,
    data_used: str,
    felt: list[str],
    way: str,
    present: list[Member],
    concerns: str,
    decided_on: date,
    version: int,
    by: User,
    now: datetime,
) -> Choice:
    """Record which condition the team takes on, why, who was there and what they looked at; open its guide."""
    with transaction.atomic():
        decision = record_decision(
            team,
            question=question,
            decided=f"{name}: {reason}",
            way=way,
            concerns=concerns,
            decided_on=decided_on,
            present=present,
            by=by,
            now=now,
            about="choice",
        )
        walk = begin_again(team, condition, version=version, now=now)
        return Choice.objects.create(
            team=team,
            condition=condition,
            basis=basis,
            reason=reason,
            data_used=data_used,
            felt=felt,
            decision=decision,
            walk=walk,
        )
