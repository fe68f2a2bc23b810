"""Bring today's timetable: look first, then keep exactly what was seen."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from colead.decisions.views.saving import act, sent
from colead.practices import bringing, parcels
from colead.practices.actions import bringing as actions
from colead.practices.bringing import Brought, CannotBring
from colead.practices.forms.bringing import BringForm, TeamForm
from colead.practices.packing import unpacked
from colead.practices.queries.reports import facts_of, report_of
from colead.practices.queries.seeing import suggested
from colead.practices.views.naming import timetable_of
from colead.schools import tries
from colead.schools.actions import Refusal
from colead.schools.doors import TeamRequest, team_page, team_view
from colead.schools.models import Team
from colead.web.page import page
from colead.web.parcels import BrokenSeal

MOST_FILES = 40  # an hour and team: reading a hostile one takes seconds


@team_page
def finder(request: TeamRequest, team: Team) -> HttpResponse:
    """Show the timetables the team has brought, and how to bring one."""
    timetables = team.timetables.defer("schedule", "fet").prefetch_related("scenarios")
    return page(request, "practices/finder.html", {"team": team, "timetables": timetables, "form": BringForm()})


@team_view
def bring(request: TeamRequest, team: Team) -> HttpResponse:
    """Read what was brought and show, line by line, what is in it. Nothing is stored yet."""
    form = BringForm(sent(request), request.FILES if request.method == "POST" else None)
    if not form.is_valid():
        return _again(request, team, form)
    who, now = str(team.pk), timezone.now()
    if tries.used_up("timetable", who, most=MOST_FILES, per=tries.HOUR, now=now):
        return page(request, "schools/slow_down.html", status=429)
    tries.count("timetable", who, per=tries.HOUR, now=now)
    try:
        brought = _read(form)
        parcel = parcels.seal(brought, team)
    except CannotBring as refusal:
        form.add_error("timetable", str(refusal.reason))
        return _again(request, team, form)
    facts = {"team": team, "report": report_of(brought.reading), "facts": facts_of(brought.reading.schedule)}
    status = 200 if brought.reading.schedule else 422
    return page(request, "practices/look.html", {**facts, "parcel": parcel}, status=status)


def _read(form: BringForm) -> Brought:
    files: list[UploadedFile] = form.cleaned_data["timetable"]
    given = {str(one.name): one.read() for one in files}
    return bringing.read_brought(given, name=form.cleaned_data["name"], minutes=form.cleaned_data["minutes"])


def _again(request: TeamRequest, team: Team, form: BringForm) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return page(request, "practices/bring.html", {"team": team, "form": form}, status=status)


@require_POST
@team_view
def keep(request: TeamRequest, team: Team) -> HttpResponse:
    """Keep what was shown."""
    try:
        brought = parcels.unseal(request.POST.get("parcel", ""), team)
        made = actions.take_timetable(team, brought, by=request.user, now=timezone.now())
    except BrokenSeal:
        messages.error(request, _("That page was open too long. Nothing was kept. Please choose the file again."))
        return redirect("time_bring", team.pk)
    except Refusal as refusal:
        messages.error(request, str(refusal.reason))
        return redirect("time_bring", team.pk)
    return redirect("time_seen", team.pk, made.pk)


@require_POST
@team_view
def sample(request: TeamRequest, team: Team) -> HttpResponse:
    """Keep the sample school as a timetable to try things on."""
    made = actions.take_timetable(team, bringing.sample(), by=request.user, now=timezone.now())
    return redirect("time_seen", team.pk, made.pk)


@require_POST
@team_view
def erase(request: TeamRequest, team: Team, timetable_id: int) -> HttpResponse:
    """Erase a timetable and all its scenarios, once somebody ticked that they mean it."""
    found = timetable_of(team, timetable_id)
    if request.POST.get("sure") != "yes":
        messages.warning(request, _("Nothing was erased: tick the box first."))
        return redirect("time_seen", team.pk, found.pk)
    actions.erase_timetable(found)
    messages.info(request, _("“%s” is erased, with its scenarios.") % found.name)
    return redirect("time_finder", team.pk)


@team_view
def teams(request: TeamRequest, team: Team, timetable_id: int) -> HttpResponse:
    """Name the teams that want time together."""
    found = timetable_of(team, timetable_id)
    schedule = unpacked(found.schedule)
    form = TeamForm(sent(request), people=tuple(person.name for person in schedule.people))
    if form.is_valid():
        try:
            actions.name_team(found, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            return redirect("time_teams", team.pk, found.pk)
    context = {"team": team, "timetable": found, "schedule": schedule, "form": form, "suggested": suggested(schedule)}
    return page(request, "practices/teams.html", context, status=422 if form.is_bound else 200)


@require_POST
@team_view
def suggest(request: TeamRequest, team: Team, timetable_id: int) -> HttpResponse:
    """Take the ticked suggestions as teams."""
    found = timetable_of(team, timetable_id)
    wanted = request.POST.getlist("team")
    chosen = tuple(one for one in suggested(unpacked(found.schedule)) if one.name in wanted)
    return act(request, lambda: actions.name_teams(found, chosen), "time_teams", team.pk, found.pk)


@require_POST
@team_view
def drop_team(request: TeamRequest, team: Team, timetable_id: int) -> HttpResponse:
    """Take a team off the timetable."""
    found = timetable_of(team, timetable_id)
    name = request.POST.get("team", "")
    return act(request, lambda: actions.drop_team(found, name), "time_teams", team.pk, found.pk)
