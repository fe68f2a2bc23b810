"""What is done to the people who sign in: met, named, forgotten, let back in."""

from collections.abc import Collection
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.db.models import Exists, OuterRef, QuerySet

from colead.accounts.models import User
from colead.accounts.names import plain_line

UNUSED_FOR = timedelta(days=7)


class NameMissing(ValueError):
    """A person needs a name that others can read."""


class NobodyThere(LookupError):
    """No person has this address."""


@transaction.atomic
def ensure_user(*, email: str, now: datetime) -> User:
    """Return the person with this address; make them on the spot when nobody has it yet.

    The address counts as theirs once a code mailed to it was used: allauth ticks it then.
    """
    address = email.strip().lower()
    unused = {"date_joined": now, "password": make_password(None)}
    user, _ = User.objects.get_or_create(email=address, defaults=unused)
    EmailAddress.objects.get_or_create(user=user, email=address, defaults={"primary": True})
    return user


def add_demo_person(*, email: str, name: str, note: str, now: datetime) -> User:
    """Make a person of the demo, whom anyone may be there; `note` says what they are, in a line."""
    user = ensure_user(email=email, now=now)
    user.name, user.is_demo, user.demo_note = plain_line(name), True, plain_line(note)
    user.save(update_fields=["name", "is_demo", "demo_note"])
    return user


def rename(*, user: User, name: str, language: str, now: datetime) -> None:
    """Write down what to call a person and which language they read ("" is what their browser asks for).

    Refuses `NameMissing` when the name has nothing in it that can be seen.
    """
    shown = plain_line(name)
    if not shown:
        raise NameMissing
    user.name, user.language = shown, language
    user.save(update_fields=["name", "language"])


def sign_out_elsewhere(*, user: User) -> None:
    """End every session of this person: the marker that each session carries stops matching.

    The one doing it stays in when the view refreshes the marker of its own session.
    """
    user.set_unusable_password()
    user.save(update_fields=["password"])


@transaction.atomic
def let_back_in(*, email: str) -> int:
    """Take away a person's passkeys, authenticator app and spare codes, and end their sessions.

    For somebody who lost them all; a code by mail is enough again. Returns how many were taken away.
    Refuses `NobodyThere`.
    """
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        raise NobodyThere(email)
    taken, _ = Authenticator.objects.filter(user=user).delete()
    sign_out_elsewhere(user=user)
    return taken


@transaction.atomic
def forget_unused_users(*, now: datetime) -> int:
    """Delete people who asked for a code a week ago or earlier and never signed in. Returns how many.

    Someone whom any record names is kept: they were put there by other people, who will miss them.
    """
    unused = _named_nowhere(User.objects.filter(last_login=None, is_demo=False, date_joined__lt=now - UNUSED_FOR))
    _, gone = unused.delete()
    return gone.get(User._meta.label, 0)


@transaction.atomic
def forget_people(pks: Collection[int]) -> int:
    """Sign these people out everywhere, and delete those whom no record needs any more. Returns how many that were.

    A record of somebody else that can do without their name, such as who asked for a visit there, goes on without it.
    """
    theirs = {str(pk) for pk in pks}
    for session in Session.objects.all():
        if session.get_decoded().get(SESSION_KEY) in theirs:
            session.delete()
    _, gone = _named_nowhere(User.objects.filter(pk__in=pks), needed=True).delete()
    return gone.get(User._meta.label, 0)


def _named_nowhere(users: QuerySet[User], *, needed: bool = False) -> QuerySet[User]:
    """Narrow to those whom no record points at (with `needed`: none that cannot do without), their own apart."""
    for relation in User._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ForeignObjectRel) or _of_their_own(relation.related_model):
            continue
        if not (needed and relation.on_delete is models.SET_NULL):
            pointing = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
            users = users.filter(~Exists(pointing))
    return users


def _of_their_own(model: type[models.Model]) -> bool:
    """Say whether rows belong to a person and to nothing else: an address, a second step, a wish for mails."""
    return all(field.related_model is User for field in model._meta.concrete_fields if field.is_relation)
