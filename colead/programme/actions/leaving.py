"""A school leaves: two people agree, wait, and can call it off."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.programme.leaving.erase import erase_school
from colead.programme.models import Certificate, Farewell
from colead.schools.actions import Refusal
from colead.schools.models import Member, School, Seat


class AskedAlready(Refusal):
    reason = _("Somebody has asked for this already. It needs a second person now.")


class TakesTwo(Refusal):
    reason = _("This takes a principal and somebody who leads a team. One of the two has asked; the other one agrees.")


class NotDue(Refusal):
    reason = _("The days of waiting are not over, or it was called off.")


@transaction.atomic
def ask_farewell(school: School, *, what: str, by: User, now: datetime) -> Farewell:
    """Ask to take everything along, or to delete it. Refuses with AskedAlready."""
    if school.farewells.standing().filter(what=what).exists():
        raise AskedAlready
    return Farewell.objects.create(school=school, what=what, asked_by=by, asked_on=school.today(now))


@transaction.atomic
def agree_farewell(farewell: Farewell, *, by: User, now: datetime) -> Farewell:
    """Agree, as the one of the two who did not ask. Refuses with TakesTwo."""
    current = Farewell.objects.select_for_update().get(pk=farewell.pk)
    if not _complete_each_other(current.school, current.asked_by, by):
        raise TakesTwo
    if not current.is_agreed and current.called_off_on is None:
        current.agreed_by, current.agreed_on = by, current.school.today(now)
        current.save(update_fields=["agreed_by", "agreed_on"])
    return current


def _complete_each_other(school: School, one: User, other: User) -> bool:
    if one == other:
        return False
    pairs = ((one, other), (other, one))
    return any(_is_principal(school, first) and _leads(school, second) for first, second in pairs)


def _is_principal(school: School, user: User) -> bool:
    return school.seats.held().filter(user=user, role=Seat.Role.PRINCIPAL).exists()


def _leads(school: School, user: User) -> bool:
    return Member.objects.active().filter(team__school=school, user=user, is_lead=True).exists()


def call_off_farewell(farewell: Farewell, *, by: User, now: datetime) -> None:
    """Call it off: one person alone may, so that nothing is deleted against anybody's will."""
    today = farewell.school.today(now)
    Farewell.objects.standing().filter(pk=farewell.pk).update(called_off_by=by, called_off_on=today)


def erase_due(farewell: Farewell, *, now: datetime) -> Certificate:
    """Delete everything of a school whose people agreed to that and waited. Refuses with NotDue."""
    if not Farewell.objects.due(farewell.school.today(now)).filter(pk=farewell.pk).exists():
        raise NotDue
    return erase_school(farewell.school, now=now)
