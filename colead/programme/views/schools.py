"""The one page that an office sees of a school: the school reads the same, and who opened it when."""

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from colead.programme.actions import sharing
from colead.programme.forms.sharing import PriorityForm, ShowForm
from colead.programme.models import Opening
from colead.programme.queries.shared_page import office_waves, openings_of, shared_page, showable
from colead.schools.actions import Refusal
from colead.schools.doors import KnownRequest, office_view, school_view
from colead.schools.forms import InviteForm
from colead.schools.models import Invitation, Office, School
from colead.schools.queries import may_keep
from colead.schools.views.inviting import invite
from colead.surveys.queries.results import result_of
from colead.web.page import page

What = Opening.What


@office_view
def office_school(request: KnownRequest, office: Office, school_id: int) -> HttpResponse:
    """Show what the school shares, and note for the school that somebody looked."""
    school, now = get_object_or_404(office.schools, pk=school_id), timezone.now()
    sharing.note_opening(school, request.user, office=office, what=What.PAGE, now=now)
    found = shared_page(school, today=school.today(now))
    context = {"office": office, "school": school, "shared": found, "invite_form": _first_invitation(school)}
    return page(request, "programme/school.html", context)


def _first_invitation(school: School, told: QueryDict | None = None) -> InviteForm | None:
    """Return the form by which a school that nobody has entered yet gets its principal; None once somebody is there."""
    if school.seats.held().exists():
        return None
    return InviteForm(told, roles=((Invitation.Role.PRINCIPAL, _("the principal")),))


@require_POST
@office_view
def office_invite_principal(request: KnownRequest, office: Office, school_id: int) -> HttpResponse:
    """Write to the principal of a school that the office brought in and nobody has entered yet."""
    school = get_object_or_404(office.schools, pk=school_id)
    form = _first_invitation(school, request.POST)
    if form is None:
        messages.error(request, _("Somebody of the school is here already, and invites the others."))
    elif not invite(request, school, form):
        found = shared_page(school, today=school.today(timezone.now()))
        context = {"office": office, "school": school, "shared": found, "invite_form": form}
        return page(request, "programme/school.html", context, status=422)
    return redirect("office_school", office.pk, school.pk)


@office_view
def office_result(request: KnownRequest, office: Office, school_id: int, wave_id: int) -> HttpResponse:
    """Show a released result in figures and sentences, and note it for the school."""
    school, now = get_object_or_404(office.schools, pk=school_id), timezone.now()
    shown = get_object_or_404(office_waves(school), wave_id=wave_id)
    sharing.note_opening(school, request.user, office=office, what=What.RESULT, wave=shown.wave, now=now)
    context = {"office": office, "school": school, "wave": shown.wave, "result": result_of(shown.wave)}
    return page(request, "programme/result.html", context)


@school_view()
def school_programme(request: KnownRequest, school: School) -> HttpResponse:
    """Show the school what its office sees of it: the same page, word for word."""
    context = {
        "school": school,
        "shared": shared_page(school, today=school.today(timezone.now())),
        "may_keep": may_keep(school, request.user),
        "showable": showable(school),
        "inside": True,
    }
    return page(request, "programme/school.html", context)


@school_view()
def openings(request: KnownRequest, school: School) -> HttpResponse:
    """List who of the office opened what, and when."""
    return page(request, "programme/openings.html", {"school": school, "openings": openings_of(school)})


@school_view("principal", "lead")
def priority(request: KnownRequest, school: School) -> HttpResponse:
    """Tell the office what the school works on."""
    now = timezone.now()
    held = school.shared_priorities.filter(until=None).first()
    form = PriorityForm(
        request.POST or None, initial={"words": held.words, "condition": held.condition} if held else {}
    )
    if form.is_valid():
        sharing.state_priority(school, **form.cleaned_data, by=request.user, today=school.today(now))
        messages.success(request, _("Your office reads this now."))
        return redirect("school_programme", school.pk)
    return page(request, "programme/priority.html", {"school": school, "form": form, "held": held})


@require_POST
@school_view("principal", "lead")
def priority_end(request: KnownRequest, school: School) -> HttpResponse:
    """Stop stating a priority."""
    held = get_object_or_404(school.shared_priorities, until=None)
    sharing.end_priority(held, today=school.today(timezone.now()))
    return redirect("school_programme", school.pk)


@require_POST
@school_view("principal", "lead")
def result_shown(request: KnownRequest, school: School, wave_id: int) -> HttpResponse:
    """Show a result to the office, or take it off the page again."""
    form = ShowForm(request.POST)
    if not form.is_valid():
        raise Http404
    wave = get_object_or_404(school.waves, pk=wave_id)
    try:
        if form.cleaned_data["do"] == "show":
            sharing.show_result(wave, by=request.user, today=school.today(timezone.now()))
        else:
            sharing.hide_result(get_object_or_404(office_waves(school), wave=wave))
    except Refusal as refused:
        messages.error(request, str(refused.reason))
    return redirect("school_programme", school.pk)
