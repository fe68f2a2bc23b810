"""One year of a programme, drawn from records: what an office tells those who pay for it and those who vote for it.

Nothing in it was written by a team for itself. Quotes come from published stories, with a yes that stands; figures come
from released results alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from colead.programme.models import Ask, Gathering, Programme, Recognition, Stay, Story, Visit
from colead.programme.queries.company_figures import CameOnce, attendance
from colead.programme.queries.outcomes import Outcomes, outcomes

FIRST_MONTH = 7  # a school year begins in July, where budgets do


@dataclass(frozen=True)
class Year:
    """A school year, named by the year in which it begins."""

    begins: int

    @property
    def first(self) -> date:
        return date(self.begins, FIRST_MONTH, 1)

    @property
    def last(self) -> date:
        return date(self.begins + 1, FIRST_MONTH - 1, 30)

    @property
    def name(self) -> str:
        return f"{self.begins}–{(self.begins + 1) % 100:02d}"

    def holds(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last


def year_of(day: date) -> Year:
    """Return the school year in which a day lies."""
    return Year(day.year if day.month >= FIRST_MONTH else day.year - 1)


@dataclass(frozen=True)
class InPhase:
    """A school that was in the programme during the year: where, since when, in which phase at the year's end."""

    school: str
    place: str
    cohort: str
    phase: str


@dataclass(frozen=True)
class Together:
    """What a cohort held in the year: how often, and how many of the places schools took."""

    cohort: str
    held: int
    came: int
    places: int


@dataclass(frozen=True)
class Told:
    """A published story, with the words of those who said yes to being quoted."""

    story: Story
    school: str
    quotes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class YearReport:
    """Everything the year's report says."""

    programme: Programme
    year: Year
    schools: tuple[InPhase, ...]
    together: tuple[Together, ...]
    visits: tuple[tuple[str, int], ...]
    help_asked: int
    help_closed: int
    help_helped: int
    outcomes: Outcomes
    stories: tuple[Told, ...]
    recognitions: tuple[Recognition, ...]


def years_of(programme: Programme, *, today: date) -> tuple[Year, ...]:
    """List the school years that the programme has seen, the latest first."""
    starts = [cohort.starts_on for cohort in programme.cohorts.all()]
    first = year_of(min([programme.started_on, *starts])).begins
    return tuple(Year(begins) for begins in range(year_of(today).begins, first - 1, -1))


def year_report(programme: Programme, year: Year, *, known: Outcomes | None = None, today: date) -> YearReport:
    """Draw up a year from the records. Outcomes compare each school's first result with its latest up to today.

    They are the same for every year: whoever draws up several hands in what is `known`.
    """
    until = min(year.last, today)
    asks = Ask.objects.filter(programme=programme, asked_on__range=(year.first, until))
    return YearReport(
        programme=programme,
        year=year,
        schools=tuple(_schools(programme, year, until)),
        together=tuple(_together(programme, year, until)),
        visits=tuple(_visits(programme, year, until)),
        help_asked=asks.count(),
        help_closed=asks.filter(closed_on__isnull=False).count(),
        help_helped=asks.filter(helped__in=(Ask.Helped.YES, Ask.Helped.PARTLY)).count(),
        outcomes=known or outcomes(programme),
        stories=tuple(_stories(programme, year, until)),
        recognitions=tuple(_recognitions(programme, year, until)),
    )


def _schools(programme: Programme, year: Year, until: date) -> Iterable[InPhase]:
    for cohort in programme.cohorts.order_by("starts_on", "pk"):
        here = cohort.enrolments.in_sight().filter(joined_on__lte=until)
        here = (
            here.filter(Q(left_on=None) | Q(left_on__gte=year.first)).select_related("school").order_by("school__name")
        )
        phases = _phases([one.pk for one in here], until)
        for one in here:
            yield InPhase(one.school.name, one.school.place, cohort.name, phases.get(one.pk, ""))


def _phases(enrolments: list[int], until: date) -> dict[int, str]:
    """Return the phase of each enrolment on the day `until`."""
    stays = (
        Stay.objects.filter(enrolment__in=enrolments, since__lte=until).select_related("phase").order_by("since", "pk")
    )
    return {stay.enrolment_id: stay.phase.name for stay in stays}


def _together(programme: Programme, year: Year, until: date) -> Iterable[Together]:
    for one in attendance(programme, today=until):
        held = [met for met in one.held if year.holds(met.held_on)]
        if held:
            yield Together(one.cohort.name, len(held), _sum(held, "came"), _sum(held, "schools"))


def _sum(held: Iterable[CameOnce], what: str) -> int:
    return sum(getattr(one, what) for one in held)


def _visits(programme: Programme, year: Year, until: date) -> Iterable[tuple[str, int]]:
    held = Visit.objects.agreed().filter(programme=programme, on_day__range=(year.first, until))
    for kind, label in Visit.Kind.choices:
        if count := held.filter(kind=kind).count():
            yield str(label), count


def _stories(programme: Programme, year: Year, until: date) -> Iterable[Told]:
    found = Story.objects.readable().filter(published_on__range=(year.first, until))
    found = found.filter(_team_in_sight(programme)).select_related("team__school").distinct()
    for story in found.prefetch_related("lines__said_by__user").order_by("published_on", "pk"):
        lines = [line for line in story.lines.all() if line.is_quote and line.may_be_shown]
        yield Told(story, story.team.school.name, tuple((line.body, line.speaker) for line in lines))


def _team_in_sight(programme: Programme) -> Q:
    enrolled = Q(team__school__enrolments__cohort__programme=programme)
    return enrolled & Q(team__school__office=programme.office_id)


def _recognitions(programme: Programme, year: Year, until: date) -> Iterable[Recognition]:
    found = Recognition.objects.filter(_team_in_sight(programme), given_on__range=(year.first, until))
    return found.select_related("team__school").distinct().order_by("given_on", "pk")


def gatherings_in(programme: Programme) -> list[Gathering]:
    """List everything that the programme's cohorts held or plan, in order."""
    found = Gathering.objects.filter(cohort__programme=programme).select_related("cohort")
    return list(found.order_by("held_on", "pk"))
