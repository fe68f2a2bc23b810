"""The same steps as a list, as a timeline and as a calendar."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.formats import get_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from colead.plans.charts.lanes import Lane, Scale, lanes
from colead.plans.models import Step, Trial
from colead.schools.models import Member, Team

SOON = timedelta(days=14)
OVER = (Step.Status.DONE, Step.Status.DROPPED)


@dataclass(frozen=True)
class StepRow:
    """A step as every view shows it: who sees to it, and whether its day has passed."""

    step: Step
    owners: tuple[str, ...]
    mine: bool
    waiting: bool  # its day has passed and it is not done

    @property
    def statuses(self) -> list[tuple[str, str]]:
        return [(value, str(name)) for value, name in Step.Status.choices]

    @property
    def over(self) -> bool:
        return self.step.status in OVER


@dataclass(frozen=True)
class Group:
    """Steps under one heading of the list."""

    slug: str
    title: Promise
    rows: tuple[StepRow, ...]


@dataclass(frozen=True)
class Timeline:
    """Steps on a common scale of days, and those that have no day yet."""

    scale: Scale | None
    lanes: tuple[tuple[StepRow, Lane], ...]
    undated: tuple[StepRow, ...]


@dataclass(frozen=True)
class Mark:
    """Something that falls on a day: a step that begins or is due, a test that begins, ends or is looked at again."""

    kind: str
    text: str
    row: StepRow | None
    trial: Trial | None


@dataclass(frozen=True)
class Day:
    """One day of a month, with what falls on it."""

    on: date
    inside: bool  # of the month that is shown
    today: bool
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Month:
    """A month as weeks, with the months before and after it."""

    first: date
    weeks: tuple[tuple[Day, ...], ...]
    weekdays: tuple[date, ...]
    before: date
    after: date

    @property
    def busy(self) -> tuple[Day, ...]:
        """The days on which something falls, for a narrow screen."""
        return tuple(day for week in self.weeks for day in week if day.inside and day.marks)


def steps_of(
    team: Team, *, today: date, trial: Trial | None = None, member: Member | None = None, whose: str = "all"
) -> tuple[StepRow, ...]:
    """Read a team's steps with their owners, in the order of their day; `whose="mine"` keeps the member's own."""
    steps = team.steps.select_related("trial").prefetch_related("owners__user")
    if trial:
        steps = steps.filter(trial=trial)
    if whose == "mine" and member:
        steps = steps.filter(owners=member)
    return tuple(row_of(step, today=today, member=member) for step in steps)


def row_of(step: Step, *, today: date, member: Member | None) -> StepRow:
    """Return one step as every view shows it."""
    owners = list(step.owners.all())
    late = bool(step.due_on and step.due_on < today and step.status not in OVER)
    return StepRow(step, tuple(str(owner) for owner in owners), bool(member and member in owners), late)


def groups(rows: Iterable[StepRow], *, today: date) -> tuple[Group, ...]:
    """Sort steps under headings: what waits, what is at hand, what comes later, what has no day, what is over."""
    names: dict[str, Promise] = {
        "waiting": _("Waiting: the day has passed"),
        "now": _("At hand"),
        "later": _("Later"),
        "undated": _("No day yet"),
        "over": _("Done or let go"),
    }
    sorted_in: dict[str, list[StepRow]] = {slug: [] for slug in names}
    for row in rows:
        sorted_in[_heading(row, today)].append(row)
    return tuple(Group(slug, names[slug], tuple(found)) for slug, found in sorted_in.items() if found)


def _heading(row: StepRow, today: date) -> str:
    step = row.step
    if row.over:
        return "over"
    if row.waiting:
        return "waiting"
    begun = step.status in (Step.Status.DOING, Step.Status.STUCK) or (step.starts_on and step.starts_on <= today)
    if begun or (step.due_on and step.due_on <= today + SOON):
        return "now"
    return "later" if step.due_on or step.starts_on else "undated"


def timeline(rows: Iterable[StepRow], *, today: date) -> Timeline:
    """Lay steps on a common scale; a step with one date takes that day."""
    dated = [row for row in rows if (row.step.starts_on or row.step.due_on) and row.step.status != Step.Status.DROPPED]
    undated = tuple(row for row in rows if not (row.step.starts_on or row.step.due_on))
    dated.sort(key=lambda row: (_span(row)[0], _span(row)[1], row.step.pk))
    scale, bars = lanes([_span(row) for row in dated], today=today)
    return Timeline(scale, tuple(zip(dated, bars, strict=True)), undated)


def _span(row: StepRow) -> tuple[date, date]:
    starts, due = row.step.starts_on, row.step.due_on
    first = starts or due
    last = due or starts
    assert first is not None  # only dated steps come here
    assert last is not None
    return first, last


def month(rows: Iterable[StepRow], trials: Iterable[Trial], *, first: date, today: date) -> Month:
    """Lay steps and tests on the days of one month."""
    marks: dict[date, list[Mark]] = {}
    for day, mark in [*_step_marks(rows), *_trial_marks(trials)]:
        if day:
            marks.setdefault(day, []).append(mark)
    begins = (int(get_format("FIRST_DAY_OF_WEEK")) - 1) % 7  # Django counts from Sunday, Python from Monday
    weeks = calendar.Calendar(begins).monthdatescalendar(first.year, first.month)
    days = tuple(
        tuple(Day(on, on.month == first.month, on == today, tuple(marks.get(on, ()))) for on in week) for week in weeks
    )
    return Month(first, days, tuple(weeks[0]), _shift(first, -1), _shift(first, 1))


def _step_marks(rows: Iterable[StepRow]) -> list[tuple[date | None, Mark]]:
    found: list[tuple[date | None, Mark]] = []
    for row in rows:
        step = row.step
        if step.status == Step.Status.DROPPED:
            continue
        if step.starts_on and step.starts_on != step.due_on:
            found.append((step.starts_on, Mark("begins", step.what, row, None)))
        found.append((step.due_on, Mark("due", step.what, row, None)))
    return found


def _trial_marks(trials: Iterable[Trial]) -> list[tuple[date | None, Mark]]:
    found: list[tuple[date | None, Mark]] = []
    for trial in trials:
        look: Any = trial.review_on if trial.place == Trial.Place.WATCHING else None
        found += [
            (trial.begins_on, Mark("test-begins", trial.question, None, trial)),
            (trial.ends_on, Mark("test-ends", trial.question, None, trial)),
            (look, Mark("look-again", trial.question, None, trial)),
        ]
    return found


def _shift(first: date, months: int) -> date:
    """Return the first day of another month, as far as there are dates."""
    number = min(max(first.year * 12 + first.month - 1 + months, 12), 9999 * 12 + 11)
    return date(number // 12, number % 12 + 1, 1)


def month_named(text: str, *, today: date) -> date:
    """Read a month such as 2026-11; whatever else is typed is the month of today."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
