"""Who may do what around a survey."""

from django.db.models import Q

from colead.accounts.models import User
from colead.schools.models import RosterEntry, School, Seat


def readers(school: School) -> list[User]:
    """Return who may read a wave's comments first: people of the school and its coach, administrators never."""
    known = Q(seats__school=school, seats__until=None)
    known |= Q(memberships__team__school=school, memberships__left_on=None, memberships__waiting=False)
    everybody = User.objects.filter(known, is_active=True).distinct().order_by("name", "email")
    heads = _heads(school)
    return [person for person in everybody if person.email.lower() not in heads]


def may_read(school: School, user: User) -> bool:
    """Say whether somebody may be the reader of the comments."""
    return user in readers(school)


def _heads(school: School) -> set[str]:
    """Return the addresses of the school's administrators: principals by seat, others by the staff list."""
    seats = school.seats.held().filter(role=Seat.Role.PRINCIPAL).values_list("user__email", flat=True)
    listed = school.roster.here().filter(job=RosterEntry.Job.ADMINISTRATOR).values_list("email", flat=True)
    return {email.lower() for email in (*seats, *listed)}


def reader_of(school: School, user_id: int | None) -> User | None:
    """Return the reader with this number, if that person may be one; else None."""
    return next((person for person in readers(school) if person.pk == user_id), None)
