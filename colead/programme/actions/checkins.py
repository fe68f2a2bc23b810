"""What a team brings to a check-in, what it offers and asks, what is promised until the next one."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.programme.actions.modules import NotOfThisCohort
from colead.programme.models import FollowUp, Gathering, OfferOrAsk, Share, Visit
from colead.schools.actions import Refusal
from colead.schools.models import Team
from colead.texts.actions import save_new, save_text


class NothingTicked(Refusal):
    """Refuse to send a share of which nothing may be read."""

    reason = _("Tick at least one line that has words in it. Only what you tick is sent.")


class SentAlready(Refusal):
    """Refuse to change in silence what others read already."""

    reason = _("This was sent. Send the change, or take it back first.")


class NotACheckIn(Refusal):
    """Refuse to bring a share to something else."""

    reason = _("This is not a check-in.")


def keep_share(gathering: Gathering, team: Team, *, by: User, based_on: int, now: datetime, **words: str) -> Share:
    """Keep a share among the team for now. Refuses with SentAlready, NotACheckIn and NotOfThisCohort."""
    share = _share(gathering, team)
    if share.sent_on:
        raise SentAlready
    return save_text(share, based_on=based_on, by=by, now=now, **words)


def send_share(
    gathering: Gathering,
    team: Team,
    *,
    chosen: Iterable[str],
    by: User,
    based_on: int,
    now: datetime,
    **words: str,
) -> Share:
    """Send the lines whose names are `chosen` to the schools of the cohort and the office; the others stay.

    Refuses with NothingTicked, NotACheckIn and NotOfThisCohort.
    """
    share = _share(gathering, team)
    sent = [name for name in Share.PARTS if name in set(chosen) and words[name].strip()]
    if not sent:
        raise NothingTicked
    facts: dict[str, Any] = {**words, "chosen": sent, "sent_on": team.today(now), "sent_by": by}
    return save_text(share, based_on=based_on, by=by, now=now, **facts)


def take_share_back(share: Share, *, by: User, now: datetime) -> Share:
    """Take a share back: from now on only the team reads it."""
    facts: dict[str, Any] = {"sent_on": None, "sent_by": None}
    return save_text(share, based_on=share.version, by=by, now=now, **facts)


def _share(gathering: Gathering, team: Team) -> Share:
    if not gathering.is_check_in:
        raise NotACheckIn
    _check(gathering, team)
    return Share.objects.get_or_create(gathering=gathering, team=team)[0]


def _check(gathering: Gathering, team: Team) -> None:
    if not gathering.cohort.enrolments.here().filter(school=team.school).exists():
        raise NotOfThisCohort


def offer_or_ask(gathering: Gathering, team: Team, *, kind: str, body: str, by: User, now: datetime) -> OfferOrAsk:
    """Offer the schools of the cohort something, or ask something of them. Refuses with NotOfThisCohort."""
    _check(gathering, team)
    return save_new(OfferOrAsk(gathering=gathering, team=team, kind=kind, body=body), by=by, now=now)


def reword_offer(entry: OfferOrAsk, *, kind: str, body: str, by: User, based_on: int, now: datetime) -> OfferOrAsk:
    return save_text(entry, kind=kind, body=body, based_on=based_on, by=by, now=now)


def close_offer(entry: OfferOrAsk, *, by: User, now: datetime) -> OfferOrAsk:
    """Take an offer or an ask off the list: somebody met it, or it is no longer needed."""
    return save_text(entry, met_on=entry.team.today(now), based_on=entry.version, by=by, now=now)


def promise(
    gathering: Gathering,
    team: Team | None,
    *,
    body: str,
    who: str,
    by: User,
    now: datetime,
    visit: Visit | None = None,
) -> FollowUp:
    """Note what a team, or the office (no team), will do. It stands on every next agenda until it is done."""
    if team:
        _check(gathering, team)
    return save_new(FollowUp(gathering=gathering, team=team, body=body, who=who, visit=visit), by=by, now=now)


def change_follow_up(
    entry: FollowUp,
    *,
    body: str,
    who: str,
    outcome: str,
    done_on: date | None,
    by: User,
    based_on: int,
    now: datetime,
) -> FollowUp:
    """Change what was promised, or say that it is done and what came of it."""
    facts: dict[str, Any] = {"body": body, "who": who, "outcome": outcome, "done_on": done_on}
    return save_text(entry, based_on=based_on, by=by, now=now, **facts)
