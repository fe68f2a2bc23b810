"""Schools from a file: look first, row by row, then take in exactly what was seen, or nothing."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from colead.programme.actions import bulk
from colead.programme.bulk import FileRefused, NoNames, Row, read_schools
from colead.programme.doors import cohort_view
from colead.programme.forms.bulk import SchoolsFileForm, seal, unseal
from colead.programme.models import Cohort
from colead.programme.views.cohorts import back_to
from colead.programme.views.filling import ask
from colead.schools.actions import Refusal
from colead.schools.doors import KnownRequest
from colead.schools.wording import why
from colead.web.page import page


@cohort_view
def schools_file(request: KnownRequest, cohort: Cohort) -> HttpResponse:
    """Read a file and show what would become of each row."""
    sent = request.method == "POST"
    form = SchoolsFileForm(request.POST if sent else None, request.FILES if sent else None)
    if form.is_valid():
        try:
            rows = read_schools(form.cleaned_data["file"].read())
            if rows:
                return _look(request, cohort, rows)
            form.add_error("file", _("There is no school in this file."))
        except FileRefused as refused:
            form.add_error("file", why(refused))
        except NoNames:
            form.add_error("file", _("No column is called “name”. The first line has to hold headings."))
    lead = _("You see first what would become of each row. Nothing is saved before you say so.")
    return ask(request, cohort.programme.office, form, title=_("Schools from a file"), lead=lead, back=back_to(cohort))


def _look(request: KnownRequest, cohort: Cohort, rows: tuple[Row, ...], *, status: int = 200) -> HttpResponse:
    found = bulk.judge(cohort, rows)
    context = {
        "office": cohort.programme.office,
        "cohort": cohort,
        "rows": found,
        "wrong": sum(bool(row.problem) for row in found),
        "parcel": seal(rows, cohort.pk),
    }
    return page(request, "programme/schools_look.html", context, status=status)


@require_POST
@cohort_view
def schools_take_in(request: KnownRequest, cohort: Cohort) -> HttpResponse:
    """Take in what was shown: all rows, or none."""
    rows = unseal(request.POST.get("parcel", ""), cohort.pk)
    if rows is None:
        messages.error(request, _("That page was open too long. Nothing was taken in. Please choose the file again."))
        return redirect("schools_file", cohort.programme.office_id, cohort.pk)
    try:
        came = bulk.take_in(cohort, rows, now=timezone.now())
    except Refusal as refused:
        messages.error(request, str(refused.reason))
        return _look(request, cohort, rows, status=409)
    messages.success(request, ngettext("%(n)s school came in.", "%(n)s schools came in.", came) % {"n": came})
    return redirect(back_to(cohort))
