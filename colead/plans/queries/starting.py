"""What a tool may begin with: what the team has said already in the tool before it."""

from collections.abc import Mapping
from typing import Any

from colead.plans.actions.purpose import from_theory
from colead.plans.models import Barrier, Idea, Theory
from colead.schools.models import Team


def number_in(asked: Mapping[str, str], name: str) -> int:
    """Return the number that an address names, or 0, which nothing has, for anything else."""
    given = asked.get(name, "")
    return int(given) if given.isdecimal() and given.isascii() and len(given) < 19 else 0


def theory_start(team: Team, asked: Mapping[str, str], condition: str) -> dict[str, Any]:
    """Return what a theory may begin with: the barrier or idea that the address names, else the barrier taken on."""
    idea: Idea | None = team.ideas.filter(pk=number_in(asked, "idea")).first()
    barrier = (idea.barrier if idea else None) or _barrier(team, number_in(asked, "barrier"), condition, idea)
    condition = condition or (barrier.condition if barrier else "")
    if not barrier:
        return {"condition": condition, "approach": idea}
    return {
        "condition": condition,
        "barrier": barrier,
        "approach": idea or barrier.ideas.exclude(chosen_on=None).first(),
        "problem": _problem(barrier),
        "learned": "\n".join(f"“{piece.body}”" for piece in barrier.evidence.filter(kind="perception")),
    }


def _barrier(team: Team, named: int, condition: str, idea: Idea | None) -> Barrier | None:
    if named:
        found: Barrier | None = team.barriers.filter(pk=named).first()
        return found
    chosen = team.barriers.exclude(chosen_on=None)
    newest: Barrier | None = (chosen.filter(condition=condition) if condition else chosen).order_by("chosen_on").last()
    return None if idea else newest


def _problem(barrier: Barrier) -> str:
    cause = barrier.whys.filter(is_cause=True).first()
    return f"{barrier.statement}\n{cause.because}" if cause else barrier.statement


def map_start(team: Team, asked: Mapping[str, str], condition: str) -> dict[str, Any]:
    """Return what a map may begin with: the theory that the address names, else the one at work."""
    theories = team.theories.filter(put_away_on=None).select_related("approach", "barrier")
    named = number_in(asked, "theory")
    if condition:
        theories = theories.filter(condition=condition)
    theory: Theory | None = theories.filter(pk=named).first() if named else theories.first()
    return {"theory": theory, "idea": from_theory(theory)["idea"]} if theory else {}
