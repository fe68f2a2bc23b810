"""Vote in secret: one vote each, changeable until it closes; then the counts are kept and the votes are deleted."""

from datetime import datetime

from django.db import transaction
from django.db.models import Count as CountOf
from django.utils.translation import gettext_lazy as _

from colead.decisions.actions.records import in_talk, refuse_while_voting
from colead.decisions.models import Ballot, Count, Decision, Option, Vote, Way
from colead.schools.actions import Refusal
from colead.schools.models import Member

FEWEST = 3  # votes below which counting gives every single one away


class TooFewOptions(Refusal):
    """Refuse a vote without a choice."""

    reason = _("A vote needs at least two options.")


class TooFewForASecret(Refusal):
    """Refuse a hidden vote in a team so small that it hides nothing."""

    reason = _("With fewer than three of you a hidden vote hides nothing. Choose another way of deciding.")


class BallotEnded(Refusal):
    """Refuse to vote, close or call off once a vote has ended."""

    reason = _("This vote has ended.")


class NotYourVote(Refusal):
    """Refuse a vote from somebody who is not on the team."""

    reason = _("Only people on the team vote.")


class NotOnTheBallot(Refusal):
    """Refuse a vote for something that is not an option here."""

    reason = _("This is not one of the options.")


class TooFewVotes(Refusal):
    """Refuse to close before more than half have voted, and at least three."""

    reason = _(
        "A vote can be closed once more than half of you, and at least three, have voted. "
        "Before that, the count could give somebody away."
    )


def open_ballot(decision: Decision, *, need: str, now: datetime) -> Ballot:
    """Open a vote on the options that are not set aside. `need` says what it takes to win.

    Refuses with TalkNotBegun, AlreadyDecided, WrongWay, VoteRuns, TooFewOptions, TooFewForASecret.
    """
    with transaction.atomic():
        current = in_talk(decision, Way.VOTE)
        refuse_while_voting(current)
        if current.options.all().on_the_table().count() < 2:
            raise TooFewOptions
        if current.team.members.active().count() < FEWEST:
            raise TooFewForASecret
        return Ballot.objects.create(decision=current, need=need, opened_on=current.team.today(now))


def cast_vote(ballot: Ballot, *, member: Member, option: Option | None) -> None:
    """Vote, or change one's vote; without an option, abstain. No history is kept, and no time.

    Refuses with BallotEnded, NotYourVote, NotOnTheBallot.
    """
    with transaction.atomic():
        running = _running(ballot)
        if member.team_id != running.decision.team_id or member.left_on or member.waiting:
            raise NotYourVote
        if option and (option.decision_id != running.decision_id or option.standing != Option.Standing.ON):
            raise NotOnTheBallot
        Vote.objects.update_or_create(ballot=running, voter=member.user, defaults={"option": option})


def close_ballot(ballot: Ballot, *, now: datetime) -> Ballot:
    """Count, keep the counts, and delete every single vote. Refuses with BallotEnded and TooFewVotes."""
    with transaction.atomic():
        running = _running(ballot)
        voted, members = turnout(running)
        if voted < FEWEST or 2 * voted <= members:
            raise TooFewVotes
        _keep_counts(running)
        running.members = members
        running.abstained = running.votes.filter(option=None).count()
        return _end(running, Ballot.State.CLOSED, now)


def call_off(ballot: Ballot, *, now: datetime) -> Ballot:
    """End a vote without counting; its votes are deleted unread. Refuses with BallotEnded."""
    with transaction.atomic():
        return _end(_running(ballot), Ballot.State.CALLED_OFF, now)


def turnout(ballot: Ballot) -> tuple[int, int]:
    """Return how many have voted in a running ballot, and how many can. Who left after voting still counts."""
    voters = set(ballot.votes.values_list("voter", flat=True))
    active = set(ballot.decision.team.members.active().values_list("user", flat=True))
    return len(voters), len(voters | active)


def _running(ballot: Ballot) -> Ballot:
    current = Ballot.objects.select_for_update(of=("self",)).select_related("decision__team").get(pk=ballot.pk)
    if not current.is_running:
        raise BallotEnded
    return current


def _keep_counts(ballot: Ballot) -> None:
    counted = dict(ballot.votes.exclude(option=None).values_list("option").annotate(CountOf("id")))
    for option in ballot.decision.options.all().on_the_table():
        Count.objects.create(ballot=ballot, option=option, votes=counted.get(option.pk, 0))


def _end(ballot: Ballot, state: str, now: datetime) -> Ballot:
    ballot.votes.all().delete()
    ballot.state, ballot.ended_on = state, ballot.decision.team.today(now)
    ballot.save()
    return ballot
