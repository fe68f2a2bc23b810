"""Keep the sealed box in a database of its own: nothing of it in `default`, nothing else in `ballots`."""

from typing import Any

from django.db.models import Model

BALLOTS = "ballots"
LABEL = "answers"


class Router:
    """Send the room's models to `ballots`, and forbid relations across."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        return BALLOTS if model._meta.app_label == LABEL else None

    db_for_write = db_for_read

    def allow_relation(self, one: Model, two: Model, **hints: Any) -> bool | None:
        labels = {one._meta.app_label, two._meta.app_label}
        return False if LABEL in labels and len(labels) > 1 else None

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return (db == BALLOTS) == (app_label == LABEL)
