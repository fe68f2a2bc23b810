"""What an office sees of its schools, and how people and schools come to it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from colead.schools import forms, queries
from colead.schools.doors import KnownRequest, office_view
from colead.schools.models import Invitation, Office
from colead.schools.views.inviting import invite, show_code, take_back
from colead.web.page import page


@office_view
def office_people(request: KnownRequest, office: Office) -> HttpResponse:
    """Show who works in the office, its codes for principals, and the schools that linked themselves."""
    return _office_page(request, office)


def _office_page(request: KnownRequest, office: Office, *, status: int = 200, **given: Any) -> HttpResponse:
    """Answer with the office's page; `given` are forms that came back with something wrong in them."""
    context = {
        "office": office,
        "schools": queries.schools_of(office),
        "colleagues": office.seats.select_related("user").order_by("since", "pk"),
        "invitations": office.invitations.open(timezone.now()).select_related("made_by"),
        "invite_form": forms.InviteForm(roles=forms.OFFICE_ROLES),
        "code_form": forms.CodeForm(),
    }
    return page(request, "schools/office.html", context | given, status=status)


@require_POST
@office_view
def office_invite(request: KnownRequest, office: Office) -> HttpResponse:
    """Write to a colleague who shall work in the office too."""
    form = forms.InviteForm(request.POST, roles=forms.OFFICE_ROLES)
    if invite(request, office, form):
        return redirect("office_people", office.pk)
    return _office_page(request, office, invite_form=form, status=422)


@require_POST
@office_view
def office_code(request: KnownRequest, office: Office) -> HttpResponse:
    """Make a code that a principal types to link a school, and show it once."""
    form = forms.CodeForm(request.POST)
    if form.is_valid():
        back = reverse("office_people", args=[office.pk])
        return show_code(request, office, form, role=Invitation.Role.LINK, back=back)
    return _office_page(request, office, code_form=form, status=422)


@require_POST
@office_view
def office_invitation(request: KnownRequest, office: Office, invitation_id: int) -> HttpResponse:
    """Take back a way in."""
    take_back(request, get_object_or_404(office.invitations, pk=invitation_id))
    return redirect("office_people", office.pk)
