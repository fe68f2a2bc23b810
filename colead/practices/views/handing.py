"""Hand a scenario out: cards, lists, files, calendars."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colead.documents import ical
from colead.practices.doors import ScenarioRequest, scenario_page
from colead.practices.exports import timefinder as exports
from colead.practices.exports.calendars import events_of
from colead.practices.forms.handing import CalendarForm
from colead.practices.packing import unpacked
from colead.practices.queries.board import board_of
from colead.practices.queries.weeks import KINDS
from colead.practices.views.naming import scenario_of, timetable_of
from colead.practices.views.scenarios import page_of
from colead.schools.actions import Refusal
from colead.schools.doors import TeamRequest, team_page
from colead.schools.models import Team
from colead.web.calendars import calendar_file
from colead.web.files import file, paper, table


@team_page
def timetable_file(request: TeamRequest, team: Team, timetable_id: int, form: str) -> HttpResponse:
    """Answer with today's timetable as CSV files in a zip."""
    found = timetable_of(team, timetable_id)
    if form != "zip":
        raise Http404
    return file(exports.zipped(unpacked(found.schedule)), "application/zip", "timetable.zip")


@team_page
def scenario_file(request: TeamRequest, team: Team, scenario_id: int, form: str) -> HttpResponse:
    """Answer with the new timetable as CSV files in a zip, or as the FET file that was brought."""
    found = scenario_of(team, scenario_id)
    then = board_of(found).then
    if form == "zip":
        return file(exports.zipped(then), "application/zip", "new-timetable.zip")
    if form != "fet":
        raise Http404
    try:
        return file(exports.fet_file(found.timetable, then), "application/xml", "new-timetable.fet")
    except Refusal as refusal:
        messages.warning(request, str(refusal.reason))
        return redirect(page_of(found))


@scenario_page
def cards(request: ScenarioRequest, team: Team, scenario_id: int, form: str) -> HttpResponse:
    """Answer with a card for each person touched; `kind` in the address: for each class, team or room."""
    found = scenario_of(team, scenario_id)
    kind = request.GET.get("kind", "person")
    sheet = exports.cards(found, board_of(found), kind if kind in KINDS else "person", now=timezone.now())
    return paper(sheet, form, "changes")


@scenario_page
def changes(request: ScenarioRequest, team: Team, scenario_id: int, form: str) -> HttpResponse:
    """Answer with the list of changes."""
    return table(exports.changes_sheet(board_of(scenario_of(team, scenario_id))), form, "changes")


@scenario_page
def calendar(request: ScenarioRequest, team: Team, scenario_id: int) -> HttpResponse:
    """Answer with the calendar of a person or a team between two days."""
    found = scenario_of(team, scenario_id)
    form = CalendarForm(request.GET)
    if not form.is_valid():
        messages.warning(request, _("Choose a first and a last day, at most 400 days apart."))
        return redirect("scenario_week", team.pk, found.pk)
    asked = form.cleaned_data
    stamp = found.history.values_list("history_date", flat=True).first()
    days = {"first": asked["from"], "last": asked["until"], "stamp": stamp or found.timetable.brought_at}
    events = events_of(found, board_of(found).then, asked["kind"], asked["name"], **days)
    content = ical(f"{asked['name']} · {found.title}", events, language=get_language() or "en")
    return calendar_file(content, f"{slugify(asked['name']) or 'calendar'}.ics")
