"""The purpose map: draw it from the theory, fill it a part at a time, print it on one page."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from colead.decisions.views.saving import facts_of, sent
from colead.plans.actions import purpose as actions
from colead.plans.exports.purpose import map_list, map_paper
from colead.plans.forms.purpose import DrawForm, PartForm, ShiftEditForm, ShiftForm, part_of
from colead.plans.models import PurposeMap, Shift
from colead.plans.queries.purpose import current_map, map_page, shifts_in
from colead.plans.queries.starting import map_start
from colead.plans.queries.thread import thread_links
from colead.plans.views.barriers import condition_in
from colead.plans.views.saving import refused, rewriting, saved
from colead.schools.doors import TeamRequest, team_page, team_view
from colead.schools.models import Team
from colead.texts.queries import changes
from colead.web.files import paper, table
from colead.web.page import page


@team_page
def current(request: TeamRequest, team: Team) -> HttpResponse:
    """Show the map at work; where there is none, or `start` is asked for, the page that begins one."""
    condition = condition_in(request)
    found = current_map(team, condition)
    if found and "start" not in request.GET and request.method != "POST":
        return show(request, team, found)
    form = DrawForm(sent(request), team=team, initial=map_start(team, request.GET, condition))
    answer = saved(request, team, form, lambda form: _draw(request, team, form), _to_map)
    context = {"team": team, "form": form, "current": found}
    return answer or page(request, "plans/map_start.html", context, status=422 if form.is_bound else 200)


def _draw(request: TeamRequest, team: Team, form: DrawForm) -> PurposeMap:
    try:
        return actions.draw_map(team, by=request.user, now=timezone.now(), **form.cleaned_data)
    except actions.AlreadyDrawn as drawn:
        refused(request, drawn)
        return drawn.drawn


def _to_map(made: PurposeMap) -> tuple[Any, ...]:
    return ("map_page", made.team_id, made.pk)


def map_of(team: Team, map_id: int) -> PurposeMap:
    """Return a map of the team, or not found."""
    return get_object_or_404(team.maps.select_related("team__school", "theory", "from_idea"), pk=map_id)


@team_page
def one(request: TeamRequest, team: Team, map_id: int) -> HttpResponse:
    """Show one map."""
    return show(request, team, map_of(team, map_id))


def show(request: TeamRequest, team: Team, found: PurposeMap, *, status: int = 200, **forms: Any) -> HttpResponse:
    """Render a map's page, with a shift as it was sent where something is wrong with it."""
    context = {
        "team": team,
        "page": map_page(found),
        "shift_form": ShiftForm(),
        "links": thread_links(team, "map", found.pk),
        "changes": changes(found),
        **forms,
    }
    return page(request, "plans/map.html", context, status=status)


@team_view
def part(request: TeamRequest, team: Team, map_id: int, key: str) -> HttpResponse:
    """Write one part of the map."""
    found, about = map_of(team, map_id), part_of(key)
    if not about:
        raise Http404
    begun = {**{name: getattr(found, name) for name in about.fields}, "version": found.version}
    form = PartForm(sent(request), part=about, initial=begun)
    answer = saved(request, team, form, rewriting(request, actions.write_map, found), _to_map)
    context = {"team": team, "map": found, "part": about, "form": form}
    return answer or page(request, "plans/map_part.html", context, status=422 if form.is_bound else 200)


@require_POST
@team_view
def add_shift(request: TeamRequest, team: Team, map_id: int) -> HttpResponse:
    """Say what a group will do differently."""
    found = map_of(team, map_id)
    form = ShiftForm(request.POST)
    answer = saved(
        request,
        team,
        form,
        lambda form: actions.add_shift(found, by=request.user, now=timezone.now(), **form.cleaned_data),
        lambda _shift: _to_map(found),
    )
    return answer or show(request, team, found, status=422, shift_form=form)


def _shift(team: Team, shift_id: int) -> Shift:
    return get_object_or_404(shifts_in(team), pk=shift_id)


@team_view
def shift(request: TeamRequest, team: Team, shift_id: int) -> HttpResponse:
    """Change what a group will do differently."""
    found = _shift(team, shift_id)
    form = ShiftEditForm(sent(request), initial=facts_of(ShiftEditForm, found))
    answer = saved(request, team, form, rewriting(request, actions.edit_shift, found), lambda shift: _to_map(shift.map))
    context = {"team": team, "shift": found, "form": form, "changes": changes(found)}
    return answer or page(request, "plans/shift.html", context, status=422 if form.is_bound else 200)


@require_POST
@team_view
def put_shift_away(request: TeamRequest, team: Team, shift_id: int) -> HttpResponse:
    """Take a shift off the map."""
    found = _shift(team, shift_id)
    actions.put_shift_away(found, by=request.user, now=timezone.now())
    return redirect("map_page", team.pk, found.map_id)


@require_POST
@team_view
def put_away(request: TeamRequest, team: Team, map_id: int) -> HttpResponse:
    """Put a map aside."""
    actions.put_map_away(map_of(team, map_id), by=request.user, now=timezone.now())
    return redirect("map_page", team.pk, map_id)


@team_page
def filled(request: TeamRequest, team: Team, map_id: int, form: str) -> HttpResponse:
    """Answer with a map on one page of paper."""
    return paper(map_paper(team, map_of(team, map_id), now=timezone.now()), form, f"map-{map_id}")


@team_page
def blank(request: TeamRequest, team: Team, form: str) -> HttpResponse:
    """Answer with an empty map."""
    return paper(map_paper(team, None, now=timezone.now()), form, "map-blank")


@team_page
def listed(request: TeamRequest, team: Team, form: str) -> HttpResponse:
    """Answer with every map of the team as a list."""
    return table(map_list(list(team.maps.all())), form, "maps")
