"""The demo's decisions, made through the verbs that people use. The words stand in `content/demo/decisions.yaml`."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from colead.accounts.models import User
from colead.decisions.actions import closing, consent, dissent, exchange, records, table, votes
from colead.decisions.actions.reviews import review_decision
from colead.decisions.models import Decision, Review, Way
from colead.decisions.queries.draft import draft_message
from colead.schools.models import Member, Team

FILE = Path(__file__).resolve().parents[2] / "content" / "demo" / "decisions.yaml"


class Part(BaseModel):
    """A frozen piece of the demo that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Against(Part):
    kind: str
    body: str
    harm: str = ""
    who: str = ""
    outcome: str = ""
    what_happened: str = ""


class Wording(Part):
    proposal: str
    clarified: str = ""
    reactions: str = ""
    against: tuple[Against, ...] = ()


class Ballot(Part):
    need: str
    votes: dict[str, str]


class Gone(Part):
    what: str
    days_ago: int
    minutes_each: int
    people: int
    to_whom: str
    in_place: str
    note: str = ""
    check_in: int | None = None
    back_ago: int | None = None


class Seen(Part):
    days_ago: int
    seen: str


class Settled(Part):
    days_ago: int
    owner: str
    review_in: int
    because: str
    present: tuple[str, ...]
    decided: str = ""
    message: bool = False
    reviewed: Seen | None = None


class Question(Part):
    question: str
    days_ago: int
    background: str = ""
    shaped_by: str = ""
    way: str = ""
    decider: str = ""
    input_in: int | None = None
    talk: str = ""
    inputs: tuple[dict[str, Any], ...] = ()
    options: tuple[dict[str, Any], ...] = ()
    rounds: tuple[Wording, ...] = ()
    against: tuple[Against, ...] = ()
    ballot: Ballot | None = None
    decided: Settled | None = None
    let_go: tuple[Gone, ...] = ()


class Trade(Part):
    task: str
    giver: str
    taker: str
    taken_off: str
    minutes: int
    minutes_off: int
    days_ago: int
    agreed: tuple[str, ...]


class World(Part):
    questions: tuple[Question, ...]
    hand_overs: tuple[Trade, ...]


def load_decisions(team: Team, members: Mapping[str, Member], *, now: datetime) -> None:
    """Fill the demo team's decisions, stop list and hand-overs. `members` by the keys of the demo: `ada`, `ben`, ..."""
    world = World.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))
    maker = _Maker(team, members, now)
    for question in world.questions:
        maker.ask(question)
    for trade in world.hand_overs:
        maker.trade(trade)


class _Maker:
    """Who is who and what day it is, while the demo is made."""

    def __init__(self, team: Team, members: Mapping[str, Member], now: datetime) -> None:
        self.team, self.members, self.now = team, members, now
        self.by: User = members["ada"].user

    def _then(self, days_ago: int) -> dict[str, Any]:
        return {"by": self.by, "now": self.now - timedelta(days=days_ago)}

    def _day(self, days_from_now: int) -> date:
        return self.team.today(self.now) + timedelta(days=days_from_now)

    def ask(self, facts: Question) -> None:
        """Put a question on the table and take it as far as it got."""
        then = self._then(facts.days_ago)
        decision = records.open_question(
            self.team,
            question=facts.question,
            background=facts.background,
            shaped_by=facts.shaped_by,
            way=facts.way,
            decider=self.members.get(facts.decider),
            input_until=self._day(facts.input_in) if facts.input_in is not None else None,
            **then,
        )
        for heard in facts.inputs:
            table.note_input(decision, **heard, **then)
        for option in facts.options:
            table.add_option(decision, **option, **then)
        if facts.way:
            self._talk(records.begin_talk(decision, **then), facts, then)

    def _talk(self, decision: Decision, facts: Question, then: dict[str, Any]) -> None:
        if facts.talk:
            decision = records.reword_question(decision, talk=facts.talk, based_on=decision.version, **then)
        for against in facts.against:
            self._against(decision, against, then)
        if facts.way == Way.CONSENT:
            self._rounds(decision, facts.rounds, then)
        if facts.ballot:
            self._vote(decision, facts.ballot, then["now"])
        if facts.decided:
            self._settle(decision, facts.decided, facts.let_go)

    def _rounds(self, decision: Decision, wordings: tuple[Wording, ...], then: dict[str, Any]) -> None:
        round_ = None
        for wording in wordings:
            if round_:
                round_ = consent.amend(round_, proposal=wording.proposal, **then)
            else:
                round_ = consent.propose(decision, proposal=wording.proposal, **then)
            for step, words in (("clarify", wording.clarified), ("react", wording.reactions)):
                if round_.number == 1 or words:
                    round_ = consent.keep_step(round_, step, words=words, based_on=round_.version, **then)
            for against in wording.against:
                self._against(decision, against, then)

    def _against(self, decision: Decision, facts: Against, then: dict[str, Any]) -> None:
        said = dissent.say_no(decision, kind=facts.kind, body=facts.body, harm=facts.harm, who=facts.who, **then)
        if facts.outcome:
            ending: dict[str, Any] = {"outcome": facts.outcome, "what_happened": facts.what_happened}
            dissent.change_dissent(said, based_on=said.version, **ending, **then)

    def _vote(self, decision: Decision, facts: Ballot, now: datetime) -> None:
        ballot = votes.open_ballot(decision, need=facts.need, now=now)
        for key, name in facts.votes.items():
            votes.cast_vote(ballot, member=self.members[key], option=decision.options.get(name=name))

    def _settle(self, decision: Decision, facts: Settled, gone: tuple[Gone, ...]) -> None:
        then = self._then(facts.days_ago)
        settled = closing.settle(
            decision,
            decided=facts.decided,
            because=facts.because,
            owner=self.members[facts.owner],
            present=[self.members[key] for key in facts.present],
            decided_on=self._day(-facts.days_ago),
            review_on=self._day(-facts.reviewed.days_ago if facts.reviewed else facts.review_in),
            based_on=Decision.objects.get(pk=decision.pk).version,
            **then,
        )
        if facts.message:
            message = draft_message(settled)
            settled = records.reword_question(settled, message=message, based_on=settled.version, **then)
        if facts.reviewed:
            self._look_again(settled, facts.reviewed, self._day(facts.review_in))
        for entry in gone:
            self._let_go(entry, settled)

    def _look_again(self, decision: Decision, facts: Seen, next_on: date) -> None:
        review_decision(
            decision,
            held_on=self._day(-facts.days_ago),
            seen=facts.seen,
            verdict=Review.Verdict.KEEP,
            next_on=next_on,
            based_on=decision.version,
            **self._then(facts.days_ago),
        )

    def _let_go(self, facts: Gone, decision: Decision) -> None:
        then = self._then(facts.days_ago)
        known = facts.model_dump(exclude={"days_ago", "check_in", "back_ago", "note"})
        look_on = self._day(facts.check_in) if facts.check_in is not None else None
        since = self._day(-facts.days_ago)
        entry = exchange.let_go(self.team, since=since, look_on=look_on, decision=decision, **known, **then)
        if facts.back_ago is not None:
            back: dict[str, Any] = {"back_since": self._day(-facts.back_ago), "look_on": None, "note": facts.note}
            exchange.check_on(entry, based_on=entry.version, **back, **self._then(facts.back_ago))

    def trade(self, facts: Trade) -> None:
        """Hand a task over."""
        exchange.hand_over(
            self.team,
            task=facts.task,
            from_member=self.members[facts.giver],
            to_member=self.members[facts.taker],
            taken_off=facts.taken_off,
            minutes=facts.minutes,
            minutes_off=facts.minutes_off,
            handed_on=self._day(-facts.days_ago),
            agreed_by=[self.members[key] for key in facts.agreed],
            **self._then(facts.days_ago),
        )
