"""Enter what stands on a filled-in sheet, in one go."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from colead.accounts.models import User
from colead.playbook.actions import walks
from colead.playbook.models import Walk
from colead.schools.models import Member


@dataclass(frozen=True)
class Typed:
    """What stands under one big question: pairs of code and words, their labels, and the decision if there is one."""

    code: str
    question: str
    words: tuple[tuple[str, str], ...]
    labels: dict[str, str]  # of the sub-prompts, by code
    decided: str
    way: str
    concerns: str


def type_up(
    walk: Walk,
    sheet: list[Typed],
    *,
    ours: bool,
    present: list[Member],
    decided_on: date | None,
    by: User,
    now: datetime,
) -> None:
    """Put answers, notes and decisions below what is there already: all of it or nothing.

    `ours` says that the words are the team's note; else they are the private answers of `by`. A question that is
    decided keeps its decision. Refuses with NobodyPresent where something was decided and nobody was there.
    """
    with transaction.atomic():
        for typed in sheet:
            _add_words(walk, typed, ours=ours, by=by, now=now)
            if typed.decided and decided_on and not _is_decided(walk, typed.code):
                _decide(walk, typed, present, decided_on, by, now)


def _add_words(walk: Walk, typed: Typed, *, ours: bool, by: User, now: datetime) -> None:
    if ours:
        walks.add_to_note(walk, typed.code, _joined(typed), by=by, now=now)
        return
    for code, body in typed.words:
        walks.add_to_answer(walk, code, body, by=by, now=now)


def _joined(typed: Typed) -> str:
    """Put what stands under a question and its sub-prompts into one note."""
    lines = [f"{typed.labels[code]}\n{body}" if code in typed.labels else body for code, body in typed.words if body]
    return "\n\n".join(lines)


def _is_decided(walk: Walk, code: str) -> bool:
    return walk.discussions.filter(code=code).exclude(decision=None).exists()


def _decide(walk: Walk, typed: Typed, present: list[Member], decided_on: date, by: User, now: datetime) -> None:
    walks.decide(
        walk,
        typed.code,
        question=typed.question,
        decided=typed.decided,
        way=typed.way,
        present=present,
        concerns=typed.concerns,
        decided_on=decided_on,
        by=by,
        based_on=0,
        now=now,
    )
