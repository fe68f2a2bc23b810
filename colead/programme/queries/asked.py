"""Who can answer what another school, a team or the office asks: the person, and where they answer."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from colead.accounts.models import User
from colead.plans.queries.reminders import who_want_mail
from colead.programme.models import Answer, Ask, OfferOrAsk, Visit
from colead.schools.models import Member, Office, Team


@dataclass(frozen=True)
class Asked:
    """Somebody who can answer, and the address of the page where they do."""

    user: User
    link: str


def asked_to_visit(visit: Visit) -> list[Asked]:
    """List everybody on the teams that have not answered yet, and in the office where it is asked."""
    waiting = [guest.team for guest in visit.guests.filter(answer=Answer.WAITING).select_related("team")]
    teams = [visit.host, *waiting] if visit.host_answer == Answer.WAITING else waiting
    found = [one for team in teams for one in _all(_on(team), "visit_answer", team.pk, visit.pk)]
    if visit.office_answer != Answer.WAITING:
        return found
    office = visit.programme.office
    return found + _all(_in(office), "office_visit_answer", office.pk, visit.pk)


def asked_to_help(ask: Ask) -> list[Asked]:
    """List everybody in the office that is asked for help."""
    office = ask.programme.office
    return _all(_in(office), "office_ask", office.pk, ask.pk)


def asked_in_cohort(entry: OfferOrAsk) -> list[Asked]:
    """List the leads of the other schools that are in the cohort now."""
    here = entry.gathering.cohort.enrolments.here().values("school")
    leads = Member.objects.active().filter(is_lead=True, team__school__in=here).exclude(team__school=entry.team.school)
    found = leads.filter(user__in=who_want_mail(User.objects.all())).select_related("user")
    return [Asked(lead.user, _link("gathering", lead.team_id, entry.gathering_id)) for lead in found]


def _on(team: Team) -> QuerySet[User]:
    return User.objects.filter(memberships__in=team.members.active())


def _in(office: Office) -> QuerySet[User]:
    return User.objects.filter(office_seats__office=office)


def _all(users: QuerySet[User], name: str, *numbers: int) -> list[Asked]:
    return [Asked(user, _link(name, *numbers)) for user in who_want_mail(users).order_by("pk")]


def _link(name: str, *numbers: Any) -> str:
    return settings.SITE_URL + reverse(name, args=numbers)
