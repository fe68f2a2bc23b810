"""A cohort's days as a calendar file."""

from datetime import datetime

from colead.documents.ics import Event, ical
from colead.programme.models import CohortDate


def calendar_of(name: str, days: list[CohortDate], *, now: datetime) -> bytes:
    """Return the days as all-day entries; they keep their names, so that a calendar that has them moves them."""
    return ical(name, [_event(day, now) for day in days])


def _event(day: CohortDate, now: datetime) -> Event:
    return Event(
        uid=f"cohort-date-{day.pk}@colead",
        stamp=now,
        summary=f"{day.title} ({day.cohort.name})",
        first=day.starts_on,
        last=day.ends_on,
    )
