"""Put steps on the timeline, change them, say where they stand."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from colead.accounts.models import User
from colead.plans.models import Evidence, Step
from colead.schools.models import Member, Team
from colead.texts.actions import save_new, save_text

DONE = Step.Status.DONE


@transaction.atomic
def add_step(
    team: Team,
    *,
    by: User,
    now: datetime,
    owners: Iterable[Member] = (),
    evidence: Iterable[Evidence] = (),
    **facts: Any,
) -> Step:
    """Put a step on the timeline."""
    step = Step(team=team, **facts)
    step.done_on = team.today(now) if step.status == DONE else None
    saved = save_new(step, by=by, now=now)
    saved.owners.set(owners)
    saved.evidence.set(evidence)
    return saved


@transaction.atomic
def rework_step(
    step: Step,
    *,
    based_on: int,
    by: User,
    now: datetime,
    owners: Iterable[Member],
    evidence: Iterable[Evidence],
    **facts: Any,
) -> Step:
    """Change a step; its history keeps what stood before, owners included. Refuses with StaleSave."""
    facts["done_on"] = _done_on(step, facts.get("status", step.status), now)
    saved = save_text(step, based_on=based_on, by=by, now=now, **facts)
    _by(saved, by, now).owners.set(owners)
    saved.evidence.set(evidence)
    return saved


def mark_step(step: Step, *, status: str, by: User, now: datetime, blocker: str | None = None) -> Step:
    """Say where a step stands, and what holds it up where it is stuck."""
    changes: dict[str, Any] = {"status": status, "done_on": _done_on(step, status, now)}
    if blocker is not None:
        changes["blocker"] = blocker
    return save_text(step, based_on=step.version, by=by, now=now, **changes)


def _done_on(step: Step, status: str, now: datetime) -> Any:
    if status != DONE:
        return None
    return step.done_on or step.team.today(now)


def _by(step: Step, user: User, now: datetime) -> Step:
    """Sign what is written into the history when owners change, also where no words did."""
    step._history_user = user  # type: ignore[attr-defined]  # read by simple_history
    step._history_date = now  # type: ignore[attr-defined]
    return step
