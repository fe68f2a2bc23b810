"""The people in the tests, made through the real verbs.

Ada leads North's team, and Ben is on it. Pat is North's principal, and on the team. Cleo leads South's team and must
see nothing of North. Dana is the office, which both schools are linked to. Sam is staff at North and on no team.
Kim coaches North.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Model
from django.db.models.signals import post_save

from colead.accounts.actions import ensure_user, rename
from colead.accounts.models import User
from colead.schools import actions
from colead.schools.models import Invitation, Office, OfficeSeat, School, Team

NOW = datetime(2026, 11, 16, 15, 0, tzinfo=UTC)  # a Monday; ten in the morning in North Carolina
ROLE = Invitation.Role


@dataclass(frozen=True)
class Cast:
    """Everybody, and where they belong."""

    ada: User
    ben: User
    pat: User
    cleo: User
    dana: User
    sam: User
    kim: User
    north: School
    south: School
    north_team: Team
    south_team: Team
    office: Office


def person(name: str) -> User:
    """Make somebody with an account: `person("Ada Reed")` is ada.reed@example.org."""
    user = ensure_user(email=f"{name.lower().replace(' ', '.')}@example.org", now=NOW)
    rename(user=user, name=name, language="", now=NOW)
    return user


def join(place: School | Team | Office, user: User, role: str, *, by: User, now: datetime = NOW) -> None:
    """Bring somebody in as an invitation does that was sent to their address."""
    made = actions.invite_by_mail(place, email=user.email, role=role, by=by, now=now)
    actions.accept(made.invitation, user=user, now=now)


def north(now: datetime = NOW) -> Team:
    """Make North Elementary, whose team Ada leads: with Ben and Pat on it, Sam on the staff, Kim as coach."""
    ada = person("Ada Reed")
    team = actions.start_school(
        name="North Elementary",
        place="Lenoir, North Carolina",
        time_zone="America/New_York",
        nces_id="370060000123",
        team_name="North’s leadership team",
        by=ada,
        as_principal=False,
        now=now,
    )
    join(team, person("Ben Ortiz"), ROLE.MEMBER, by=ada, now=now)
    join(team, person("Pat Green"), ROLE.PRINCIPAL, by=ada, now=now)
    join(team.school, person("Sam Doyle"), ROLE.STAFF, by=ada, now=now)
    join(team.school, person("Kim Novak"), ROLE.COACH, by=ada, now=now)
    return team


def south(now: datetime = NOW) -> Team:
    """Make South Middle School, whose team Cleo leads."""
    return actions.start_school(
        name="South Middle School",
        place="Tucson, Arizona",
        time_zone="America/Phoenix",
        team_name="South’s leadership team",
        by=person("Cleo Park"),
        as_principal=False,
        now=now,
    )


def office(*schools: School, now: datetime = NOW) -> Office:
    """Make the office in which Dana works, with these schools linked to it."""
    dana = person("Dana Wells")
    made = actions.start_office(name="Two Rivers Programme Office", by=dana, now=now)
    code = actions.make_code(made, role=ROLE.LINK, most_uses=50, expires_at=now + timedelta(days=30), by=dana, now=now)
    for school in schools:
        actions.link_school(school, code.secret, now=now)
    return made


def everybody(now: datetime = NOW) -> Cast:
    """Make the whole cast."""
    north_team, south_team = north(now), south(now)
    return found(north_team, south_team, office(north_team.school, south_team.school, now=now))


def found(north_team: Team, south_team: Team, made: Office) -> Cast:
    """Find everybody who belongs there."""
    ada, ben, pat = (member.user for member in north_team.members.all())
    sam, kim = (north_team.school.seats.get(user__name=name).user for name in ("Sam Doyle", "Kim Novak"))
    return Cast(
        ada=ada,
        ben=ben,
        pat=pat,
        cleo=south_team.members.get().user,
        dana=OfficeSeat.objects.get(office=made).user,
        sam=sam,
        kim=kim,
        north=north_team.school,
        south=south_team.school,
        north_team=north_team,
        south_team=south_team,
        office=made,
    )


_kept: dict[type[Model], list[Model]] = {}  # the rows that make up the cast


def everybody_again() -> Cast:
    """Make the whole cast: through the real verbs the first time, then row by row as it was, ten times sooner."""
    if User.objects.exists():  # somebody is here already, perhaps in the places of these rows
        return everybody()
    if not _kept:
        with _keeping():
            return everybody()
    for model, rows in _kept.items():
        model._base_manager.bulk_create([copy(row) for row in rows])
    teams = Team.objects.select_related("school").order_by("pk")
    return found(*teams, Office.objects.get())


@contextmanager
def _keeping() -> Iterator[None]:
    """Keep every row that is made inside, as it is at the end."""
    made: dict[type[Model], dict[object, None]] = defaultdict(dict)

    def note(sender: type[Model], instance: Model, **_: object) -> None:
        made[sender][instance.pk] = None

    post_save.connect(note)
    yield
    post_save.disconnect(note)
    for model, keys in made.items():
        _kept[model] = [model._base_manager.get(pk=key) for key in keys]
