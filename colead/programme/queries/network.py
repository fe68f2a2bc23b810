"""A team's way into the company of other schools: what comes next, what it owes, what waits for it."""

from dataclasses import dataclass
from datetime import date

from colead.programme.models import Cohort, FollowUp, Gathering
from colead.programme.queries.modules import cohorts_of, gatherings_for, title_of
from colead.schools.models import Team


@dataclass(frozen=True)
class Coming:
    """A gathering with what it is called."""

    gathering: Gathering
    title: str


@dataclass(frozen=True)
class Network:
    """What a team finds when it looks up from its own work."""

    cohorts: tuple[Cohort, ...]
    coming: tuple[Coming, ...]
    over: tuple[Coming, ...]
    promises: tuple[FollowUp, ...]


def network(team: Team, *, today: date) -> Network:
    """Gather what comes next for a team, and what it promised."""
    gatherings = gatherings_for(team)
    return Network(
        cohorts=tuple(cohorts_of(team.school)),
        coming=tuple(Coming(one, title_of(one)) for one in gatherings.coming(today)[:4]),
        over=tuple(Coming(one, title_of(one)) for one in gatherings.over(today)[:12]),
        promises=tuple(FollowUp.objects.open().filter(team=team).select_related("gathering")),
    )
