"""The week of a person or a team as a calendar file: one entry a lesson and day, in the school's own time."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from colead.documents import Event
from colead.practices.models import Scenario
from colead.practices.queries.weeks import belongs, details
from colead.timetable import Schedule, Slot, team_times
from colead.web.calendars import entry_id

LONGEST = timedelta(days=400)
WEEK = 7
SCHOOL_DAYS = 5
NAMED = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def days_of(schedule: Schedule, first: date, last: date) -> Iterator[tuple[date, int]]:
    """Yield each date that has lessons, with its day of the cycle.

    Days called after weekdays fall on them, weeks taking turns from the first on; any other cycle runs on from school
    day to school day, Monday to Friday.
    """
    weekdays = _weekdays(schedule)
    count = 0
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if weekdays:
            week = ((number + first.weekday()) // WEEK) % len(schedule.weeks)
            if (found := weekdays.get((schedule.weeks[week], day.weekday()))) is not None:
                yield day, found
        elif day.weekday() < SCHOOL_DAYS:
            yield day, count % len(schedule.days)
            count += 1


def _weekdays(schedule: Schedule) -> dict[tuple[str, int], int]:
    """Say which weekday of which week each day is; empty where the names do not tell."""
    found: dict[tuple[str, int], int] = {}
    for place, day in enumerate(schedule.days):
        if day.name[:3].lower() not in NAMED:
            return {}
        found[day.week, NAMED.index(day.name[:3].lower())] = place
    return found if len(found) == len(schedule.days) else {}


def events_of(
    scenario: Scenario, schedule: Schedule, kind: str, name: str, *, first: date, last: date, stamp: datetime
) -> tuple[Event, ...]:
    """Return the lessons of a person and the time their teams have, or a team's time alone, day by day."""
    week = tuple(_person(schedule, name) if kind == "person" else _team(schedule, {name}))
    zone = ZoneInfo(scenario.timetable.team.school.time_zone)
    return tuple(
        Event(
            uid=entry_id(f"{_short(what, where, slots)}-{day.isoformat()}-{scenario.pk}"),
            stamp=stamp,
            summary=what,
            first=_at(schedule, day, slots[0], zone, end=False),
            last=_at(schedule, day, slots[-1], zone, end=True),
            description=where,
            sequence=max(scenario.version - 1, 0),
            busy=True,
        )
        for day, place in days_of(schedule, first, last)
        for what, where, slots in week
        if slots[0].day == place
    )


Timed = tuple[str, str, tuple[Slot, ...]]


def _person(schedule: Schedule, name: str) -> Iterator[Timed]:
    fits = belongs(schedule, "person", name)
    for lesson in schedule.lessons:
        if lesson.slots and fits(lesson):
            yield lesson.subject, details(lesson), lesson.slots
    yield from _team(schedule, {team.name for team in schedule.teams if name in team.members})


def _team(schedule: Schedule, names: set[str]) -> Iterator[Timed]:
    for found in team_times(schedule):
        for block in found.blocks if found.team in names else ():
            yield _("Time for %s") % found.team, "", block.slots


def _at(schedule: Schedule, day: date, slot: Slot, zone: ZoneInfo, *, end: bool) -> datetime:
    period = schedule.period(slot)
    minutes = period.end if end else period.start
    return datetime.combine(day, time(), tzinfo=zone) + timedelta(minutes=minutes)  # on the clock of the wall


def _short(what: str, where: str, slots: tuple[Slot, ...]) -> str:
    return sha256(f"{what}|{where}|{slots}".encode()).hexdigest()[:16]
