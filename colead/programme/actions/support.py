"""Ask for help, name who helps, log what is done, close with what came of it."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.programme.models import Ask, AskStep, Enrolment, Programme
from colead.schools.actions import Refusal
from colead.schools.models import Team
from colead.texts.actions import save_new, save_text


class NobodyToAsk(Refusal):
    """Refuse an ask of a school that is in no program."""

    reason = _("Your school is in no program now, so there is no office to ask.")


class NobodyNamed(Refusal):
    """Refuse to take an ask without somebody who helps, by name."""

    reason = _("Say who helps: a colleague in the office, or somebody else by name.")


class NotInTheOffice(Refusal):
    """Refuse a helper who does not work in the office."""

    reason = _("This person does not work in your office. Write their name into the other field.")


class ClosedAlready(Refusal):
    """Refuse to go on with an ask that is closed."""

    reason = _("This is closed. Ask again if it comes up again.")


def ask_for_help(
    team: Team,
    programme: Programme,
    *,
    topic: str,
    body: str,
    by: User,
    now: datetime,
    page: str = "",
    page_title: str = "",
) -> Ask:
    """Ask the office for help, with the address of the page it is about and never with its words.

    Refuses with NobodyToAsk.
    """
    if not Enrolment.objects.here().filter(cohort__programme=programme, school=team.school).exists():
        raise NobodyToAsk
    where = {"page": page[:300], "page_title": page_title[:200]}
    ask = Ask(team=team, programme=programme, topic=topic, body=body, asked_by=by, asked_on=team.today(now), **where)
    return save_new(ask, by=by, now=now)


def change_ask(ask: Ask, *, topic: str, body: str, by: User, based_on: int, now: datetime) -> Ask:
    """Say it better. Refuses with ClosedAlready."""
    _check_open(ask)
    return save_text(ask, topic=topic, body=body, based_on=based_on, by=by, now=now)


def take_ask(
    ask: Ask, *, helper: User | None, helper_name: str, plan: str, by: User, based_on: int, now: datetime
) -> Ask:
    """Say who helps, and what they will do. Refuses with NobodyNamed, NotInTheOffice and ClosedAlready."""
    _check_open(ask)
    if helper is None and not helper_name.strip():
        raise NobodyNamed
    if helper and not ask.programme.office.seats.filter(user=helper).exists():
        raise NotInTheOffice
    taken_on = ask.taken_on or ask.team.today(now)
    facts: dict[str, Any] = {"helper": helper, "helper_name": helper_name, "plan": plan, "taken_on": taken_on}
    return save_text(ask, based_on=based_on, by=by, now=now, **facts)


def log_step(ask: Ask, *, by_office: bool, on_day: date, body: str, by: User, now: datetime) -> AskStep:
    """Write down what was done or said. Both sides read it. Refuses with ClosedAlready."""
    _check_open(ask)
    return save_new(AskStep(ask=ask, by_office=by_office, by=by, on_day=on_day, body=body), by=by, now=now)


@transaction.atomic
def close_ask(ask: Ask, *, outcome: str, by: User, based_on: int, now: datetime) -> Ask:
    """Close an ask with what came of it. Refuses with ClosedAlready."""
    _check_open(ask)
    today = ask.team.today(now)
    return save_text(ask, outcome=outcome, closed_on=today, based_on=based_on, by=by, now=now)


def say_whether_it_helped(ask: Ask, *, helped: str, by: User, now: datetime) -> Ask:
    """Say, as the school, whether it helped. The office cannot say that for you."""
    return save_text(ask, helped=helped, based_on=ask.version, by=by, now=now)


def _check_open(ask: Ask) -> None:
    if ask.closed_on:
        raise ClosedAlready
