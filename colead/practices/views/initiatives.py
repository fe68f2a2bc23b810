"""What a school runs: list in silence, open, fill, merge, decide, stop, close."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from colead.decisions.views.saving import act, answer, facts_of, sent
from colead.practices.actions import initiatives as actions
from colead.practices.exports.initiatives import inventory_paper, inventory_sheet
from colead.practices.forms import initiatives as forms
from colead.practices.models import Initiative, Inventory
from colead.practices.queries.initiatives import inventory_page, next_undecided
from colead.schools.actions import Refusal
from colead.schools.doors import TeamRequest, team_page, team_view
from colead.schools.models import Team
from colead.web.files import paper, table
from colead.web.page import page


def home_of(team: Team) -> str:
    return reverse("initiatives", args=[team.pk])


def newest(team: Team) -> Inventory:
    """Return the team's newest inventory, or not found."""
    return get_object_or_404(team.inventories.select_related("team__school", "decision")[:1])


def row_of(team: Team, row_id: int) -> Initiative:
    """Return a row of the team's newest inventory, or not found."""
    rows = newest(team).rows.select_related("inventory__team__school", "inventory__decision", "owner__user", "let_go")
    return get_object_or_404(rows, pk=row_id)


@team_page
def initiatives(request: TeamRequest, team: Team) -> HttpResponse:
    """Show the inventory as it stands: not begun, silent, open, closed."""
    found = team.inventories.select_related("team__school", "decision").first()
    shown = inventory_page(found, request.user) if found else None
    earlier = team.inventories.all()[1:]
    context: dict[str, Any] = {"team": team, "page": shown, "inventory": found, "earlier": earlier}
    if shown and found and found.is_silent:
        context["form"] = forms.ListForm(initial={"body": shown.mine})
    return page(request, "practices/initiatives.html", context)


@require_POST
@team_view
def start(request: TeamRequest, team: Team) -> HttpResponse:
    """Begin to list."""
    return act(request, lambda: actions.start_inventory(team, by=request.user, now=timezone.now()), home_of(team))


@require_POST
@team_view
def mine(request: TeamRequest, team: Team) -> HttpResponse:
    """Keep what one person lists, while it is typed."""
    form, found = forms.ListForm(request.POST), newest(team)
    context: dict[str, Any] = {"now": timezone.now()}
    try:
        if form.is_valid():
            actions.write_list(found, body=form.cleaned_data["body"], by=request.user)
    except Refusal as refusal:
        form.add_error(None, str(refusal.reason))
    if request.htmx:
        status = 200 if form.is_valid() else 422
        return page(request, "practices/_initiative_saved.html", {**context, "form": form}, status=status)
    for mistake in [text for texts in form.errors.values() for text in texts]:
        messages.warning(request, str(mistake))
    return redirect(home_of(team))


@require_POST
@team_view
def reveal(request: TeamRequest, team: Team) -> HttpResponse:
    """Open all lists at once."""
    found, now = newest(team), timezone.now()
    return act(request, lambda: actions.reveal_lists(found, by=request.user, now=now), home_of(team))


def in_list(team: Team, title: str, **more: Any) -> dict[str, Any]:
    """Return what a form shows around it."""
    return {"team": team, "title": title, "back_url": home_of(team), "back_text": _("What we run"), **more}


@team_view
def add(request: TeamRequest, team: Team) -> HttpResponse:
    """Add a row that came to mind later."""
    found, form = newest(team), forms.RowForm(sent(request))

    def save() -> object:
        return actions.add_row(found, **form.cleaned_data, by=request.user, now=timezone.now())

    context = in_list(team, _("Add something you run"), submit=_("Add it"))
    return answer(request, form, save, onward=lambda row: _place(row), context=context)


def _place(row: Initiative) -> str:
    return f"{home_of(row.inventory.team)}#row-{row.pk}"


@team_view
def paste(request: TeamRequest, team: Team) -> HttpResponse:
    """Take in rows from a spreadsheet."""
    found, form = newest(team), forms.PasteForm(sent(request))

    def save() -> object:
        new, filled = actions.add_rows(found, form.cleaned_data["rows"], by=request.user, now=timezone.now())
        said = ngettext("%(new)s new row, %(filled)s filled in.", "%(new)s new rows, %(filled)s filled in.", new)
        messages.success(request, said % {"new": new, "filled": filled})
        return found

    context = in_list(team, _("Paste from a spreadsheet"), submit=_("Take them in"))
    return answer(request, form, save, onward=lambda _saved: home_of(team), context=context)


@team_page
def initiative(request: TeamRequest, team: Team, row_id: int) -> HttpResponse:
    """Show a row; on POST save what is known of it."""
    row = row_of(team, row_id)
    form = forms.FillForm(sent(request), initial=facts_of(forms.FillForm, row)) if request.member else None
    context = {"team": team, "row": row, "inventory": row.inventory}
    if not form or not row.inventory.is_open:
        return page(request, "practices/initiative.html", context)

    def save() -> Initiative:
        now = timezone.now()
        return actions.fill_row(row, **form.words(), by=request.user, based_on=form.based_on(), now=now)

    return answer(request, form, save, onward=_place, context=context, template="practices/initiative.html")


@team_view
def decide(request: TeamRequest, team: Team, row_id: int) -> HttpResponse:
    """Say what becomes of a row; then comes the next one that waits."""
    row = row_of(team, row_id)
    form = forms.VerdictForm(sent(request), team=team, initial=facts_of(forms.VerdictForm, row))

    def save() -> Initiative:
        now = timezone.now()
        return actions.decide_row(row, **form.words(), by=request.user, based_on=form.based_on(), now=now)

    context = {**in_list(team, row.name), "row": row, "after": next_undecided(row)}
    return answer(request, form, save, onward=_onward, context=context, template="practices/initiative_decide.html")


def _onward(row: Initiative) -> str:
    after = next_undecided(row)
    return reverse("initiative_decide", args=[row.inventory.team_id, after.pk]) if after else _place(row)


@team_view
def merge(request: TeamRequest, team: Team, row_id: int) -> HttpResponse:
    """Put a row into another one."""
    row = row_of(team, row_id)
    form = forms.MergeForm(sent(request), row=row)

    def save() -> Initiative:
        return actions.merge_rows(row, **form.cleaned_data, by=request.user, now=timezone.now())

    lead = _("The other row stays and takes over what it does not know yet.")
    context = in_list(team, _("Put doubles together"), lead=lead, quote=row.name, submit=_("Put them together"))
    return answer(request, form, save, onward=_place, context=context)


@require_POST
@team_view
def part(request: TeamRequest, team: Team, row_id: int) -> HttpResponse:
    """Take a row back out of another one."""
    row = row_of(team, row_id)
    return act(request, lambda: actions.part_row(row, by=request.user, now=timezone.now()), _place(row))


@team_view
def stop(request: TeamRequest, team: Team, row_id: int) -> HttpResponse:
    """Put what ends or shrinks on the stop list, with the time that gives back."""
    row, now = row_of(team, row_id), timezone.now()
    form = forms.StopForm(sent(request), initial={"since": team.today(now)})

    def save() -> object:
        return actions.put_on_stop_list(row, **form.cleaned_data, by=request.user, now=now)

    lead = _("From the day it has really ended. For a later day, come back then.")
    context = in_list(team, _("The time it gives back"), lead=lead, quote=row.name, submit=_("Put it on the stop list"))
    return answer(request, form, save, onward=lambda _saved: _place(row), context=context)


@team_view
def close(request: TeamRequest, team: Team) -> HttpResponse:
    """Close the list with one decision."""
    found = newest(team)
    form = forms.CloseForm(sent(request), team=team)

    def save() -> Inventory:
        facts = {**form.cleaned_data, "present": list(form.cleaned_data["present"])}
        return actions.close_inventory(found, **facts, by=request.user, now=timezone.now())

    lead = _("One decision says what became of each row. Staff can read it, and you look at it again.")
    context = in_list(team, _("Close the list"), lead=lead, submit=_("This is decided"))
    return answer(request, form, save, onward=lambda _saved: home_of(team), context=context)


@team_page
def listed(request: TeamRequest, team: Team, form: str) -> HttpResponse:
    """Answer with the inventory as a list for a spreadsheet, or on paper."""
    found = team.inventories.select_related("team__school").first()
    shown = inventory_page(found, request.user) if found and not found.is_silent else None
    if form in ("xlsx", "csv"):
        return table(inventory_sheet(shown), form, "what-we-run")
    return paper(inventory_paper(team, shown, now=timezone.now()), form, "what-we-run")


@team_page
def blank(request: TeamRequest, team: Team, form: str) -> HttpResponse:
    """Answer with a sheet to fill in together."""
    return paper(inventory_paper(team, None, now=timezone.now()), form, "what-we-run-blank")


@team_page
def past(request: TeamRequest, team: Team, number: int) -> HttpResponse:
    """Show an inventory of before."""
    found = get_object_or_404(team.inventories.select_related("team__school", "decision"), number=number)
    if not found.closed_on:
        raise Http404
    context = {"team": team, "page": inventory_page(found, request.user), "inventory": found, "past": True}
    return page(request, "practices/initiatives.html", context)
