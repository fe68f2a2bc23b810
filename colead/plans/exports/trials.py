"""A small test as paper: blank to plan on, or filled."""

from datetime import datetime

from django.utils.translation import gettext as _

from colead.documents import Block, Columns, Document, Field, Heading
from colead.plans.exports.frame import choice, day, label, sheet, step_table, words
from colead.plans.models import Trial
from colead.schools.models import Team


def trial_paper(team: Team, trial: Trial | None, *, now: datetime) -> Document:
    """Return a test on one page, with its steps; without a test, the same page to write on."""
    steps = list(trial.steps.prefetch_related("owners__user")) if trial else []
    blocks: list[Block] = [
        choice(Trial, "form", trial),
        words(Trial, "question", trial, lines=2),
        words(Trial, "prediction", trial),
        words(Trial, "who", trial, lines=2),
        Columns((_day(trial, "begins_on"),), (_day(trial, "ends_on"),)),
        words(Trial, "stop_rule", trial, lines=2),
        words(Trial, "risk", trial, lines=2),
        words(Trial, "learning", trial, lines=2),
        Heading(_("Steps"), level=3),
        step_table(steps, blank_rows=5),
    ]
    return sheet(team, _("Small test"), blocks, now=now, filled=bool(trial), one_page=True)


def _day(trial: Trial | None, name: str) -> Field:
    return Field(label(Trial, name), value=day(getattr(trial, name, None)), lines=1)
