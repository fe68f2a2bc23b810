"""Who is on a team, and who leads it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.schools.actions.refusal import Refusal
from colead.schools.actions.seats import give_seat
from colead.schools.models import Member, Seat, Team


class LastLead(Refusal):
    """Refuse to leave a team without a lead."""

    reason = _("A team needs a lead. Make somebody else a lead first.")


class NotWaiting(Refusal):
    """Refuse to answer somebody who does not wait, or was answered by another lead."""

    reason = _("This person no longer waits: somebody has answered already.")


def put_on_team(team: Team, user: User, *, as_lead: bool = False, waiting: bool = False, now: datetime) -> Member:
    """Put the user on the team, or on its list of those who wait. Nobody loses by it what they had."""
    member = team.members.filter(user=user, left_on=None).first() or Member(team=team, user=user, waiting=waiting)
    if member.pk is None or (member.waiting and not waiting):
        member.joined_on = team.today(now)
    member.waiting = member.waiting and waiting
    member.is_lead = member.is_lead or as_lead
    member.save()
    return member


@transaction.atomic
def let_in(member: Member, *, now: datetime) -> None:
    """Let in somebody who waits: on the team from today, with a seat at the school. Refuses with NotWaiting."""
    _answer(member, waiting=False, joined_on=member.team.today(now))
    give_seat(member.team.school, member.user, Seat.Role.STAFF, now=now)


def decline(member: Member, *, by: User, now: datetime) -> None:
    """Say no to somebody who waits. Refuses with NotWaiting."""
    _answer(member, left_on=member.team.today(now), removed_by=by)


def _answer(member: Member, **facts: object) -> None:
    """Write down the answer in the database, where two leads may have answered at once."""
    if not Member.objects.waiting().filter(pk=member.pk).update(**facts):
        raise NotWaiting
    member.refresh_from_db()


def make_lead(member: Member) -> None:
    """Make a member a lead, beside those who lead already."""
    member.is_lead = True
    member.save(update_fields=["is_lead"])


@transaction.atomic
def take_lead_back(member: Member) -> None:
    """Make a lead a plain member again. Refuses with LastLead."""
    _keep_a_lead(member)
    member.is_lead = False
    member.save(update_fields=["is_lead"])


@transaction.atomic
def leave_team(member: Member, *, now: datetime) -> None:
    """Leave the team oneself. Refuses with LastLead."""
    _keep_a_lead(member)
    _end(member, removed_by=None, now=now)


@transaction.atomic
def remove_member(member: Member, *, by: User, now: datetime) -> None:
    """Take somebody off the team; the team sees who did. Refuses with LastLead."""
    _keep_a_lead(member)
    _end(member, removed_by=by if by != member.user else None, now=now)


def _end(member: Member, *, removed_by: User | None, now: datetime) -> None:
    member.left_on, member.removed_by = member.team.today(now), removed_by
    member.save(update_fields=["left_on", "removed_by"])


def _keep_a_lead(leaving: Member) -> None:
    """Refuse when nobody else leads. The team's row is locked: two leads may go at the same moment."""
    Team.objects.select_for_update().get(pk=leaving.team_id)
    if not Member.objects.active().filter(team=leaving.team_id, is_lead=True).exclude(pk=leaving.pk).exists():
        raise LastLead
