"""Apply to a programme, look at an application together, decide with reasons."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.programme.actions.programmes import NotYours, enrol
from colead.programme.models import Application, Cohort, Programme, Review
from colead.schools.actions import Refusal
from colead.schools.models import Office, School
from colead.schools.secrets import hash_of, new_token


class NotTakingAny(Refusal):
    """Refuse an application to a programme that takes none now."""

    reason = _("This program takes no applications at the moment.")


class Decided(Refusal):
    """Refuse to decide, or to take back, what has been decided."""

    reason = _("This application has been decided, or was taken back.")


class NoReasons(Refusal):
    """Refuse a decision without reasons."""

    reason = _("Say why. The school reads it.")


class NotInTheOffice(Refusal):
    """Refuse a reviewer from elsewhere."""

    reason = _("Only people of your office read applications.")


@dataclass(frozen=True)
class Sent:
    """What a school writes when it applies."""

    school_name: str
    place: str
    time_zone: str
    contact: str
    email: str
    is_principal: bool
    nces_id: str = ""
    staff: int | None = None
    answers: dict[str, str] = field(default_factory=dict)
    ticks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Made:
    """A new application and its secret, which is told once and never stored."""

    application: Application
    secret: str


def apply(programme: Programme, sent: Sent, *, today: date) -> Made:
    """Take an application in. Refuses with NotTakingAny."""
    if not programme.takes_applications:
        raise NotTakingAny
    secret = new_token()
    facts = {**sent.__dict__, "ticks": list(sent.ticks)}
    made = programme.applications.create(**facts, sent_on=today, secret_hash=hash_of(secret))
    return Made(made, secret)


def take_applications(programme: Programme, *, yes: bool) -> None:
    """Open the programme's door for applications, or close it."""
    programme.takes_applications = yes
    programme.save(update_fields=["takes_applications"])


@transaction.atomic
def withdraw(application: Application) -> None:
    """Take an application back, as the school that sent it. Refuses with Decided."""
    _open(application)
    application.state = Application.State.WITHDRAWN
    application.save(update_fields=["state"])


def ask_reviewer(application: Application, reviewer: User, *, today: date) -> Review:
    """Ask somebody of the office to read it; asking twice changes nothing. Refuses with NotInTheOffice."""
    if not application.programme.office.seats.filter(user=reviewer).exists():
        raise NotInTheOffice
    return application.reviews.get_or_create(reviewer=reviewer, defaults={"asked_on": today})[0]


def write_review(review: Review, *, words: str, today: date) -> None:
    """Write down what one sees in an application. Refuses with Decided."""
    if not review.application.is_open:
        raise Decided
    review.words, review.written_on = words, today if words else None
    review.save(update_fields=["words", "written_on"])


@transaction.atomic
def accept(
    application: Application,
    cohort: Cohort,
    *,
    reasons: str,
    by: User,
    now: datetime,
    school: School | None = None,
) -> Application:
    """Say yes, and bring the school into a cohort; a school that is not here yet is made.

    Refuses with Decided, NoReasons, NotYours (the school is here and follows no office, or another), AlreadyIn.
    """
    _open(application)
    place = school or _school(application, cohort.programme.office, now)
    _decide(application, Application.State.ACCEPTED, reasons, by, place.today(now))
    application.cohort = cohort
    application.save(update_fields=["cohort"])
    enrol(cohort, place, application=application, now=now)
    application.refresh_from_db()
    return application


@transaction.atomic
def decline(application: Application, *, reasons: str, by: User, today: date) -> None:
    """Say no, and why. Refuses with Decided, NoReasons."""
    _open(application)
    _decide(application, Application.State.DECLINED, reasons, by, today)


def _open(application: Application) -> None:
    application.refresh_from_db()
    if not application.is_open:
        raise Decided


def _decide(application: Application, state: str, reasons: str, by: User, today: date) -> None:
    if not reasons.strip():
        raise NoReasons
    application.state, application.reasons = state, reasons.strip()
    application.decided_by, application.decided_on = by, today
    application.save(update_fields=["state", "reasons", "decided_by", "decided_on"])


def _school(application: Application, office: Office, now: datetime) -> School:
    """Return the school of this NCES number if the office sees it already, else a new one linked with the office."""
    here = School.objects.filter(nces_id=application.nces_id).first() if application.nces_id else None
    if here and here.office_id != office.pk:
        raise NotYours
    if here:
        return here
    made = School(name=application.school_name, place=application.place, time_zone=application.time_zone)
    made.nces_id, made.office, made.created_on = application.nces_id, office, made.today(now)
    made.save()
    return made
