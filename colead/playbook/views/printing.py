"""Paper: every guide, rubric and condition page, blank for anybody, filled for the team."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from colead.content.model import UnknownCode
from colead.playbook import exports
from colead.playbook.asked import playbook
from colead.schools.doors import TeamRequest, team_page
from colead.schools.models import Team
from colead.web.doors import anyone
from colead.web.files import paper


@anyone
def blank(request: HttpRequest, kind: str, name: str, form: str) -> HttpResponse:
    """Answer with a blank sheet."""
    _check(kind)
    try:
        sheet = exports.blank_paper(playbook(), kind, name)
    except UnknownCode:
        raise Http404 from None
    return paper(sheet, form, f"{kind}-{name}")


@team_page
def filled(request: TeamRequest, team: Team, kind: str, name: str, form: str) -> HttpResponse:
    """Answer with the sheet as the team has filled it."""
    _check(kind)
    try:
        sheet = exports.filled_paper(playbook(), kind, name, team=team, now=timezone.now())
    except UnknownCode:
        raise Http404 from None
    return paper(sheet, form, f"{kind}-{name}-filled")


def _check(kind: str) -> None:
    if kind not in exports.KINDS:
        raise Http404
