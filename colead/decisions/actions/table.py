"""Put options and input on the table."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.decisions.actions.records import locked, refuse_while_voting
from colead.decisions.actions.refusal import AlreadyDecided
from colead.decisions.models import Count, Decision, Input, Option
from colead.schools.actions import Refusal
from colead.texts.actions import save_new, save_text


class VotedOn(Refusal):
    """Refuse to rename an option after people voted on it."""

    reason = _("You have voted on this option, so its name stays. Add another option if you mean something else.")


class SameOption(Refusal):
    """Refuse a second option of the same name: nobody could tell them apart in a vote."""

    reason = _("There is an option with this name already.")


class SayWhyNot(Refusal):
    """Refuse to turn input down without a reason."""

    reason = _("Say why it could not go in. People can live with a no that comes with a reason.")


def add_option(
    decision: Decision, *, name: str, speaks_for: str = "", speaks_against: str = "", by: User, now: datetime
) -> Option:
    """Add an option. Refuses with VoteRuns, AlreadyDecided and SameOption."""
    option = Option(decision=decision, name=name, speaks_for=speaks_for, speaks_against=speaks_against)
    try:
        with transaction.atomic():
            _refuse_late(decision)
            return save_new(option, by=by, now=now)
    except IntegrityError:
        raise SameOption from None


def change_option(option: Option, *, by: User, based_on: int, now: datetime, **facts: Any) -> Option:
    """Change an option's words, or set it aside. Refuses with VoteRuns, AlreadyDecided, VotedOn and SameOption."""
    try:
        with transaction.atomic():
            _refuse_late(option.decision)
            _refuse_new_name(option, facts.get("name"))
            return save_text(option, based_on=based_on, by=by, now=now, **facts)
    except IntegrityError:
        raise SameOption from None


def _refuse_new_name(option: Option, name: str | None) -> None:
    was = Option.objects.get(pk=option.pk).name
    if name not in (None, was) and Count.objects.filter(option=option).exists():
        raise VotedOn


def note_input(
    decision: Decision,
    *,
    who: str,
    said: str = "",
    came_on: date | None = None,
    fate: str = Input.Fate.WAITING,
    went: str = "",
    by: User,
    now: datetime,
) -> Input:
    """Note what a group or role said, or that it was asked; and, once that is known, where it went.

    Input may come at any time, and is answered at any time. Refuses with SayWhyNot.
    """
    _refuse_bare_no(fate, went)
    came_on = came_on or decision.team.today(now)
    noted = Input(decision=decision, who=who, said=said, came_on=came_on, fate=fate, went=went)
    return save_new(noted, by=by, now=now)


def change_input(noted: Input, *, by: User, based_on: int, now: datetime, **facts: Any) -> Input:
    """Change what was noted, or say where it went. Refuses with SayWhyNot."""
    _refuse_bare_no(facts.get("fate", noted.fate), facts.get("went", noted.went))
    try:
        with transaction.atomic():
            return save_text(noted, based_on=based_on, by=by, now=now, **facts)
    except IntegrityError:  # merged with what somebody else saved, the reason would be gone
        raise SayWhyNot from None


def _refuse_late(decision: Decision) -> None:
    current = locked(decision)
    if not current.is_open:
        raise AlreadyDecided
    refuse_while_voting(current)


def _refuse_bare_no(fate: str, went: str) -> None:
    if fate == Input.Fate.NOT_TAKEN and not went.strip():
        raise SayWhyNot
