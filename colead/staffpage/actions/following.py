"""Follow the page by mail without an account: asked for, agreed to in a letter, ended with one press."""

from datetime import datetime, timedelta

from django.core import signing
from django.db import IntegrityError, transaction

from colead.schools.models import School
from colead.staffpage.models import Follow
from colead.surveys.models import Finding

YES, STOP = "colead.staffpage.follow.yes", "colead.staffpage.follow.stop"
WAITS = timedelta(days=3)  # an address whose owner says nothing is forgotten after that


class NoSuchLink(LookupError):
    """Refuse a link that we did not write, or whose address is gone from our books."""


def ask_to_follow(school: School, *, email: str, finding: Finding | None, language: str, now: datetime) -> Follow:
    """Note an address that may want our mail; nothing is sent to it but the one question whether it does."""
    facts = {"school": school, "finding": finding, "email": email.strip().lower()}
    made = {"language": language, "asked_at": now}
    try:
        with transaction.atomic():
            follow, fresh = Follow.objects.get_or_create(**facts, defaults=made)
    except IntegrityError:  # two presses at once
        follow, fresh = Follow.objects.get(**facts), False
    if not fresh and not follow.confirmed_at:
        Follow.objects.filter(pk=follow.pk).update(asked_at=now)
    return follow


def yes_key(follow: Follow) -> str:
    """Return what the letter's link carries with which its reader says yes."""
    return signing.dumps(follow.pk, salt=YES)


def stop_key(follow: Follow) -> str:
    """Return what the link carries that ends all mail of a school's page to an address."""
    return signing.dumps(follow.pk, salt=STOP)


def waiting_for_yes(key: str, *, now: datetime) -> Follow:
    """Return what this link asks about. Refuses with NoSuchLink."""
    follow = Follow.objects.select_related("school", "finding").filter(pk=_number(key, YES)).first()
    if not follow or (not follow.confirmed_at and now - follow.asked_at > WAITS):
        raise NoSuchLink
    return follow


def confirm(key: str, *, now: datetime) -> Follow:
    """Say yes: from now on this address hears what moves. Saying it twice changes nothing. Refuses with NoSuchLink."""
    follow = waiting_for_yes(key, now=now)
    if not follow.confirmed_at:
        follow.confirmed_at = now
        follow.save(update_fields=["confirmed_at"])
    return follow


def behind_stop(key: str) -> Follow | None:
    """Return whom this link would stop mailing; None where that is done. Refuses with NoSuchLink."""
    return Follow.objects.select_related("school").filter(pk=_number(key, STOP)).first()


def stop(key: str) -> None:
    """Forget an address: everything it follows on this school's page. Refuses with NoSuchLink."""
    follow = behind_stop(key)
    if follow:
        Follow.objects.filter(school=follow.school, email=follow.email).delete()


def forget_silent(*, now: datetime) -> int:
    """Delete addresses whose owners never said yes; return how many."""
    return Follow.objects.filter(confirmed_at=None, asked_at__lt=now - WAITS).delete()[0]


def _number(key: str, salt: str) -> int:
    try:
        return int(signing.loads(key, salt=salt))
    except (signing.BadSignature, ValueError, TypeError) as wrong:
        raise NoSuchLink from wrong
