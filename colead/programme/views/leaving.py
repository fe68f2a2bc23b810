"""A school leaves: take everything along, or have it deleted. Both take two people."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from colead.programme.actions import leaving as actions
from colead.programme.leaving.format import STAYS_BEHIND
from colead.programme.leaving.write import write_school
from colead.programme.models import WAIT, Farewell
from colead.schools.actions import Refusal
from colead.schools.doors import KnownRequest, school_view
from colead.schools.models import School
from colead.web.files import file
from colead.web.page import page

VERBS = {"agree": actions.agree_farewell, "call_off": actions.call_off_farewell}


@school_view("principal", "lead")
def leaving(request: KnownRequest, school: School) -> HttpResponse:
    """Say what leaving means, and where it stands."""
    standing = {one.what: one for one in school.farewells.standing().select_related("asked_by", "agreed_by")}
    kinds = [(what, label, standing.get(what)) for what, label in Farewell.What.choices]
    context = {
        "school": school,
        "kinds": kinds,
        "days": WAIT.days,
        "behind": sorted({str(why) for why in STAYS_BEHIND.values()}),
    }
    return page(request, "programme/leaving.html", context)


@require_POST
@school_view("principal", "lead")
def leaving_ask(request: KnownRequest, school: School, what: str) -> HttpResponse:
    """Ask for one of the two."""
    if what not in Farewell.What.values:
        raise Http404
    try:
        actions.ask_farewell(school, what=what, by=request.user, now=timezone.now())
        messages.success(request, _("Asked. It needs the second person now; they find it on this page."))
    except Refusal as refused:
        messages.error(request, str(refused.reason))
    return redirect("leaving", school.pk)


@require_POST
@school_view("principal", "lead")
def leaving_answer(request: KnownRequest, school: School, farewell_id: int) -> HttpResponse:
    """Agree to what the other one asked for, or call it off."""
    found = get_object_or_404(school.farewells.standing(), pk=farewell_id)
    verb = VERBS.get(request.POST.get("do", ""))
    if not verb:
        raise Http404
    try:
        verb(found, by=request.user, now=timezone.now())
    except Refusal as refused:
        messages.error(request, str(refused.reason))
    return redirect("leaving", school.pk)


@school_view("principal", "lead")
def leaving_file(request: KnownRequest, school: School) -> HttpResponse:
    """Hand over the school's file, once two people have agreed to it."""
    agreed = school.farewells.standing().filter(what=Farewell.What.FILE, agreed_on__isnull=False)
    if not agreed.exists():
        raise PermissionDenied
    answer = file(write_school(school), "application/json", f"school-{school.pk}.json")
    answer.headers["Cache-Control"] = "no-store"
    return answer
