"""The team room, and the way to it."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from colead.playbook.actions.notes import put_notes_away
from colead.playbook.asked import playbook
from colead.playbook.queries.places import places_of
from colead.playbook.queries.room import left_off as where_left_off
from colead.playbook.queries.room import room
from colead.schools.doors import TeamRequest, team_page, team_view
from colead.schools.models import Team
from colead.web.doors import signed_in
from colead.web.page import page
from colead.web.thread import stops


@signed_in
def home(request: TeamRequest) -> HttpResponse:
    """Go straight to the one team a person has; else let them choose among teams, schools and offices."""
    if not request.user.name:
        return redirect("me")
    places = places_of(request.user)
    if len(places.all) == 1:
        return redirect(places.all[0].url)
    return page(request, "playbook/home.html", {"places": places})


@team_page
def team_room(request: TeamRequest, team: Team) -> HttpResponse:
    """Show where the team stands and the one next step."""
    today = team.today(timezone.now())
    found = room(team, request.user, playbook(), today=today, takes_part=bool(request.member))
    context = {"team": team, "room": found, "stops": stops(found.here, _addresses(team))}
    return page(request, "playbook/room.html", context)


def _addresses(team: Team) -> dict[str, str]:
    """Return where each stop of the thread is worked on."""
    places = {"voice": "evidence", "barrier": "barriers", "theory": "theory", "map": "map", "test": "trials"}
    places |= {"result": "trials", "decision": "decisions"}
    return {stop: reverse(name, args=[team.pk]) for stop, name in places.items()}


@team_view
def left_off(request: TeamRequest, team: Team) -> HttpResponse:
    """Reopen the exact place this person last worked at."""
    place = where_left_off(team, request.user, playbook())
    return redirect(place.url) if place else redirect("team_room", team.pk)


@team_page
def before(request: TeamRequest, team: Team) -> HttpResponse:
    """Show the notes to read before the first guide."""
    return page(request, "playbook/before.html", {"team": team, "notes": playbook().before_you_start})


@require_POST
@team_view
def put_away(request: TeamRequest, team: Team) -> HttpResponse:
    """Put the notes away for the team; they stay findable."""
    put_notes_away(team, now=timezone.now())
    return redirect("team_room", team.pk)
