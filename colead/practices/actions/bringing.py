"""Take in a timetable, name its teams, erase it."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.practices.bringing import Brought
from colead.practices.models import Timetable
from colead.practices.packing import packed, packed_remarks, unpacked
from colead.schools.actions import Refusal
from colead.schools.models import Team
from colead.timetable import Schedule, Weight
from colead.timetable import Team as Together


class NothingToKeep(Refusal):
    """Refuse to keep what could not be read."""

    reason = _("Mend the lines that are wrong first. Nothing was kept.")


class NobodyInIt(Refusal):
    """Refuse a team of fewer than two people who are on the timetable."""

    reason = _("Choose at least two people for the team.")


class TeamTwice(Refusal):
    """Refuse a second team of the same name."""

    reason = _("There is a team of that name already.")


def take_timetable(team: Team, brought: Brought, *, by: User, now: datetime) -> Timetable:
    """Keep what was read as the timetable of today. Refuses with NothingToKeep."""
    reading = brought.reading
    if not reading.schedule:
        raise NothingToKeep
    return Timetable.objects.create(
        team=team,
        name=reading.schedule.name[:200],
        source=brought.source,
        schedule=packed(reading.schedule),
        remarks=packed_remarks(tuple(one for one in reading.report if one.weight is not Weight.NOTE)),
        left_out=[list(one) for one in reading.left_out],
        fet=brought.fet or None,
        brought_by=by,
        brought_at=now,
    )


def erase_timetable(timetable: Timetable) -> None:
    """Erase a timetable, with its scenarios and all that was said about them. Decisions stay."""
    timetable.delete()


def name_team(timetable: Timetable, *, name: str, members: list[str], minutes: int, least_block: int) -> Timetable:
    """Add a team to a timetable. Refuses with NobodyInIt and TeamTwice."""
    made = Together(name, tuple(members), minutes=minutes, least_block=least_block)
    return name_teams(timetable, (made,))


@transaction.atomic
def name_teams(timetable: Timetable, teams: tuple[Together, ...]) -> Timetable:
    """Add teams to a timetable. Refuses with NobodyInIt and TeamTwice."""
    current = Timetable.objects.select_for_update().get(pk=timetable.pk)
    schedule = unpacked(current.schedule)
    known = {person.name for person in schedule.people}
    if any(len(known & set(team.members)) < 2 or not known >= set(team.members) for team in teams):
        raise NobodyInIt
    names = [team.name.casefold() for team in (*schedule.teams, *teams)]
    if len(set(names)) < len(names):
        raise TeamTwice
    return _keep(current, replace(schedule, teams=(*schedule.teams, *teams)))


@transaction.atomic
def drop_team(timetable: Timetable, name: str) -> Timetable:
    """Take a team off a timetable; its meetings, if there are any, stay meetings of nobody in particular."""
    current = Timetable.objects.select_for_update().get(pk=timetable.pk)
    schedule = unpacked(current.schedule)
    lessons = tuple(replace(one, team="") if one.team == name else one for one in schedule.lessons)
    teams = tuple(team for team in schedule.teams if team.name != name)
    return _keep(current, replace(schedule, teams=teams, lessons=lessons))


def _keep(timetable: Timetable, schedule: Schedule) -> Timetable:
    timetable.schedule = packed(schedule)
    timetable.save(update_fields=["schedule"])
    return timetable
