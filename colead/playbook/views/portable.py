"""Everything a team has made, as one file for machines."""

from django.http import HttpResponse

from colead.playbook.portable import write_whole
from colead.schools.doors import TeamRequest, team_view
from colead.schools.models import Team
from colead.web.files import file
from colead.web.page import page


@team_view
def portable(request: TeamRequest, team: Team) -> HttpResponse:
    """Say what is in the file and what is not."""
    return page(request, "playbook/portable.html", {"team": team})


@team_view
def export(request: TeamRequest, team: Team) -> HttpResponse:
    """Answer with the file."""
    return file(write_whole(team), "application/json; charset=utf-8", f"team-{team.pk}.json")
