"""Come to a decision: what each way asks for first, and the one person who answers for it from then on."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.decisions.actions.consent import newest_round
from colead.decisions.actions.records import NobodyPresent, check_owner, in_talk, refuse_while_voting
from colead.decisions.counting import Outcome, outcome
from colead.decisions.models import Ballot, Decision, Option, Round, Way
from colead.schools.actions import Refusal
from colead.schools.models import Member
from colead.texts.actions import save_text


class ObjectionOpen(Refusal):
    """Refuse to decide over an open objection."""

    reason = _(
        "There is an open objection. Amend the proposal until it is met, or let those who raised it withdraw it."
    )


class NothingProposed(Refusal):
    """Refuse to adopt where there is no proposal."""

    reason = _("There is no proposal to adopt yet.")


class NotAskedForObjections(Refusal):
    """Refuse to adopt before everybody was asked for objections."""

    reason = _("Ask for objections first: go through the questions and the reactions to that step.")


class NobodyAsked(Refusal):
    """Refuse to decide by advice where no advice was taken."""

    reason = _("Deciding by advice begins with asking. Write down what at least one of those you asked has said.")


class StillListening(Refusal):
    """Refuse to decide before the day until which people were told they can speak."""

    def __init__(self, until: date) -> None:
        self.reason = gettext(
            "You said that people can give their view until %(date)s. Decide then, or move the date."
        ) % {"date": date_format(until)}
        super().__init__(until)


class NotVoted(Refusal):
    """Refuse to decide by vote before a vote is closed."""

    reason = _("Nobody has voted yet, or the vote has not been closed.")


class Tied(Refusal):
    """Refuse to make a winner of a tie."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.reason = gettext(
            "It is a tie between %(names)s, and a tie decides nothing. Talk once more and vote again, "
            "or stop the talk and choose another way."
        ) % {"names": ", ".join(f"“{name}”" for name in names)}
        super().__init__(names)


class NotEnoughVotes(Refusal):
    """Refuse to take an option that did not get what it takes."""

    reason = _("No option has the votes it takes, so nothing is decided. Talk once more and vote again.")


class NothingDecided(Refusal):
    """Refuse a decision without words."""

    reason = _("Say what you decided.")


def settle(
    decision: Decision,
    *,
    present: list[Member],
    owner: Member | None,
    review_on: date,
    decided_on: date,
    by: User,
    based_on: int,
    now: datetime,
    decided: str = "",
    chosen: Option | None = None,
    because: str = "",
    concerns: str = "",
    message: str = "",
    starts_on: date | None = None,
) -> Decision:
    """End the talk with a decision.

    By consent it is the proposal, word for word; by vote it is the option that won, in `decided` said as you like.
    Refuses what the way asks for first and is missing, and with NobodyPresent and NoOwner.
    """
    with transaction.atomic():
        current = in_talk(decision)
        READY[Way(current.way)](current, decided_on)
        if not present:
            raise NobodyPresent
        check_owner(current, owner)
        words = words_for(current, decided)
        if not words.strip():
            raise NothingDecided
        facts = {
            "state": Decision.State.DECIDED,
            "decided": words,
            "chosen": winner(current) or chosen,
            "because": because,
            "concerns": concerns,
            "owner": owner,
            "decided_on": decided_on,
            "starts_on": starts_on,
            "review_on": review_on,
            "message": message,
        }
        settled = save_text(decision, based_on=based_on, by=by, now=now, **facts)
        settled.present.set(present)
    return settled


def words_for(decision: Decision, typed: str = "") -> str:
    """Return what is decided: the proposal under consent, what was typed, or the name of the option that won."""
    if decision.way == Way.CONSENT:
        newest = newest_round(decision)
        return newest.proposal if newest else ""
    won = winner(decision)
    return typed or (won.name if won else "")


def winner(decision: Decision) -> Option | None:
    """Return the option that won the last closed vote, or None."""
    ballot = _last_closed(decision) if decision.way == Way.VOTE else None
    won = read(ballot).winner if ballot else ""
    return decision.options.filter(name=won).first() if won else None


def read(ballot: Ballot) -> Outcome:
    """Return what a closed ballot says, by the options' names."""
    counted = ballot.counts.select_related("option")
    return outcome({count.option.name: count.votes for count in counted}, ballot.need)


def _last_closed(decision: Decision) -> Ballot | None:
    return decision.ballots.filter(state=Ballot.State.CLOSED).last()


def _consent_is_ready(decision: Decision, on: date) -> None:
    newest = newest_round(decision)
    if not newest:
        raise NothingProposed
    if newest.step != Round.Step.OBJECTIONS:
        raise NotAskedForObjections
    _nobody_objects(decision, on)


def _nobody_objects(decision: Decision, on: date) -> None:
    if decision.dissents.all().blocking().exists():
        raise ObjectionOpen


def _advice_is_ready(decision: Decision, on: date) -> None:
    if not decision.inputs.exclude(said="").exists():
        raise NobodyAsked
    _input_is_over(decision, on)


def _input_is_over(decision: Decision, on: date) -> None:
    if decision.input_until and on < decision.input_until:
        raise StillListening(decision.input_until)


def _vote_is_ready(decision: Decision, on: date) -> None:
    refuse_while_voting(decision)
    ballot = _last_closed(decision)
    if not ballot:
        raise NotVoted
    said = read(ballot)
    if said.tie:
        raise Tied(said.top)
    if not said.winner:
        raise NotEnoughVotes


READY: dict[Way, Callable[[Decision, date], None]] = {
    Way.CONSENT: _consent_is_ready,
    Way.ADVICE: _advice_is_ready,
    Way.CONSENSUS: _nobody_objects,
    Way.VOTE: _vote_is_ready,
    Way.ONE_PERSON: _input_is_over,
}
