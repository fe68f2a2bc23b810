"""A and B weeks, and the day on which a team meets next. Pure: days in, days out."""

from datetime import date, timedelta
from typing import Literal


class Every:
    """How often a team meets."""

    WEEK: Literal["week"] = "week"
    A: Literal["a"] = "a"
    B: Literal["b"] = "b"


def week_of(day: date, a_week: date) -> str:
    """Return whether a day lies in an A or a B week, counted from any day in an A week."""
    return "A" if (_monday(day) - _monday(a_week)).days // 7 % 2 == 0 else "B"


def next_day(*, weekday: int, every: str, a_week: date | None, after: date) -> date:
    """Return the first day after `after` that is this weekday, in a week of the right kind."""
    day = after + timedelta(days=(weekday - after.weekday() - 1) % 7 + 1)
    if every == Every.WEEK or a_week is None:
        return day
    return day if week_of(day, a_week).lower() == every else day + timedelta(weeks=1)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
