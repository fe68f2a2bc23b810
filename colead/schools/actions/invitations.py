"""Ways in: make them, take them back, use them."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.schools.actions.refusal import Refusal
from colead.schools.actions.seats import give_seat
from colead.schools.actions.teams import put_on_team
from colead.schools.models import Invitation, Member, Office, OfficeSeat, School, Seat, Team
from colead.schools.secrets import hash_of, new_code, new_token

MAIL_LASTS = timedelta(days=14)
ROLE = Invitation.Role
SEAT_OF: dict[str, str] = {ROLE.PRINCIPAL: Seat.Role.PRINCIPAL, ROLE.COACH: Seat.Role.COACH}


class WrongCode(Refusal):
    """Refuse a secret that is wrong, too old, taken back or used up: all in the same words."""

    reason = _("This code does not work. It may be mistyped or too old. Ask whoever gave it to you for a new one.")


class WrongAddress(Refusal):
    """Refuse an invitation that was written to another address."""

    reason = _("This invitation was sent to another address. Sign in with that one, or ask for an invitation to yours.")


class AddressWritten(Refusal):
    """Refuse to write to the same address again and again, or to very many at once."""

    reason = _(
        "We have written there three times in the last hour, or to very many people for you. Please wait a while."
    )


@dataclass(frozen=True)
class Made:
    """A new invitation and its secret, which is shown once and never stored."""

    invitation: Invitation
    secret: str


@transaction.atomic
def invite_by_mail(place: School | Team | Office, *, email: str, role: str, by: User, now: datetime) -> Made:
    """Make an invitation for one address; once its letter is on its way, `close_older` ends those before it.

    Refuses with AddressWritten after three to it, or a hundred by the same person, within an hour.
    """
    email = email.strip().lower()
    lately = Invitation.objects.exclude(email="").filter(made_at__gt=now - timedelta(hours=1))
    if lately.filter(email=email).count() >= 3 or lately.filter(made_by=by).count() >= 100:
        raise AddressWritten
    return _make(place, role, by, email=email, secret=new_token(), made_at=now, expires_at=now + MAIL_LASTS)


def end_of_day(place: School | Team | Office, *, days: int, now: datetime) -> datetime:
    """Return the last second of today, or of the day so many days later, where the place is (an office: in UTC)."""
    school = place.school if isinstance(place, Team) else place
    zone = ZoneInfo(school.time_zone) if isinstance(school, School) else UTC
    day = now.astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(day, time(23, 59, 59), zone)


def make_code(
    place: School | Team | Office, *, role: str, most_uses: int, expires_at: datetime, by: User, now: datetime
) -> Made:
    """Make a code to type, to scan or to follow as a link, good for `most_uses` people until `expires_at`."""
    return _make(place, role, by, secret=new_code(), most_uses=most_uses, made_at=now, expires_at=expires_at)


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


def close_older(made: Made, *, now: datetime) -> None:
    """Close what was sent to the same address before, to the same place: one letter works at a time."""
    new = made.invitation
    same = Invitation.objects.open(now).filter(email=new.email, school=new.school, team=new.team, office=new.office)
    same.exclude(pk=new.pk).update(revoked_at=now)


def unsend(made: Made) -> None:
    """Forget an invitation whose letter could not be sent, as if it had never been made."""
    made.invitation.delete()


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
    Invitation.objects.select_for_update().get(pk=invitation.pk)  # who presses twice comes in once
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
    if invitation.team and not invitation.email:
        return put_on_team(invitation.team, user, waiting=True, now=now)
    assert invitation.school  # the database holds this: invites_to_a_school_or_an_office
    seat = give_seat(invitation.school, user, SEAT_OF.get(invitation.role, Seat.Role.STAFF.value), now=now)
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
