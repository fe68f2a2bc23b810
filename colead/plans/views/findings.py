"""Take what a survey showed into what the team's plans rest on."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from colead.plans.actions.evidence import NotedAlready, take_finding
from colead.plans.queries.evidence import evidence_of
from colead.schools.doors import TeamRequest, team_view
from colead.schools.models import Team
from colead.web.page import page


@team_view
def take(request: TeamRequest, team: Team, finding_id: int) -> HttpResponse:
    """Note a finding as evidence, once; what it became already is shown instead."""
    found = get_object_or_404(team.findings.select_related("wave", "team__school"), pk=finding_id)
    piece = evidence_of(found)
    if not piece and request.method == "POST":
        try:
            piece = take_finding(found, by=request.user, now=timezone.now())
            messages.success(request, _("Now it is among what you know. Link it where your plans rest on it."))
        except NotedAlready:  # a colleague pressed at the same moment
            return redirect("evidence", team.pk)
    if piece:
        return redirect("evidence_piece", team.pk, piece.pk)
    return page(request, "plans/take_finding.html", {"team": team, "finding": found, "known": found.as_evidence()})
