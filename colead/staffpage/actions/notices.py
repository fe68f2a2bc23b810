"""Write on the page: a vision, a win, what is put in, who can do what; hold things back, let them out."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.schools.actions import Refusal
from colead.schools.models import Team
from colead.staffpage.models import Held, Notice
from colead.texts.actions import save_new, save_text

What = Held.What


class VisionStands(Refusal):
    """Refuse a second vision: the one that stands is changed instead."""

    reason = _("Your vision stands on the page already. Change that one.")


class NotYours(Refusal):
    """Refuse to hold back what is no record of this team."""

    reason = _("There is no such record.")


def write_notice(team: Team, *, kind: str, text: str, on: date, by: User, now: datetime, more: str = "") -> Notice:
    """Put a few words on the page. Refuses with VisionStands."""
    if kind == Notice.Kind.VISION and team.notices.up().filter(kind=kind).exists():
        raise VisionStands
    return save_new(Notice(team=team, kind=kind, text=text, more=more, on=on), by=by, now=now)


def change_notice(notice: Notice, *, by: User, based_on: int, now: datetime, **words: Any) -> Notice:
    """Say it better. Refuses with StaleSave."""
    return save_text(notice, based_on=based_on, by=by, now=now, **words)


def take_off(notice: Notice, *, by: User, now: datetime) -> Notice:
    """Take a notice off the page; its words stay in the history."""
    return save_text(notice, based_on=notice.version, by=by, now=now, off_on=notice.team.today(now))


_RECORDS: dict[str, Callable[[Team], Any]] = {
    What.DECISION: lambda team: team.decisions,
    What.QUESTION: lambda team: team.decisions,
    What.TRIAL: lambda team: team.trials,
    What.LET_GO: lambda team: team.let_gos,
    What.RESULT: lambda team: team.school.waves.sealed(),
}


def hold_back(team: Team, *, what: str, number: int = 0) -> None:
    """Take a record of the team off the page until it is let out again. Refuses with NotYours."""
    if what not in What.values:
        raise NotYours
    if what in _RECORDS and not _RECORDS[what](team).filter(pk=number).exists():
        raise NotYours
    Held.objects.get_or_create(team=team, what=what, number=number if what in _RECORDS else 0)


def let_out(team: Team, *, what: str, number: int = 0) -> None:
    """Let staff read a record that was held back."""
    team.held_back.filter(what=what, number=number).delete()
