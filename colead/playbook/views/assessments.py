"""Look at a condition together: write first, reveal, agree on a line each."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from colead.content.model import Rubric, UnknownCode
from colead.plans.actions import note_evidence
from colead.playbook.actions import assessments
from colead.playbook.asked import playbook
from colead.playbook.forms import LineForm, ViewForm, WithEvidence
from colead.playbook.models import Assessment
from colead.playbook.queries.standing import CriterionState, PastRound, past_rounds, round_page
from colead.schools.doors import TeamRequest, team_page, team_view
from colead.schools.models import Team
from colead.texts.actions import StaleSave
from colead.texts.views import merge
from colead.web.page import page


def rubric_of(condition: str, version: int | None = None) -> Rubric:
    """Return a condition's rubric; an unknown condition is not found."""
    try:
        return playbook().rubric(condition, version)
    except UnknownCode:
        raise Http404 from None


def _newest_round(team: Team, condition: str) -> Assessment | None:
    return team.assessments.filter(condition=condition).last()


@team_page
def assess(request: TeamRequest, team: Team, condition: str) -> HttpResponse:
    """Show the newest round of a condition's self-assessment; on POST save my own views."""
    rubric = rubric_of(condition)
    round_ = _newest_round(team, condition)
    if request.method != "POST":
        return _show(request, team, rubric, round_)
    forms = {code: ViewForm(request.POST, prefix=code) for code in rubric.codes}
    if not all(form.is_valid() for form in forms.values()):
        return _show(request, team, rubric, round_, forms=forms, status=422)
    round_ = assessments.start_assessment(team, condition, version=rubric.version, now=timezone.now())
    try:
        _save_views(request, round_, forms)
    except StaleSave as stale:
        return _stale_view(request, team, rubric, round_, stale)
    return _show(request, team, rubric, round_, saved=True) if request.htmx else redirect("assess", team.pk, condition)


def _save_views(request: TeamRequest, round_: Assessment, forms: dict[str, ViewForm]) -> None:
    now = timezone.now()
    for code, form in forms.items():
        assessments.write_view(round_, code, by=request.user, based_on=form.based_on(), now=now, **form.words())


def _stale_view(request: TeamRequest, team: Team, rubric: Rubric, round_: Assessment, stale: StaleSave) -> HttpResponse:
    if request.htmx and "compare" not in request.POST:
        return _show(request, team, rubric, round_, stale=True)
    labels = {"growth": _("Where you can grow"), "evidence": _("Evidence that it is so")}
    return merge(request, stale, labels=labels, prefix=f"{stale.text.code}-")  # type: ignore[attr-defined]  # it is a CriterionAnswer


def _show(
    request: TeamRequest, team: Team, rubric: Rubric, round_: Assessment | None, *, status: int = 200, **facts: Any
) -> HttpResponse:
    condition = playbook().page(rubric.condition)
    context = {
        "team": team,
        "now": timezone.now(),
        "condition": condition,
        "rubric": rubric,
        "page": round_page(round_, rubric, request.user) if round_ else None,
        "past": _past(team, rubric.condition, round_),
        **facts,
    }
    return page(request, "playbook/assess.html", context, parts=("saved",), status=status)


def _past(team: Team, condition: str, round_: Assessment | None) -> list[PastRound]:
    """Return the closed rounds that do not stand on the page already."""
    return [past for past in past_rounds(team, condition, playbook()) if past.round != round_]


@require_POST
@team_view
def start(request: TeamRequest, team: Team, condition: str) -> HttpResponse:
    """Begin the next round."""
    rubric = rubric_of(condition)
    assessments.start_assessment(team, condition, version=rubric.version, now=timezone.now())
    return redirect("assess", team.pk, condition)


def _open_round(team: Team, condition: str) -> Assessment:
    return get_object_or_404(team.assessments, condition=condition, agreed_on=None)


@require_POST
@team_view
def reveal(request: TeamRequest, team: Team, condition: str) -> HttpResponse:
    """Reveal everybody's views. Any member may take the role."""
    try:
        assessments.reveal_assessment(_open_round(team, condition), by=request.user, now=timezone.now())
    except assessments.NobodyHasWritten:
        messages.warning(request, _("Nobody has written yet, so there is nothing to reveal."))
        return redirect("assess", team.pk, condition)
    return redirect("criterion", team.pk, condition, rubric_of(condition).codes[0])


@team_page
def criterion(request: TeamRequest, team: Team, condition: str, code: str) -> HttpResponse:
    """Show one criterion with all views side by side, of an earlier round too; on POST keep the team's line."""
    round_ = _round_asked_for(request, team, condition) or _newest_round(team, condition)
    if not round_ or not round_.revealed_at:
        return redirect("assess", team.pk, condition)
    state = _criterion_state(request, round_, code)
    if request.method != "POST":
        return _show_criterion(request, team, round_, state, _line_form(team, state))
    form = LineForm(request.POST, team=team)
    if not form.is_valid():
        return _show_criterion(request, team, round_, state, form, status=422)
    try:
        _agree(request, team, round_, code, form)
    except StaleSave as stale:
        return merge(request, stale, labels={"line": _("Your line"), "tag": _("This is")})
    except assessments.RoundClosed:
        messages.warning(request, _("This round is closed. Begin a new one to look again."))
        return redirect("assess", team.pk, condition)
    return _after_line(round_, team, state)


def _round_asked_for(request: TeamRequest, team: Team, condition: str) -> Assessment | None:
    """Return the closed round a reader asks for by its number, if any."""
    number = request.GET.get("round", "")
    if request.method == "POST" or not (number.isascii() and number.isdigit() and len(number) < 5):
        return None
    return team.assessments.filter(condition=condition, number=int(number)).exclude(agreed_on=None).first()


def _criterion_state(request: TeamRequest, round_: Assessment, code: str) -> CriterionState:
    whole = round_page(round_, rubric_of(round_.condition, round_.rubric_version), request.user)
    for state in whole.criteria:
        if state.criterion.code == code:
            return state
    raise Http404


def _agree(request: TeamRequest, team: Team, round_: Assessment, code: str, form: LineForm) -> None:
    evidence = evidence_in(form, team, request)
    assessments.agree_line(
        round_, code, evidence=evidence, by=request.user, based_on=form.based_on(), now=timezone.now(), **form.words()
    )


def evidence_in(form: WithEvidence, team: Team, request: TeamRequest) -> list[Any]:
    """Return the evidence ticked in a form, with the new piece noted first."""
    new = form.new_evidence()
    added = [note_evidence(team, by=request.user, now=timezone.now(), **new)] if new else []
    return [*form.cleaned_data["evidence"], *added]


def _after_line(round_: Assessment, team: Team, state: CriterionState) -> HttpResponse:
    """Go on to the next criterion, and from the last one back to the whole."""
    codes = rubric_of(round_.condition, round_.rubric_version).codes
    if state.number < state.of:
        return redirect("criterion", team.pk, round_.condition, codes[state.number])
    return redirect("assess", team.pk, round_.condition)


def _line_form(team: Team, state: CriterionState) -> LineForm:
    if not state.line:
        return LineForm(team=team)
    facts = {"line": state.line.line, "tag": state.line.tag, "version": state.line.version}
    return LineForm(team=team, initial={**facts, "evidence": state.line.evidence.all()})


def _show_criterion(
    request: TeamRequest, team: Team, round_: Assessment, state: CriterionState, form: LineForm, *, status: int = 200
) -> HttpResponse:
    rubric = rubric_of(round_.condition, round_.rubric_version)
    context = {
        "team": team,
        "round": round_,
        "condition": playbook().page(round_.condition),
        "state": state,
        "form": form,
        "before": rubric.codes[state.number - 2] if state.number > 1 else None,
        "after": rubric.codes[state.number] if state.number < state.of else None,
    }
    return page(request, "playbook/criterion.html", context, status=status)


@require_POST
@team_view
def finish(request: TeamRequest, team: Team, condition: str) -> HttpResponse:
    """Close the round."""
    try:
        assessments.finish_assessment(_open_round(team, condition), now=timezone.now())
    except assessments.LinesMissing:
        messages.warning(request, _("Agree on at least one line before you close this round."))
        return redirect("assess", team.pk, condition)
    return redirect("conditions", team.pk)
