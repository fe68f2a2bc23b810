"""Note whose voices went into the vision or a decision, and what each audience is told."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.decisions.models import Decision
from colead.schools.actions import Refusal
from colead.schools.models import Team
from colead.staffpage.models import Asking, Message
from colead.staffpage.models.voices import BEYOND, ROLES
from colead.texts.actions import save_new, save_text


class NobodyHeard(Refusal):
    """Refuse an asking that heard nobody."""

    reason = _("Say how many people you heard, of one role at least.")


class NotYours(Refusal):
    """Refuse to speak about another team's decision."""

    reason = _("This is another team’s decision.")


def note_asking(team: Team, *, by: User, now: datetime, decision: Decision | None = None, **facts: Any) -> Asking:
    """Note one time the team asked people. Without a decision it was about the vision. Refuses with NobodyHeard."""
    made = Asking(team=team, decision=_own(team, decision), **facts)
    _check_heard({role: getattr(made, role) for role in (*ROLES, *BEYOND)})
    return save_new(made, by=by, now=now)


def change_asking(asking: Asking, *, by: User, based_on: int, now: datetime, **changes: Any) -> Asking:
    """Change what was noted about an asking. Refuses with NobodyHeard, StaleSave."""
    _check_heard({role: changes.get(role, getattr(asking, role)) for role in (*ROLES, *BEYOND)})
    return save_text(asking, based_on=based_on, by=by, now=now, **changes)


def _check_heard(people: dict[str, int]) -> None:
    if not any(people.values()):
        raise NobodyHeard


def write_message(team: Team, *, by: User, now: datetime, decision: Decision | None = None, **facts: Any) -> Message:
    """Write what one audience is told about a decision, or the vision."""
    return save_new(Message(team=team, decision=_own(team, decision), **facts), by=by, now=now)


def change_message(message: Message, *, by: User, based_on: int, now: datetime, **changes: Any) -> Message:
    """Change what one audience is told. Refuses with StaleSave."""
    return save_text(message, based_on=based_on, by=by, now=now, **changes)


def _own(team: Team, decision: Decision | None) -> Decision | None:
    if decision and decision.team_id != team.pk:
        raise NotYours
    return decision
