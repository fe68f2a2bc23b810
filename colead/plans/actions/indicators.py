"""Choose what to count, and put values on it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from colead.accounts.models import User
from colead.plans.models import Indicator, Point, Trial
from colead.plans.pasting import Value
from colead.texts.actions import save_new, save_text


def add_indicator(trial: Trial, *, by: User, now: datetime, **facts: Any) -> Indicator:
    """Choose something to count for a test."""
    return save_new(Indicator(team=trial.team, trial=trial, **facts), by=by, now=now)


@transaction.atomic
def put_values(indicator: Indicator, values: Iterable[Value], *, by: User, now: datetime) -> int:
    """Put values on an indicator, all or none; a day that has one gets the new one. Return how many changed."""
    locked = Indicator.objects.select_for_update().get(pk=indicator.pk)
    known = {point.on: point for point in locked.points.all()}
    return sum(_put(indicator, known.get(value.on), value, by, now) for value in values)


def _put(indicator: Indicator, point: Point | None, value: Value, by: User, now: datetime) -> bool:
    facts = {"value": value.value, "n": value.n, "note": value.note}
    if not point:
        save_new(Point(indicator=indicator, on=value.on, **facts), by=by, now=now)
        return True
    before = point.version
    return save_text(point, based_on=before, by=by, now=now, **facts).version > before


def take_off(point: Point, *, by: User, now: datetime) -> None:
    """Take a value off again; its history keeps it, and who took it off."""
    point._history_user = by  # type: ignore[attr-defined]  # read by simple_history
    point._history_date = now  # type: ignore[attr-defined]
    point.delete()


def put_away(indicator: Indicator, *, by: User, now: datetime) -> Indicator:
    """Stop counting something; what was counted is kept."""
    return save_text(indicator, based_on=indicator.version, by=by, now=now, put_away_on=indicator.team.today(now))
