"""Write events as a calendar that phones subscribe to (RFC 5545). Pure: the same events give the same bytes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Timezone, TimezoneDaylight, TimezoneStandard
from icalendar import Event as Entry
from icalendar.prop import vDuration, vText, vUri

from colead.documents.ready import cleaned

PRODUCT = "-//Colead//Calendar//EN"
ONE_DAY = timedelta(days=1)
ONE_MINUTE = timedelta(minutes=1)


class CannotSchedule(ValueError):
    """The event cannot stand in a calendar; the message says why."""


@dataclass(frozen=True)
class Event:
    """One entry of a calendar.

    Dates make an all-day entry that includes its `last` day, wherever the phone is; times carry their own
    `ZoneInfo`, so that three o'clock stays three o'clock when the clocks change. `uid` never changes, `stamp` is when
    the facts were last changed (with a time zone), `sequence` how often. `busy` blocks the time for others.
    """

    uid: str
    stamp: datetime
    summary: str
    first: date | datetime
    last: date | datetime
    description: str = ""
    url: str = ""
    sequence: int = 0
    busy: bool = False


def ical(name: str, events: Sequence[Event], *, language: str = "en") -> bytes:
    """Write a calendar as bytes, entries in order of their day and uid; refuses with `CannotSchedule`."""
    _check(events)
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("NAME", vText(cleaned(name)), parameters={"LANGUAGE": language})
    calendar.add("X-WR-CALNAME", vText(cleaned(name)))
    calendar.add("REFRESH-INTERVAL", vDuration(timedelta(hours=6)), parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vText("PT6H"))
    _add_zones(calendar, events)
    for event in sorted(events, key=lambda one: (one.first.isoformat(), one.uid)):
        calendar.add_component(_entry(event))
    return bytes(calendar.to_ical())


def _check(events: Sequence[Event]) -> None:
    uids = [event.uid for event in events]
    if len(set(uids)) < len(uids):
        raise CannotSchedule("Two entries have the same uid.")
    for event in events:
        if event.stamp.tzinfo is None:
            raise CannotSchedule(f"“{event.summary}” was changed at a time without a time zone.")
        if isinstance(event.first, datetime) is not isinstance(event.last, datetime):
            raise CannotSchedule(f"“{event.summary}” begins at a time and ends on a day, or the other way round.")
        if not all(_has_place(end) for end in (event.first, event.last)):
            raise CannotSchedule(f"“{event.summary}” needs a time zone with a name, such as America/Chicago.")
        if event.last < event.first:
            raise CannotSchedule(f"“{event.summary}” ends before it begins.")


def _has_place(end: date | datetime) -> bool:
    return not isinstance(end, datetime) or isinstance(end.tzinfo, ZoneInfo)


def _entry(event: Event) -> Entry:
    entry = Entry()
    entry.add("UID", event.uid)
    entry.add("DTSTAMP", event.stamp.astimezone(UTC))
    entry.add("LAST-MODIFIED", event.stamp.astimezone(UTC))
    entry.add("SEQUENCE", event.sequence)
    entry.add("SUMMARY", " ".join(cleaned(event.summary).split()))
    entry.add("DTSTART", event.first)
    entry.add("DTEND", event.last if isinstance(event.last, datetime) else event.last + ONE_DAY)
    if event.description:
        entry.add("DESCRIPTION", cleaned(event.description))
    if event.url:
        entry.add("URL", vUri(event.url))
    entry.add("TRANSP", "OPAQUE" if event.busy else "TRANSPARENT")
    return entry


def _add_zones(calendar: Calendar, events: Sequence[Event]) -> None:
    """Tell a phone how the clocks change in each zone that an event names, over the years the events are in."""
    times = [end for event in events for end in (event.first, event.last) if isinstance(end, datetime)]
    for zone in sorted({str(time.tzinfo) for time in times}):
        years = [time.year for time in times if str(time.tzinfo) == zone]
        calendar.add_component(_zone(ZoneInfo(zone), min(years), max(years)))


def _zone(zone: ZoneInfo, first: int, last: int) -> Timezone:
    """Return a VTIMEZONE with one part for the clock at the start of `first`, and one for each change until `last`.

    Written here because icalendar 7.3 puts the spring change an hour late.
    """
    component = Timezone()
    component.add("TZID", str(zone))
    start, end = datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 2, tzinfo=UTC)
    opening = start.astimezone(zone)
    _add_clock(component, opening.replace(tzinfo=None), opening, opening.utcoffset() or timedelta())
    for before, after in _changes(zone, start, end):
        was = before.utcoffset() or timedelta()
        onset = (after.astimezone(UTC) + was).replace(tzinfo=None)  # on the clock that is about to change
        _add_clock(component, onset, after, was)
    return component


def _add_clock(component: Timezone, onset: datetime, after: datetime, was: timedelta) -> None:
    part = TimezoneDaylight() if after.dst() else TimezoneStandard()
    part.add("DTSTART", onset)
    part.add("TZOFFSETFROM", was)
    part.add("TZOFFSETTO", after.utcoffset())
    part.add("TZNAME", after.tzname())
    component.add_component(part)


def _changes(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield the minute before and the minute after each change of the clock, in that zone."""
    day = start
    while day < end:
        low, high = day, day + ONE_DAY
        if low.astimezone(zone).utcoffset() != high.astimezone(zone).utcoffset():
            while high - low > ONE_MINUTE:
                middle = low + (high - low) // (2 * ONE_MINUTE) * ONE_MINUTE
                same = middle.astimezone(zone).utcoffset() == low.astimezone(zone).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            yield low.astimezone(zone), high.astimezone(zone)
        day += ONE_DAY
