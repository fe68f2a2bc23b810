"""What comes of an item: minutes, decisions, steps."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from colead.accounts.models import User
from colead.decisions.actions.records import record_decision
from colead.decisions.models import Decision
from colead.meetings.models import Item
from colead.plans.actions.steps import add_step
from colead.plans.models import Step
from colead.playbook.actions import walks
from colead.playbook.asked import Asked
from colead.schools.models import Member
from colead.texts.actions import save_text


def note_item(item: Item, *, note: str, by: User, based_on: int, now: datetime) -> Item:
    """Keep the minutes of an item. Refuses with StaleSave."""
    return save_text(item, based_on=based_on, by=by, now=now, note=note)


def decide_item(item: Item, *, question: str, present: list[Member], by: User, now: datetime, **facts: Any) -> Decision:
    """Make a decision of what was said. Refuses with NobodyPresent."""
    with transaction.atomic():
        decision = record_decision(item.meeting.team, question=question, present=present, by=by, now=now, **facts)
        item.decisions.add(decision)
    return decision


def decide_question(
    item: Item, ask: Asked, *, present: list[Member], by: User, now: datetime, **facts: Any
) -> Decision:
    """Decide on the guide's own question, so that the guide knows. Refuses with NobodyPresent."""
    more = {name: facts.pop(name) for name in ("because", "owner", "review_on") if name in facts}
    with transaction.atomic():
        walk = walks.begin_walk(item.meeting.team, ask.condition, version=ask.version, now=now)
        known = walks.discussion_of(walk, ask.code).decision
        discussion = walks.decide(
            walk,
            ask.code,
            question=facts.pop("question"),
            present=present,
            by=by,
            based_on=known.version if known else 0,
            now=now,
            **facts,
        )
        discussion.refresh_from_db()
        decision = discussion.decision
        assert decision
        save_text(decision, based_on=decision.version, by=by, now=now, **more)
        item.decisions.add(decision)
    return decision


def add_step_to_item(
    item: Item, *, what: str, owners: Iterable[Member], due_on: date | None, by: User, now: datetime
) -> Step:
    """Make a step of what was said; it stands on the team's timeline from then on."""
    with transaction.atomic():
        step = add_step(item.meeting.team, what=what, owners=owners, due_on=due_on, by=by, now=now)
        item.steps.add(step)
    return step
