"""The board of strengths, weaknesses, opportunities and threats."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from colead.decisions.views.saving import facts_of, sent
from colead.plans.actions import barriers, swot
from colead.plans.exports.barriers import swot_list, swot_paper
from colead.plans.forms.barriers import NoteEditForm, NoteForm
from colead.plans.models import SwotItem
from colead.plans.queries.swot import board
from colead.plans.views.saving import refused, rewriting, saved
from colead.schools.actions import Refusal
from colead.schools.doors import TeamRequest, team_page, team_view
from colead.schools.models import Team
from colead.texts.queries import changes
from colead.web.files import paper, table
from colead.web.page import page


@team_page
def show(request: TeamRequest, team: Team) -> HttpResponse:
    """Show the board; on POST pin a note on it."""
    form = NoteForm(sent(request), team=team, initial={"box": request.GET.get("box", "")})
    answer = saved(
        request,
        team,
        form,
        lambda form: swot.pin_note(team, by=request.user, now=timezone.now(), **form.cleaned_data),
        lambda _note: ("swot", team.pk),
    )
    context = {"team": team, "form": form, "board": board(team, request.member)}
    return answer or page(request, "plans/swot.html", context, status=422 if form.is_bound else 200)


def _note(team: Team, note_id: int) -> SwotItem:
    note: SwotItem = get_object_or_404(team.swot.select_related("team__school"), pk=note_id)
    return note


@team_page
def edit(request: TeamRequest, team: Team, note_id: int) -> HttpResponse:
    """Show a note; on POST change it, or move it to another box."""
    found = _note(team, note_id)
    begun = {**facts_of(NoteEditForm, found), "evidence": found.evidence.all()}
    form = NoteEditForm(sent(request), team=team, initial=begun)
    answer = saved(
        request,
        team,
        form,
        rewriting(request, swot.edit_note, found),
        lambda _note: ("swot", team.pk),
    )
    context = {"team": team, "note": found, "form": form, "changes": changes(found)}
    return answer or page(request, "plans/swot_note.html", context, status=422 if form.is_bound else 200)


@require_POST
@team_view
def vote(request: TeamRequest, team: Team, note_id: int) -> HttpResponse:
    """Give my vote to a note, or take it back."""
    assert request.member  # team_view lets members in only
    barriers.vote(_note(team, note_id), request.member)
    return redirect("swot", team.pk)


@require_POST
@team_view
def put_away(request: TeamRequest, team: Team, note_id: int) -> HttpResponse:
    """Take a note down, or pin it again."""
    found = _note(team, note_id)
    verb = barriers.bring_back if found.put_away_on else barriers.put_away
    verb(found, by=request.user, now=timezone.now())
    return redirect("swot", team.pk)


@require_POST
@team_view
def to_barrier(request: TeamRequest, team: Team, note_id: int) -> HttpResponse:
    """Make a barrier of a note."""
    try:
        made = swot.make_barrier(_note(team, note_id), by=request.user, now=timezone.now())
    except Refusal as refusal:
        refused(request, refusal)
        return redirect("swot", team.pk)
    messages.success(request, _("It is a barrier now. Say next how far your reach goes."))
    return redirect("barrier", team.pk, made.pk)


@require_POST
@team_view
def to_idea(request: TeamRequest, team: Team, note_id: int) -> HttpResponse:
    """Make an idea of a note."""
    try:
        made = swot.make_idea(_note(team, note_id), by=request.user, now=timezone.now())
    except Refusal as refusal:
        refused(request, refusal)
        return redirect("swot", team.pk)
    return redirect("idea", team.pk, made.pk)


@team_page
def filled(request: TeamRequest, team: Team, form: str) -> HttpResponse:
    """Answer with the board on paper."""
    return paper(swot_paper(team, board(team, None), now=timezone.now(), filled=True), form, "board")


@team_page
def blank(request: TeamRequest, team: Team, form: str) -> HttpResponse:
    """Answer with four empty boxes on paper."""
    return paper(swot_paper(team, board(team, None), now=timezone.now(), filled=False), form, "board-blank")


@team_page
def listed(request: TeamRequest, team: Team, form: str) -> HttpResponse:
    """Answer with the board as a list."""
    return table(swot_list(board(team, None)), form, "board")
