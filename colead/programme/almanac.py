"""Reckon the days of a cohort from the template and its first day. Nothing here knows a database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from colead.content.programme import DateLine

WEEK = 7


@dataclass(frozen=True)
class Day:
    """One entry of a calendar: `key` is its place in the template, such as "check-in:2:10"."""

    key: str
    kind: str
    title: str
    starts_on: date
    ends_on: date


def days_of(lines: tuple[DateLine, ...], starts_on: date) -> Iterator[Day]:
    """Yield every entry of the template for a cohort that begins on that day."""
    for line in lines:
        for year in line.years:
            for after in line.after:
                first = _day(starts_on, (year - 1) * 12 + after, line.week, line.weekday)
                last = first + timedelta(days=line.days - 1)
                yield Day(f"{line.key}:{year}:{after}", line.kind, line.title, first, last)


def _day(starts_on: date, months: int, week: int, weekday: int) -> date:
    """Return the n-th such weekday of the month so many months after that of the first day.

    In the first day's own month nothing lies before it.
    """
    month = starts_on.month - 1 + months
    first = date(starts_on.year + month // 12, month % 12 + 1, 1)
    day = first + timedelta(days=(weekday - first.weekday()) % WEEK + WEEK * (week - 1))
    while not months and day < starts_on:
        day += timedelta(days=WEEK)
    return day
