"""What two people do with a visit: ask a question before, note, hand over, talk, reflect, move it, call it off."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.practices.models import PeerVisit, VisitNotes, VisitReflection
from colead.schools.actions import Refusal
from colead.texts.actions import save_new, save_text


class CalledOff(Refusal):
    """Refuse to go on with a visit that was called off."""

    reason = _("This visit was called off.")


class HandedOver(Refusal):
    """Refuse to write in notes that belong to the observed person now."""

    reason = _("You have handed these notes over. They are not yours to change any more.")


class NothingNoted(Refusal):
    """Refuse to hand over notes that nobody has written."""

    reason = _("There is nothing to hand over yet.")


@transaction.atomic
def write_on_visit(visit: PeerVisit, *, by: User, based_on: int, now: datetime, **words: Any) -> PeerVisit:
    """Write the observed person's `question` and `look_for`, or the `debrief` of both. Refuses with CalledOff."""
    return save_text(_standing(visit), based_on=based_on, by=by, now=now, **words)


@transaction.atomic
def note(visit: PeerVisit, *, body: str, by: User, based_on: int, now: datetime) -> VisitNotes:
    """Write down, as the visitor, what one saw and heard. Refuses with CalledOff, HandedOver and StaleSave."""
    current = _standing(visit)
    found = VisitNotes.objects.filter(visit=current).first()
    if not found:
        return save_new(VisitNotes(visit=current, body=body), by=by, now=now)
    if found.given_on:
        raise HandedOver
    return save_text(found, body=body, based_on=based_on, by=by, now=now)


@transaction.atomic
def hand_over(visit: PeerVisit, *, now: datetime) -> VisitNotes:
    """Give one's notes to the observed person; all that was crossed out goes. Refuses with NothingNoted, HandedOver."""
    found = VisitNotes.objects.select_for_update().filter(visit=visit).first()
    if not found:
        raise NothingNoted
    if found.given_on:
        raise HandedOver
    VisitNotes.objects.filter(pk=found.pk).update(given_on=visit.school.today(now))
    VisitNotes.history.filter(id=found.pk).delete()
    found.refresh_from_db()
    return found


def throw_notes_away(visit: PeerVisit) -> None:
    """Throw away, as the observed person, the words one was handed."""
    VisitNotes.objects.filter(visit=visit, given_on__isnull=False).update(body="")


@transaction.atomic
def reflect(visit: PeerVisit, *, body: str, goal: str, by: User, based_on: int, now: datetime) -> VisitReflection:
    """Write, as the observed person, what one takes from it. Refuses with StaleSave."""
    found = VisitReflection.objects.filter(visit=visit).first()
    if not found:
        return save_new(VisitReflection(visit=visit, body=body, goal=goal), by=by, now=now)
    return save_text(found, body=body, goal=goal, based_on=based_on, by=by, now=now)


@transaction.atomic
def move_visit(visit: PeerVisit, *, to: dict[str, Any], by: User, now: datetime) -> PeerVisit:
    """Put a visit on another time of the two: `on_day`, `starts_at`, `ends_at`, `what`. Refuses with CalledOff."""
    current = _standing(visit)
    return save_text(current, based_on=current.version, by=by, now=now, moved_by=by, **to)


@transaction.atomic
def call_off(visit: PeerVisit, *, by: User, now: datetime) -> PeerVisit:
    """Call a visit off; either of the two may, without a reason. Refuses with CalledOff."""
    current = _standing(visit)
    today = current.school.today(now)
    return save_text(current, based_on=current.version, by=by, now=now, off_by=by, off_on=today)


def _standing(visit: PeerVisit) -> PeerVisit:
    found = PeerVisit.objects.select_for_update(of=("self",)).select_related("round__team__school")
    current = found.get(pk=visit.pk)
    if current.off_on:
        raise CalledOff
    return current
