"""Take schools in from a file: all of them, or none."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from colead.programme.actions.programmes import enrol
from colead.programme.bulk import Row, judged
from colead.programme.models import Cohort
from colead.schools.actions import Refusal
from colead.schools.models import School


class RowsRefused(Refusal):
    """Refuse a file in which a row cannot come in: nothing of it does."""

    reason = _("A row cannot come in, so nothing did. Mend the file and choose it again.")


def judge(cohort: Cohort, rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return what would become of each row as things stand now."""
    given = [row.nces_id for row in rows if row.nces_id]
    known = dict(School.objects.filter(nces_id__in=given).order_by().values_list("nces_id", "office_id"))
    office = cohort.programme.office_id
    ours = frozenset(nces for nces, of in known.items() if of == office)
    return judged(rows, zones=frozenset(available_timezones()), ours=ours, taken=frozenset(known) - ours)


@transaction.atomic
def take_in(cohort: Cohort, rows: Sequence[Row], *, now: datetime) -> int:
    """Make the schools that are new, and bring all of them into the cohort; return how many came in.

    They are linked with the office from the start, and empty: their principals are invited one by one. Refuses with
    RowsRefused.
    """
    fresh = judge(cohort, rows)
    if not fresh or any(row.problem for row in fresh):
        raise RowsRefused
    came = 0
    for row in fresh:
        school = _school(cohort, row, now)
        if not cohort.enrolments.filter(school=school).exists():
            enrol(cohort, school, now=now)
            came += 1
    return came


def _school(cohort: Cohort, row: Row, now: datetime) -> School:
    if row.here:
        return School.objects.get(nces_id=row.nces_id)
    school = School(name=row.name, place=row.place, time_zone=row.time_zone, nces_id=row.nces_id)
    school.office, school.created_on = cohort.programme.office, school.today(now)
    school.save()
    return school
