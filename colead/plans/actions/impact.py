"""Write down what came of a test, answer what people said, and decide what follows."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from colead.accounts.models import User
from colead.decisions.actions import record_decision
from colead.plans.actions import trials
from colead.plans.models import Impact, Theme, Trial
from colead.schools.actions import Refusal
from colead.schools.models import Member
from colead.texts.actions import save_new, save_text


class NothingFound(Refusal):
    """Refuse to decide before the team has said what is better, the same or worse."""

    reason = _lazy("Say first whether it is better, the same or worse, or that you cannot tell.")


class ThemesWait(Refusal):
    """Refuse to close a test while something that people said has no answer."""

    reason = _lazy("Something people said has no response yet. Answer it first: do it, adapt, or explain why not.")


@transaction.atomic
def write_impact(trial: Trial, *, based_on: int, by: User, now: datetime, **words: Any) -> Impact:
    """Save what the team writes about what came of a test. Refuses with StaleSave."""
    impact, _new = Impact.objects.get_or_create(trial=trial)
    return save_text(impact, based_on=based_on, by=by, now=now, **words)


def note_theme(trial: Trial, *, text: str, by: User, now: datetime) -> Theme:
    """Note something that several people said about a test."""
    return save_new(Theme(trial=trial, text=text), by=by, now=now)


def answer_theme(
    theme: Theme, *, text: str, response: str, answer: str, based_on: int, by: User, now: datetime
) -> Theme:
    """Say what the team does about a theme, or why not; the day is kept. Refuses with StaleSave."""
    answered_on = (theme.answered_on or theme.trial.team.today(now)) if response else None
    facts = {"text": text, "response": response, "answer": answer, "answered_on": answered_on}
    return save_text(theme, based_on=based_on, by=by, now=now, **facts)


@transaction.atomic
def decide(
    trial: Trial,
    *,
    verdict: str,
    onward: str,
    because: str,
    way: str,
    present: list[Member],
    decided_on: date,
    by: User,
    now: datetime,
    **facts: Any,
) -> Impact:
    """Decide what follows from a test: record the decision, close the test.

    Refuses NothingFound and ThemesWait, decisions' NobodyPresent and trials' ClosedAlready; then nothing is written.
    """
    impact = Impact.objects.select_for_update().filter(trial=trial).first()
    if not impact or not impact.finding:
        raise NothingFound
    if trial.themes.filter(response="").exists():
        raise ThemesWait
    trials.close(trial, by=by, now=now)
    words = (Impact.Verdict(verdict).label, Impact.Onward(onward).label)
    decision = record_decision(
        trial.team,
        question=_("What follows from this test: %s") % trial.question,
        decided=f"{str(words[0]).capitalize()}; {words[1]}.",
        because=because,
        way=way,
        present=present,
        decided_on=decided_on,
        by=by,
        now=now,
        **facts,
    )
    chosen = {"verdict": verdict, "onward": onward, "decision": decision}
    return save_text(impact, based_on=impact.version, by=by, now=now, **chosen)
