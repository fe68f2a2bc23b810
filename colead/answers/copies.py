"""Copies of the box for a backup. The database file itself is never copied while a wave is open.

A wave's copy is replaced only when nobody, or at least five people, answered since the copy before: two copies side by
side never show fewer than five new ballots. Rows are sorted by what is random in them. Keep copies at most seven days.
"""

import base64
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import models, transaction

from colead.answers import store
from colead.answers.models import (
    Ballot,
    Code,
    ReceiptBoard,
    Release,
    SealedAnswer,
    SealedComment,
    SealedSums,
    Wave,
)
from colead.answers.routing import BALLOTS

BATCH = 5
PARTS: tuple[type[models.Model], ...] = (
    Code,
    Ballot,
    SealedAnswer,
    SealedSums,
    SealedComment,
    ReceiptBoard,
    Release,
)


class NotACopy(ValueError):
    """This file is not a copy of a wave."""


class AlreadyThere(ValueError):
    """The wave is in the box; a copy never replaces it."""


def make_copies(folder: Path) -> None:
    """Bring the copies of all waves up to date, each readable by its owner only, each whole or not at all.

    What was copied is counted before the new copy takes the old one's place: a kill in between leaves an older copy,
    never two that lie too close together.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for key in Wave.objects.values_list("id", flat=True):
        half = folder / f"{bytes(key).hex()}.half"
        if _write_half(bytes(key), half):
            half.replace(half.with_suffix(".wave"))


def _write_half(key: bytes, half: Path) -> bool:
    with transaction.atomic(using=BALLOTS):
        store.shut()
        wave = Wave.objects.get(id=key)
        ballots = Ballot.objects.filter(wave=key).count()
        if 0 < ballots - wave.copied < BATCH:
            return False
        wave.copied = ballots  # first, so that the copy knows it too when it comes back
        wave.save(update_fields=["copied"])
        _put_down(half, content_of(wave))
        return True


def _put_down(half: Path, content: str) -> None:
    with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def content_of(wave: Wave) -> str:
    """Return everything about one wave as text, in an order that tells nothing."""
    parts = {part._meta.model_name: _rows(part.objects.filter(wave=wave.id)) for part in PARTS}  # type: ignore[attr-defined]
    return json.dumps({"wave": _rows([wave]), **parts}, separators=(",", ":"))


def _rows(found: Iterable[models.Model]) -> list[dict[str, Any]]:
    written = [{field.attname: _write(field, row) for field in _fields(type(row))} for row in found]
    return sorted(written, key=json.dumps)


def _fields(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if field.column]


def _write(field: Any, row: models.Model) -> Any:
    value = getattr(row, field.attname)
    if isinstance(field, models.BinaryField):
        return base64.b85encode(bytes(value)).decode()
    return value.isoformat() if isinstance(field, models.DateField) and value else value


def _read(field: Any, value: Any) -> Any:
    return base64.b85decode(value) if isinstance(field, models.BinaryField) else field.to_python(value)


def restore_copy(path: Path) -> str:
    """Put a wave back as it was when the copy was made; return its reference. Refuses with NotACopy, AlreadyThere."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        rows = {model: [_object(model, row) for row in kept[name]] for name, model in _named()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotACopy(f"{path.name} is not a copy of a wave.") from error
    (wave,) = rows[Wave]
    with transaction.atomic(using=BALLOTS):
        store.shut()
        if Wave.objects.filter(id=wave.id).exists():
            raise AlreadyThere(f"{path.name}: this wave is in the box.")
        for model, made in rows.items():
            model.objects.bulk_create(made, batch_size=200)  # type: ignore[attr-defined]
    return bytes(wave.id).hex()


def _named() -> list[tuple[str, type[models.Model]]]:
    every: tuple[type[models.Model], ...] = (Wave, *PARTS)
    return [(str(model._meta.model_name), model) for model in every]


def _object(model: type[models.Model], row: dict[str, Any]) -> Any:
    return model(**{field.attname: _read(field, row[field.attname]) for field in _fields(model)})
