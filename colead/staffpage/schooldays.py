"""Count school days: Monday to Friday, less the days off that the school has told us. Nothing here asks a clock."""

from collections.abc import Iterable
from datetime import date, timedelta

ANSWER_WITHIN = 10  # school days from the day a finding is written to the day its answer is due

Span = tuple[date, date]  # first and last day off


def is_school_day(day: date, off: Iterable[Span] = ()) -> bool:
    """Say whether school is in on a day."""
    return day.weekday() < 5 and not any(first <= day <= last for first, last in off)


def after_school_days(start: date, count: int, off: Iterable[Span] = ()) -> date:
    """Return the school day that is `count` school days after `start`; `start` itself does not count.

    A school that has marked a year and a half as days off has told us nothing: then weekdays alone count.
    """
    spans, day, left = tuple(off), start, count
    for _step in range(count * 3 + 550):
        day += timedelta(days=1)
        left -= is_school_day(day, spans)
        if left <= 0:
            return day
    return after_school_days(start, count)


def answer_due(found_on: date, off: Iterable[Span] = ()) -> date:
    """Return the last day on which an answer to a finding is in time."""
    return after_school_days(found_on, ANSWER_WITHIN, off)
