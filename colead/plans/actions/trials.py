"""Plan a small test, give it its place, begin it, close it. One is the team's priority, the others are watched."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.plans.models import PurposeMap, Step, Trial
from colead.schools.actions import Refusal
from colead.schools.models import Team
from colead.texts.actions import save_new, save_text

ACTIVE, WATCHING = Trial.Place.ACTIVE, Trial.Place.WATCHING


class PriorityTaken(Refusal):
    """Refuse a second priority: `current` is the one the team has."""

    def __init__(self, current: Trial) -> None:
        super().__init__(f"{current} is the priority")
        self.current = current
        self.reason = _now("“%s” is your one priority. Watch it until a day, or close it, first.") % current


class NoReviewDate(Refusal):
    """Refuse to watch something without a day to look at it again, from tomorrow on."""

    reason = _("Say on which day, from tomorrow on, you look at it again.")


class OnlyThePriorityBegins(Refusal):
    """Refuse to begin what is only watched."""

    reason = _("Make it your one priority first, then begin.")


class ClosedAlready(Refusal):
    """Refuse to move a test that is closed."""

    reason = _("This test is closed. Plan the next one from it.")


class RunsAlready(Refusal):
    """Refuse to let go in silence of a test that has begun."""

    reason = _("This test has begun. Write down what came of it, then close it there.")


@transaction.atomic
def plan_trial(
    team: Team,
    *,
    place: str,
    by: User,
    now: datetime,
    review_on: date | None = None,
    other_until: date | None = None,
    **facts: Any,
) -> Trial:
    """Write down a small test, as the priority or as one that is watched until `review_on`.

    Where there is a priority already, `other_until` watches that one instead. Refuses PriorityTaken and NoReviewDate.
    """
    _lock(team)
    trial = Trial(team=team, place=place, **facts)
    if place == ACTIVE:
        _make_room(team, trial, other_until, by=by, now=now)
    else:
        trial.review_on = _later(team, review_on, now)
    return save_new(trial, by=by, now=now)


@transaction.atomic
def prioritize(trial: Trial, *, by: User, now: datetime, note: str = "", other_until: date | None = None) -> Trial:
    """Make a test the one priority; the one before is watched until `other_until`, or refuses with PriorityTaken."""
    current = _open(trial)
    _make_room(trial.team, current, other_until, by=by, now=now)
    return _put(current, by=by, now=now, place=ACTIVE, review_on=None, place_note=note)


@transaction.atomic
def watch(trial: Trial, *, review_on: date | None, by: User, now: datetime, note: str = "") -> Trial:
    """Let a test wait until a day on which the team looks at it again; one that runs is paused."""
    current = _open(trial)
    day = _later(trial.team, review_on, now)
    return _put(current, by=by, now=now, place=WATCHING, state=Trial.State.PLANNED, review_on=day, place_note=note)


@transaction.atomic
def begin(trial: Trial, *, by: User, now: datetime) -> Trial:
    """Begin the priority today, or on the day that was planned where that has passed."""
    current = _open(trial)
    if current.place != ACTIVE:
        raise OnlyThePriorityBegins
    today = trial.team.today(now)
    begins = min(current.begins_on or today, today)
    return _put(current, by=by, now=now, state=Trial.State.RUNNING, begins_on=begins)


def let_go(trial: Trial, *, by: User, now: datetime) -> Trial:
    """Close a test that never began. Refuses RunsAlready: what ran is closed with its impact assessment."""
    if trial.state == Trial.State.RUNNING:
        raise RunsAlready
    return close(trial, by=by, now=now)


@transaction.atomic
def close(trial: Trial, *, by: User, now: datetime) -> Trial:
    """Close a test; the place of the priority is free again."""
    return _put(_open(trial), by=by, now=now, state=Trial.State.CLOSED, closed_on=trial.team.today(now))


@transaction.atomic
def steps_from_map(trial: Trial, source: PurposeMap, *, by: User, now: datetime) -> list[Step]:
    """Put the first steps of a purpose map on the timeline, one a line."""
    lines = [line.strip(" \t-*•") for line in source.first_steps.splitlines()]
    steps = [Step(team=trial.team, trial=trial, what=line) for line in lines if line]
    return [save_new(step, by=by, now=now) for step in steps]


def _lock(team: Team) -> None:
    """Let nobody else move this team's tests until the transaction ends."""
    Team.objects.select_for_update().get(pk=team.pk)


def _open(trial: Trial) -> Trial:
    """Return the test as it stands now, with its team's tests locked. Refuses ClosedAlready."""
    _lock(trial.team)
    current = Trial.objects.select_related("team__school").get(pk=trial.pk)
    if current.state == Trial.State.CLOSED:
        raise ClosedAlready
    return current


def _make_room(team: Team, trial: Trial, until: date | None, *, by: User, now: datetime) -> None:
    current = team.trials.active().exclude(pk=trial.pk).first()
    if not current:
        return
    if not until:
        raise PriorityTaken(current)
    watch(current, review_on=until, by=by, now=now)


def _later(team: Team, day: date | None, now: datetime) -> date:
    if not day or day <= team.today(now):
        raise NoReviewDate
    return day


def _put(trial: Trial, *, by: User, now: datetime, **changes: Any) -> Trial:
    return save_text(trial, based_on=trial.version, by=by, now=now, **changes)
