"""Who has which seat at a school."""

from datetime import datetime

from django.db import transaction

from colead.accounts.models import User
from colead.schools.models import School, Seat


@transaction.atomic
def give_seat(school: School, user: User, role: str, *, now: datetime) -> Seat:
    """Give the user a seat at the school; another role ends the seat held before, plain staff never does."""
    held = school.seats.held().select_for_update().filter(user=user).first()
    if held and role in (held.role, Seat.Role.STAFF):
        return held
    if held:
        end_seat(held, by=user, now=now)
    return school.seats.create(user=user, role=role, since=school.today(now))


def end_seat(seat: Seat, *, by: User, now: datetime) -> None:
    """End a seat; the school sees who ended it."""
    seat.until, seat.ended_by = seat.school.today(now), by
    seat.save(update_fields=["until", "ended_by"])
