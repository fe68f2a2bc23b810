"""The link to a school's page: make it, show it, print it, take it back. For the principal and the leads."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from colead.schools.doors import KnownRequest, school_view
from colead.schools.models import School
from colead.staffpage.actions import links as actions
from colead.staffpage.actions.days import add_days_off
from colead.staffpage.exports import poster
from colead.staffpage.forms.team import DaysOffForm
from colead.staffpage.links import address_of
from colead.staffpage.queries.links import page_of
from colead.web.files import paper
from colead.web.page import page

CARE = ("principal", "lead")


@school_view(*CARE)
def staff_link(request: KnownRequest, school: School) -> HttpResponse:
    """Show the link, and the days on which the school is closed."""
    form = DaysOffForm(request.POST or None)
    if form.is_valid():
        add_days_off(school, **form.cleaned_data)
        return redirect("staff_link", school.pk)
    found = page_of(school)
    facts = {"school": school, "staff_page": found, "address": address_of(found), "form": form}
    facts["teams"] = request.user.memberships.active().filter(team__school=school).select_related("team")
    return page(request, "staffpage/link.html", {**facts, "days": school.days_off.all()})


@require_POST
@school_view(*CARE)
def staff_link_make(request: KnownRequest, school: School) -> HttpResponse:
    """Make a link; the one before opens nothing from now on."""
    actions.make_link(school, by=request.user, now=timezone.now())
    messages.info(request, _("This is the link now. One that you handed out before opens nothing."))
    return redirect("staff_link", school.pk)


@require_POST
@school_view(*CARE)
def staff_link_off(request: KnownRequest, school: School) -> HttpResponse:
    """Take the page off the net."""
    if actions.switch_off(school):
        messages.info(request, _("The page is off. Whoever opens the old link finds nothing."))
    return redirect("staff_link", school.pk)


@require_safe
@school_view(*CARE)
def staff_poster(request: KnownRequest, school: School) -> HttpResponse:
    """Answer with the poster."""
    address = address_of(page_of(school))
    if not address:
        raise Http404
    return paper(poster(school, address=address), "pdf", "staff-page-poster")


@require_POST
@school_view(*CARE)
def day_off_drop(request: KnownRequest, school: School, day_id: int) -> HttpResponse:
    """Take days off out of the list."""
    get_object_or_404(school.days_off, pk=day_id).delete()
    return redirect("staff_link", school.pk)
