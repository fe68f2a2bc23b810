"""Write a theory of action together, line by line, and adopt it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.decisions.actions import record_decision
from colead.plans.models import Adoption, Barrier, Evidence, Idea, Theory, TheoryLine
from colead.schools.actions import Refusal
from colead.schools.models import Member, Team
from colead.texts.actions import save_new, save_text

LEGS = ("if", "then", "result")
WORDS = ("goal", "problem", "learned", "equity", "leaders", "serves")


class NoGoal(Refusal):
    """Refuse a theory that does not say what the team wants to reach."""

    reason = _("Say first what you want to reach. Without a goal nobody can tell whether the plan makes sense.")


class NoProblem(Refusal):
    """Refuse a theory that does not say which problem of practice it is about."""

    reason = _(
        "Name first the problem of practice: what adults here do, or do not do, that stands between you and the goal."
    )


class AlreadyAtWork(Refusal):
    """Refuse a second theory for a condition while one is at work."""

    reason = _("You have a theory for this already. Here it is; put it away to begin another.")

    def __init__(self, theory: Theory) -> None:
        super().__init__(str(theory))
        self.theory = theory


class WrongWay(Refusal):
    """Refuse an arrow that does not lead to the next leg of the same theory."""

    reason = _("An arrow leads to the next part: from if to then, from then to as a result.")


class NotWhole(Refusal):
    """Refuse to adopt a theory that lacks an if, a then or a result; `legs` names what is missing."""

    reason = _("It is not whole yet: it needs at least one line in each of the three parts.")

    def __init__(self, legs: tuple[str, ...]) -> None:
        super().__init__(", ".join(legs))
        self.legs = legs


class NothingNew(Refusal):
    """Refuse to adopt the same words again."""

    reason = _("Nothing has changed since you adopted it. It stands as it is.")


def start_theory(
    team: Team,
    *,
    goal: str,
    problem: str,
    by: User,
    now: datetime,
    condition: str = "",
    barrier: Barrier | None = None,
    approach: Idea | None = None,
    **facts: Any,
) -> Theory:
    """Begin a theory; the approach, where one is chosen, becomes its first “if”.

    Refuses with NoGoal, NoProblem or AlreadyAtWork.
    """
    _check_beginning(goal, problem)
    with transaction.atomic():
        Team.objects.select_for_update().get(pk=team.pk)
        at_work = team.theories.filter(condition=condition, put_away_on=None).first()
        if at_work:
            raise AlreadyAtWork(at_work)
        theory = Theory(team=team, goal=goal, problem=problem, condition=condition, started_on=team.today(now), **facts)
        theory.barrier, theory.approach = barrier, approach
        save_new(theory, by=by, now=now)
        if approach:
            add_line(theory, leg="if", text=approach.text, by=by, now=now)
    return theory


def _check_beginning(goal: str, problem: str) -> None:
    if not goal.strip():
        raise NoGoal
    if not problem.strip():
        raise NoProblem


def write_theory(theory: Theory, *, by: User, based_on: int, now: datetime, **changes: Any) -> Theory:
    """Change the words of a theory. Refuses with NoGoal or NoProblem to empty what it rests on."""
    _check_beginning(changes.get("goal", theory.goal), changes.get("problem", theory.problem))
    return save_text(theory, based_on=based_on, by=by, now=now, **changes)


def put_theory_away(theory: Theory, *, by: User, now: datetime) -> None:
    """Put a theory aside, so that another can begin; it stays readable."""
    theory.refresh_from_db()
    save_text(theory, based_on=theory.version, by=by, now=now, put_away_on=theory.team.today(now))


# --- Lines and arrows -----------------------------------------------------------------------------------------------


def add_line(
    theory: Theory,
    *,
    leg: str,
    text: str,
    by: User,
    now: datetime,
    toward: TheoryLine | None = None,
    because: str = "",
    evidence: Iterable[Evidence] = (),
) -> TheoryLine:
    """Add a statement. Where the next leg holds only one, it leads there by itself. Refuses with WrongWay."""
    _check_way(theory, leg, toward)
    with transaction.atomic():
        line = TheoryLine(theory=theory, leg=leg, text=text, because=because, toward=toward or _only(theory, leg))
        save_new(line, by=by, now=now)
        line.evidence.set(evidence)
        if leg != "if":
            _lead_here(line, by=by, now=now)
    return line


def edit_line(
    line: TheoryLine,
    *,
    by: User,
    based_on: int,
    now: datetime,
    evidence: Iterable[Evidence] | None = None,
    **changes: Any,
) -> TheoryLine:
    """Change a statement, where it leads, or what speaks for that. Refuses with WrongWay."""
    _check_way(line.theory, line.leg, changes.get("toward"))
    with transaction.atomic():
        saved = save_text(line, based_on=based_on, by=by, now=now, **changes)
        if evidence is not None:
            saved.evidence.set(evidence)
    return saved


def put_line_away(line: TheoryLine, *, by: User, now: datetime) -> None:
    """Take a statement out of the theory; it stays in its history and can come back."""
    _mark(line, by=by, now=now, put_away_on=line.theory.team.today(now))


def bring_line_back(line: TheoryLine, *, by: User, now: datetime) -> None:
    """Put a statement back that was taken out."""
    _mark(line, by=by, now=now, put_away_on=None)


def _mark(line: TheoryLine, *, by: User, now: datetime, **facts: Any) -> None:
    line.refresh_from_db()
    save_text(line, based_on=line.version, by=by, now=now, **facts)


def lines_of(theory: Theory, leg: str) -> list[TheoryLine]:
    """Return the statements of one leg, in the order they were written."""
    return list(theory.lines.filter(leg=leg, put_away_on=None))


def next_leg(leg: str) -> str:
    """Return the leg that `leg` leads to; empty after the last."""
    return {"if": "then", "then": "result"}.get(leg, "")


def _check_way(theory: Theory, leg: str, toward: TheoryLine | None) -> None:
    if toward and (toward.theory_id != theory.pk or toward.leg != next_leg(leg)):
        raise WrongWay


def _only(theory: Theory, leg: str) -> TheoryLine | None:
    """Return the one statement of the next leg, where there is no choice."""
    targets = lines_of(theory, next_leg(leg))
    return targets[0] if len(targets) == 1 else None


def _lead_here(line: TheoryLine, *, by: User, now: datetime) -> None:
    """Lead statements that led nowhere to the first one of the next leg."""
    before = LEGS[LEGS.index(line.leg) - 1]
    if len(lines_of(line.theory, line.leg)) > 1:
        return
    for loose in lines_of(line.theory, before):
        if not loose.toward_id:
            _mark(loose, by=by, now=now, toward=line)


# --- Adopting -------------------------------------------------------------------------------------------------------


def adopt_theory(
    theory: Theory, *, decided: str, present: list[Member], by: User, now: datetime, **facts: Any
) -> Adoption:
    """Adopt the theory as it stands: a decision, and its words kept as the next version.

    Refuses with NotWhole or NothingNew; with NobodyPresent, as every decision does.
    """
    with transaction.atomic():
        current = Theory.objects.select_for_update().get(pk=theory.pk)
        words = words_of(current)
        last = current.adoptions.last()
        if missing := tuple(leg for leg in LEGS if not any(line["leg"] == leg for line in words["lines"])):
            raise NotWhole(missing)
        if last and last.words == words:
            raise NothingNew
        decision = record_decision(
            current.team,
            question=gettext("Do we adopt this theory of action?"),
            decided=decided,
            present=present,
            by=by,
            now=now,
            **facts,
        )
        return Adoption.objects.create(
            theory=current,
            number=last.number + 1 if last else 1,
            decision=decision,
            words=words,
            adopted_on=decision.decided_on or current.team.today(now),
            by=by,
        )


def words_of(theory: Theory) -> dict[str, Any]:
    """Return everything a theory says now, for keeping. Lines are counted from 1, and `toward` names such a number."""
    lines = list(theory.lines.filter(put_away_on=None).prefetch_related("evidence"))
    numbers = {line.pk: number for number, line in enumerate(lines, 1)}
    return {
        **{name: getattr(theory, name) for name in WORDS},
        "barrier": str(theory.barrier or ""),
        "approach": str(theory.approach or ""),
        "lines": [
            {
                "leg": line.leg,
                "text": line.text,
                "toward": numbers.get(line.toward_id or 0),
                "because": line.because,
                "evidence": sorted(piece.body for piece in line.evidence.all()),
            }
            for line in lines
        ],
    }
