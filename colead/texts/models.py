"""What every text of a team has in common: a version, and its whole history."""

from typing import Any

from django.db import models
from simple_history.models import HistoricalRecords


class TeamText(models.Model):
    """Words that people write together. Saved through `texts.actions`, so that nobody's sentence is lost."""

    version = models.PositiveIntegerField(default=0)  # 0: the place is there, nothing has been written yet
    history = HistoricalRecords(inherit=True)

    class Meta:
        abstract = True

    def save(self, *args: Any, **facts: Any) -> None:
        """Save; an empty place leaves no trace in the history."""
        if self.version:
            self.__dict__.pop("skip_history_when_saving", None)
        else:
            self.skip_history_when_saving = True
        super().save(*args, **facts)
