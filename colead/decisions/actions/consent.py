"""Consent in rounds: a proposal, questions, reactions, objections; amended until nobody sees harm in it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.decisions.actions.records import in_talk
from colead.decisions.models import Decision, Round, Way
from colead.schools.actions import Refusal
from colead.texts.actions import save_new, save_text

STEPS = (Round.Step.CLARIFY, Round.Step.REACT, Round.Step.OBJECTIONS)
FIELD = {Round.Step.CLARIFY: "clarified", Round.Step.REACT: "reactions"}


class RoundMovedOn(Refusal):
    """Refuse a step in a round that is over, or a proposal beside another."""

    reason = _("The proposal has a newer wording by now. Read that first.")


class NothingAmended(Refusal):
    """Refuse a new round with the old words."""

    reason = _("The wording is the same as before. Change it so that the objection is met, or withdraw the objection.")


def propose(decision: Decision, *, proposal: str, by: User, now: datetime) -> Round:
    """Put the first proposal on the table. Refuses with TalkNotBegun, AlreadyDecided, WrongWay, RoundMovedOn."""
    with transaction.atomic():
        current = in_talk(decision, Way.CONSENT)
        if current.rounds.exists():
            raise RoundMovedOn
        return save_new(Round(decision=current, number=1, proposal=proposal), by=by, now=now)


def keep_step(round_: Round, step: str, *, words: str, by: User, based_on: int, now: datetime) -> Round:
    """Note what came up in a step (`clarify` or `react`), and go on to the next if this one was at hand.

    Refuses with RoundMovedOn once the proposal is amended.
    """
    with transaction.atomic():
        current = _newest(round_)
        facts: dict[str, str] = {FIELD[Round.Step(step)]: words}
        if current.step == step:
            facts["step"] = STEPS[STEPS.index(Round.Step(step)) + 1]
        return save_text(current, based_on=based_on, by=by, now=now, **facts)


def amend(round_: Round, *, proposal: str, by: User, now: datetime) -> Round:
    """Begin the next round with an amended proposal, right at its objections; who has questions may still ask.

    Objections that are open stay open until somebody says that the new wording meets them.
    Refuses with RoundMovedOn and NothingAmended.
    """
    with transaction.atomic():
        current = _newest(round_)
        if current.proposal.strip() == proposal.strip():
            raise NothingAmended
        number = current.number + 1
        step = Round.Step.OBJECTIONS
        return save_new(Round(decision=current.decision, number=number, step=step, proposal=proposal), by=by, now=now)


def newest_round(decision: Decision) -> Round | None:
    """Return the round at hand."""
    return decision.rounds.last()


def _newest(round_: Round) -> Round:
    newest = newest_round(in_talk(round_.decision, Way.CONSENT))
    if not newest or newest.pk != round_.pk:
        raise RoundMovedOn
    return newest
