"""Findings: what a team takes from a result, waiting for an answer where everybody can see it."""

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from colead.schools.actions import Refusal
from colead.schools.doors import KnownRequest, TeamRequest, school_view, team_view
from colead.schools.models import School, Team
from colead.surveys.actions import findings
from colead.surveys.forms.waves import FindingForm
from colead.surveys.queries.findings import findings_of
from colead.texts.actions import StaleSave
from colead.web.page import page

ANSWERED_WITHIN = timedelta(weeks=2)  # ten school days: after that the staff page says it is late


@school_view()
def school_findings(request: KnownRequest, school: School) -> HttpResponse:
    """Show everybody at the school what was found and what came of it."""
    today = school.today(timezone.now())
    mine = set(request.user.memberships.active().values_list("team_id", flat=True))
    context = {"school": school, "findings": findings_of(school, today=today), "my_teams": mine}
    return page(request, "surveys/findings.html", context)


@team_view
def finding_new(request: TeamRequest, team: Team, wave_id: int, about: str = "") -> HttpResponse:
    """Write a finding from a result."""
    wave, now = get_object_or_404(team.school.waves.select_related("school"), pk=wave_id), timezone.now()
    if about and about not in wave.topics:
        raise Http404
    form = FindingForm(request.POST or None, initial={"answer_by": team.today(now) + ANSWERED_WITHIN})
    if form.is_valid():
        try:
            findings.write_finding(team, wave, about=about, **form.cleaned_data, by=request.user, now=now)
            return redirect("findings", team.school_id)
        except Refusal as refusal:
            form.add_error(None, str(refusal.reason))
    context = {"team": team, "wave": wave, "topic": wave.topics.get(about, ""), "form": form}
    return page(request, "surveys/finding.html", context)


@team_view
def finding_edit(request: TeamRequest, team: Team, finding_id: int) -> HttpResponse:
    """Say a finding better, while it waits."""
    found, now = get_object_or_404(team.findings.select_related("wave"), pk=finding_id), timezone.now()
    first = {"sentence": found.sentence, "answer_by": found.answer_by}
    form = FindingForm(request.POST or None, initial=first)
    if form.is_valid():
        based_on = int(request.POST["based_on"]) if request.POST.get("based_on", "").isdecimal() else 0
        try:
            findings.reword_finding(found, **form.cleaned_data, by=request.user, based_on=based_on, now=now)
            return redirect("findings", team.school_id)
        except Refusal as refusal:
            form.add_error(None, str(refusal.reason))
        except StaleSave as stale:
            found.refresh_from_db()
            form.add_error("sentence", findings.stale_words(stale))
    context = {"team": team, "wave": found.wave, "topic": found.topic, "form": form, "finding": found}
    return page(request, "surveys/finding.html", context)
