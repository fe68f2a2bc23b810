"""Gatherings as a team or an office sees them, modules from content, who came, what was shared of it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colead.content.loader import load
from colead.content.model import Module
from colead.programme.models import Attendance, Cohort, CohortDate, Enrolment, Gathering, Reflection, Tick
from colead.programme.models.company import Gatherings
from colead.schools.models import Member, Office, School, Team


def modules() -> tuple[Module, ...]:
    """Return every module in the language of whoever reads."""
    return load(get_language() or "en").modules


def module_named(slug: str) -> Module | None:
    """Return a module; None where there is none (any more)."""
    return next((module for module in modules() if module.slug == slug), None)


def phase_name(key: str) -> str:
    """Say to which phase of a program a module belongs."""
    names = {"designing": _("Designing"), "implementing": _("Implementing"), "cultivating": _("Cultivating")}
    return names[key]


@dataclass(frozen=True)
class PhaseModules:
    """The modules written for one phase."""

    name: str
    modules: tuple[Module, ...]


def modules_by_phase() -> tuple[PhaseModules, ...]:
    """Return the modules phase by phase, in their order."""
    found = modules()
    keys = dict.fromkeys(module.phase for module in found)
    return tuple(PhaseModules(phase_name(key), tuple(m for m in found if m.phase == key)) for key in keys)


def title_of(gathering: Gathering) -> str:
    """Say what a gathering is, in a few words."""
    if gathering.is_check_in:
        return _("Monthly check-in")
    module = module_named(gathering.module)
    return module.title if module else gathering.module


def cohorts_of(school: School) -> QuerySet[Cohort]:
    """Return the cohorts a school is in now."""
    enrolled = Enrolment.objects.here().filter(school=school)
    return Cohort.objects.filter(enrolments__in=enrolled).select_related("programme__office").order_by("pk")


def gatherings_for(team: Team) -> Gatherings:
    """Return the gatherings of the cohorts that a team's school is in now."""
    return Gathering.objects.filter(cohort__in=cohorts_of(team.school)).select_related("cohort__programme__office")


def gatherings_of(office: Office) -> Gatherings:
    """Return the gatherings of all cohorts of an office."""
    return Gathering.objects.filter(cohort__programme__office=office).select_related("cohort__programme__office")


def schools_here(cohort: Cohort) -> QuerySet[School]:
    """Return the schools that are in a cohort now and in sight, from A to Z."""
    return School.objects.filter(enrolments__in=cohort.enrolments.here()).order_by("name", "pk")


@dataclass(frozen=True)
class SchoolCame:
    """Whether a school came, how many of its people the office counted, and how many said so themselves."""

    school: School
    attendance: Attendance | None
    ticks: int

    @property
    def in_words(self) -> str:
        """Say who came by role; the people's own count where nobody else counted."""
        came = self.attendance
        if came is None:
            return ""
        if not came.counted and not came.people:
            return _("%(n)s said they were there") % {"n": self.ticks} if self.ticks else _("came")
        parts = (
            (came.teachers, _("teachers: %s")),
            (came.leaders, _("administrators: %s")),
            (came.others, _("other staff: %s")),
        )
        return ", ".join(words % n for n, words in parts if n)


def who_came(gathering: Gathering) -> tuple[SchoolCame, ...]:
    """Return each school of the cohort with its attendance, from A to Z, in three queries."""
    came = {entry.school_id: entry for entry in gathering.attendances.all()}
    ticks = dict(gathering.ticks.order_by().values_list("member__team__school").annotate(Count("pk")))
    schools = schools_here(gathering.cohort)
    return tuple(SchoolCame(school, came.get(school.pk), ticks.get(school.pk, 0)) for school in schools)


def was_there(gathering: Gathering, member: Member | None) -> bool:
    return Tick.objects.filter(gathering=gathering, member=member).exists()


def came_from(gathering: Gathering, team: Team) -> SchoolCame:
    """Return what is known of one school's attendance."""
    entry = gathering.attendances.filter(school=team.school).first()
    ticks = gathering.ticks.filter(member__team__school=team.school).count()
    return SchoolCame(team.school, entry, ticks)


def shared_reflections(gathering: Gathering) -> QuerySet[Reflection]:
    """Return what schools chose to share of what they took from a gathering."""
    return (
        Reflection.objects.filter(gathering=gathering, shared_on__isnull=False)
        .filter(team__school__in=schools_here(gathering.cohort))
        .exclude(body="")
        .select_related("team__school")
        .order_by("team__school__name", "pk")
    )


def cohorts_in(office: Office) -> QuerySet[Cohort]:
    """Return the cohorts of all programs of an office."""
    return Cohort.objects.filter(programme__office=office).select_related("programme").order_by("-starts_on", "-pk")


@dataclass(frozen=True)
class Entry:
    """A gathering in a list: what it is called, how many schools came and how many sent a share."""

    gathering: Gathering
    title: str
    came: int
    sent: int


@dataclass(frozen=True)
class CohortCalendar:
    """What comes next for a cohort, and what was, the last first."""

    cohort: Cohort
    schools: int
    coming: tuple[Entry, ...]
    over: tuple[Entry, ...]


def calendars_of(office: Office, *, today: date) -> tuple[CohortCalendar, ...]:
    """Return the calendar of gatherings of every cohort of an office, in three queries."""
    entries = defaultdict(list)
    for gathering in _with_counts(gatherings_of(office)):
        entry = Entry(gathering, title_of(gathering), gathering.came, gathering.sent)  # type: ignore[attr-defined]
        entries[gathering.cohort_id].append(entry)
    schools = dict(
        Enrolment.objects.here()
        .filter(cohort__programme__office=office)
        .order_by()
        .values_list("cohort")
        .annotate(Count("pk"))
    )
    return tuple(_calendar(one, schools.get(one.pk, 0), entries[one.pk], today) for one in cohorts_in(office))


def _calendar(cohort: Cohort, schools: int, entries: list[Entry], today: date) -> CohortCalendar:
    coming = tuple(entry for entry in entries if entry.gathering.held_on >= today)
    over = tuple(entry for entry in reversed(entries) if entry.gathering.held_on < today)
    return CohortCalendar(cohort, schools, coming, over)


def _with_counts(gatherings: QuerySet[Gathering]) -> QuerySet[Gathering]:
    return gatherings.order_by("held_on", "pk").annotate(
        came=Count("attendances", distinct=True),
        sent=Count("shares", filter=Q(shares__sent_on__isnull=False), distinct=True),
    )


def next_date(cohort: Cohort, *, today: date) -> date | None:
    """Return the next check-in day on a cohort's calendar that has no gathering yet."""
    taken = cohort.gatherings.check_ins().values("held_on")
    days = cohort.dates.filter(kind=CohortDate.Kind.CHECK_IN, starts_on__gte=today).exclude(starts_on__in=taken)
    return days.order_by("starts_on").values_list("starts_on", flat=True).first()
