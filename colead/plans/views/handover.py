"""The handover pack."""

from django.http import HttpResponse
from django.utils import timezone

from colead.plans.exports.handover import handover_pack
from colead.schools.doors import TeamRequest, team_page
from colead.schools.models import Team
from colead.web.files import paper
from colead.web.page import page


@team_page
def handover(request: TeamRequest, team: Team) -> HttpResponse:
    """Say what is in the pack, and offer it."""
    facts = {
        "open": team.decisions.open().count(),
        "decided": team.decisions.decided().count(),
        "tests": team.trials.count(),
        "steps": team.steps.open().count(),
    }
    return page(request, "plans/handover.html", {"team": team, **facts})


@team_page
def pack(request: TeamRequest, team: Team, form: str) -> HttpResponse:
    """Answer with the pack as PDF or DOCX."""
    return paper(handover_pack(team, now=timezone.now()), form, "handover")
