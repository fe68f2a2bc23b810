"""Draw a purpose map: what to test first, with whom, and with what."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.plans.models import PurposeMap, Shift, Theory
from colead.schools.actions import Refusal
from colead.schools.models import Team
from colead.texts.actions import save_new, save_text


class NoIdea(Refusal):
    """Refuse a map without an idea to test."""

    reason = _("Write down the idea you want to test. A map needs one.")


class AlreadyDrawn(Refusal):
    """Refuse a second map for a theory while one is at work."""

    reason = _("You have a map for this theory already. Here it is; put it away to draw another.")

    def __init__(self, drawn: PurposeMap) -> None:
        super().__init__(str(drawn))
        self.drawn = drawn


def draw_map(
    team: Team, *, idea: str, by: User, now: datetime, theory: Theory | None = None, **facts: Any
) -> PurposeMap:
    """Begin a map; with a theory, what that says is carried over. Refuses with NoIdea or AlreadyDrawn."""
    if not idea.strip():
        raise NoIdea
    with transaction.atomic():
        Team.objects.select_for_update().get(pk=team.pk)
        drawn = theory.maps.filter(put_away_on=None).first() if theory else None
        if drawn:
            raise AlreadyDrawn(drawn)
        known = from_theory(theory) if theory else {}
        drawn = PurposeMap(team=team, theory=theory, started_on=team.today(now), **{**known, **facts, "idea": idea})
        return save_new(drawn, by=by, now=now)


def from_theory(theory: Theory) -> dict[str, Any]:
    """Return what a theory already says about the first test, so that nobody types it twice."""
    lines = list(theory.lines.filter(put_away_on=None))
    said = {leg: "\n".join(line.text for line in lines if line.leg == leg) for leg in ("if", "then", "result")}
    origin = PurposeMap.Origin.CHALLENGE if theory.barrier else PurposeMap.Origin.STRENGTH
    return {
        "from_idea": theory.approach,
        "idea": str(theory.approach or "") or said["if"],
        "origin": origin,
        "origin_note": str(theory.barrier or theory.problem),
        "vision": said["result"],
        "signs": said["then"],
    }


def write_map(map_: PurposeMap, *, by: User, based_on: int, now: datetime, **changes: Any) -> PurposeMap:
    """Change what stands on the map. Refuses with NoIdea to empty the idea."""
    if not changes.get("idea", map_.idea).strip():
        raise NoIdea
    return save_text(map_, based_on=based_on, by=by, now=now, **changes)


def put_map_away(map_: PurposeMap, *, by: User, now: datetime) -> None:
    """Put a map aside, so that another can be drawn; it stays readable."""
    _mark(map_, by=by, now=now, put_away_on=map_.team.today(now))


def add_shift(map_: PurposeMap, *, by: User, now: datetime, **facts: Any) -> Shift:
    """Say what a group of people will do differently."""
    return save_new(Shift(map=map_, **facts), by=by, now=now)


def edit_shift(shift: Shift, *, by: User, based_on: int, now: datetime, **changes: Any) -> Shift:
    """Change what a group of people will do differently."""
    return save_text(shift, based_on=based_on, by=by, now=now, **changes)


def put_shift_away(shift: Shift, *, by: User, now: datetime) -> None:
    """Take a shift off the map."""
    _mark(shift, by=by, now=now, put_away_on=shift.map.team.today(now))


def _mark(text: Any, *, by: User, now: datetime, **facts: Any) -> None:
    text.refresh_from_db()
    save_text(text, based_on=text.version, by=by, now=now, **facts)
