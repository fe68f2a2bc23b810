"""What was let go, what it gives back, and what changed hands."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Sum

from colead.decisions.models import HandOver, LetGo
from colead.decisions.wording import in_words
from colead.schools.models import Team


@dataclass(frozen=True)
class StopList:
    """The stop list: what is due to be checked, what stays gone, what has crept back, and the sum in words."""

    due: tuple[LetGo, ...]
    gone: tuple[LetGo, ...]
    back: tuple[LetGo, ...]
    minutes: int

    @property
    def sum_in_words(self) -> str:
        return in_words(self.minutes)

    @property
    def entries(self) -> tuple[LetGo, ...]:
        return (*self.due, *self.gone, *self.back)


def minutes_given_back(team: Team) -> int:
    """Return how many minutes a week the stop list gives back, everybody's together; what crept back gives none."""
    total = team.let_gos.gone().aggregate(minutes=Sum(F("minutes_each") * F("people")))
    return total["minutes"] or 0


def stop_list(team: Team, *, today: date) -> StopList:
    """Return the team's stop list, the newest first."""
    entries = tuple(team.let_gos.select_related("decision"))
    gone = [entry for entry in entries if not entry.back_since]
    due = tuple(entry for entry in gone if entry.look_on and entry.look_on <= today)
    return StopList(
        due=due,
        gone=tuple(entry for entry in gone if entry not in due),
        back=tuple(entry for entry in entries if entry.back_since),
        minutes=sum(entry.minutes for entry in gone),
    )


def hand_overs(team: Team) -> tuple[HandOver, ...]:
    """Return what changed hands, the newest first."""
    people = ("from_member__user", "to_member__user")
    return tuple(team.hand_overs.select_related(*people).prefetch_related("agreed_by__user"))
