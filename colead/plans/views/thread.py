"""The thread through an object, both ways."""

from django.http import Http404, HttpResponse

from colead.plans.queries.thread import NotOnTheThread
from colead.plans.queries.thread import thread as walk
from colead.schools.doors import TeamRequest, team_page
from colead.schools.models import Team
from colead.web.page import page


@team_page
def thread(request: TeamRequest, team: Team, kind: str, pk: int) -> HttpResponse:
    """Show what an object came from and what came of it, as a path and as a list."""
    try:
        found = walk(team, kind, pk)
    except NotOnTheThread:
        raise Http404 from None
    return page(request, "plans/thread.html", {"team": team, "thread": found})
