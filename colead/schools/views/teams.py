"""The people of a team: who is here, who waits, who is missing, who is invited."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from colead.accounts.models import User
from colead.schools import actions, emails, forms, queries, wording
from colead.schools.doors import TeamRequest, lead_view, team_page, team_view
from colead.schools.models import Invitation, Member, Team
from colead.schools.views.inviting import invite, show_code, take_back
from colead.web.page import page

ROLE = Invitation.Role


@team_page
def team_people(request: TeamRequest, team: Team) -> HttpResponse:
    """Show everybody on the team, and who is not at the table yet."""
    return _people_page(request, team)


def _people_page(request: TeamRequest, team: Team, *, status: int = 200, **given: Any) -> HttpResponse:
    """Answer with the page of people; `given` are forms that came back with something wrong in them."""
    people = queries.people(team, reader=request.user, now=timezone.now())
    context = {
        "team": team,
        "people": people,
        "rows": [(person, wording.facts_of(person)) for person in people.here],
        "missing": wording.who_is_missing(people.gaps),
        "is_lead": bool(request.member and request.member.is_lead),
        "may_keep": queries.may_keep(team.school, request.user),
        "invite_form": forms.InviteForm(roles=forms.TEAM_ROLES),
        "code_form": forms.CodeForm(),
    }
    return page(request, "schools/people.html", context | given, status=status)


@require_POST
@lead_view
def team_invite(request: TeamRequest, team: Team) -> HttpResponse:
    """Write to somebody who shall join the team."""
    form = forms.InviteForm(request.POST, roles=forms.TEAM_ROLES)
    if invite(request, team, form):
        return redirect("team_people", team.pk)
    return _people_page(request, team, invite_form=form, status=422)


@require_POST
@lead_view
def team_code(request: TeamRequest, team: Team) -> HttpResponse:
    """Make a code for joining, and show it once."""
    form = forms.CodeForm(request.POST)
    if form.is_valid():
        return show_code(request, team, form, role=ROLE.MEMBER, back=reverse("team_people", args=[team.pk]))
    return _people_page(request, team, code_form=form, status=422)


@require_POST
@lead_view
def team_invitation(request: TeamRequest, team: Team, invitation_id: int) -> HttpResponse:
    """Take back a way in."""
    take_back(request, get_object_or_404(team.invitations, pk=invitation_id))
    return redirect("team_people", team.pk)


@require_POST
@lead_view
def team_waiting(request: TeamRequest, team: Team, member_id: int) -> HttpResponse:
    """Let somebody in who waits, or not."""
    member = get_object_or_404(team.members.waiting().select_related("user", "team__school"), pk=member_id)
    form = forms.AnswerForm(request.POST)
    if form.is_valid() and form.cleaned_data["do"] == "let_in":
        actions.let_in(member, now=timezone.now())
        emails.tell_let_in(member)
    elif form.is_valid():
        actions.decline(member, by=request.user, now=timezone.now())
    return redirect("team_people", team.pk)


@require_POST
@lead_view
def team_member(request: TeamRequest, team: Team, member_id: int) -> HttpResponse:
    """Make somebody a lead or a plain member, or take them off the team."""
    member = get_object_or_404(team.members.active().select_related("user", "team__school"), pk=member_id)
    form = forms.MemberForm(request.POST)
    if form.is_valid():
        _tried(request, lambda: _do(form.cleaned_data["do"], member, request.user))
    gone = member.left_on and member.user_id == request.user.pk
    return redirect("home") if gone else redirect("team_people", team.pk)


def _do(what: str, member: Member, by: User) -> None:
    match what:
        case "make_lead":
            actions.make_lead(member)
        case "take_lead_back":
            actions.take_lead_back(member)
        case "remove_member":
            actions.remove_member(member, by=by, now=timezone.now())


@require_POST
@team_view
def team_leave(request: TeamRequest, team: Team) -> HttpResponse:
    """Leave the team."""
    member = request.member
    left = member and _tried(request, lambda: actions.leave_team(member, now=timezone.now()))
    return redirect("home") if left else redirect("team_people", team.pk)


def _tried(request: TeamRequest, verb: Callable[[], None]) -> bool:
    """Do it, or say on the next page why the house refuses."""
    try:
        verb()
    except actions.Refusal as refusal:
        messages.error(request, str(refusal.reason))
        return False
    return True
