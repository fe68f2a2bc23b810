"""Everything a team has made, as one file for machines."""

from django.http import HttpResponse

from colead.plans.portable import export_team, to_bytes
from colead.plans.views.paper import file
from colead.schools.doors import TeamRequest, team_view
from colead.schools.models import Team
from colead.web.page import page


@team_view
def portable(request: TeamRequest, team: Team) -> HttpResponse:
    """Say what is in the file and what is not."""
    return page(request, "plans/portable.html", {"team": team})


@team_view
def export(request: TeamRequest, team: Team) -> HttpResponse:
    """Answer with the file."""
    whole, _numbers = export_team(team)
    return file(to_bytes(whole), "application/json; charset=utf-8", f"team-{team.pk}.json")
