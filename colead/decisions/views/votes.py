"""A hidden vote: open, vote, close, call off."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from colead.decisions.actions import votes
from colead.decisions.forms.table import BallotForm, VoteForm
from colead.decisions.models import Ballot, Decision
from colead.decisions.queries.record import record
from colead.decisions.views.at_hand import vote_form
from colead.decisions.views.pages import decision_of
from colead.decisions.views.records import about, page_of
from colead.decisions.views.saving import act, answer, sent
from colead.schools.doors import TeamRequest, team_view
from colead.schools.models import Team


@team_view
def start(request: TeamRequest, team: Team, decision_id: int) -> HttpResponse:
    """Agree on what it takes, and open the vote."""
    found = decision_of(team, decision_id)
    form = BallotForm(sent(request), initial={"need": "half"})

    def save() -> Ballot:
        return votes.open_ballot(found, **form.cleaned_data, now=timezone.now())

    context = about(found, _("Open the vote"), submit=_("Open the vote"))
    return answer(request, form, save, onward=lambda _saved: page_of(found), context=context)


@team_view
def vote(request: TeamRequest, team: Team, decision_id: int, ballot_id: int) -> HttpResponse:
    """Vote, or change my vote."""
    found = decision_of(team, decision_id)
    ballot = _ballot(found, ballot_id)
    shown = record(found, request.user, today=team.today(timezone.now()))
    form = vote_form(shown, sent(request))

    def save() -> None:
        chosen = form.cleaned_data["option"]
        option = None if chosen == VoteForm.ABSTAIN else found.options.get(pk=chosen)
        assert request.member
        votes.cast_vote(ballot, member=request.member, option=option)

    context = about(found, _("Your vote"), submit=_("Vote"))
    return answer(request, form, save, onward=lambda _saved: page_of(found), context=context)


@require_POST
@team_view
def close(request: TeamRequest, team: Team, decision_id: int, ballot_id: int) -> HttpResponse:
    """Count, and delete the single votes."""
    found = decision_of(team, decision_id)
    ballot = _ballot(found, ballot_id)
    return act(request, lambda: votes.close_ballot(ballot, now=timezone.now()), page_of(found))


@require_POST
@team_view
def call_off(request: TeamRequest, team: Team, decision_id: int, ballot_id: int) -> HttpResponse:
    """End the vote uncounted."""
    found = decision_of(team, decision_id)
    ballot = _ballot(found, ballot_id)
    return act(request, lambda: votes.call_off(ballot, now=timezone.now()), page_of(found))


def _ballot(decision: Decision, ballot_id: int) -> Ballot:
    found: Ballot = get_object_or_404(decision.ballots, pk=ballot_id)
    return found
