"""Fill a cohort's calendar, move it with the cohort's first day, change single dates."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from colead.content.programme import ProgrammeFile
from colead.programme.almanac import days_of
from colead.programme.models import Cohort, CohortDate
from colead.schools.actions import Refusal


class EndsFirst(Refusal):
    """Refuse a date that ends before it begins."""

    reason = _("The last day cannot lie before the first.")


@dataclass(frozen=True)
class DateFacts:
    """What is said of a date. `kept`: it stays where it is when the cohort's first day moves."""

    kind: str
    title: str
    starts_on: date
    ends_on: date
    kept: bool = True


def fill_calendar(cohort: Cohort, begins_with: ProgrammeFile) -> None:
    """Write the template's days into a new cohort's calendar."""
    CohortDate.objects.bulk_create(
        CohortDate(cohort=cohort, **day.__dict__) for day in days_of(begins_with.dates, cohort.starts_on)
    )


@transaction.atomic
def move_calendar(cohort: Cohort, begins_with: ProgrammeFile) -> None:
    """Move every date of the template that nobody keeps to where it falls from the cohort's first day."""
    days = {day.key: day for day in days_of(begins_with.dates, cohort.starts_on)}
    moved = [one for one in cohort.dates.select_for_update().filter(kept=False) if one.key in days]
    for one in moved:
        one.starts_on, one.ends_on = days[one.key].starts_on, days[one.key].ends_on
    CohortDate.objects.bulk_update(moved, ["starts_on", "ends_on"])


def add_date(cohort: Cohort, facts: DateFacts) -> CohortDate:
    """Add a date of the office's own. Refuses with EndsFirst."""
    _check(facts)
    return cohort.dates.create(**facts.__dict__)


def change_date(day: CohortDate, facts: DateFacts) -> None:
    """Change a date. Refuses with EndsFirst."""
    _check(facts)
    for name, value in facts.__dict__.items():
        setattr(day, name, value)
    day.save()


def drop_date(day: CohortDate) -> None:
    """Take a date out of the calendar."""
    day.delete()


def _check(facts: DateFacts) -> None:
    if facts.ends_on < facts.starts_on:
        raise EndsFirst
