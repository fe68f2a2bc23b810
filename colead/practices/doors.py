"""Who may enter a scenario: the team that brought the timetable, and colleagues while the team has it open to them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from colead.practices.models import Scenario
from colead.schools.doors import LetsIn, TeamRequest, belongs_to, coach_reads, seat_at, team_door
from colead.schools.models import School, Seat, Team
from colead.web.doors import View


class ScenarioRequest(TeamRequest):
    """What a view behind a scenario's door receives: does a colleague ask, and may who asks lay the scenario out?"""

    as_colleague: bool
    may_change: bool


def works_at(school: School, user: Any) -> bool:
    """Say whether somebody works at the school: a coach belongs to it, and reads only."""
    seat = seat_at(school, user)
    return belongs_to(school, user) and not (seat and seat.role == Seat.Role.COACH)


def _opened(team: Team, facts: dict[str, Any]) -> QuerySet[Scenario]:
    """Find the scenario of an address, where it is open; an address names it, or a search of it."""
    opened = Scenario._default_manager.filter(timetable__team=team, opened_on__isnull=False)
    if "search_id" in facts:
        return opened.filter(searches=facts["search_id"])
    return opened.filter(pk=facts["scenario_id"])


def _speaks(request: HttpRequest, team: Team, facts: dict[str, Any]) -> bool:
    return works_at(team.school, request.user) and _opened(team, facts).exists()


def _reads(request: HttpRequest, team: Team, facts: dict[str, Any]) -> bool:
    return coach_reads(request, team, facts) or _speaks(request, team, facts)


def _drafts(request: HttpRequest, team: Team, facts: dict[str, Any]) -> bool:
    own = _opened(team, facts).filter(made_by=request.user.pk)
    return works_at(team.school, request.user) and own.exists()


def _door(name: str, others: LetsIn) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def enter(request: ScenarioRequest, team: Team, **facts: Any) -> HttpResponse:
            request.as_colleague = not request.member and works_at(team.school, request.user)
            request.may_change = bool(request.member) or _drafts(request, team, facts)
            return view(request, team, **facts)

        return team_door(name, others)(enter)

    return decorate


scenario_page = _door("scenario_page", _reads)  # to read: the team, the coach, colleagues while it is open
scenario_voice = _door("scenario_voice", _speaks)  # to comment and to copy: the team, colleagues while it is open
scenario_draft = _door("scenario_draft", _drafts)  # to lay it out: the team, and whoever made an open one
