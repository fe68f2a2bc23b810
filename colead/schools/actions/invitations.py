"""Ways in: make them, take them back, use them.

A secret is known to the one who made it and the one who got it; the database holds only its SHA-256.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.schools.actions.refusal import Refusal
from colead.schools.actions.seats import give_seat
from colead.schools.actions.teams import put_on_team
from colead.schools.models import Invitation, Member, Office, OfficeSeat, School, Seat, Team

MAIL_LASTS = timedelta(days=14)
CODE_LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"  # no vowels, so no words; none that look alike
CODE_LENGTH = 8
ROLE = Invitation.Role
SEAT_OF = {ROLE.PRINCIPAL: Seat.Role.PRINCIPAL, ROLE.COACH: Seat.Role.COACH}


class WrongCode(Refusal):
    """Refuse a secret that is wrong, too old, taken back or used up: all in the same words."""

    reason = _("This code does not work. It may be mistyped or too old. Ask whoever gave it to you for a new one.")


class WrongAddress(Refusal):
    """Refuse an invitation that was written to another address."""

    reason = _("This invitation was sent to another address. Sign in with that one, or ask for an invitation to yours.")


class AddressWritten(Refusal):
    """Refuse to write to the same address again and again."""

    reason = _("We have written to this address three times in the last hour. Please wait a while.")


@dataclass(frozen=True)
class Made:
    """A new invitation and its secret, which is shown once and never stored."""

    invitation: Invitation
    secret: str


def hash_of(secret: str) -> str:
    """Return what the database keeps of a secret. Codes are typed: spaces, hyphens and case do not count."""
    typed = secret.replace(" ", "").replace("-", "").upper()
    counts = typed if len(typed) == CODE_LENGTH else secret
    return hashlib.sha256(counts.encode()).hexdigest()


@transaction.atomic
def invite_by_mail(place: School | Team | Office, *, email: str, role: str, by: User, now: datetime) -> Made:
    """Make an invitation for one address. One sent to it before, to the same place, stops working.

    Refuses with AddressWritten after three in an hour.
    """
    email = email.strip().lower()
    written = Invitation.objects.filter(email=email)
    if written.filter(made_at__gt=now - timedelta(hours=1)).count() >= 3:
        raise AddressWritten
    written.open(now).filter(**_place(place)).update(revoked_at=now)
    return _make(
        place, role, by, email=email, secret=secrets.token_urlsafe(16), made_at=now, expires_at=now + MAIL_LASTS
    )


def make_code(
    place: School | Team | Office, *, role: str, most_uses: int, expires_at: datetime, by: User, now: datetime
) -> Made:
    """Make a code to type, to scan or to follow as a link, good for `most_uses` people until `expires_at`."""
    secret = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    return _make(place, role, by, secret=secret, most_uses=most_uses, made_at=now, expires_at=expires_at)


def _make(place: School | Team | Office, role: str, by: User, *, secret: str, **facts: object) -> Made:
    invitation = Invitation.objects.create(**_place(place), role=role, made_by=by, secret_hash=hash_of(secret), **facts)
    return Made(invitation, secret)


def _place(place: School | Team | Office) -> dict[str, object]:
    """Say where an invitation leads, as the model's three fields."""
    if isinstance(place, Team):
        return {"school": place.school, "team": place, "office": None}
    if isinstance(place, School):
        return {"school": place, "team": None, "office": None}
    return {"school": None, "team": None, "office": place}


def revoke(invitation: Invitation, *, now: datetime) -> None:
    """Take an invitation back; nobody can use it from now on."""
    Invitation.objects.filter(pk=invitation.pk, revoked_at=None).update(revoked_at=now)


@transaction.atomic
def accept(invitation: Invitation, *, user: User, now: datetime) -> Member | Seat | OfficeSeat:
    """Use an invitation, and return what it gave. What one has already is not given, or counted, twice.

    Refuses with WrongAddress, and with WrongCode where it cannot be used any more.
    """
    if invitation.email and invitation.email != user.email.lower():
        raise WrongAddress
    had = _held(invitation, user)
    if had:
        return had
    _count_use(invitation, now)
    return _give(invitation, user, now)


def _held(invitation: Invitation, user: User) -> Member | Seat | None:
    """Return what the user has of what a code gives, so that trying a code twice uses it once."""
    if invitation.email:
        return None
    if invitation.team:
        return invitation.team.members.filter(user=user, left_on=None).first()
    return invitation.school.seats.held().filter(user=user).first() if invitation.school else None


def _count_use(invitation: Invitation, now: datetime) -> None:
    """Count in the database, so that the last use is given to one person only."""
    if not Invitation.objects.open(now).filter(pk=invitation.pk).update(uses=F("uses") + 1):
        raise WrongCode


def _give(invitation: Invitation, user: User, now: datetime) -> Member | Seat | OfficeSeat:
    if invitation.office:
        return OfficeSeat.objects.get_or_create(office=invitation.office, user=user, defaults={"since": now.date()})[0]
    assert invitation.school  # the database holds this: invites_to_a_school_or_an_office
    waits = not invitation.email and invitation.team is not None
    if waits:
        return put_on_team(invitation.team, user, waiting=True, now=now)
    seat = give_seat(invitation.school, user, SEAT_OF.get(invitation.role, Seat.Role.STAFF), now=now)
    if not invitation.team:
        return seat
    return put_on_team(invitation.team, user, as_lead=invitation.role == ROLE.LEAD, now=now)


@transaction.atomic
def link_school(school: School, secret: str, *, now: datetime) -> Office:
    """Let the office whose code this is see the school. Refuses with WrongCode."""
    codes = Invitation.objects.open(now).filter(role=ROLE.LINK, secret_hash=hash_of(secret)).select_related("office")
    invitation = codes.first()
    if not invitation or not invitation.office:
        raise WrongCode
    _count_use(invitation, now)
    school.office = invitation.office
    school.save(update_fields=["office"])
    return invitation.office
