"""What the office's first page asks about the company its schools keep: one query a question, for all schools."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, Min, Q

from colead.programme.models import Ask, Attendance, Gathering, Visit
from colead.schools.models import Office

BETWEEN_VISITS = timedelta(days=150)  # about one site visit a semester


@dataclass(frozen=True)
class VisitStanding:
    """When the office last came to a school, and when it comes next."""

    last_on: date | None = None
    next_on: date | None = None

    def is_due(self, today: date, *, since: date) -> bool:
        """Say whether a site visit is due for a school that has been in the program `since` a day."""
        return self.next_on is None and today - (self.last_on or since) > BETWEEN_VISITS


@dataclass(frozen=True)
class OpenAsks:
    """How many asks of a school are open, how many of them nobody has taken, and since when the oldest waits."""

    count: int = 0
    untaken: int = 0
    oldest_on: date | None = None


NEVER_VISITED = VisitStanding()
NO_ASKS = OpenAsks()


def last_check_ins(office: Office, *, today: date) -> Mapping[int, date]:
    """Return the day of the last check-in that each school came to, by the school's number; absent: none yet."""
    came = Attendance.objects.filter(
        gathering__cohort__programme__office=office,
        gathering__kind=Gathering.Kind.CHECK_IN,
        gathering__held_on__lte=today,
    )
    return dict(came.order_by().values_list("school_id").annotate(Max("gathering__held_on")))


def site_visits(office: Office, *, today: date) -> Mapping[int, VisitStanding]:
    """Return each school's last and next site visit, by the school's number; absent: NEVER_VISITED."""
    agreed = Visit.objects.agreed().filter(programme__office=office, kind=Visit.Kind.SITE).order_by()
    found = agreed.values_list("host__school_id").annotate(
        last=Max("on_day", filter=Q(on_day__lt=today)), following=Min("on_day", filter=Q(on_day__gte=today))
    )
    return {school: VisitStanding(last, following) for school, last, following in found}


def open_asks(office: Office) -> Mapping[int, OpenAsks]:
    """Return the open asks of each school, by the school's number; absent: NO_ASKS."""
    asks = Ask.objects.open().filter(programme__office=office).order_by()
    untaken = Count("pk", filter=Q(helper=None, helper_name=""))
    found = asks.values_list("team__school_id").annotate(Count("pk"), untaken=untaken, oldest=Min("asked_on"))
    return {school: OpenAsks(count, waiting, oldest) for school, count, waiting, oldest in found}
