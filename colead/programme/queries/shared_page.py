"""What an office sees of a school: one value, made once, for the office and for the school itself."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import get_language

from colead.content.loader import load
from colead.programme.models import (
    Application,
    Ask,
    CohortDate,
    Enrolment,
    OfficeWave,
    Opening,
    Priority,
    Share,
    Stay,
    Visit,
)
from colead.programme.models.sharing import OfficeWaves
from colead.schools.models import School
from colead.surveys.models import Wave

COMING = timedelta(days=62)
NEWEST = 3


@dataclass(frozen=True)
class Said:
    """What a school sent before a check-in, only the parts it ticked for others: (what it is, words)."""

    held_on: date
    sent_on: date | None
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SharedPage:
    """Everything on the page, in the order in which it stands there."""

    school: School
    enrolments: tuple[Enrolment, ...]
    stays: tuple[Stay, ...]
    year: int
    priority: Priority | None
    earlier: tuple[Priority, ...]
    said: tuple[Said, ...]
    results: tuple[OfficeWave, ...]
    pooled: tuple[OfficeWave, ...]  # in the figures over all schools, and not read by themselves
    planned: tuple[OfficeWave, ...]
    asks: tuple[Ask, ...]
    visits: tuple[Visit, ...]
    days: tuple[CohortDate, ...]
    application: Application | None
    openings: tuple[Opening, ...]

    @property
    def priority_condition(self) -> str:
        """Return the name of the condition that the priority is about, or nothing."""
        slug = self.priority.condition if self.priority else ""
        return next((one.name for one in load(get_language() or "en").conditions if one.slug == slug), "")

    @property
    def now_in(self) -> Stay | None:
        """Return the phase the school is in."""
        return next((stay for stay in self.stays if stay.until is None), None)


def shared_page(school: School, *, today: date) -> SharedPage:
    """Gather what the school shared, agreed to or released. Nothing else is read, so nothing else can be shown."""
    enrolments = tuple(
        school.enrolments.in_sight()
        .select_related("cohort__programme", "application__decided_by")
        .order_by("joined_on")
    )
    stays = Stay.objects.filter(enrolment__in=enrolments).select_related("phase").order_by("since", "pk")
    stated = list(school.shared_priorities.all())
    waves = list(
        OfficeWave.objects.filter(wave__school=school).select_related("wave", "round").order_by("-wave__opens")
    )
    current = [one for one in enrolments if one.left_on is None]
    days = CohortDate.objects.filter(cohort__in=[one.cohort for one in current])
    return SharedPage(
        school=school,
        enrolments=enrolments,
        stays=tuple(stays),
        year=current[-1].year(today) if current else 0,
        priority=next((one for one in stated if one.until is None), None),
        earlier=tuple(one for one in stated if one.until),
        said=_said(school),
        results=tuple(one for one in waves if one.wave.is_sealed and one.shown_on),
        pooled=tuple(one for one in waves if one.wave.is_sealed and not one.shown_on),
        planned=tuple(one for one in waves if not one.wave.is_sealed),
        asks=tuple(Ask.objects.filter(team__school=school, closed_on=None).select_related("helper")),
        visits=tuple(Visit.objects.agreed().filter(host__school=school).order_by("-on_day")[:NEWEST]),
        days=tuple(days.filter(ends_on__gte=today, starts_on__lte=today + COMING).order_by("starts_on", "pk")),
        application=next((one.application for one in reversed(enrolments) if one.application), None),
        openings=tuple(school.openings.select_related("user")[:NEWEST]),
    )


def _said(school: School) -> tuple[Said, ...]:
    sent = Share.objects.filter(team__school=school, sent_on__isnull=False).select_related("gathering")
    return tuple(
        Said(share.gathering.held_on, share.sent_on, _ticked(share))
        for share in sent.order_by("-gathering__held_on", "pk")[:NEWEST]
    )


def _ticked(share: Share) -> tuple[tuple[str, str], ...]:
    names = [name for name in Share.PARTS if name in share.chosen and getattr(share, name)]
    return tuple((str(Share._meta.get_field(name).verbose_name), getattr(share, name)) for name in names)  # type: ignore[union-attr]


def openings_of(school: School) -> list[Opening]:
    """Return every time somebody of the office opened something of the school, the last one first."""
    return list(school.openings.select_related("user", "office", "wave")[:500])


def showable(school: School) -> list[Wave]:
    """Return the results that the office does not read by themselves yet."""
    return list(school.waves.sealed().filter(for_office__shown_on=None))


def office_waves(school: School) -> OfficeWaves:
    """Return the school's released results that its office may read by themselves."""
    return OfficeWave.objects.shown().filter(wave__school=school).select_related("wave__school")
