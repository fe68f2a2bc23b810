"""Start a programme and its cohorts, shape its phases, bring schools in and see them through."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from colead.content.programme import ProgrammeFile
from colead.programme.actions.calendar import fill_calendar, move_calendar
from colead.programme.models import Application, Cohort, Enrolment, Phase, Programme, Stay, Strand
from colead.schools.actions import Refusal
from colead.schools.models import Office, School


class NameTaken(Refusal):
    """Refuse two cohorts of one name in a programme."""

    reason = _("This program has a cohort of that name already.")


class NotYours(Refusal):
    """Refuse a school that has not let this office see it."""

    reason = _("This school is not linked with your office. Give its principal a code first.")


class AlreadyIn(Refusal):
    """Refuse to put a school into a cohort twice."""

    reason = _("This school is in the cohort already.")


class PhaseInUse(Refusal):
    """Refuse to take away a phase that schools are or were in."""

    reason = _("Schools are in this phase, or were. Rename it, or leave it.")


@dataclass(frozen=True)
class PhaseFacts:
    """What an office says of a phase."""

    name: str
    months: int
    shows: str = ""
    offers: str = ""


@transaction.atomic
def start_programme(office: Office, *, name: str, begins_with: ProgrammeFile, today: date) -> Programme:
    """Start a programme with the phases, the strands and the theory of action that Colead brings, all to be changed."""
    text = begins_with
    programme = Programme.objects.create(
        office=office,
        name=name,
        slug=_free_slug(name),
        started_on=today,
        goal=text.goal,
        problem=text.problem,
        if_we=text.if_we,
        then_schools=text.then_schools,
        so_that=text.so_that,
    )
    for place, phase in enumerate(text.phases, 1):
        facts = {"name": phase.name, "months": phase.months, "shows": phase.shows, "offers": phase.offers}
        programme.phases.create(place=place, **facts)
    for place, strand in enumerate(text.strands, 1):
        programme.strands.create(place=place, name=strand.name, words=strand.text, sources=list(strand.sources))
    return programme


def _free_slug(name: str) -> str:
    base = slugify(name)[:50] or "program"
    taken = set(Programme.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, 1000))) if slug not in taken)


def change_theory(programme: Programme, *, words: dict[str, str]) -> None:
    """Change the programme's theory of action, leg by leg."""
    for name in ("name", "goal", "problem", "if_we", "then_schools", "so_that"):
        setattr(programme, name, words[name])
    programme.save(update_fields=["name", "goal", "problem", "if_we", "then_schools", "so_that"])


def change_strand(strand: Strand, *, name: str, words: str, sources: list[str]) -> None:
    """Change a strand and which figures speak to it."""
    strand.name, strand.words, strand.sources = name, words, sources
    strand.save(update_fields=["name", "words", "sources"])


def add_phase(programme: Programme, facts: PhaseFacts) -> Phase:
    """Add a phase at the end."""
    last = programme.phases.aggregate(last=Max("place"))["last"] or 0
    return programme.phases.create(place=last + 1, **facts.__dict__)


def change_phase(phase: Phase, facts: PhaseFacts) -> None:
    """Change a phase's name, length and words."""
    for name, value in facts.__dict__.items():
        setattr(phase, name, value)
    phase.save()


@transaction.atomic
def move_phase(phase: Phase, *, up: bool) -> None:
    """Let a phase change places with the one before or after it."""
    row = list(phase.programme.phases.select_for_update())
    at = next(place for place, one in enumerate(row) if one.pk == phase.pk)
    to = at - 1 if up else at + 1
    if 0 <= to < len(row):
        row[at], row[to] = row[to], row[at]
        for place, one in enumerate(row, 1):
            one.place = place
        Phase.objects.bulk_update(row, ["place"])


def drop_phase(phase: Phase) -> None:
    """Take a phase away that no school was ever in. Refuses with PhaseInUse."""
    if phase.stays.exists():
        raise PhaseInUse
    phase.delete()


@transaction.atomic
def start_cohort(programme: Programme, *, name: str, starts_on: date, begins_with: ProgrammeFile) -> Cohort:
    """Start a cohort, its calendar filled from the template. Refuses with NameTaken."""
    if programme.cohorts.filter(name=name).exists():
        raise NameTaken
    cohort = programme.cohorts.create(name=name, starts_on=starts_on)
    fill_calendar(cohort, begins_with)
    return cohort


@transaction.atomic
def change_cohort(cohort: Cohort, *, name: str, starts_on: date, begins_with: ProgrammeFile) -> None:
    """Rename a cohort or move its first day; its calendar moves along, but for dates kept by hand."""
    if cohort.programme.cohorts.filter(name=name).exclude(pk=cohort.pk).exists():
        raise NameTaken
    moved = cohort.starts_on != starts_on
    cohort.name, cohort.starts_on = name, starts_on
    cohort.save(update_fields=["name", "starts_on"])
    if moved:
        move_calendar(cohort, begins_with)


@transaction.atomic
def enrol(
    cohort: Cohort, school: School, *, now: datetime, entering: str = "", application: Application | None = None
) -> Enrolment:
    """Bring a linked school into a cohort, in the first phase. Refuses with NotYours, AlreadyIn."""
    if school.office_id != cohort.programme.office_id:
        raise NotYours
    if cohort.enrolments.filter(school=school).exists():
        raise AlreadyIn
    today = school.today(now)
    enrolment = cohort.enrolments.create(school=school, joined_on=today, application=application)
    first = cohort.programme.phases.first()
    if first:
        enrolment.stays.create(phase=first, since=today, entering=entering)
    return enrolment


@transaction.atomic
def enter_phase(enrolment: Enrolment, phase: Phase, *, leaving: str, entering: str, today: date) -> Stay:
    """Let a school leave its phase and enter another, each with words on it."""
    held = enrolment.stays.select_for_update().filter(until=None).first()
    if held and held.phase_id == phase.pk:
        held.entering = entering or held.entering
        held.leaving = leaving or held.leaving
        held.save(update_fields=["entering", "leaving"])
        return held
    if held:
        held.until, held.leaving = max(today, held.since), leaving
        held.save(update_fields=["until", "leaving"])
    return enrolment.stays.create(phase=phase, since=today, entering=entering)


@transaction.atomic
def leave_cohort(enrolment: Enrolment, *, words: str, today: date) -> None:
    """Let a school leave its cohort; what it did there stays written."""
    enrolment.left_on = max(today, enrolment.joined_on)
    enrolment.save(update_fields=["left_on"])
    for stay in enrolment.stays.filter(until=None):
        stay.until, stay.leaving = max(today, stay.since), words
        stay.save(update_fields=["until", "leaving"])


def come_back(enrolment: Enrolment) -> None:
    """Take back that a school left its cohort."""
    enrolment.left_on = None
    enrolment.save(update_fields=["left_on"])
