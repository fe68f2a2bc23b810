"""Take a staff list in from a file: look first, then do exactly what was seen. Nothing is stored between."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from colead.schools import actions, forms, parcels, queries, tries, wording
from colead.schools.actions import Outcome
from colead.schools.doors import KnownRequest
from colead.schools.models import School
from colead.schools.roster import FileRefused, Reading, read_file
from colead.schools.roster.plan import fingerprint, org_of, plan
from colead.schools.views.roster import keeper
from colead.web.page import page
from colead.web.parcels import BrokenSeal

MOST_FILES = 40  # an hour and school: reading a hostile one takes seconds


@keeper
def roster_import(request: KnownRequest, school: School) -> HttpResponse:
    """Read a file and show what it would change."""
    sent = request.method == "POST"
    form = forms.RosterFileForm(request.POST if sent else None, request.FILES if sent else None)
    if not form.is_valid():
        return page(request, "schools/roster_import.html", {"school": school, "form": form})
    who, now = str(school.pk), timezone.now()
    if tries.used_up("roster", who, most=MOST_FILES, per=tries.HOUR, now=now):
        return page(request, "schools/slow_down.html", status=429)
    tries.count("roster", who, per=tries.HOUR, now=now)
    try:
        reading = read_file(form.cleaned_data["file"].read())
    except FileRefused as refused:
        form.add_error("file", wording.why(refused))
        return page(request, "schools/roster_import.html", {"school": school, "form": form}, status=422)
    return _show(request, school, reading, org_of(reading, name=school.name, nces_id=school.nces_id))


def _show(
    request: HttpRequest, school: School, reading: Reading, org: str | None, *, status: int = 200
) -> HttpResponse:
    """Show what would change; or ask first which school in the file is this one."""
    given = {"parcel": parcels.READINGS.seal(reading, school)}
    if org is None:
        form = forms.OrgForm(initial=given, orgs=reading.orgs)
        return page(request, "schools/roster_org.html", {"school": school, "form": form})
    roster = queries.roster_of(school)
    made = plan(reading, roster, org)
    given |= {"org": org, "seen": fingerprint(roster)}
    context = {
        "school": school,
        "plan": made,
        "org": next((one for one in reading.orgs if one.id == org and one.name), None),
        "added": [wording.added(line) for line in made.added],
        "changed": [wording.changed(one) for one in made.changed],
        "refused": [(one.number, wording.why(one)) for one in made.refused],
        "form": forms.TakeInForm(initial=given, orgs=reading.orgs, roster=made.absent),
    }
    return page(request, "schools/roster_look.html", context, status=status)


@require_POST
@keeper
def roster_look(request: KnownRequest, school: School) -> HttpResponse:
    """Show what the file would change, now that people have said which school in it is theirs."""
    reading = _opened(request, school)
    if not reading:
        return redirect("roster_import", school.pk)
    form = forms.OrgForm(request.POST, orgs=reading.orgs)
    return _show(request, school, reading, form.cleaned_data["org"] if form.is_valid() else None)


@require_POST
@keeper
def roster_take_in(request: KnownRequest, school: School) -> HttpResponse:
    """Do what was shown; where the list changed since, show anew."""
    reading = _opened(request, school)
    if not reading:
        return redirect("roster_import", school.pk)
    form = forms.TakeInForm(request.POST, orgs=reading.orgs, roster=queries.roster_of(school))
    if not form.is_valid():
        return _show(request, school, reading, None if reading.orgs else "")
    facts = {name: form.cleaned_data[name] for name in ("org", "seen", "leaving")}
    try:
        outcome = actions.take_in(school, reading, **facts, now=timezone.now())
    except actions.RosterChanged as refusal:
        messages.error(request, str(refusal.reason))
        return _show(request, school, reading, facts["org"], status=409)
    messages.success(request, _said(outcome))
    return redirect("roster", school.pk)


def _opened(request: HttpRequest, school: School) -> Reading | None:
    """Return what a dry run sent along, or None, with a word on the next page, where it cannot be trusted any more."""
    try:
        return parcels.READINGS.unseal(request.POST.get("parcel", ""), school)
    except BrokenSeal:
        messages.error(request, _("That page was open too long. Nothing was changed. Please choose the file again."))
        return None


def _said(outcome: Outcome) -> str:
    parts = [
        ngettext("%(n)s person added", "%(n)s people added", outcome.added) % {"n": outcome.added},
        ngettext("%(n)s changed", "%(n)s changed", outcome.changed) % {"n": outcome.changed},
        ngettext("%(n)s marked as gone", "%(n)s marked as gone", outcome.left) % {"n": outcome.left},
    ]
    return ", ".join(parts) + "."
