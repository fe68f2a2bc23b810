"""Paper: every guide, rubric and condition page, blank for anybody, filled for the team."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils import timezone

from colead.content.model import UnknownCode
from colead.documents import CannotPrint, Document, docx, pdf
from colead.playbook import exports
from colead.playbook.asked import playbook
from colead.schools.doors import TeamRequest, team_page
from colead.schools.models import Team
from colead.web.doors import anyone

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS = {"pdf": (pdf, "application/pdf"), "docx": (docx, WORD)}


@anyone
def blank(request: HttpRequest, kind: str, name: str, form: str) -> HttpResponse:
    """Answer with a blank sheet."""
    _check(kind, form)
    try:
        sheet = exports.blank_paper(playbook(), kind, name)
    except UnknownCode:
        raise Http404 from None
    return _paper(sheet, form, f"{kind}-{name}")


@team_page
def filled(request: TeamRequest, team: Team, kind: str, name: str, form: str) -> HttpResponse:
    """Answer with the sheet as the team has filled it."""
    _check(kind, form)
    try:
        sheet = exports.filled_paper(playbook(), kind, name, team=team, now=timezone.now())
    except UnknownCode:
        raise Http404 from None
    return _paper(sheet, form, f"{kind}-{name}-filled")


def _check(kind: str, form: str) -> None:
    if kind not in exports.KINDS or form not in FORMS:
        raise Http404


def _paper(sheet: Document, form: str, name: str) -> HttpResponse:
    render, kind = FORMS[form]
    try:
        written = render(sheet)
    except CannotPrint as refusal:
        return HttpResponseBadRequest(str(refusal), content_type="text/plain; charset=utf-8")
    disposition = "inline" if form == "pdf" else "attachment"
    headers = {"Content-Disposition": f'{disposition}; filename="{name}.{form}"'}
    return HttpResponse(written, content_type=kind, headers=headers)
