"""The items of an agenda: plan them, write their minutes, make decisions and steps of them."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from colead.decisions.forms.records import QuickForm
from colead.decisions.views.saving import act, answer, facts_of, sent
from colead.meetings.actions import outcomes, planning, running
from colead.meetings.forms import meetings as forms
from colead.meetings.models import Item, Meeting
from colead.meetings.views.meetings import about, meeting_of, page_of
from colead.playbook.asked import asked
from colead.schools.doors import TeamRequest, team_view
from colead.schools.models import Team
from colead.texts.actions import StaleSave
from colead.texts.views import merge
from colead.web.page import page


def item_of(meeting: Meeting, item_id: int) -> Item:
    """Return an item of the meeting, or not found."""
    return get_object_or_404(meeting.items.select_related("meeting__team__school"), pk=item_id)


def place_of(item: Item) -> str:
    """Return the address of an item on its meeting's page."""
    return f"{page_of(item.meeting)}#item-{item.pk}"


@team_view
def new(request: TeamRequest, team: Team, meeting_id: int) -> HttpResponse:
    """Put an item on the agenda."""
    found = meeting_of(team, meeting_id)
    form = forms.ItemForm(sent(request), initial={"minutes": 5, "mode": "together"})

    def save() -> Item:
        return planning.add_item(found, **form.words(), by=request.user, now=timezone.now())

    context = about(found, _("Put something on the agenda"), submit=_("Put it on"))
    return answer(request, form, save, onward=place_of, context=context)


@team_view
def edit(request: TeamRequest, team: Team, meeting_id: int, item_id: int) -> HttpResponse:
    """Change an item."""
    found = meeting_of(team, meeting_id)
    item = item_of(found, item_id)
    form = forms.ItemForm(sent(request), initial=facts_of(forms.ItemForm, item))

    def save() -> Item:
        now = timezone.now()
        return planning.change_item(item, **form.words(), by=request.user, based_on=form.based_on(), now=now)

    return answer(request, form, save, onward=place_of, context=about(found, _("Change the item")))


@require_POST
@team_view
def move(request: TeamRequest, team: Team, meeting_id: int, item_id: int, way: str) -> HttpResponse:
    """Move an item up or down."""
    if way not in ("up", "down"):
        raise Http404
    item = item_of(meeting_of(team, meeting_id), item_id)
    planning.move_item(item, up=way == "up")
    return redirect(place_of(item))


@require_POST
@team_view
def drop(request: TeamRequest, team: Team, meeting_id: int, item_id: int) -> HttpResponse:
    """Take an item off the agenda."""
    item = item_of(meeting_of(team, meeting_id), item_id)
    return act(request, lambda: planning.drop_item(item), page_of(item.meeting))


@require_POST
@team_view
def park(request: TeamRequest, team: Team, meeting_id: int, item_id: int) -> HttpResponse:
    """Keep an item for the next agenda, or take it back."""
    item = item_of(meeting_of(team, meeting_id), item_id)
    verb = running.take_up_item if item.state == Item.State.PARKED else running.park_item
    return act(request, lambda: verb(item, by=request.user, now=timezone.now()), place_of(item))


@require_POST
@team_view
def note(request: TeamRequest, team: Team, meeting_id: int, item_id: int) -> HttpResponse:
    """Keep the minutes of an item, while they are typed."""
    item, form, now = item_of(meeting_of(team, meeting_id), item_id), forms.MinutesForm(request.POST), timezone.now()
    context: dict[str, Any] = {"item": item, "now": now}
    if not form.is_valid():
        return page(request, "meetings/_saved_note.html", {**context, "wrong": form.errors["note"]}, status=422)
    try:
        item = outcomes.note_item(item, **form.words(), by=request.user, based_on=form.based_on(), now=now)
    except StaleSave as stale:
        if request.htmx and "compare" not in request.POST:
            return page(request, "meetings/_saved_note.html", {**context, "stale": True})
        return merge(request, stale, labels=form.labels())
    if not request.htmx:
        return redirect(place_of(item))
    return page(request, "meetings/_saved_note.html", {**context, "item": item, "saved": True})


@team_view
def decide(request: TeamRequest, team: Team, meeting_id: int, item_id: int) -> HttpResponse:
    """Make a decision of what was said."""
    found = meeting_of(team, meeting_id)
    item, now = item_of(found, item_id), timezone.now()
    kind, _colon, code = item.ref.partition(":")
    here = list(found.present.all()) or list(team.members.active())
    initial = {"question": item.title, "decided": item.note, "present": here, "decided_on": team.today(now)}
    form = QuickForm(sent(request), team=team, initial=initial)

    def save() -> object:
        facts = {**form.cleaned_data, "present": list(form.cleaned_data["present"])}
        if kind == "question":
            return outcomes.decide_question(item, asked(code), **facts, by=request.user, now=now)
        return outcomes.decide_item(item, **facts, by=request.user, now=now)

    context = about(found, _("Write down what you decided"), submit=_("Keep the decision"))
    return answer(request, form, save, onward=lambda _saved: place_of(item), context=context)


@team_view
def step(request: TeamRequest, team: Team, meeting_id: int, item_id: int) -> HttpResponse:
    """Make a step of what was said."""
    found = meeting_of(team, meeting_id)
    item = item_of(found, item_id)
    form = forms.ItemStepForm(sent(request), team=team)

    def save() -> object:
        return outcomes.add_step_to_item(item, **form.cleaned_data, by=request.user, now=timezone.now())

    context = about(found, _("Who does what until when"), lead=item.title, submit=_("Put it on the timeline"))
    return answer(request, form, save, onward=lambda _saved: place_of(item), context=context)
