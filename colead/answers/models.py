"""What lies in the sealed box. No person, no time finer than a day, no running number, no relation, no history.

Rows find their wave by its random reference and not by a foreign key: on PostgreSQL the check of a key would lock the
wave's row, and write that down, once for every ballot. Codes and ballots are keyed by what is random in them; on SQLite
they are stored in the order of that key (`WITHOUT ROWID`), so that no hidden number tells the order of arrival. What
stands in every row and again in its key is short: on PostgreSQL that halves the room a response takes.
"""

import secrets

from django.db import models
from django.db.models import F, Q


def random_id() -> bytes:
    """Return 128 random bits."""
    return secrets.token_bytes(16)


def wave_id() -> bytes:
    """Return 40 random bits: among ten thousand waves two are alike once in twenty thousand times, and then refused."""
    return secrets.token_bytes(5)


class Waves(models.QuerySet["Wave"]):
    def unsealed(self) -> "Waves":
        return self.exclude(state=Wave.State.SEALED)

    def scrub_due(self) -> "Waves":
        """Sealed waves whose traces have not been wiped from the files yet."""
        return self.filter(state=Wave.State.SEALED, scrubbed_on=None)


class Wave(models.Model):
    """One survey of one school: what was fixed before it opened, and how far it has come."""

    class State(models.TextChoices):
        OPEN = "open"
        CLOSED = "closed"
        SEALED = "sealed"

    id = models.BinaryField(primary_key=True, max_length=5, default=wave_id)
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    pepper = models.BinaryField(max_length=16, default=random_id)  # destroyed by sealing
    opens = models.DateField()
    closes = models.DateField()
    minimum = models.PositiveSmallIntegerField()
    school = models.CharField(max_length=64)
    instrument = models.TextField()  # the whole instrument as it was asked, so that no later edit can reach it
    breakdown = models.TextField(blank=True)
    roster = models.PositiveIntegerField()  # 0: no list, and so no codes; whoever has the link replies
    reader = models.CharField(max_length=64, blank=True)
    before = models.BinaryField(max_length=5, default=bytes)
    codes = models.PositiveIntegerField(default=0)  # handed out to the roster
    spares = models.PositiveIntegerField(default=0)
    lost = models.PositiveIntegerField(default=0)  # made, but gone before anybody saw them
    stirred = models.PositiveIntegerField(default=0)  # how many ballots the last stir found
    copied = models.PositiveIntegerField(default=0)  # how many ballots the last copy for a backup held
    seen = models.PositiveIntegerField(default=0)  # what the team was told last, a multiple of five
    seen_on = models.DateField(null=True)
    sealed_on = models.DateField(null=True)
    scrubbed_on = models.DateField(null=True)

    objects = Waves.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(minimum__gte=5), name="wave_minimum_at_least_five"),
            models.CheckConstraint(condition=Q(opens__lte=F("closes")), name="wave_opens_before_it_closes"),
            models.CheckConstraint(
                condition=Q(state="sealed", sealed_on__isnull=False) | Q(~Q(state="sealed"), sealed_on=None),
                name="wave_sealed_has_its_day",
            ),
        ]


class Code(models.Model):
    """A code that may be used once: its fingerprint with the wave's pepper, and whether it was."""

    pk = models.CompositePrimaryKey("wave", "hash")
    wave = models.BinaryField(max_length=5)
    hash = models.BinaryField(max_length=10)
    used = models.BooleanField(default=False)


class Ballot(models.Model):
    """One person's answers until the wave is sealed. The receipt is 80 bits of a fingerprint of a random key."""

    pk = models.CompositePrimaryKey("wave", "receipt")
    wave = models.BinaryField(max_length=5)
    receipt = models.BinaryField(max_length=10)
    answers = models.BinaryField()


class SealedAnswer(models.Model):
    """All answers to one question, shuffled on their own: one byte each."""

    id = models.BinaryField(primary_key=True, max_length=16, default=random_id)
    wave = models.BinaryField(max_length=5)
    question = models.CharField(max_length=64)
    answers = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wave", "question"], name="one_sealed_row_per_question")]


class SealedSums(models.Model):
    """The sums of a wave that the next wave's change is worked out from; no page reads them."""

    wave = models.BinaryField(primary_key=True, max_length=5)
    json = models.TextField()


class SealedComment(models.Model):
    """A comment that waits for the named reader. Destroyed when the reader has released what may be read."""

    id = models.BinaryField(primary_key=True, max_length=16, default=random_id)
    wave = models.BinaryField(max_length=5, db_index=True)
    question = models.CharField(max_length=64)
    text = models.TextField()


class ReceiptBoard(models.Model):
    """The receipts that were counted, sorted."""

    wave = models.BinaryField(primary_key=True, max_length=5)
    receipts = models.BinaryField()


class Release(models.Model):
    """The only thing a page may read: the frozen result, and the comments once their reader has let them go."""

    wave = models.BinaryField(primary_key=True, max_length=5)
    json = models.TextField()
    sha256 = models.CharField(max_length=64)
    comments = models.TextField(blank=True)
