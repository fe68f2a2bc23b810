"""Which rows belong to a school, found in the models themselves, so that no table can be forgotten."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from colead.schools.models import School

Model = type[models.Model]


def models_of_schools() -> list[Model]:
    """Return every table whose rows belong to a school, those first that nothing else points at."""
    found = [model for model in apps.get_models(include_auto_created=True) if _ours(model) and ways(model)]
    return _leaves_first([model for model in found if not is_history(model)])


def histories() -> list[Model]:
    """Return the tables that keep what texts said before."""
    return [model for model in apps.get_models() if _ours(model) and hasattr(model, "instance_type")]


def is_history(model: Model) -> bool:
    """Say whether a table keeps what rows of another one said, or linked to, before."""
    return hasattr(model, "history_id")


def _ours(model: Model) -> bool:
    return model.__module__.startswith("colead.")


def rows_of(school: School, model: Model) -> models.QuerySet[Any]:
    """Return a table's rows that belong to the school."""
    found = Q()
    for way in ways(model):
        found |= Q(**{way or "pk": school.pk})
    return model._base_manager.filter(found)


def ways(model: Model) -> list[str]:
    """Return the ways from a row to its school, such as `walk__team__school`.

    A row belongs where a relation leads that it cannot do without. Where none does, any relation counts.
    """
    return list(_ways(model, needed=True)) or list(_ways(model, needed=False))


def _ways(model: Model, *, needed: bool, seen: tuple[Model, ...] = ()) -> Iterator[str]:
    if model is School:
        yield ""
        return
    for field in model._meta.concrete_fields:
        other: Any = field.related_model
        if other is None or other in (*seen, model) or not _ours(other) or (needed and field.null):
            continue
        for rest in _ways(other, needed=True, seen=(*seen, model)):
            yield "__".join(filter(None, (field.name, rest)))


def _leaves_first(found: list[Model]) -> list[Model]:
    """Sort tables so that each comes before those it points at."""
    ordered: list[Model] = []
    while found:
        pointed_at = {key.related_model for model in found for key in _keys(model) if key.related_model is not model}
        free = [model for model in found if model not in pointed_at] or found[:1]
        ordered += free
        found = [model for model in found if model not in free]
    return ordered


def _keys(model: Model) -> list[Any]:
    return [field for field in model._meta.concrete_fields if field.is_relation]
