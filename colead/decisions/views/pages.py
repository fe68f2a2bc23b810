"""Read: the list, one decision, how its record came to read so; and all of it as paper or lists."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from colead.decisions.exports.lists import decisions_sheet
from colead.decisions.exports.papers import decision_paper
from colead.decisions.forms.fields import way_told
from colead.decisions.models import Decision
from colead.decisions.queries.briefs import listed
from colead.decisions.queries.exchange import minutes_given_back
from colead.decisions.queries.path import path
from colead.decisions.queries.record import record
from colead.decisions.queries.saves import saves
from colead.decisions.views.at_hand import at_hand
from colead.decisions.wording import in_words
from colead.schools.doors import TeamRequest, team_page
from colead.schools.models import Team
from colead.web.files import paper, table
from colead.web.page import page


def decision_of(team: Team, decision_id: int) -> Decision:
    """Return a decision of the team, or not found."""
    people = ("team__school", "decider__user", "owner__user", "chosen", "follows")
    return get_object_or_404(team.decisions.select_related(*people), pk=decision_id)


@team_page
def decisions(request: TeamRequest, team: Team) -> HttpResponse:
    """List what is due, open and decided; with `q`, what is found."""
    search = request.GET.get("q", "").replace("\0", "").strip()[:200]
    context = {
        "team": team,
        "list": listed(team, today=team.today(timezone.now()), search=search),
        "search": search,
        "given_back": in_words(minutes_given_back(team)),
    }
    return page(request, "decisions/decisions.html", context)


@team_page
def decision(request: TeamRequest, team: Team, decision_id: int) -> HttpResponse:
    """Show one decision: what is at hand first, then the record."""
    found = decision_of(team, decision_id)
    gathered = record(found, request.user, today=team.today(timezone.now()))
    context: dict[str, Any] = {
        "team": team,
        "decision": found,
        "record": gathered,
        "path": path(gathered),
        "way": way_told(found.way),
        "hand": at_hand(team, gathered) if request.member else {},
    }
    return page(request, "decisions/decision.html", context)


@team_page
def history(request: TeamRequest, team: Team, decision_id: int) -> HttpResponse:
    """Show every save of everything that belongs to a decision."""
    found = decision_of(team, decision_id)
    return page(request, "decisions/history.html", {"team": team, "decision": found, "saves": saves(found)})


@team_page
def filled(request: TeamRequest, team: Team, decision_id: int, form: str) -> HttpResponse:
    """Answer with a decision on one page of paper."""
    found = decision_of(team, decision_id)
    now = timezone.now()
    gathered = record(found, request.user, today=team.today(now))
    return paper(decision_paper(team, gathered, now=now), form, f"decision-{decision_id}")


@team_page
def blank(request: TeamRequest, team: Team, form: str) -> HttpResponse:
    """Answer with an empty decision record to write on."""
    return paper(decision_paper(team, None, now=timezone.now()), form, "decision-blank")


@team_page
def sheet(request: TeamRequest, team: Team, form: str) -> HttpResponse:
    """Answer with all decisions as a list."""
    return table(decisions_sheet(team), form, "decisions")
