"""Make room: let something go, check that it stays gone, hand a task over for something in exchange."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.decisions.models import Decision, HandOver, LetGo
from colead.schools.actions import Refusal
from colead.schools.models import Member, Team
from colead.texts.actions import save_new, save_text


class NotYetGone(Refusal):
    """Refuse to count time that has not been given back."""

    reason = _("The list holds what you have let go already. For a later day, record a decision with that date.")


class NobodyGains(Refusal):
    """Refuse an entry that gives no time back."""

    reason = _("Say how many minutes a week this gives back, and to how many people. A good guess will do.")


class NotDecidedHere(Refusal):
    """Refuse to lean on a decision of another team, or on one that is not taken yet."""

    reason = _("Choose a decision that your team has taken.")


class FromNobodyToNobody(Refusal):
    """Refuse a hand-over that does not say from whom to whom."""

    reason = _("Say from whom and to whom: a person on the team, or a role or group.")


class NothingTakenOff(Refusal):
    """Refuse to put a task on somebody without taking something off."""

    reason = _("What is taken off in exchange? Handing over without that is only more work for somebody.")


class NotAgreed(Refusal):
    """Refuse a hand-over to which the one who takes it on has not agreed."""

    reason = _("Those who take it on have to be among those who agreed.")


def let_go(
    team: Team,
    *,
    what: str,
    since: date,
    minutes_each: int,
    people: int,
    to_whom: str,
    in_place: str,
    by: User,
    now: datetime,
    look_on: date | None = None,
    note: str = "",
    decision: Decision | None = None,
) -> LetGo:
    """Put something on the stop list. Refuses with NotYetGone, NobodyGains and NotDecidedHere."""
    facts = {
        "what": what,
        "since": since,
        "minutes_each": minutes_each,
        "people": people,
        "to_whom": to_whom,
        "in_place": in_place,
        "look_on": look_on,
        "note": note,
        "decision": decision,
    }
    _check_let_go(team, facts, now)
    return save_new(LetGo(team=team, **facts), by=by, now=now)


def change_let_go(entry: LetGo, *, by: User, based_on: int, now: datetime, **facts: Any) -> LetGo:
    """Change an entry. Refuses as `let_go` does."""
    _check_let_go(entry.team, facts, now)
    return save_text(entry, based_on=based_on, by=by, now=now, **facts)


def check_on(
    entry: LetGo,
    *,
    back_since: date | None,
    look_on: date | None,
    note: str,
    by: User,
    based_on: int,
    now: datetime,
) -> LetGo:
    """Say whether something has stayed gone. What has crept back gives no time any more."""
    return save_text(entry, based_on=based_on, by=by, now=now, back_since=back_since, look_on=look_on, note=note)


def _check_let_go(team: Team, facts: dict[str, Any], now: datetime) -> None:
    if facts["since"] > team.today(now):
        raise NotYetGone
    if not facts["minutes_each"] or not facts["people"]:
        raise NobodyGains
    decision = facts["decision"]
    if decision and (decision.team_id != team.pk or decision.is_open):
        raise NotDecidedHere


def hand_over(team: Team, *, agreed_by: list[Member], by: User, now: datetime, **facts: Any) -> HandOver:
    """Note that a task changes hands: `task`, from whom, to whom, what is taken off in exchange, since when.

    Refuses with FromNobodyToNobody, NothingTakenOff and NotAgreed.
    """
    _check_trade(team, facts, agreed_by)
    with transaction.atomic():
        made = save_new(HandOver(team=team, **facts), by=by, now=now)
        made.agreed_by.set(agreed_by)
    return made


def change_hand_over(
    made: HandOver, *, agreed_by: list[Member], by: User, based_on: int, now: datetime, **facts: Any
) -> HandOver:
    """Change what was noted. Refuses as `hand_over` does."""
    _check_trade(made.team, facts, agreed_by)
    try:
        with transaction.atomic():
            changed = save_text(made, based_on=based_on, by=by, now=now, **facts)
            changed.agreed_by.set(agreed_by)
    except IntegrityError:  # merged with what somebody else saved, one end would be gone
        raise FromNobodyToNobody from None
    return changed


def _check_trade(team: Team, facts: dict[str, Any], agreed_by: list[Member]) -> None:
    ends = [facts.get("from_member") or facts.get("from_role"), facts.get("to_member") or facts.get("to_role")]
    if not all(ends):
        raise FromNobodyToNobody
    if not facts["taken_off"].strip():
        raise NothingTakenOff
    taker = facts.get("to_member")
    if not agreed_by or (taker and taker not in agreed_by):
        raise NotAgreed
    if any(member.team_id != team.pk for member in agreed_by):
        raise NotAgreed
