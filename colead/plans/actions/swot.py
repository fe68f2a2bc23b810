"""The board of strengths, weaknesses, opportunities and threats."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.plans.actions.barriers import add_idea, name_barrier
from colead.plans.models import Barrier, Evidence, Idea, SwotItem
from colead.schools.actions import Refusal
from colead.schools.models import Team
from colead.texts.actions import save_new, save_text


class AlreadyTaken(Refusal):
    """Refuse to make a second thing of a note that has become a barrier or an idea."""

    reason = _("This note has become a barrier or an idea already.")


def pin_note(
    team: Team, *, box: str, text: str, by: User, now: datetime, evidence: Iterable[Evidence] = ()
) -> SwotItem:
    """Pin a note on the board."""
    with transaction.atomic():
        note = save_new(SwotItem(team=team, box=box, text=text), by=by, now=now)
        note.evidence.set(evidence)
    return note


def edit_note(
    note: SwotItem, *, evidence: Iterable[Evidence], by: User, based_on: int, now: datetime, **changes: Any
) -> SwotItem:
    """Change a note, or move it to another box."""
    with transaction.atomic():
        saved = save_text(note, based_on=based_on, by=by, now=now, **changes)
        saved.evidence.set(evidence)
    return saved


def make_barrier(note: SwotItem, *, by: User, now: datetime) -> Barrier:
    """Make a barrier of a note, with its evidence. How far the team's reach goes is said later.

    Refuses with AlreadyTaken.
    """
    with transaction.atomic():
        current = _free(note)
        barrier = name_barrier(note.team, statement=current.text, evidence=current.evidence.all(), by=by, now=now)
        save_text(current, based_on=current.version, by=by, now=now, barrier=barrier)
    return barrier


def make_idea(note: SwotItem, *, by: User, now: datetime) -> Idea:
    """Make an idea of a note. Refuses with AlreadyTaken."""
    with transaction.atomic():
        current = _free(note)
        idea = add_idea(note.team, text=current.text, by=by, now=now)
        save_text(current, based_on=current.version, by=by, now=now, idea=idea)
    return idea


def _free(note: SwotItem) -> SwotItem:
    current: SwotItem = SwotItem.objects.select_for_update().get(pk=note.pk)
    if current.barrier_id or current.idea_id:
        raise AlreadyTaken
    return current
