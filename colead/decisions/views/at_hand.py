"""The forms that stand on a decision's page: only those for the step at hand."""

from typing import Any

from django.forms import Form

from colead.decisions.forms.records import WayForm
from colead.decisions.forms.table import BallotForm, ClarifiedForm, ProposalForm, ReactionsForm, VoteForm
from colead.decisions.models import Decision, Round, Way
from colead.decisions.queries.record import Record
from colead.decisions.views.saving import facts_of
from colead.schools.models import Team

STEP_FORMS: dict[str, type[ClarifiedForm] | type[ReactionsForm]] = {
    Round.Step.CLARIFY: ClarifiedForm,
    Round.Step.REACT: ReactionsForm,
}


def at_hand(team: Team, record: Record) -> dict[str, Form]:
    """Return the forms by name: `way`, `proposal`, `step`, `ballot`, `vote`."""
    decision = record.decision
    if decision.state == Decision.State.OPEN:
        return {"way": WayForm(team=team, initial=facts_of(WayForm, decision), auto_id="way_%s")}
    if not decision.is_talking:
        return {}
    if decision.way == Way.CONSENT:
        return _consent(record)
    return _vote(record) if decision.way == Way.VOTE else {}


def _consent(record: Record) -> dict[str, Any]:
    if not record.round:
        return {"proposal": ProposalForm(auto_id="proposal_%s")}
    form = STEP_FORMS.get(record.round.round.step)
    if not form:
        return {}
    return {"step": form(initial=facts_of(form, record.round.round), auto_id="step_%s")}


def _vote(record: Record) -> dict[str, Form]:
    if not record.running:
        return {"ballot": BallotForm(initial={"need": "half"}, auto_id="ballot_%s")}
    return {"vote": vote_form(record)}


def vote_form(record: Record, data: Any = None) -> VoteForm:
    """Return the form of a running vote, with my own vote in it, if I have voted."""
    running = record.running
    mine = VoteForm.ABSTAIN if running and running.i_voted else None
    initial = str(running.mine.pk) if running and running.mine else mine
    return VoteForm(data, options=record.live_options, initial={"option": initial}, auto_id="vote_%s")
