"""Where a person can go: their teams, schools and offices."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from colead.schools.models import Member


@dataclass(frozen=True)
class Door:
    """A place with its name and address; `waiting` where a lead has not let the person in yet."""

    name: str
    where: str
    url: str
    waiting: bool = False


@dataclass(frozen=True)
class Places:
    """Everywhere a person belongs."""

    teams: tuple[Door, ...]
    schools: tuple[Door, ...]
    offices: tuple[Door, ...]
    waiting: tuple[Door, ...]

    @property
    def all(self) -> tuple[Door, ...]:
        return (*self.teams, *self.schools, *self.offices, *self.waiting)


def places_of(user: Any) -> Places:
    """Gather a person's places. A school is named only where the person has a seat and no team of it."""
    members = user.memberships.filter(left_on=None).select_related("team__school")
    active = [member for member in members if not member.waiting]
    on_team = {member.team.school_id for member in active}
    seats = user.seats.held().select_related("school").exclude(school_id__in=on_team)
    return Places(
        teams=tuple(_team_door(member) for member in active),
        schools=tuple(
            Door(str(seat.school), seat.get_role_display(), reverse("school_page", args=[seat.school_id]))
            for seat in seats
        ),
        offices=tuple(
            Door(str(seat.office), "", reverse("office_home", args=[seat.office_id]))
            for seat in user.office_seats.select_related("office")
        ),
        waiting=tuple(Door(str(m.team), str(m.team.school), "", True) for m in members if m.waiting),
    )


def _team_door(member: Member) -> Door:
    return Door(str(member.team), str(member.team.school), reverse("team_room", args=[member.team_id]))
