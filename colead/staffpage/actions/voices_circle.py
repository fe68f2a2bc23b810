"""Publish, once a month, how many have ever taken part. What was published stays, whatever happens to the records."""

from datetime import date, datetime, timedelta

from django.db import transaction

from colead.analysis.circle import by_group, groups_of, next_published
from colead.schools.models import RosterEntry, School
from colead.staffpage.models import CircleMonth
from colead.staffpage.queries.voices_circle import heard_until, listed_at, wrote_until

Kind = CircleMonth.Kind


@transaction.atomic
def publish_months(school: School, *, now: datetime) -> int:
    """Publish every month that is over and not published yet; return how many were."""
    School.objects.select_for_update().get(pk=school.pk)
    if school.roster.here().count() == 0:
        return 0
    due = list(_months_due(school, school.today(now)))
    for month in due:
        _publish(school, month)
    return len(due)


def _months_due(school: School, today: date) -> list[date]:
    last = school.circle_months.order_by("month").last()
    month = next_month(last.month) if last else school.created_on.replace(day=1)
    found = []
    while next_month(month) <= today:
        found.append(month)
        month = next_month(month)
    return found


def next_month(month: date) -> date:
    """Return the first day of the month after."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def _publish(school: School, month: date) -> None:
    listed, before = listed_at(school), _before(school)
    groups = tuple(group for kind, group in before if kind == Kind.WROTE) or groups_of(
        listed, never=(RosterEntry.Job.ADMINISTRATOR,)
    )
    end = next_month(month) - timedelta(days=1)
    wrote, heard = by_group(wrote_until(school, end), groups), by_group(heard_until(school, end), groups)
    on_list = by_group(listed, groups)
    rows = [
        CircleMonth(school=school, month=month, kind=kind, group=group, people=people)
        for group in groups
        for kind, people in (
            (Kind.WROTE, next_published(before.get((Kind.WROTE, group), 0), wrote[group], on_list[group])),
            (Kind.HEARD, next_published(before.get((Kind.HEARD, group), 0), heard[group])),
        )
    ]
    CircleMonth.objects.bulk_create(rows)


def _before(school: School) -> dict[tuple[str, str], int]:
    """Return what the newest published month says. Its groups hold for good: regrouping would give people away."""
    last = school.circle_months.order_by("month").last()
    rows = school.circle_months.filter(month=last.month) if last else ()
    return {(row.kind, row.group): row.people for row in rows}
