"""Claim the week's mail to a person, give it back where it was not sent, turn mails off and on."""

from datetime import datetime

from django.core import signing
from django.db import transaction

from colead.accounts.models import User
from colead.plans.models import Reminder
from colead.plans.reminding import Person

SALT = "colead.plans.reminders"


class NoSuchLink(LookupError):
    """Refuse a link that we did not write."""


@transaction.atomic
def claim(person: Person, *, now: datetime) -> bool:
    """Note that a mail goes out now. False where another run was faster, or the person said no in between."""
    Reminder.objects.get_or_create(user_id=person.user_id)
    waiting = Reminder.objects.filter(user_id=person.user_id, sent_at=person.last, off_since=None)
    return waiting.update(sent_at=now) == 1


def give_back(person: Person, *, now: datetime) -> None:
    """Undo a claim: the mail was not sent."""
    Reminder.objects.filter(user_id=person.user_id, sent_at=now).update(sent_at=person.last)


def turn(user: User, *, on: bool, now: datetime) -> None:
    """Turn the mails to a person on or off."""
    Reminder.objects.update_or_create(user=user, defaults={"off_since": None if on else now})


def way_out(user_id: int) -> str:
    """Return the token of the link with which a person stops these mails without signing in."""
    return signing.dumps(user_id, salt=SALT)


def who_wrote(token: str) -> User:
    """Return whose link this is. Refuses NoSuchLink."""
    try:
        return User.objects.get(pk=signing.loads(token, salt=SALT))
    except (signing.BadSignature, User.DoesNotExist, ValueError, TypeError) as wrong:
        raise NoSuchLink from wrong
