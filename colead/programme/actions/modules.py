"""Set a gathering up, note who came, write down what a team takes with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.content.loader import load
from colead.programme.models import Attendance, Cohort, Gathering, Reflection, Tick
from colead.schools.actions import Refusal
from colead.schools.models import Member, School, Team
from colead.texts.actions import save_new, save_text


class NoSuchModule(Refusal):
    """Refuse to run a module that has no content."""

    reason = _("There is no module of this name.")


class ThereAlready(Refusal):
    """Refuse two gatherings of a kind on one day."""

    reason = _("This cohort has that on this day already.")


class NotYetHeld(Refusal):
    """Refuse to say who came before the day has come."""

    reason = _("This has not taken place yet.")


class NotOfThisCohort(Refusal):
    """Refuse a school that is not in the cohort."""

    reason = _("This school is not in the cohort.")


@dataclass(frozen=True)
class Came:
    """How many people of a school came, role by role; None: somebody came, and nobody counted."""

    teachers: int | None = None
    leaders: int | None = None
    others: int | None = None


def plan_gathering(
    cohort: Cohort,
    kind: str,
    *,
    held_on: date,
    by: User,
    now: datetime,
    module: str = "",
    starts_at: time | None = None,
    place: str = "",
    agenda: str = "",
) -> Gathering:
    """Put a module or a check-in on a day. Refuses with NoSuchModule and ThereAlready."""
    if module and module not in {one.slug for one in load().modules}:
        raise NoSuchModule
    gathering = Gathering(cohort=cohort, kind=kind, module=module, held_on=held_on, starts_at=starts_at)
    _check_free(gathering, held_on)
    gathering.place, gathering.agenda = place, agenda
    return save_new(gathering, by=by, now=now)


def change_gathering(
    gathering: Gathering,
    *,
    held_on: date,
    starts_at: time | None,
    place: str,
    agenda: str,
    by: User,
    based_on: int,
    now: datetime,
) -> Gathering:
    """Move a gathering or change what is said of it. Refuses with ThereAlready."""
    _check_free(gathering, held_on)
    facts = {"held_on": held_on, "starts_at": starts_at, "place": place, "agenda": agenda}
    return save_text(gathering, based_on=based_on, by=by, now=now, **facts)


def _check_free(gathering: Gathering, held_on: date) -> None:
    same = gathering.cohort.gatherings.filter(kind=gathering.kind, module=gathering.module, held_on=held_on)
    if same.exclude(pk=gathering.pk).exists():
        raise ThereAlready


@transaction.atomic
def note_attendance(gathering: Gathering, came: Mapping[School, Came], *, today: date) -> None:
    """Note which schools came, and how many people; a school that is left out did not come.

    Refuses with NotYetHeld and NotOfThisCohort. A school whose people said themselves that they were there stays.
    """
    _check_held(gathering, today)
    known = set(gathering.cohort.enrolments.values_list("school_id", flat=True))
    if not {school.pk for school in came} <= known:
        raise NotOfThisCohort
    ticked = gathering.ticks.values("member__team__school")
    gathering.attendances.exclude(school__in=came).exclude(school__in=ticked).delete()
    for school, counts in came.items():
        facts = {"teachers": counts.teachers, "leaders": counts.leaders, "others": counts.others}
        Attendance.objects.update_or_create(gathering=gathering, school=school, defaults=facts)


@transaction.atomic
def tick(gathering: Gathering, member: Member, *, today: date) -> None:
    """Say “I was there”; with it the school was. Refuses with NotYetHeld and NotOfThisCohort."""
    _check_held(gathering, today)
    _check_of_cohort(gathering, member.team)
    Tick.objects.get_or_create(gathering=gathering, member=member)
    Attendance.objects.get_or_create(gathering=gathering, school=member.team.school)


@transaction.atomic
def untick(gathering: Gathering, member: Member) -> None:
    """Take “I was there” back. With the last one the school was not there, unless the office counted people."""
    gathering.ticks.filter(member=member).delete()
    if not gathering.ticks.filter(member__team__school=member.team.school).exists():
        gathering.attendances.filter(school=member.team.school, teachers=None, leaders=None, others=None).delete()


def _check_held(gathering: Gathering, today: date) -> None:
    if gathering.held_on > today:
        raise NotYetHeld


def _check_of_cohort(gathering: Gathering, team: Team) -> None:
    if not gathering.cohort.enrolments.here().filter(school=team.school).exists():
        raise NotOfThisCohort


def write_reflection(
    gathering: Gathering, team: Team, *, body: str, by: User, based_on: int, now: datetime
) -> Reflection:
    """Write down what the team takes from a gathering. It stays with the team. Refuses with NotOfThisCohort."""
    _check_of_cohort(gathering, team)
    reflection, _new = Reflection.objects.get_or_create(gathering=gathering, team=team)
    return save_text(reflection, body=body, based_on=based_on, by=by, now=now)


def share_reflection(reflection: Reflection, *, by: User, now: datetime) -> Reflection:
    """Let the schools of the cohort and the office read it."""
    facts = {"shared_on": reflection.team.today(now)}
    return save_text(reflection, based_on=reflection.version, by=by, now=now, **facts)


def keep_reflection(reflection: Reflection, *, by: User, now: datetime) -> Reflection:
    """Take it back: from now on only the team reads it."""
    return save_text(reflection, shared_on=None, based_on=reflection.version, by=by, now=now)
