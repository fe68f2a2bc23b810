"""When a team meets next, and what about."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from colead.accounts.models import User
from colead.content.model import Playbook
from colead.meetings.agenda import Point, fit
from colead.meetings.models import Rhythm
from colead.meetings.queries.points import closing, opening, points_for
from colead.meetings.weeks import next_day
from colead.schools.models import Team

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class NextMeeting:
    """The day, time and place of a meeting that is not made yet."""

    team: Team
    held_on: date
    starts_at: time | None
    place: str
    week: str

    @property
    def facts(self) -> dict[str, Any]:
        return {"held_on": self.held_on, "starts_at": self.starts_at, "place": self.place}

    def agenda(self, minutes: int, *, viewer: User, playbook: Playbook) -> tuple[Point, ...]:
        """Return what the team could do in so many minutes on that day."""
        points = points_for(self.team, viewer, playbook, today=self.held_on)
        return fit(points, minutes, opening=opening(), closing=closing())


def next_meeting(team: Team, *, today: date) -> NextMeeting:
    """Return the next day the team usually meets on which no meeting is made yet; without a rhythm it is today."""
    rhythm: Rhythm | None = getattr(team, "rhythm", None)
    if not rhythm:
        return NextMeeting(team, today, None, "", "")
    taken = set(team.meetings.filter(held_on__gte=today).values_list("held_on", flat=True))
    day = _next(rhythm, today - ONE_DAY)
    while day in taken:
        day = _next(rhythm, day)
    return NextMeeting(team, day, rhythm.starts_at, rhythm.place, rhythm.week(day))


def _next(rhythm: Rhythm, after: date) -> date:
    return next_day(weekday=rhythm.weekday, every=rhythm.every, a_week=rhythm.a_week, after=after)
