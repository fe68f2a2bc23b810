"""Save a text that others may be writing too.

A form says which version it was based on. Fields that only one side changed are merged in silence, since no sentence
is touched twice; where both sides changed the same field nothing is written and `StaleSave` carries base, theirs and
mine, for the page on which a person decides.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction

from colead.accounts.models import User
from colead.texts.models import TeamText

Text = TypeVar("Text", bound=TeamText)


@dataclass(frozen=True)
class Clash:
    """One field that two people changed: what both began from, what stands now, what was typed."""

    field: str
    base: Any
    theirs: Any
    mine: Any


class StaleSave(Exception):
    """Refuse to write over what somebody else saved in between."""

    def __init__(self, text: TeamText, clashes: tuple[Clash, ...], merged: dict[str, Any]) -> None:
        super().__init__(f"{text._meta.verbose_name}: version {text.version} is newer")
        self.text = text
        self.clashes = clashes
        self.merged = merged  # the fields on which there is no quarrel, as they should be saved


def save_text(text: Text, /, *, based_on: int, by: User, now: datetime, **changes: Any) -> Text:
    """Save `changes` to `text`; return it as it now stands.

    Refuses with StaleSave where a newer version changed the same field differently. A version from the future, made
    up by hand, counts as the newest one.
    """
    with transaction.atomic():
        current = type(text)._default_manager.select_for_update().get(pk=text.pk)
        wanted = changes if based_on >= current.version else _merge(current, based_on, changes)
        return _write(current, wanted, by, now)


def save_new(text: Text, *, by: User, now: datetime) -> Text:
    """Save a text for the first time, as version 1."""
    return _write(text, {}, by, now)


@transaction.atomic
def erase_text(text: TeamText) -> None:
    """Erase a text with its whole history, that it was erased included."""
    number = text.pk
    text.delete()
    type(text).history.filter(id=number).delete()


def _write(text: Text, changes: dict[str, Any], by: User, now: datetime) -> Text:
    same = all(getattr(text, field) == value for field, value in changes.items())
    if text.pk and text.version and same:
        return text
    for field, value in changes.items():
        setattr(text, field, value)
    text.version += 1
    text._history_user = by  # type: ignore[attr-defined]  # read by simple_history
    text._history_date = now  # type: ignore[attr-defined]
    text.save()
    return text


def _merge(current: TeamText, based_on: int, mine: dict[str, Any]) -> dict[str, Any]:
    base = _values_at(current, based_on, tuple(mine))
    theirs = {field: getattr(current, field) for field in mine}
    clashes = tuple(
        Clash(field, base[field], theirs[field], mine[field])
        for field in mine
        if mine[field] != base[field] and theirs[field] != base[field] and mine[field] != theirs[field]
    )
    merged = {field: theirs[field] if mine[field] == base[field] else mine[field] for field in mine}
    if clashes:
        disputed = {clash.field for clash in clashes}
        raise StaleSave(current, clashes, {field: value for field, value in merged.items() if field not in disputed})
    return merged


def _values_at(text: TeamText, version: int, fields: tuple[str, ...]) -> dict[str, Any]:
    """Return the fields as they stood at `version`; before the first save they were empty."""
    then = text.history.filter(version=version).first() if version else None
    empty = type(text)()
    return {field: getattr(then or empty, field) for field in fields}
