"""The action timeline as paper and as a list."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from colead.documents import Block, Cell, Document, Figure, Heading, Sheet
from colead.plans.charts.timeline import picture
from colead.plans.exports.frame import label, sheet, step_table
from colead.plans.models import Step
from colead.plans.queries.timeline import StepRow, timeline
from colead.schools.models import Team


def timeline_paper(team: Team, rows: Sequence[StepRow], *, now: datetime) -> Document:
    """Return all steps as a picture and a table; without steps, rows to write on."""
    laid = timeline(rows, today=team.today(now))
    blocks: list[Block] = []
    if laid.scale:
        alt = _("Each step as a bar, from its first to its last day. The table below says the same.")
        blocks = [Figure(picture(laid), alt), Heading(_("The same steps in words"))]
    steps = [row.step for row in rows]
    return sheet(
        team,
        _("Action timeline"),
        [*blocks, step_table(steps, blank_rows=12)],
        now=now,
        filled=bool(rows),
        landscape=True,
    )


def step_sheet(team: Team) -> Sheet:
    """Return all steps as rows for a spreadsheet."""
    names = ("what", "owners", "starts_on", "due_on", "signs", "status", "blocker", "resources", "note", "done_on")
    headers = (*(_("Done on") if name == "done_on" else label(Step, name) for name in names), _("Test"))
    steps = team.steps.select_related("trial").prefetch_related("owners__user")
    return Sheet(_("Timeline"), headers, tuple(_cells(step) for step in steps))


def _cells(step: Step) -> tuple[Cell, ...]:
    who = ", ".join(str(owner) for owner in step.owners.all())
    return (
        step.what,
        who,
        step.starts_on,
        step.due_on,
        step.signs,
        step.get_status_display(),
        step.blocker,
        step.resources,
        step.note,
        step.done_on,
        str(step.trial or ""),
    )
