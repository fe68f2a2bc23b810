"""Timed protocols: read one, print it, run it as a meeting."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from colead.content.model import Protocol
from colead.meetings.actions.planning import make_meeting
from colead.meetings.exports.protocols import protocol_paper
from colead.meetings.queries.next_up import next_meeting
from colead.meetings.queries.points import protocol_points
from colead.playbook.asked import playbook
from colead.schools.doors import TeamRequest, team_page, team_view
from colead.schools.models import Team
from colead.web.files import paper
from colead.web.page import page


def protocol_of(slug: str) -> Protocol:
    """Return the protocol with this slug, or not found."""
    found = playbook().protocol(slug)
    if not found:
        raise Http404
    return found


@team_page
def protocols(request: TeamRequest, team: Team) -> HttpResponse:
    """Show the protocols there are."""
    return page(request, "meetings/protocols.html", {"team": team, "protocols": playbook().protocols})


@team_page
def protocol(request: TeamRequest, team: Team, slug: str) -> HttpResponse:
    """Show one protocol, step by step."""
    return page(request, "meetings/protocol.html", {"team": team, "protocol": protocol_of(slug)})


@require_POST
@team_view
def run(request: TeamRequest, team: Team, slug: str) -> HttpResponse:
    """Make a meeting of a protocol."""
    found, now = protocol_of(slug), timezone.now()
    facts = next_meeting(team, today=team.today(now)).facts
    made = make_meeting(
        team,
        protocol_points(found),
        title=found.title,
        minutes=found.minutes,
        protocol=found.slug,
        by=request.user,
        now=now,
        **facts,
    )
    return redirect("meeting", team.pk, made.pk)


@team_page
def on_paper(request: TeamRequest, team: Team, slug: str, form: str) -> HttpResponse:
    """Answer with the facilitator's sheet."""
    return paper(protocol_paper(team, protocol_of(slug), now=timezone.now()), form, slug)
