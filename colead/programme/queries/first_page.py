"""The office's first page, for two schools or two hundred, in a fixed number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max

from colead.programme.hands import Known, Reason, reasons
from colead.programme.models import (
    Application,
    Cohort,
    CohortDate,
    Enrolment,
    Gathering,
    OfficeWave,
    Priority,
    Programme,
    Share,
    Stay,
)
from colead.programme.queries.company import NEVER_VISITED, NO_ASKS, OpenAsks, last_check_ins, open_asks, site_visits
from colead.schools.models import Office, School

COMING = timedelta(days=21)


@dataclass(frozen=True)
class Line:
    """A school on the first page: where it is in the programme, and why somebody may want to call."""

    school: School
    cohort: Cohort | None
    phase: str
    year: int
    priority: str
    came_on: date | None
    asked_on: date | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Coming:
    """Something in the calendar of one cohort or several."""

    starts_on: date
    ends_on: date
    title: str
    cohorts: tuple[str, ...]


@dataclass(frozen=True)
class FirstPage:
    """`asked` by how long they wait; `hands` and `schools` from A to Z. There is no other order."""

    programmes: tuple[Programme, ...]
    asked: tuple[Line, ...]
    hands: tuple[Line, ...]
    schools: tuple[Line, ...]
    coming: tuple[Coming, ...]
    applications: int


def first_page(office: Office, *, today: date) -> FirstPage:
    """Gather what the office opens its day with."""
    lines = _lines(office, today)
    asked = sorted((line for line in lines if line.asked_on), key=lambda line: (line.asked_on or today, line.school.pk))
    programmes = office.programmes.prefetch_related("cohorts").order_by("name", "pk")
    return FirstPage(
        programmes=tuple(programmes),
        asked=tuple(asked),
        hands=tuple(line for line in lines if line.reasons and not line.asked_on),
        schools=tuple(lines),
        coming=_coming(office, today),
        applications=Application.objects.open().filter(programme__office=office).count(),
    )


def _coming(office: Office, today: date) -> tuple[Coming, ...]:
    near = CohortDate.objects.filter(
        ends_on__gte=today, starts_on__lte=today + COMING, cohort__programme__office=office
    )
    together: dict[tuple[date, date, str], list[str]] = {}
    for day in near.select_related("cohort").order_by("starts_on", "ends_on", "cohort__name", "pk"):
        together.setdefault((day.starts_on, day.ends_on, day.title), []).append(day.cohort.name)
    return tuple(Coming(*what, tuple(cohorts)) for what, cohorts in together.items())


def _lines(office: Office, today: date) -> list[Line]:
    enrolled, asks = _enrolled(office), open_asks(office)
    known = _known(office, enrolled, asks, today)
    phases = _phases(office)
    priorities = dict(
        Priority.objects.filter(school__office=office, until=None).order_by().values_list("school_id", "words")
    )
    lines = []
    for school in office.schools.order_by("name", "pk"):
        enrolment, facts = enrolled.get(school.pk), known.get(school.pk)
        lines.append(
            Line(
                school=school,
                cohort=enrolment.cohort if enrolment else None,
                phase=phases.get(enrolment.pk, "") if enrolment else "",
                year=enrolment.year(today) if enrolment else 0,
                priority=priorities.get(school.pk, ""),
                came_on=facts.came_on if facts else None,
                asked_on=asks.get(school.pk, NO_ASKS).oldest_on,
                reasons=reasons(facts, today) if facts else (),
            )
        )
    return lines


def _enrolled(office: Office) -> dict[int, Enrolment]:
    """Return the enrolment of each school, by its number; the newest where there are several."""
    here = Enrolment.objects.here().filter(cohort__programme__office=office).select_related("cohort")
    return {one.school_id: one for one in here.order_by("joined_on", "pk")}


def _phases(office: Office) -> dict[int, str]:
    stays = Stay.objects.filter(until=None, enrolment__cohort__programme__office=office)
    return dict(stays.order_by().values_list("enrolment_id", "phase__name"))


def _known(
    office: Office, enrolled: Mapping[int, Enrolment], asks: Mapping[int, OpenAsks], today: date
) -> dict[int, Known]:
    """Return what is known of every school that is in a cohort, by its number."""
    came, visits = last_check_ins(office, today=today), site_visits(office, today=today)
    met, moved = _met(office, today), _moved(office)
    found = {}
    for school, enrolment in enrolled.items():
        since = max(enrolment.joined_on, enrolment.cohort.starts_on)
        visit, ask = visits.get(school, NEVER_VISITED), asks.get(school, NO_ASKS)
        seen = [day for day in (moved.get(school), came.get(school), visit.last_on) if day]
        found[school] = Known(
            since=since,
            came_on=came.get(school),
            met_on=met.get(enrolment.cohort_id),
            visit_due=visit.is_due(today, since=since),
            visited_on=visit.last_on,
            asks=ask.count,
            asked_on=ask.oldest_on,
            taken=bool(ask.count and not ask.untaken),
            moved_on=max(seen, default=None),
        )
    return found


def _met(office: Office, today: date) -> Mapping[int, date]:
    """Return the last check-in that each cohort held, by the cohort's number."""
    held = Gathering.objects.check_ins().filter(cohort__programme__office=office, held_on__lte=today)
    return dict(held.order_by().values_list("cohort_id").annotate(Max("held_on")))


def _moved(office: Office) -> dict[int, date]:
    """Return the last day on which a share, a result, a priority or a new phase of each school reached the office."""
    shares = Share.objects.filter(team__school__office=office, sent_on__isnull=False).order_by()
    waves = OfficeWave.objects.released().filter(wave__school__office=office).order_by()
    stated = Priority.objects.filter(school__office=office).order_by()
    moved: dict[int, date] = {}
    for rows in (
        shares.values_list("team__school_id").annotate(Max("sent_on")),
        waves.values_list("wave__school_id").annotate(Max("wave__sealed_on")),
        stated.values_list("school_id").annotate(Max("since")),
    ):
        for school, day in rows:
            moved[school] = max(day, moved.get(school, day))
    return moved
