"""Who came, and what schools said of the help they got: counts, never people."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from colead.programme.models import Ask, Attendance, Cohort, Gathering, Programme


@dataclass(frozen=True)
class CameOnce:
    """A check-in or a module: how many of the schools that were in the cohort came."""

    held_on: date
    kind: str
    module: str
    came: int
    schools: int


@dataclass(frozen=True)
class CohortAttendance:
    """Everything a cohort held, in order."""

    cohort: Cohort
    held: tuple[CameOnce, ...]

    @property
    def came(self) -> int:
        return sum(one.came for one in self.held)

    @property
    def places(self) -> int:
        """How many times a school could have come."""
        return sum(one.schools for one in self.held)


def attendance(programme: Programme, *, today: date) -> tuple[CohortAttendance, ...]:
    """Return who came to what, cohort by cohort, the oldest first."""
    return tuple(_held(cohort, today) for cohort in programme.cohorts.order_by("starts_on", "pk"))


def _held(cohort: Cohort, today: date) -> CohortAttendance:
    enrolments = list(cohort.enrolments.in_sight())
    numbers = [one.school_id for one in enrolments]
    came = dict(
        Attendance.objects.filter(gathering__cohort=cohort, school__in=numbers)
        .order_by()
        .values_list("gathering")
        .annotate(n=Count("pk"))
    )
    gatherings = Gathering.objects.filter(cohort=cohort, held_on__lte=today).order_by("held_on", "pk")
    return CohortAttendance(
        cohort,
        tuple(
            CameOnce(
                held_on=one.held_on,
                kind=one.kind,
                module=one.module,
                came=came.get(one.pk, 0),
                schools=sum(
                    e.joined_on <= one.held_on and (e.left_on is None or e.left_on >= one.held_on) for e in enrolments
                ),
            )
            for one in gatherings
        ),
    )


@dataclass(frozen=True)
class HelpGiven:
    """What schools said of the help they asked for; `silent` asks were closed without a word on it."""

    asked: int
    open: int
    yes: int
    partly: int
    no: int
    silent: int


def help_given(programme: Programme) -> HelpGiven:
    """Count asks by the school's own word on them."""
    found = dict(
        Ask.objects.filter(programme=programme, closed_on__isnull=False)
        .order_by()
        .values_list("helped")
        .annotate(n=Count("pk"))
    )
    still = Ask.objects.filter(programme=programme, closed_on=None).count()
    words = Ask.Helped
    return HelpGiven(
        asked=sum(found.values()) + still,
        open=still,
        yes=found.get(words.YES, 0),
        partly=found.get(words.PARTLY, 0),
        no=found.get(words.NO, 0),
        silent=found.get("", 0),
    )
