"""A programme of Dana's office, with North and South in a cohort, made through the real verbs."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.test import Client

from colead.accounts.models import User
from colead.content.loader import load_programme
from colead.programme.actions import applications, programmes
from colead.programme.actions.applications import Sent
from colead.programme.models import Application, Cohort, Enrolment, Programme
from colead.schools.models import School
from tests.cast import Cast

NOON = datetime(2026, 11, 16, 17, 0, tzinfo=UTC)
AUGUST = date(2026, 8, 3)
TEXT = load_programme()


@dataclass(frozen=True)
class Run:
    """The programme, its cohort, and North's and South's places in it."""

    programme: Programme
    cohort: Cohort
    north: Enrolment
    south: Enrolment


def run(cast: Cast, *, starts_on: date = AUGUST) -> Run:
    """Start a programme whose one cohort has North and South in it."""
    programme = programmes.start_programme(cast.office, name="Leading Together", begins_with=TEXT, today=starts_on)
    cohort = programmes.start_cohort(programme, name="Cohort 10", starts_on=starts_on, begins_with=TEXT)
    north = programmes.enrol(cohort, cast.north, entering="They asked good questions.", now=NOON)
    return Run(programme, cohort, north, programmes.enrol(cohort, cast.south, now=NOON))


def sent(**changes: object) -> Sent:
    """Return what a school that is not in Colead writes."""
    facts: dict[str, object] = {
        "school_name": "Tamarack Elementary",
        "place": "Fork Shoals, South Carolina",
        "time_zone": "America/New_York",
        "nces_id": "450000100001",
        "contact": "Lou Haas",
        "email": "lou.haas@example.org",
        "is_principal": True,
        "answers": {one.key: f"About {one.key}" for one in TEXT.questions},
        "ticks": ("said", "meets"),
    }
    return Sent(**(facts | changes))  # type: ignore[arg-type]


def applied(programme: Programme, **changes: object) -> Application:
    return applications.apply(programme, sent(**changes), today=date(2026, 11, 10)).application


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def numbers_of_programme(school: School) -> dict[str, object]:
    """Return what the addresses of the office's pages may name, for a school that is in a cohort."""
    enrolment = school.enrolments.select_related("cohort__programme").get()
    programme = enrolment.cohort.programme
    return {
        "programme_id": programme.pk,
        "cohort_id": enrolment.cohort_id,
        "enrolment_id": enrolment.pk,
        "date_id": enrolment.cohort.dates.first().pk,
        "phase_id": programme.phases.first().pk,
        "strand_id": programme.strands.first().pk,
        "application_id": programme.applications.open().first().pk,
        "apply:slug": programme.slug,
    }
