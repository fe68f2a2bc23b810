"""Offer a studio, sign up, write one's question and what one takes away, leave, close.

A studio stays within one school: a school's pages open to nobody from outside, and the names of those who learn are
not for other schools. What is worth carrying across goes as a story or a visit of the programme.
"""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.practices.models import SignUp, Studio, StudioDate
from colead.schools.actions import Refusal
from colead.schools.doors import belongs_to
from colead.schools.models import School
from colead.texts.actions import save_new, save_text

MOST_DATES = 30  # a school year of every week, nearly


class StudioClosed(Refusal):
    """Refuse to go on with a studio that is closed."""

    reason = _("This studio is closed. What you take away from it you can still write.")


class LeadsIt(Refusal):
    """Refuse a place to whoever leads the studio."""

    reason = _("You lead this studio, so you are in it anyway.")


class SignedUpAlready(Refusal):
    """Refuse a second place."""

    reason = _("You have signed up for this studio already.")


class SomebodySignedUp(Refusal):
    """Refuse to take back an offer for which colleagues have signed up."""

    reason = _("Colleagues have signed up. Close the studio instead, so that nobody’s words are lost.")


class StillLed(Refusal):
    """Refuse to take over from somebody who is still at the school."""

    reason = _("Whoever leads this studio is still here. Talk to them.")


class TooManyDates(Refusal):
    """Refuse dates without end."""

    reason = _("That is more than thirty dates. Close this studio first and offer the next one.")


def offer_studio(school: School, *, by: User, now: datetime, **facts: Any) -> Studio:
    """Offer a studio: `title`, `question`, `doing`, `places` (None for as many as come)."""
    return save_new(Studio(school=school, leader=by, offered_on=school.today(now), **facts), by=by, now=now)


def change_studio(studio: Studio, *, by: User, based_on: int, now: datetime, **facts: Any) -> Studio:
    """Change an offer. Refuses with StudioClosed and StaleSave."""
    with transaction.atomic():
        return save_text(_open(studio), based_on=based_on, by=by, now=now, **facts)


def add_date(studio: Studio, **facts: Any) -> StudioDate:
    """Add a day: `held_on`, `starts_at`, `minutes`, `place`. Refuses with StudioClosed and TooManyDates."""
    with transaction.atomic():
        current = _open(studio)
        if current.dates.count() >= MOST_DATES:
            raise TooManyDates
        return StudioDate.objects.create(studio=current, **facts)


def drop_date(date: StudioDate) -> None:
    """Take a day off the list. Refuses with StudioClosed."""
    with transaction.atomic():
        _open(date.studio)
        date.delete()


def sign_up(studio: Studio, *, by: User) -> SignUp:
    """Take a place, or stand next in the waiting list. Refuses with StudioClosed, LeadsIt and SignedUpAlready."""
    try:
        with transaction.atomic():
            current = _open(studio)
            if current.leader_id == by.pk:
                raise LeadsIt
            return SignUp.objects.create(studio=current, user=by)
    except IntegrityError:
        raise SignedUpAlready from None


def write_own(mine: SignUp, **words: str) -> SignUp:
    """Write one's own question or take-away, and who reads it. A closed studio takes them, too."""
    for name, value in words.items():
        setattr(mine, name, value)
    mine.save(update_fields=list(words))
    return mine


def leave_studio(mine: SignUp) -> None:
    """Give one's place to whoever waits. All that one wrote there is deleted."""
    mine.delete()


def close_studio(studio: Studio, *, closing: str, by: User, based_on: int, now: datetime) -> Studio:
    """Close a studio with what came of it. Refuses with StudioClosed and StaleSave."""
    with transaction.atomic():
        current = _open(studio)
        today = current.school.today(now)
        return save_text(current, based_on=based_on, by=by, now=now, closing=closing, closed_on=today)


def take_over(studio: Studio, *, by: User, now: datetime) -> Studio:
    """Lead a studio whose leader has left the school. Refuses with StudioClosed and StillLed."""
    with transaction.atomic():
        current = _open(studio)
        if belongs_to(current.school, current.leader):
            raise StillLed
        return save_text(current, based_on=current.version, by=by, now=now, leader=by)


def take_back(studio: Studio) -> None:
    """Take back an offer, with its history. Refuses with SomebodySignedUp."""
    with transaction.atomic():
        current = Studio.objects.select_for_update().get(pk=studio.pk)
        if current.sign_ups.exists():
            raise SomebodySignedUp
        current.delete()
        Studio.history.filter(id=studio.pk).delete()


def _open(studio: Studio) -> Studio:
    current: Studio = Studio.objects.select_for_update(of=("self",)).select_related("school").get(pk=studio.pk)
    if current.closed_on:
        raise StudioClosed
    return current
