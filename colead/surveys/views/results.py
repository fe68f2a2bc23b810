"""A result as paper or a list, and the page of the one person who reads the comments first."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from colead.answers import box
from colead.documents import csv, xlsx
from colead.schools.doors import KnownRequest, school_view
from colead.schools.models import School
from colead.surveys.actions import comments
from colead.surveys.exports import results
from colead.surveys.forms.comments import CommentsForm
from colead.surveys.views.waves import wave_at
from colead.web.files import OFFICE, PAPERS, file
from colead.web.page import page

LISTS = ("scales", "questions", "groups", "codebook")


@school_view()
def wave_file(request: KnownRequest, school: School, wave_id: int, name: str, form: str) -> HttpResponse:
    """Answer with the result: result.pdf, .docx or .xlsx, or one of its lists as .csv."""
    found = wave_at(school, wave_id)
    if not found.is_sealed:
        raise Http404
    if name == "result" and form in PAPERS:
        write, kind = PAPERS[form]
        return file(write(results.paper(found)), kind, f"{name}.{form}")
    if name == "result" and form == "xlsx":
        return file(xlsx(results.sheets(found)), f"{OFFICE}.spreadsheetml.sheet", "result.xlsx")
    if name in LISTS and form == "csv":
        return file(csv(results.sheet(found, name)), "text/csv; charset=utf-8", f"{name}.csv")
    raise Http404


@school_view()
def wave_comments(request: KnownRequest, school: School, wave_id: int) -> HttpResponse:
    """Let the named reader read the comments, and release or hold back each; anybody else is refused."""
    found = wave_at(school, wave_id)
    if found.reader_id != request.user.pk:
        raise PermissionDenied
    if not found.is_sealed or found.comments_on:
        return redirect("wave", school.pk, wave_id)
    held = comments.held(found, by=request.user)
    form = CommentsForm(request.POST or None, held=held)
    if form.is_valid():
        try:
            comments.release(found, form.released(), why=form.why(), by=request.user, now=timezone.now())
            messages.success(request, _("Everybody at the school can read them now. The originals are destroyed."))
        except box.AlreadyReleased:
            messages.error(request, _("They were released already."))
        return redirect("wave", school.pk, wave_id)
    return page(request, "surveys/comments.html", {"school": school, "wave": found, "form": form, "held": held})
