"""The school's staff list: read it, keep it by hand, take it in from a file, give it out."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from colead.schools import actions, exports, forms, wording
from colead.schools.doors import KnownRequest, school_view
from colead.schools.models import RosterEntry, School
from colead.web.page import page

keeper = school_view("principal", "lead")


@keeper
def roster(request: KnownRequest, school: School) -> HttpResponse:
    """Show who works at the school."""
    entries = list(school.roster.all())
    context = {
        "school": school,
        "here": [(entry, wording.grade_list(entry.grades)) for entry in entries if entry.left_on is None],
        "left": [entry for entry in entries if entry.left_on],
    }
    return page(request, "schools/roster.html", context)


@keeper
def roster_add(request: KnownRequest, school: School) -> HttpResponse:
    """Put somebody on the list."""
    form = forms.RosterLineForm(request.POST or None)
    if form.is_valid():
        try:
            entry = actions.add_line(school, **form.cleaned_data)
            messages.success(request, _("%(name)s is on the list.") % {"name": entry})
            return redirect("roster", school.pk)
        except actions.AddressOnRoster as refusal:
            form.add_error("email", str(refusal.reason))
    return page(request, "schools/roster_line.html", {"school": school, "form": form})


@keeper
def roster_line(request: KnownRequest, school: School, entry_id: int) -> HttpResponse:
    """Correct somebody's line."""
    entry = get_object_or_404(school.roster, pk=entry_id)
    facts = {name: getattr(entry, name) for name in forms.RosterLineForm.base_fields}
    form = forms.RosterLineForm(request.POST or None, initial=facts)
    if form.is_valid():
        try:
            actions.edit_line(entry, **form.cleaned_data)
            return redirect("roster", school.pk)
        except actions.AddressOnRoster as refusal:
            form.add_error("email", str(refusal.reason))
    return page(request, "schools/roster_line.html", {"school": school, "form": form, "entry": entry})


@require_POST
@keeper
def roster_left(request: KnownRequest, school: School, entry_id: int) -> HttpResponse:
    """Say that somebody no longer works here, or works here again."""
    entry: RosterEntry = get_object_or_404(school.roster.select_related("school"), pk=entry_id)
    if entry.left_on:
        actions.mark_back(entry)
    else:
        actions.mark_left(entry, now=timezone.now())
    return redirect("roster", school.pk)


@keeper
def roster_export(request: KnownRequest, school: School, form: str) -> HttpResponse:
    """Give the list out for a spreadsheet."""
    if form not in exports.KINDS:
        raise Http404
    made = exports.roster(school, form)
    answer = HttpResponse(made.content, content_type=made.kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
