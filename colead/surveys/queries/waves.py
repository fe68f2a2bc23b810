"""A school's waves, and where one of them stands, for the person who looks."""

from dataclasses import dataclass
from datetime import datetime

from colead.accounts.models import User
from colead.answers import box
from colead.schools.models import Member, School, Seat
from colead.schools.queries import may_keep
from colead.surveys.models import Ask, Wave


@dataclass(frozen=True)
class May:
    """What somebody may do around a survey. Nobody may see who answered, whatever their role."""

    user_id: int
    plan: bool  # plan, ask to open or close, hand out codes
    agree: bool  # be the second person
    teams: tuple[int, ...]  # the teams they write findings for


def may(school: School, user: User) -> May:
    """Return what this person may do."""
    seat = school.seats.held().filter(user=user).first()
    mine = Member.objects.active().filter(team__school=school, user=user).values_list("team_id", flat=True)
    keeps = may_keep(school, user)
    return May(user.pk, keeps, keeps or bool(seat and seat.role == Seat.Role.COACH), tuple(mine))


@dataclass(frozen=True)
class Standing:
    """Where a wave stands: what waits for a second person, and what may be known while it runs."""

    waiting: tuple[Ask, ...]
    done: tuple[Ask, ...]
    progress: box.Progress | None
    counts: box.Counts | None
    begun: bool


def standing(wave: Wave, *, now: datetime) -> Standing:
    """Return where a wave stands; nothing in it is about answers."""
    asks = list(wave.asks.select_related("asked_by", "confirmed_by"))
    return Standing(
        waiting=tuple(ask for ask in asks if ask.confirmed_on is None),
        done=tuple(ask for ask in asks if ask.confirmed_on),
        progress=box.progress(wave.ref) if wave.is_open else None,
        counts=box.counts(wave.ref) if wave.is_open else None,
        begun=wave.today(now) >= wave.opens,
    )


def waves_of(school: School) -> list[Wave]:
    """Return the school's waves, the newest first."""
    return list(school.waves.select_related("reader", "planned_by"))
