"""A programme and its cohorts, as their pages show them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from colead.programme.models import Cohort, CohortDate, Enrolment, Programme, Round, Stay, Strand
from colead.schools.models import Office, School


@dataclass(frozen=True)
class StrandView:
    """A strand with the names of the figures that speak to it."""

    strand: Strand
    sources: tuple[str, ...]


def strands_of(programme: Programme) -> tuple[StrandView, ...]:
    """Return the programme's strands."""
    names = dict(Strand.Source.choices)
    return tuple(
        StrandView(one, tuple(str(names[source]) for source in one.sources if source in names))
        for one in programme.strands.all()
    )


def cohorts_of(programme: Programme) -> QuerySet[Cohort]:
    """Return the programme's cohorts, the newest first, with the number of schools in each as `size`."""
    here = Q(enrolments__left_on=None, enrolments__school__office=F("programme__office"))
    return programme.cohorts.annotate(size=Count("enrolments", filter=here)).order_by("-starts_on", "-pk")


@dataclass(frozen=True)
class Place:
    """A school in its cohort: in which phase it is, since when."""

    enrolment: Enrolment
    stay: Stay | None


@dataclass(frozen=True)
class CohortView:
    """What the page of a cohort shows; `gone` are schools that left, by name only where their link still holds."""

    places: tuple[Place, ...]
    gone: tuple[Enrolment, ...]
    rounds: tuple[Round, ...]
    next_days: tuple[CohortDate, ...]


def cohort_view(cohort: Cohort, *, today: date) -> CohortView:
    """Gather a cohort's schools from A to Z, its rounds and what comes next."""
    enrolments = list(cohort.enrolments.in_sight().select_related("school").order_by("school__name", "pk"))
    stays = Stay.objects.filter(enrolment__cohort=cohort, until=None).select_related("phase")
    now_in = {stay.enrolment_id: stay for stay in stays}
    rounds = cohort.rounds.annotate(
        planned=Count("waves"), opened=Count("waves", filter=~Q(waves__wave__state="planned"))
    ).annotate(released=Count("waves", filter=Q(waves__wave__state="sealed")))
    return CohortView(
        places=tuple(Place(one, now_in.get(one.pk)) for one in enrolments if one.left_on is None),
        gone=tuple(one for one in enrolments if one.left_on),
        rounds=tuple(rounds.order_by("-opens", "-pk")),
        next_days=tuple(cohort.dates.filter(ends_on__gte=today)[:5]),
    )


def enrolments_of(office: Office) -> QuerySet[Enrolment]:
    """Return the schools in the office's cohorts that let it see them."""
    mine = Enrolment.objects.in_sight().filter(cohort__programme__office=office)
    return mine.select_related("school", "cohort__programme__office")


def days_of(school: School) -> list[CohortDate]:
    """Return every day in the calendars of the cohorts that the school is in."""
    here = school.enrolments.here().values("cohort")
    return list(CohortDate.objects.filter(cohort__in=here).select_related("cohort"))
