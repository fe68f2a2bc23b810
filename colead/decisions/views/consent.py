"""Consent: propose, go through the steps, amend."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from colead.decisions.actions import consent
from colead.decisions.forms.table import ProposalForm
from colead.decisions.models import Round
from colead.decisions.views.at_hand import STEP_FORMS
from colead.decisions.views.pages import decision_of
from colead.decisions.views.records import about, page_of
from colead.decisions.views.saving import answer, facts_of, sent
from colead.schools.doors import TeamRequest, team_view
from colead.schools.models import Team


@team_view
def propose(request: TeamRequest, team: Team, decision_id: int) -> HttpResponse:
    """Put the first proposal on the table."""
    found = decision_of(team, decision_id)
    form = ProposalForm(sent(request))

    def save() -> Round:
        return consent.propose(found, **form.cleaned_data, by=request.user, now=timezone.now())

    context = about(found, _("Make a proposal"), submit=_("Propose this"))
    return answer(request, form, save, onward=lambda _saved: page_of(found), context=context)


@team_view
def step(request: TeamRequest, team: Team, decision_id: int, round_id: int, step: str) -> HttpResponse:
    """Note what came up in a step of a round; the step at hand is done with that."""
    found = decision_of(team, decision_id)
    round_ = get_object_or_404(found.rounds, pk=round_id)
    kind = STEP_FORMS.get(step)
    if not kind:
        raise Http404
    form = kind(sent(request), initial=facts_of(kind, round_))

    def save() -> Round:
        (words,) = form.words().values()
        now = timezone.now()
        return consent.keep_step(round_, step, words=words, by=request.user, based_on=form.based_on(), now=now)

    title = str(Round.Step(step).label)
    context = about(found, title, quote=round_.proposal, submit=_("Keep and go on"))
    return answer(request, form, save, onward=lambda _saved: page_of(found), context=context)


@team_view
def amend(request: TeamRequest, team: Team, decision_id: int, round_id: int) -> HttpResponse:
    """Amend the proposal: that begins the next round."""
    found = decision_of(team, decision_id)
    round_ = get_object_or_404(found.rounds, pk=round_id)
    form = ProposalForm(sent(request), initial={"proposal": round_.proposal})

    def save() -> Round:
        return consent.amend(round_, **form.cleaned_data, by=request.user, now=timezone.now())

    lead = _("Change as little as it takes to meet the objection.")
    open_ones = found.dissents.all().blocking()
    context = about(found, _("Amend the proposal"), lead=lead, submit=_("Propose this instead"), against=open_ones)
    return answer(request, form, save, onward=lambda _saved: page_of(found), context=context)
