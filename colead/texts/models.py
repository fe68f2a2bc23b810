"""What every text of a team has in common: a version, and its whole history."""

from django.db import models
from simple_history.models import HistoricalRecords


class TeamText(models.Model):
    """Words that people write together. Saved through `texts.actions`, so that nobody's sentence is lost."""

    version = models.PositiveIntegerField(default=0)  # 0: nothing has been saved yet
    history = HistoricalRecords(inherit=True)

    class Meta:
        abstract = True
