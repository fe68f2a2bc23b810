"""What a team tells, holds back, and has not finished: which records stand on the page, and why others do not."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from colead.decisions.models import Decision
from colead.schools.models import School
from colead.staffpage.models import Held

What = Held.What


@dataclass(frozen=True)
class HeldBack:
    """What the teams of a school hold back."""

    rows: frozenset[tuple[int, str, int]]  # team, what, number

    def holds(self, team_id: int, what: str, number: int = 0) -> bool:
        return (team_id, str(what), number) in self.rows

    @cached_property
    def nameless(self) -> frozenset[int]:
        """The teams that name nobody who answers for a decision."""
        return frozenset(team_id for team_id, what, _number in self.rows if what == What.NAMES)


def held_back(school: School) -> HeldBack:
    """Return what the school's teams hold back."""
    rows = Held.objects.filter(team__school=school).values_list("team_id", "what", "number")
    return HeldBack(frozenset(rows))


@dataclass(frozen=True)
class Names:
    """The names of people at the school, whole and first ones, so that none stands where a role belongs."""

    known: frozenset[str]

    def role_only(self, who: str) -> str:
        """Return a group or role as it was written; a colleague where it is somebody's name."""
        words = who.casefold().split()
        named = " ".join(words) in self.known or any(name in who.casefold() for name in self.known if " " in name)
        return str(_("a colleague")) if named else who


def names_at(school: School) -> Names:
    """Return the names of everybody on the staff list and on a team."""
    staff = school.roster.values_list("name", flat=True)
    members = school.teams.values_list("members__user__name", flat=True)
    whole = {" ".join(name.casefold().split()) for name in (*staff, *members) if name}
    return Names(frozenset(whole | {name.split()[0] for name in whole if name}))


def missing_in(decision: Decision) -> tuple[Promise, ...]:
    """Say what a record still lacks before staff can read it; nothing where it is finished."""
    lacks: Iterable[tuple[bool, Promise]] = (
        (not decision.decided, _("what you decided")),
        (not decision.because, _("because")),
        (not decision.owner_id, _("who answers for it")),
        (not decision.review_on and decision.state != Decision.State.REVIEWED, _("when you look at it again")),
    )
    return tuple(what for is_missing, what in lacks if is_missing)
