"""What changed on the way: the history of steps, owners included."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from colead.plans.models import Step
from colead.schools.models import Member, Team

SHOWN = ("what", "starts_on", "due_on", "signs", "status", "blocker", "resources", "note", "trial_id")


@dataclass(frozen=True)
class FieldChange:
    """One field: its name, what stood there, what stands there since."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class StepChange:
    """One save of a step."""

    step_id: int
    what: str
    at: datetime
    who: str
    new: bool
    fields: tuple[FieldChange, ...]


def step_changes(team: Team, *, step: Step | None = None) -> tuple[StepChange, ...]:
    """Return every save of the team's steps, or of one, the newest first, in a fixed number of queries."""
    saves = Step.history.filter(team=team).select_related("history_user").order_by("id", "history_id")
    if step:
        saves = saves.filter(id=step.pk)
    rows = list(saves)
    owners = _owners(team, rows)
    names: dict[int | None, str] = {trial.pk: trial.question for trial in team.trials.all()}
    found = [
        change for _id, kept in groupby(rows, lambda row: row.id) for change in _of_step(list(kept), owners, names)
    ]
    return tuple(sorted(found, key=lambda change: change.at, reverse=True))


def _owners(team: Team, rows: list[Any]) -> dict[int, str]:
    """Return the owners at each save, by the number of the save."""
    people = {member.pk: str(member) for member in Member.objects.filter(team=team).select_related("user")}
    kept = Step.history.model.owners.model.objects.filter(history__in=[row.history_id for row in rows])
    found: dict[int, list[int]] = {}
    for one in kept.order_by("member_id").values("history_id", "member_id"):
        found.setdefault(one["history_id"], []).append(one["member_id"])
    return {save: ", ".join(people.get(member, "") for member in members) for save, members in found.items()}


def _of_step(saves: list[Any], owners: dict[int, str], names: dict[int | None, str]) -> Iterator[StepChange]:
    """Compare what stood at the end of each sitting of one person; owners are saved right after the words."""
    sittings = [list(rows)[-1] for _key, rows in groupby(saves, lambda row: (row.history_date, row.history_user_id))]
    before: Any = None
    for row in sittings:
        fields = tuple(_fields(before, row, owners, names))
        if fields or not before:
            who = str(row.history_user or _("somebody who has left"))
            yield StepChange(row.id, row.what, row.history_date, who, before is None, fields)
        before = row


def _fields(before: Any, after: Any, owners: dict[int, str], names: dict[int | None, str]) -> Iterator[FieldChange]:
    if not before:
        return
    for name in SHOWN:
        if getattr(before, name) != getattr(after, name):
            yield FieldChange(_label(name), _shown(before, name, names), _shown(after, name, names))
    was, now = owners.get(before.history_id, ""), owners.get(after.history_id, "")
    if was != now:
        yield FieldChange(_label("owners"), was, now)


def _label(name: str) -> str:
    if name == "trial_id":
        return _("Part of which test")
    return str(capfirst(Step._meta.get_field(name).verbose_name))  # type: ignore[union-attr]  # no reverse relation


def _shown(save: Any, name: str, names: dict[int | None, str]) -> str:
    value = getattr(save, name)
    if name == "trial_id":
        return names.get(value, "")
    if name == "status":
        return str(dict(Step.Status.choices).get(value, value))
    return "" if value is None else str(value)
