"""Where a decision stands on its way: the steps of the way that was chosen, with “you are here”."""

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from colead.decisions.models import Round, Way
from colead.decisions.queries.record import Record

State = Literal["done", "here", ""]

TALK: dict[str, tuple[Promise, ...]] = {
    Way.CONSENT: (
        _("Make a proposal"),
        _("Clarify"),
        _("React"),
        _("Ask for objections, and amend until there are none"),
    ),
    Way.ADVICE: (_("Ask those who know, and those it touches"),),
    Way.CONSENSUS: (_("Talk until all of you can stand behind it"),),
    Way.VOTE: (_("Put the options on the table"), _("Vote in secret")),
    Way.ONE_PERSON: (_("Hear what people say"),),
    "": (_("Talk"),),
}


@dataclass(frozen=True)
class PathStep:
    """One step of the way."""

    title: Promise
    state: State


def path(record: Record) -> tuple[PathStep, ...]:
    """Return the steps from question to review as they stand."""
    decision = record.decision
    talk = TALK[decision.way]
    titles = (_("Choose how you decide"), *talk, _("Decide, and name one owner"), _("Look at it again"))
    here = _here(record, len(talk))
    return tuple(PathStep(title, _state(number, here)) for number, title in enumerate(titles))


def _here(record: Record, talks: int) -> int:
    """Return the number of the step at hand; one beyond the last where all is done."""
    match record.decision.state:
        case "open":
            return 0
        case "talking":
            return 1 + _in_talk(record)
        case "decided":
            return talks + 2
        case _:
            return talks + 3


def _in_talk(record: Record) -> int:
    if record.decision.way == Way.CONSENT:
        return 1 + list(Round.Step).index(Round.Step(record.round.round.step)) if record.round else 0
    if record.decision.way == Way.VOTE:
        return _in_vote(record)
    return 0


def _in_vote(record: Record) -> int:
    if record.running:
        return 1
    return 2 if record.result and record.result.winner else 0


def _state(number: int, here: int) -> State:
    if number == here:
        return "here"
    return "done" if number < here else ""
