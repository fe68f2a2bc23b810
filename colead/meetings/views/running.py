"""Run a meeting from a phone: begin, the clock that everybody sees, end."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from colead.decisions.views.saving import act
from colead.meetings.actions import running
from colead.meetings.forms.meetings import BeatForm, StartForm
from colead.meetings.queries.meetings import clock_of, reading
from colead.meetings.views.meetings import meeting_of, page_of
from colead.schools.doors import TeamRequest, team_page, team_view
from colead.schools.models import Team
from colead.web.page import page


@require_POST
@team_view
def start(request: TeamRequest, team: Team, meeting_id: int) -> HttpResponse:
    """Begin with those who are here."""
    found, now = meeting_of(team, meeting_id), timezone.now()
    form = StartForm(request.POST, team=team)
    present = list(form.cleaned_data["present"]) if form.is_valid() else []
    return act(request, lambda: running.start_meeting(found, present=present, by=request.user, now=now), page_of(found))


@require_safe
@team_page
def clock(request: TeamRequest, team: Team, meeting_id: int) -> HttpResponse:
    """Answer a phone that asks for the clock: nothing while nobody has pressed since the beat it knows."""
    beat = clock_of(team, meeting_id).values_list("beat", flat=True).first()
    if request.GET.get("beat") == str(beat):
        return HttpResponse(status=204)
    return _clock(request, team, meeting_id)


def _clock(request: TeamRequest, team: Team, meeting_id: int, said: str = "") -> HttpResponse:
    """Show the clock as it stands now."""
    found = get_object_or_404(clock_of(team, meeting_id))
    context = {"team": team, "meeting": found.meeting, "clock": reading(found, now=timezone.now()), "said": said}
    return page(request, "meetings/_clock.html", {**context, "alone": True})


@require_POST
@team_view
def press(request: TeamRequest, team: Team, meeting_id: int, what: str) -> HttpResponse:
    """Go on, pause, next, back, two minutes more."""
    found, form, said = meeting_of(team, meeting_id), BeatForm(request.POST), ""
    if what not in running.PRESSES or not form.is_valid():
        raise Http404
    try:
        running.press(found, what, beat=form.cleaned_data["beat"], now=timezone.now())
    except (running.PressedAlready, running.NotRunning) as refusal:
        said = str(refusal.reason)
    if request.htmx:
        return _clock(request, team, meeting_id, said)
    if said:
        messages.warning(request, said)
    return redirect("meeting", team.pk, meeting_id)


@require_POST
@team_view
def end(request: TeamRequest, team: Team, meeting_id: int) -> HttpResponse:
    """End the meeting; what was not reached is parked."""
    found = meeting_of(team, meeting_id)
    now = timezone.now()
    return act(request, lambda: running.end_meeting(found, by=request.user, now=now), page_of(found))
