"""The pages on which a team sees what staff read, writes for them, holds things back, answers findings."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from colead.playbook.asked import playbook
from colead.schools.actions import Refusal
from colead.schools.doors import TeamRequest, team_page, team_view
from colead.schools.models import Team
from colead.staffpage.actions import findings as answers
from colead.staffpage.actions import notices as actions
from colead.staffpage.forms.team import CameForm, HoldForm, NoticeForm
from colead.staffpage.models import Notice
from colead.staffpage.queries.page import contents
from colead.staffpage.queries.room import draft_of, room_of
from colead.surveys.models import Finding
from colead.texts.actions import StaleSave
from colead.texts.views import merge
from colead.web.page import page


@team_page
def staff_room(request: TeamRequest, team: Team) -> HttpResponse:
    """Show what stands on the page, what is held back, what is missing."""
    today = team.today(timezone.now())
    room = room_of(team, playbook(), viewer=request.user, today=today)
    return page(request, "staffpage/room.html", {"team": team, "room": room, "Kind": Notice.Kind})


@team_page
def staff_preview(request: TeamRequest, team: Team) -> HttpResponse:
    """Show the page as staff see it, whether or not it has a link yet."""
    shown = contents(team.school, playbook(), today=team.today(timezone.now()))
    return page(request, "staffpage/preview.html", {"team": team, "contents": shown, "school": team.school})


@require_POST
@team_view
def staff_hold(request: TeamRequest, team: Team) -> HttpResponse:
    """Hold a record back, or let staff read it."""
    form = HoldForm(request.POST)
    if not form.is_valid():
        raise Http404
    change = actions.hold_back if form.cleaned_data["hold"] else actions.let_out
    try:
        change(team, **form.record())
    except actions.NotYours:
        raise Http404 from None
    return redirect("staff_room", team.pk)


@team_view
def notice_new(request: TeamRequest, team: Team, kind: str) -> HttpResponse:
    """Put a few words on the page."""
    if kind not in Notice.Kind.values:
        raise Http404
    now = timezone.now()
    form = NoticeForm(request.POST or None, kind=kind, initial={"on": team.today(now), "text": draft_of(team, kind)})
    if form.is_valid():
        try:
            actions.write_notice(team, kind=kind, **form.words(), by=request.user, now=now)
            return redirect("staff_room", team.pk)
        except Refusal as refusal:
            form.add_error(None, str(refusal.reason))
    return page(request, "staffpage/notice.html", {"team": team, "form": form, "kind": Notice.Kind(kind)})


@team_view
def notice(request: TeamRequest, team: Team, notice_id: int) -> HttpResponse:
    """Say it better."""
    found = get_object_or_404(team.notices.up(), pk=notice_id)
    first = {"text": found.text, "more": found.more, "on": found.on, "version": found.version}
    form = NoticeForm(request.POST or None, kind=found.kind, initial=first)
    if form.is_valid():
        try:
            actions.change_notice(found, **form.words(), by=request.user, based_on=form.based_on(), now=timezone.now())
        except StaleSave as stale:
            return merge(request, stale, labels=form.labels())
        return redirect("staff_room", team.pk)
    return page(
        request, "staffpage/notice.html", {"team": team, "form": form, "kind": Notice.Kind(found.kind), "notice": found}
    )


@require_POST
@team_view
def notice_off(request: TeamRequest, team: Team, notice_id: int) -> HttpResponse:
    """Take a notice off the page."""
    found = get_object_or_404(team.notices.up().select_related("team__school"), pk=notice_id)
    actions.take_off(found, by=request.user, now=timezone.now())
    messages.info(request, _("It is off the page."))
    return redirect("staff_room", team.pk)


@team_view
def finding_came(request: TeamRequest, team: Team, finding_id: int) -> HttpResponse:
    """Answer a finding: with a decision, or with a reason why not now."""
    found = get_object_or_404(team.findings.select_related("wave", "team__school", "came_of_it"), pk=finding_id)
    form = CameForm(request.POST or None, team=team, initial=_first(found))
    if form.is_valid() and _answered(request, found, form):
        return redirect("staff_room", team.pk)
    return page(request, "staffpage/came.html", {"team": team, "finding": found, "form": form})


def _first(finding: Finding) -> dict[str, Any]:
    """Return what the form begins with."""
    first: dict[str, Any] = {"text": finding.answer_text, "version": finding.version}
    came = getattr(finding, "came_of_it", None)
    if came:
        first |= {"what": CameForm.DECIDED if came.decision_id else CameForm.NOT_NOW, "decision": came.decision_id}
    return first


def _answered(request: TeamRequest, finding: Finding, form: CameForm) -> bool:
    """Save the answer; where that is refused say why in the form."""
    facts = {"text": form.cleaned_data["text"], "decision": form.cleaned_data["decision"]}
    try:
        answers.say_what_came(finding, **facts, by=request.user, based_on=form.based_on(), now=timezone.now())
    except Refusal as refusal:
        form.add_error(None, str(refusal.reason))
    except StaleSave as stale:
        form.overtaken(stale.text.answer_text, stale.text.version)  # type: ignore[attr-defined]  # it is a finding
    return form.is_valid()
