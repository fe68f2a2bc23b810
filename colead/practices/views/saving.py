"""What the pages of the time finder do again and again: find what an address names, say a refusal aloud."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from colead.practices.models import Scenario, Timetable
from colead.schools.actions import Refusal
from colead.schools.doors import TeamRequest
from colead.schools.models import Team


def sent(request: TeamRequest) -> Any:
    """Return what was posted, or None so that a form stays unbound."""
    return request.POST if request.method == "POST" else None


def timetable_of(team: Team, timetable_id: int) -> Timetable:
    """Return a timetable of the team, or not found."""
    return get_object_or_404(team.timetables, pk=timetable_id)


def scenario_of(team: Team, scenario_id: int) -> Scenario:
    """Return a scenario of the team, or not found."""
    found = Scenario._default_manager.select_related("timetable", "decision", "made_by", "let_go")
    return get_object_or_404(found, pk=scenario_id, timetable__team=team)


def act(request: TeamRequest, verb: Callable[[], object], *onward: Any) -> HttpResponse:
    """Do one verb that needs no form, and go `onward`; where it is refused, say so there."""
    try:
        verb()
    except Refusal as refusal:
        messages.warning(request, str(refusal.reason))
    return redirect(*onward)
