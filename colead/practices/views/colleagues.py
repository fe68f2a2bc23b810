"""What a team has open to its colleagues: the team opens a scenario, the school finds it."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from colead.practices.actions import scenarios as actions
from colead.practices.queries.colleagues import open_scenarios as opened
from colead.practices.views.naming import scenario_of
from colead.practices.views.scenarios import page_of
from colead.schools.doors import KnownRequest, TeamRequest, school_view, team_view
from colead.schools.models import School, Team
from colead.web.page import page


@school_view()
def open_scenarios(request: KnownRequest, school: School) -> HttpResponse:
    """List the scenarios that the teams of the school have open to colleagues."""
    return page(request, "practices/open_scenarios.html", {"school": school, "scenarios": opened(school)})


@require_POST
@team_view
def open_up(request: TeamRequest, team: Team, scenario_id: int) -> HttpResponse:
    """Open a scenario to colleagues, or take that back."""
    found, on = scenario_of(team, scenario_id), request.POST.get("on") == "yes"
    actions.open_scenario(found, on=on, by=request.user, now=timezone.now())
    return redirect(page_of(found))
