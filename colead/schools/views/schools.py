"""Make a school, show it, keep its facts and its people."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from colead.schools import actions, forms, queries, tries
from colead.schools.doors import KnownRequest, school_view, seat_at
from colead.schools.models import Invitation, School, Seat
from colead.schools.views.inviting import invite, show_code, take_back
from colead.web.doors import signed_in
from colead.web.page import page

ROLE = Invitation.Role


@signed_in
def school_new(request: KnownRequest) -> HttpResponse:
    """Make a school and its first team, and go to the team's room."""
    form = forms.NewSchoolForm(request.POST or None)
    if form.is_valid():
        facts = dict(form.cleaned_data)
        as_principal = facts.pop("who") == "principal"
        try:
            team = actions.start_school(**facts, by=request.user, as_principal=as_principal, now=timezone.now())
            return redirect("team_room", team.pk)
        except actions.SchoolAlreadyHere as refusal:
            form.add_error("nces_id", str(refusal.reason))
    return page(request, "schools/school_new.html", {"form": form})


@school_view("principal", "lead")
def team_new(request: KnownRequest, school: School) -> HttpResponse:
    """Make another team at the school; whoever makes it leads it."""
    form = forms.TeamForm(request.POST or None)
    if form.is_valid():
        team = actions.start_team(school=school, **form.cleaned_data, by=request.user, now=timezone.now())
        return redirect("team_room", team.pk)
    return page(request, "schools/team_new.html", {"school": school, "form": form})


@school_view()
def school_page(request: KnownRequest, school: School) -> HttpResponse:
    """Show the school, its teams and people, and what its office can see."""
    return _school_page(request, school)


def _school_page(request: KnownRequest, school: School, *, status: int = 200, **given: Any) -> HttpResponse:
    """Answer with the school's page; `given` are forms that came back with something wrong in them."""
    now = timezone.now()
    seat = seat_at(school, request.user)
    context = {
        "school": school,
        "teams": queries.teams_of(school),
        "my_teams": set(request.user.memberships.active().values_list("team_id", flat=True)),
        "seats": queries.seats_of(school),
        "seat": seat,
        "may_keep": queries.may_keep(school, request.user),
        "is_principal": seat is not None and seat.role == Seat.Role.PRINCIPAL,
        "invitations": queries.school_invitations(school, now),
        "invite_form": forms.InviteForm(roles=forms.SCHOOL_ROLES),
        "code_form": forms.CodeForm(),
        "link_form": forms.TypedCodeForm(prefix="link"),
    }
    return page(request, "schools/school.html", context | given, status=status)


@school_view("principal", "lead")
def school_edit(request: KnownRequest, school: School) -> HttpResponse:
    """Correct the school's facts."""
    facts = {name: getattr(school, name) for name in forms.SchoolForm.base_fields}
    form = forms.SchoolForm(request.POST or None, initial=facts)
    if form.is_valid():
        try:
            actions.edit_school(school, **form.cleaned_data)
            return redirect("school_page", school.pk)
        except actions.SchoolAlreadyHere as refusal:
            form.add_error("nces_id", str(refusal.reason))
    return page(request, "schools/school_edit.html", {"school": school, "form": form})


@require_POST
@school_view("principal", "lead")
def school_invite(request: KnownRequest, school: School) -> HttpResponse:
    """Write to somebody who shall have a seat at the school."""
    form = forms.InviteForm(request.POST, roles=forms.SCHOOL_ROLES)
    if invite(request, school, form):
        return redirect("school_page", school.pk)
    return _school_page(request, school, invite_form=form, status=422)


@require_POST
@school_view("principal", "lead")
def school_code(request: KnownRequest, school: School) -> HttpResponse:
    """Make a code with which staff join the school, and show it once."""
    form = forms.CodeForm(request.POST)
    if form.is_valid():
        return show_code(request, school, form, role=ROLE.STAFF, back=reverse("school_page", args=[school.pk]))
    return _school_page(request, school, code_form=form, status=422)


@require_POST
@school_view("principal", "lead")
def school_invitation(request: KnownRequest, school: School, invitation_id: int) -> HttpResponse:
    """Take back a way in."""
    take_back(request, get_object_or_404(school.invitations, pk=invitation_id, team=None))
    return redirect("school_page", school.pk)


@require_POST
@school_view("principal", "lead")
def seat_end(request: KnownRequest, school: School, seat_id: int) -> HttpResponse:
    """End somebody's seat; the school sees who did."""
    seat = get_object_or_404(school.seats.held().select_related("school", "user"), pk=seat_id)
    actions.end_seat(seat, by=request.user, now=timezone.now())
    messages.success(request, _("%(name)s no longer has a seat at the school.") % {"name": seat.user})
    return redirect("home") if seat.user == request.user else redirect("school_page", school.pk)


@require_POST
@school_view("principal")
def school_link(request: KnownRequest, school: School) -> HttpResponse:
    """Let an office see the school, by the code it gave the principal."""
    form, now = forms.TypedCodeForm(request.POST, prefix="link"), timezone.now()
    if tries.codes_used_up(request, now=now):
        return page(request, "schools/slow_down.html", status=429)
    if form.is_valid():
        try:
            office = actions.link_school(school, form.cleaned_data["code"], now=now)
            messages.success(request, _("%(office)s can see the school now.") % {"office": office})
            return redirect("school_page", school.pk)
        except actions.WrongCode as refusal:
            tries.count_wrong_code(request, now=now)
            form.add_error("code", str(refusal.reason))
    return _school_page(request, school, link_form=form, status=422)


@require_POST
@school_view("principal", "lead")
def school_unlink(request: KnownRequest, school: School) -> HttpResponse:
    """Take the school out of the office's sight."""
    actions.unlink_school(school)
    messages.success(request, _("No office can see the school now."))
    return redirect("school_page", school.pk)
