"""Look after a guide's important tasks."""

from datetime import datetime
from typing import Any

from django.db import transaction

from colead.accounts.models import User
from colead.plans.models import Evidence
from colead.playbook.models import Task, Walk
from colead.texts.actions import save_text


def task_of(walk: Walk, code: str) -> Task:
    """Return the team's record of a task."""
    task, _ = Task.objects.get_or_create(walk=walk, code=code)
    return task


def update_task(
    walk: Walk, code: str, *, evidence: list[Evidence], by: User, based_on: int, now: datetime, **facts: Any
) -> Task:
    """Save a task's state, owner, due date, note and evidence."""
    with transaction.atomic():
        task = save_text(task_of(walk, code), based_on=based_on, by=by, now=now, **facts)
        task.evidence.set(evidence)
    return task
