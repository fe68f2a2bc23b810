"""What every sheet of this room shares: its frame, and its fields named as the model names them."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colead.documents import Block, Choice, Document, Field, Table
from colead.plans.models import Step
from colead.schools.models import Team

Model = type[models.Model]


def sheet(team: Team, title: str, blocks: list[Block], *, now: datetime, filled: bool, **look: Any) -> Document:
    """Return a document of a team; a blank one carries no date."""
    return Document(
        title,
        tuple(blocks),
        school=str(team.school),
        date=date_format(team.today(now)) if filled else "",
        subtitle=str(team),
        language=get_language() or "en",
        **look,
    )


def label(model: Model, name: str) -> str:
    """Return what a field is called, beginning with a capital letter."""
    return str(capfirst(model._meta.get_field(name).verbose_name))  # type: ignore[union-attr]  # no reverse relation


def words(model: Model, name: str, thing: models.Model | None, *, lines: int = 3) -> Field:
    """Return a field with what is written in it, or with lines to write on."""
    return Field(label(model, name), value=str(getattr(thing, name, "") or ""), lines=lines)


def choice(model: Model, name: str, thing: models.Model | None) -> Choice:
    """Return the options of a field, the chosen one ticked."""
    options = tuple((value, str(shown)) for value, shown in model._meta.get_field(name).choices or ())  # type: ignore[union-attr]
    now = getattr(thing, name, "")
    return Choice(label(model, name), tuple(s for _v, s in options), tuple(s for v, s in options if v == now and now))


def day(value: date | None) -> str:
    """Write a date as the language has it; nothing for none."""
    return date_format(value, "SHORT_DATE_FORMAT") if value else ""


def step_table(steps: list[Step], *, blank_rows: int = 6) -> Table:
    """Return steps with who, when and how to know; rows to write on where there are none."""
    headers = (_("Step"), _("Who"), _("From"), _("By when"), _("How you will know"), _("Where it stands"))
    rows = tuple(step_row(step) for step in steps)
    return Table(headers, rows, widths=(3.0, 1.6, 1.4, 1.4, 2.1, 1.5), blank_rows=0 if rows else blank_rows, room=1)


def step_row(step: Step) -> tuple[str, ...]:
    """Return one step as cells; its owners' users are read already."""
    who = ", ".join(str(owner) for owner in step.owners.all())
    stands = step.get_status_display() + (f": {step.blocker}" if step.blocker else "")
    return (step.what, who, day(step.starts_on), day(step.due_on), step.signs, stands)
