"""A small test as paper: blank to plan on, or filled."""

from datetime import datetime

from django.utils.translation import gettext as _

from colead.documents import Block, Cell, Columns, Document, Field, Heading, Sheet
from colead.plans.exports.frame import choice, day, label, sheet, step_table, words
from colead.plans.models import Trial
from colead.plans.queries.trials import outcome
from colead.schools.models import Team


def trial_paper(team: Team, trial: Trial | None, *, now: datetime) -> Document:
    """Return a test on one page, with its steps; without a test, the same page to write on."""
    steps = list(trial.steps.prefetch_related("owners__user")) if trial else []
    blocks: list[Block] = [
        choice(Trial, "form", trial),
        words(Trial, "question", trial, lines=1),
        words(Trial, "prediction", trial, lines=2),
        words(Trial, "who", trial, lines=2),
        Columns((_day(trial, "begins_on"),), (_day(trial, "ends_on"),)),
        words(Trial, "stop_rule", trial, lines=2),
        words(Trial, "risk", trial, lines=2),
        words(Trial, "learning", trial, lines=2),
        Heading(_("Steps"), level=3),
        step_table(steps, blank_rows=4),
    ]
    return sheet(team, _("Small test"), blocks, now=now, filled=bool(trial), one_page=True)


def trial_sheet(team: Team) -> Sheet:
    """Return all tests as rows for a spreadsheet."""
    names = ("question", "form", "place", "state", "prediction", "who", "begins_on", "ends_on", "review_on")
    headers = (*(label(Trial, name) for name in names), _("Closed on"), _("What came of it"))
    trials = team.trials.select_related("impact").order_by("id")
    return Sheet(_("Small tests"), headers, tuple(_cells(trial) for trial in trials))


def _cells(trial: Trial) -> tuple[Cell, ...]:
    return (
        trial.question,
        trial.get_form_display(),
        "" if trial.closed_on else trial.get_place_display(),
        trial.get_state_display(),
        trial.prediction,
        trial.who,
        trial.begins_on,
        trial.ends_on,
        trial.review_on,
        trial.closed_on,
        outcome(trial) if trial.closed_on else "",
    )


def _day(trial: Trial | None, name: str) -> Field:
    return Field(label(Trial, name), value=day(getattr(trial, name, None)), lines=1)
