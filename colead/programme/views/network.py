"""The page on which a team meets the other schools of its program."""

from django.http import HttpResponse
from django.utils import timezone

from colead.programme.queries.network import network as network_of
from colead.schools.doors import TeamRequest, team_view
from colead.schools.models import Team
from colead.web.page import page


@team_view
def network(request: TeamRequest, team: Team) -> HttpResponse:
    """Show what comes next with other schools, and what waits for the team."""
    found = network_of(team, today=team.today(timezone.now()))
    return page(request, "programme/module_network.html", {"team": team, "network": found})
