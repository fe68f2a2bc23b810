"""Try a lesson elsewhere: see what each move would break, move it, pin it, undo."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from colead.decisions.views.saving import act
from colead.practices.actions import scenarios as actions
from colead.practices.doors import ScenarioRequest, scenario_draft, scenario_page
from colead.practices.queries.board import board_of
from colead.practices.queries.trying import options, places_of
from colead.practices.queries.weeks import people_of, week_of
from colead.practices.views.naming import scenario_of
from colead.practices.views.scenarios import page_of
from colead.schools.models import Team
from colead.timetable import Slot
from colead.web.page import page


@scenario_page
def week(request: ScenarioRequest, team: Team, scenario_id: int) -> HttpResponse:
    """Show the week of a person, class, room or team; members press a lesson to try it elsewhere."""
    found = scenario_of(team, scenario_id)
    board = board_of(found)
    kind, name = request.GET.get("kind", "person"), request.GET.get("name", "")
    context = {
        "team": team,
        "scenario": found,
        "week": week_of(board, kind, name),
        "choices": people_of(board.today),
    }
    return page(request, "practices/week.html", context)


@scenario_draft
def lesson(request: ScenarioRequest, team: Team, scenario_id: int) -> HttpResponse:
    """Show where one lesson could go, and what that would break."""
    found = scenario_of(team, scenario_id)
    board = board_of(found)
    one = board.then.by_key.get(request.GET.get("lesson", ""))
    if not one:
        raise Http404
    pinned = one.key in found.pinned
    free = one.start and not one.fixed_time and not pinned and not found.decision_id
    context = {"team": team, "scenario": found, "lesson": one, "pinned": pinned}
    context["when"] = board.then.when(one.start) if one.start else ""
    return page(request, "practices/lesson.html", {**context, "options": options(board, one) if free else ()})


@require_POST
@scenario_draft
def move(request: ScenarioRequest, team: Team, scenario_id: int) -> HttpResponse:
    """Move a lesson, alone or in exchange for another."""
    found = scenario_of(team, scenario_id)
    then = board_of(found).then
    one, other = then.by_key.get(request.POST.get("lesson", "")), then.by_key.get(request.POST.get("swap", ""))
    slot = slot_of(request.POST.get("slot", ""))
    if not one or not slot:
        raise Http404
    places = places_of(then, one, slot, other)
    return act(request, lambda: actions.move(found, places, by=request.user, now=timezone.now()), page_of(found))


def slot_of(text: str) -> Slot | None:
    """Read “2-3” as day and period."""
    day, _dash, period = text.partition("-")
    known = day.isdecimal() and period.isdecimal() and len(text) < 9
    return Slot(int(day), int(period)) if known else None


@require_POST
@scenario_draft
def pin(request: ScenarioRequest, team: Team, scenario_id: int) -> HttpResponse:
    """Pin a lesson where it is, or let it go."""
    found = scenario_of(team, scenario_id)
    key = request.POST.get("lesson", "")
    facts: dict[str, Any] = {"on": request.POST.get("on") == "yes", "by": request.user, "now": timezone.now()}
    address = f"{reverse('lesson_try', args=[team.pk, found.pk])}?{urlencode({'lesson': key})}"
    return act(request, lambda: actions.pin(found, key, **facts), address)


@require_POST
@scenario_draft
def undo(request: ScenarioRequest, team: Team, scenario_id: int) -> HttpResponse:
    """Take the last step back."""
    found = scenario_of(team, scenario_id)
    return act(request, lambda: actions.undo(found, by=request.user, now=timezone.now()), page_of(found))
