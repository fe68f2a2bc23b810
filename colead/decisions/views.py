"""Read what a team decided."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from colead.schools.doors import TeamRequest, team_page
from colead.schools.models import Team
from colead.web.page import page


@team_page
def decisions(request: TeamRequest, team: Team) -> HttpResponse:
    """List every decision, the newest first."""
    return page(request, "decisions/decisions.html", {"team": team, "decisions": team.decisions.all()})


@team_page
def decision(request: TeamRequest, team: Team, decision_id: int) -> HttpResponse:
    """Show one decision with who was present, how it was taken, and how its wording changed."""
    found = get_object_or_404(team.decisions, pk=decision_id)
    context = {
        "team": team,
        "decision": found,
        "present": found.present.select_related("user"),
        "versions": found.history.select_related("history_user"),
    }
    return page(request, "decisions/decision.html", context)
