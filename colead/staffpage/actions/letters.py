"""Claim a letter before it is sent, so that two runs at once send it once; give it back where it was not sent."""

from datetime import datetime

from django.db import transaction

from colead.plans.models import Reminder
from colead.staffpage.digesting import Reader
from colead.staffpage.models import Follow, Nudge
from colead.staffpage.queries.following import Nudged


def claim(reader: Reader, *, now: datetime) -> bool:
    """Note that a letter goes out now; False where another run was faster, or the address was taken back."""
    mine = Follow.objects.filter(school_id=reader.school_id, email=reader.email).confirmed()
    with transaction.atomic():
        rows = list(mine.select_for_update())
        told = max((row.told_at for row in rows if row.told_at), default=None)
        if not rows or told != reader.told_at:
            return False
        mine.update(told_at=now)
    return True


def give_back(reader: Reader, *, now: datetime) -> None:
    """Undo a claim: the letter was not sent."""
    mine = Follow.objects.filter(school_id=reader.school_id, email=reader.email, told_at=now)
    mine.update(told_at=reader.told_at)


@transaction.atomic
def claim_nudge(nudged: Nudged, *, now: datetime) -> bool:
    """Note that a lead is told now; False where another run was faster, or they want no mail from us."""
    if Reminder.objects.filter(user=nudged.user, off_since__isnull=False).exists():
        return False
    row, fresh = Nudge.objects.select_for_update().get_or_create(user=nudged.user, defaults={"sent_at": now})
    if not fresh and row.sent_at != nudged.last:
        return False
    Nudge.objects.filter(pk=row.pk).update(sent_at=now)
    return True


def give_nudge_back(nudged: Nudged) -> None:
    """Undo a claim: the letter was not sent."""
    if nudged.last:
        Nudge.objects.filter(user=nudged.user).update(sent_at=nudged.last)
    else:
        Nudge.objects.filter(user=nudged.user).delete()
