"""A team's norms: those that hold, those before, and how they were seen."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from colead.accounts.models import User
from colead.meetings.models import Agreement, Norm, NormCheck, NormCount
from colead.schools.models import Team

TERM = timedelta(weeks=12)


@dataclass(frozen=True)
class Look:
    """One look at the norms, as one person sees it: who has written as a number, mine, the counts once revealed."""

    check: NormCheck
    written: int
    team_size: int
    mine: dict[int, str]  # norm -> mark
    counts: tuple[NormCount, ...]


@dataclass(frozen=True)
class Norms:
    """The norms that hold, the look under way, the looks that are done, and what was agreed before."""

    holds: Agreement | None
    look: Look | None
    looks: tuple[Look, ...]
    before: tuple[Agreement, ...]
    due_on: date | None


def looks_of(team: Team) -> QuerySet[NormCheck]:
    """Return every look a team has taken at its norms, the newest first."""
    return NormCheck.objects.filter(agreement__team=team).select_related("agreement__team__school")


def norms_of(team: Team, viewer: User) -> Norms:
    """Gather a team's norms in a fixed number of queries."""
    agreements = list(team.agreements.prefetch_related("norms", "present__user"))
    checks = list(looks_of(team).prefetch_related("counts__norm"))
    size = team.members.active().count()
    looks = [_look(check, viewer, size) for check in checks]
    holds = agreements[0] if agreements else None
    return Norms(
        holds=holds,
        look=next((look for look in looks if not look.check.revealed_on and look.check.agreement == holds), None),
        looks=tuple(look for look in looks if look.check.revealed_on),
        before=tuple(agreements[1:]),
        due_on=_due_on(holds, [check for check in checks if check.agreement == holds]),
    )


def _look(check: NormCheck, viewer: User, size: int) -> Look:
    if check.revealed_on:
        return Look(check, check.written or 0, size, {}, tuple(check.counts.all()))
    views = list(check.views.values_list("author", "norm", "mark"))
    mine = {norm: mark for author, norm, mark in views if author == viewer.pk}
    return Look(check, len({author for author, _norm, _mark in views}), size, mine, ())


def current_norms(team: Team) -> tuple[Norm, ...]:
    """Return the norms that hold, for the head of a meeting."""
    holds = team.agreements.first()
    return tuple(holds.norms.all()) if holds else ()


def is_due(team: Team, today: date) -> bool:
    """Say whether a term has passed since the norms were agreed on or looked at."""
    holds = team.agreements.first()
    due = _due_on(holds, list(holds.checks.all()) if holds else [])
    return bool(due and due <= today)


def _due_on(holds: Agreement | None, checks: list[NormCheck]) -> date | None:
    if not holds:
        return None
    return max([holds.agreed_on, *(check.revealed_on for check in checks if check.revealed_on)]) + TERM
