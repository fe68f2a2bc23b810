"""What the team knows: add, put right, take out for good, print, take along as a list."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from colead.decisions.views.saving import facts_of, sent
from colead.plans.actions.evidence import edit_evidence, erase_evidence, note_evidence
from colead.plans.exports.evidence import evidence_list, evidence_paper
from colead.plans.forms.evidence import EvidenceEditForm, EvidenceForm
from colead.plans.models import Evidence
from colead.plans.queries.evidence import evidence_log, finding_of, question_of, uses
from colead.plans.queries.people import signs_of_a_person
from colead.plans.views.saving import rewriting, saved
from colead.schools.doors import TeamRequest, team_page, team_view
from colead.schools.models import Team
from colead.texts.queries import changes
from colead.web.files import paper, table
from colead.web.page import page


@team_page
def evidence(request: TeamRequest, team: Team) -> HttpResponse:
    """List what the team knows, the newest first; on POST add to it."""
    form = EvidenceForm(sent(request))
    answer = saved(
        request,
        team,
        form,
        lambda form: note_evidence(team, by=request.user, now=timezone.now(), **form.cleaned_data),
        lambda _piece: ("evidence", team.pk),
    )
    context = {"team": team, "form": form, "log": evidence_log(team, request.GET.get("kind", ""))}
    return answer or page(request, "plans/evidence.html", context, status=422 if form.is_bound else 200)


def _piece(team: Team, evidence_id: int) -> Evidence:
    return get_object_or_404(team.evidence.select_related("team__school", "said_by", "added_by"), pk=evidence_id)


@team_page
def piece(request: TeamRequest, team: Team, evidence_id: int) -> HttpResponse:
    """Show one piece with what rests on it; on POST put it right."""
    found = _piece(team, evidence_id)
    form = EvidenceEditForm(sent(request), initial=facts_of(EvidenceEditForm, found))
    answer = saved(
        request,
        team,
        form,
        rewriting(request, edit_evidence, found),
        lambda _piece: ("evidence_piece", team.pk, evidence_id),
    )
    context = {
        "team": team,
        "piece": found,
        "form": form,
        "question": question_of(found),
        "finding": finding_of(found),
        "uses": uses(found),
        "signs": signs_of_a_person(team, found.body, found.source),
        "changes": changes(found),
    }
    return answer or page(request, "plans/evidence_piece.html", context, status=422 if form.is_bound else 200)


@require_POST
@team_view
def erase(request: TeamRequest, team: Team, evidence_id: int) -> HttpResponse:
    """Take a piece out for good, history included."""
    erase_evidence(_piece(team, evidence_id))
    messages.success(request, _("Taken out for good, with its history."))
    return redirect("evidence", team.pk)


@team_page
def filled(request: TeamRequest, team: Team, form: str) -> HttpResponse:
    """Answer with all evidence on paper."""
    known = list(evidence_log(team).pieces)
    return paper(evidence_paper(team, known, now=timezone.now(), filled=True), form, "evidence")


@team_page
def blank(request: TeamRequest, team: Team, form: str) -> HttpResponse:
    """Answer with a sheet on which to collect evidence."""
    return paper(evidence_paper(team, [], now=timezone.now(), filled=False), form, "evidence-blank")


@team_page
def listed(request: TeamRequest, team: Team, form: str) -> HttpResponse:
    """Answer with all evidence as a list."""
    return table(evidence_list(list(evidence_log(team).pieces)), form, "evidence")
