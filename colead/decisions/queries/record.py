"""One decision with all that belongs to it, for its page and its paper. A running vote is only ever a turnout."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from colead.accounts.models import User
from colead.decisions.actions.closing import read
from colead.decisions.actions.votes import turnout
from colead.decisions.models import Ballot, Decision, Dissent, Input, Option, Review, Round, Way
from colead.schools.models import Member


@dataclass(frozen=True)
class RoundShown:
    """A round of consent with what was said against it; `is_last` marks the one at hand."""

    round: Round
    dissents: tuple[Dissent, ...]
    is_last: bool


@dataclass(frozen=True)
class Result:
    """A closed vote, as everybody sees it: counts in the order of the options, and what they say."""

    ended_on: date
    need_name: str
    counts: tuple[tuple[str, int], ...]
    abstained: int
    voted: int
    members: int
    winner: str
    tied: tuple[str, ...]


@dataclass(frozen=True)
class Running:
    """A vote that runs: how many have voted, out of how many; and what I voted, which only I am shown."""

    ballot: Ballot
    voted: int
    members: int
    i_voted: bool
    mine: Option | None


@dataclass(frozen=True)
class Record:
    """All that the page of a decision shows."""

    decision: Decision
    present: tuple[Member, ...]
    options: tuple[Option, ...]
    inputs: tuple[Input, ...]
    rounds: tuple[RoundShown, ...]
    dissents: tuple[Dissent, ...]  # those that belong to no round
    running: Running | None
    results: tuple[Result, ...]
    called_off: int
    reviews: tuple[Review, ...]
    followed_by: tuple[Decision, ...]
    blocking: tuple[Dissent, ...]  # open objections, of whichever round
    due: bool

    @property
    def round(self) -> RoundShown | None:
        """The round at hand."""
        return self.rounds[-1] if self.rounds else None

    @property
    def result(self) -> Result | None:
        """The last closed vote."""
        return self.results[-1] if self.results else None

    @property
    def unanswered(self) -> int:
        """How many have told you something and do not know where it went."""
        return sum(1 for each in self.inputs if each.said and each.fate == Input.Fate.WAITING)

    @property
    def asked_in_vain(self) -> int:
        """How many were asked and have not answered yet."""
        return sum(1 for each in self.inputs if not each.said)

    @property
    def live_options(self) -> tuple[Option, ...]:
        return tuple(option for option in self.options if option.standing == Option.Standing.ON)


def record(decision: Decision, viewer: User, *, today: date) -> Record:
    """Gather a decision's page. The single votes of others never leave the database."""
    dissents = tuple(decision.dissents.all())
    ballots = list(decision.ballots.all())
    closed = [ballot for ballot in ballots if ballot.state == Ballot.State.CLOSED]
    return Record(
        decision=decision,
        present=tuple(decision.present.select_related("user")),
        options=tuple(decision.options.all()),
        inputs=tuple(decision.inputs.all()),
        rounds=tuple(_rounds(decision, dissents)),
        dissents=tuple(dissent for dissent in dissents if not dissent.round_id),
        running=_running(ballots, viewer),
        results=tuple(_result(ballot) for ballot in closed),
        called_off=sum(1 for ballot in ballots if ballot.state == Ballot.State.CALLED_OFF),
        reviews=tuple(decision.reviews.all()),
        followed_by=tuple(decision.followed_by.all()),
        blocking=tuple(dissent for dissent in dissents if dissent.blocks),
        due=decision.is_due(today),
    )


def _rounds(decision: Decision, dissents: Iterable[Dissent]) -> Iterable[RoundShown]:
    rounds = list(decision.rounds.all()) if decision.way == Way.CONSENT or not decision.is_open else []
    for round_ in rounds:
        own = tuple(dissent for dissent in dissents if dissent.round_id == round_.pk)
        yield RoundShown(round_, own, round_ is rounds[-1])


def _running(ballots: Iterable[Ballot], viewer: User) -> Running | None:
    ballot = next((each for each in ballots if each.is_running), None)
    if not ballot:
        return None
    voted, members = turnout(ballot)
    mine = ballot.votes.select_related("option").filter(voter=viewer).first()
    return Running(ballot, voted, members, mine is not None, mine.option if mine else None)


def _result(ballot: Ballot) -> Result:
    said = read(ballot)
    counts = tuple(ballot.counts.values_list("option__name", "votes"))
    assert ballot.ended_on is not None  # it is closed
    assert ballot.members is not None
    return Result(
        ended_on=ballot.ended_on,
        need_name=ballot.get_need_display(),
        counts=counts,
        abstained=ballot.abstained,
        voted=said.cast + ballot.abstained,
        members=ballot.members,
        winner=said.winner,
        tied=said.top if said.tie else (),
    )
