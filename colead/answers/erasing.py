"""A school leaves: what the box holds of it goes for good."""

from datetime import date

from django.db import transaction

from colead.answers import models, store
from colead.answers.models import Wave
from colead.answers.routing import BALLOTS
from colead.answers.sealing import scrub

OF_A_WAVE = (
    models.Code,
    models.Ballot,
    models.SealedAnswer,
    models.SealedSums,
    models.SealedComment,
    models.ReceiptBoard,
    models.Release,
)


def forget_school(school: str, *, today: date) -> int:
    """Take out every survey of a school, open ones too, and all that hangs on them; return how many there were.

    A survey of another school is never touched. The traces leave the files at once, unless this connection is inside
    a transaction, where no database can wipe its files.
    """
    with transaction.atomic(using=BALLOTS):
        store.shut()
        waves = [bytes(pk) for pk in Wave.objects.filter(school=school).values_list("pk", flat=True)]
        for wave in waves:
            store.forget(wave, *(model._meta.db_table for model in OF_A_WAVE))
        Wave.objects.filter(pk__in=waves).delete()
    if not store.busy():
        store.wipe()
    scrub(today=today)
    return len(waves)
