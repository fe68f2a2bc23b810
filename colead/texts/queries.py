"""Who changed what in a team text, and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.text import capfirst

from colead.texts.models import TeamText


@dataclass(frozen=True)
class FieldChange:
    """One field of a save: what it is called, what stood there, what stands there since."""

    label: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Change:
    """One save: who, when, and which fields it changed."""

    version: int
    at: datetime
    who: str  # empty where the person is gone
    fields: tuple[FieldChange, ...]


def changes(text: TeamText) -> tuple[Change, ...]:
    """Return every save of `text`, the newest first. Asks the database once, and once for each kind of relation."""
    saves = list(text.history.select_related("history_user").order_by("version", "history_id"))
    shown = [_Shown(field, saves) for field in text._meta.concrete_fields if field.name not in ("id", "version")]
    befores: list[Any] = [None, *saves[:-1]]
    found = [_change(before, after, shown) for before, after in zip(befores, saves, strict=True)]
    return tuple(change for change in reversed(found) if change.fields)


class _Shown:
    """How a field's values are shown: a choice by its name, a relation by what it points to."""

    def __init__(self, field: Any, saves: Iterable[Any]) -> None:
        self.field = field
        self.label = str(capfirst(field.verbose_name))
        self.names: dict[Any, Any] = dict(field.flatchoices)
        if field.is_relation:
            keys = {value for save in saves if (value := getattr(save, field.attname)) is not None}
            self.names = field.related_model._default_manager.in_bulk(keys)

    def value(self, save: Any) -> Any:
        raw = getattr(save, self.field.attname) if save else None
        return self.names.get(raw, "" if self.field.is_relation else raw)

    def is_words(self) -> bool:
        return isinstance(self.field, models.CharField | models.TextField)


def _change(before: Any, after: Any, shown: list[_Shown]) -> Change:
    """Compare two saves; of the first one only words count, since the rest says where the text stands."""
    fields = tuple(
        FieldChange(each.label, each.value(before) or "", each.value(after) or "")
        for each in shown
        if (before or each.is_words()) and (each.value(before) or "") != (each.value(after) or "")
    )
    return Change(after.version, after.history_date, str(after.history_user or ""), fields)
