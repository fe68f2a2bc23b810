"""One's own learning goals, those one is named in as a peer, and one number for the school."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from colead.accounts.models import User
from colead.programme.models import LearningGoal
from colead.schools.models import School

FEWEST = 5  # people on either side of a share, so that it points to nobody
QUARTER = timedelta(weeks=10)


def colleagues(school: School, user: User) -> QuerySet[User]:
    """Return the people who have a seat at the school or are on one of its teams, but for the user."""
    seat = Q(seats__school=school, seats__until=None)
    member = Q(memberships__team__school=school, memberships__left_on=None, memberships__waiting=False)
    return User.objects.filter(seat | member).exclude(pk=user.pk).distinct().order_by("name", "pk")


def goals_seen_by(user: User, school: School) -> QuerySet[LearningGoal]:
    """Return the goals that somebody may open: their own, and those in which they are the peer."""
    return school.learning_goals.seen_by(user).select_related("owner", "peer", "school")


@dataclass(frozen=True)
class ShareWithAGoal:
    """How many of the staff have a goal this quarter; both None where either side is too small to be shown."""

    having: int | None
    of: int | None


def share_with_a_goal(school: School, *, today: date) -> ShareWithAGoal:
    """Count the school's people with a running goal among those on the staff list.

    Hidden unless at least FEWEST have one and at least FEWEST do not.
    """
    of = school.roster.here().count()
    having = school.learning_goals.running(today).order_by().values("owner").distinct().count()
    shown = having >= FEWEST and of - having >= FEWEST
    return ShareWithAGoal(having, of) if shown else ShareWithAGoal(None, None)
