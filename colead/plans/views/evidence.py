"""What the team knows."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from colead.plans.actions.evidence import note_evidence
from colead.plans.forms.evidence import EvidenceForm
from colead.schools.doors import TeamRequest, team_page
from colead.schools.models import Team
from colead.web.page import page


@team_page
def evidence(request: TeamRequest, team: Team) -> HttpResponse:
    """List what the team knows, the newest first; on POST add to it."""
    form = EvidenceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        note_evidence(team, by=request.user, now=timezone.now(), **form.cleaned_data)
        return redirect("evidence", team.pk)
    known = team.evidence.select_related("added_by")
    context = {"team": team, "form": form, "known": known}
    return page(request, "plans/evidence.html", context, status=422 if form.is_bound else 200)
