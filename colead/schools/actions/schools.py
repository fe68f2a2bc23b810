"""Make schools, teams and offices, and correct their facts."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.schools.actions.refusal import Refusal
from colead.schools.actions.seats import give_seat
from colead.schools.actions.teams import put_on_team
from colead.schools.models import Office, OfficeSeat, School, Seat, Team


class SchoolAlreadyHere(Refusal):
    """Refuse a second school with the same NCES ID."""

    reason = _("A school with this NCES ID is in Colead already. Ask a colleague there to invite you.")


@transaction.atomic
def start_school(
    *,
    name: str,
    place: str,
    time_zone: str,
    nces_id: str = "",
    team_name: str,
    by: User,
    as_principal: bool,
    now: datetime,
) -> Team:
    """Make a school with its first team; `by` gets a seat there and leads the team.

    Refuses with SchoolAlreadyHere.
    """
    school = School(name=name, place=place, time_zone=time_zone, nces_id=nces_id)
    school.created_on = school.today(now)
    _save(school)
    give_seat(school, by, Seat.Role.PRINCIPAL if as_principal else Seat.Role.STAFF, now=now)
    return start_team(school=school, name=team_name, by=by, now=now)


def edit_school(school: School, *, name: str, place: str, time_zone: str, nces_id: str) -> School:
    """Correct the facts of a school. Refuses with SchoolAlreadyHere."""
    school.name, school.place, school.time_zone, school.nces_id = name, place, time_zone, nces_id
    _save(school)
    return school


def _save(school: School) -> None:
    """Save, and let the database judge whether the NCES ID is taken: two people may ask at once."""
    try:
        with transaction.atomic():
            school.save()
    except IntegrityError as taken:
        raise SchoolAlreadyHere from taken


@transaction.atomic
def start_team(*, school: School, name: str, by: User, now: datetime) -> Team:
    """Make a team at the school; `by` leads it until it names others."""
    team = Team.objects.create(school=school, name=name)
    put_on_team(team, by, as_lead=True, now=now)
    return team


@transaction.atomic
def start_office(*, name: str, by: User, now: datetime) -> Office:
    """Make an office; `by` works in it and invites the others."""
    office = Office.objects.create(name=name)
    OfficeSeat.objects.create(office=office, user=by, since=now.date())
    return office


def unlink_school(school: School) -> None:
    """Take the school out of its office's sight."""
    school.office = None
    school.save(update_fields=["office"])
