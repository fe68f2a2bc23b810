"""A search of the worker: ask for one, look on while it gets better, stop it, take what it found."""

import json
from hashlib import sha256

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from colead.decisions.views.saving import act
from colead.practices.actions import searching as actions
from colead.practices.doors import ScenarioRequest, scenario_draft, scenario_page
from colead.practices.finding import unpacked
from colead.practices.models import Search
from colead.practices.queries.offers import told
from colead.practices.views.naming import scenario_of
from colead.practices.views.scenarios import page_of
from colead.schools.actions import Refusal
from colead.schools.models import Team
from colead.web.page import page


@require_POST
@scenario_draft
def find(request: ScenarioRequest, team: Team, scenario_id: int) -> HttpResponse:
    """Ask for a search on a scenario."""
    found = scenario_of(team, scenario_id)
    aim = actions.aim_of(request.POST.get("aim", ""))
    try:
        search = actions.ask_search(found, aim=aim, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal.reason))
        return redirect(page_of(found))
    return redirect("time_search", team.pk, search.pk)


def search_of(team: Team, search_id: int) -> Search:
    """Return a search of the team, or not found."""
    related = ("scenario__timetable", "asked_by")
    found = Search._default_manager.select_related(*related)
    return get_object_or_404(found, pk=search_id, scenario__timetable__team=team)


@scenario_page
def search(request: ScenarioRequest, team: Team, search_id: int) -> HttpResponse:
    """Show what a search has found so far; the page asks again by itself while it is under way."""
    found = search_of(team, search_id)
    mark = _mark(found)
    if request.GET.get("seen") == mark and request.htmx:
        return HttpResponse(status=204)  # nothing new: what somebody has opened on the page stays open
    context = {
        "team": team,
        "search": found,
        "scenario": found.scenario,
        "told": told(unpacked(found.found)),
        "mark": mark,
        "worker": actions.is_worker_here(now=timezone.now()),
    }
    return page(request, "practices/search.html", context, parts=("progress",))


def _mark(search: Search) -> str:
    """Name what a page about this search shows now."""
    shown = f"{search.state} {search.wish_to_stop} {json.dumps(search.found, sort_keys=True)}"
    return sha256(shown.encode()).hexdigest()[:16]


@require_POST
@scenario_draft
def stop(request: ScenarioRequest, team: Team, search_id: int) -> HttpResponse:
    """Stop a search; what it has found stays."""
    found = search_of(team, search_id)
    actions.stop_search(found, now=timezone.now())
    return redirect("time_search", team.pk, found.pk)


@require_POST
@scenario_draft
def take(request: ScenarioRequest, team: Team, search_id: int, key: str) -> HttpResponse:
    """Take a proposal over into the scenario."""
    found = search_of(team, search_id)
    now = timezone.now()
    return act(request, lambda: actions.take_offer(found, key, by=request.user, now=now), page_of(found.scenario))
