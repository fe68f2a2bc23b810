"""A purpose map as people read it: part by part, with what is still open."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from colead.plans.forms.purpose import PARTS, MapPart
from colead.plans.models import PurposeMap, Shift, Trial
from colead.schools.models import Team
from colead.texts.fields import label_of


@dataclass(frozen=True)
class Entry:
    """One field of the map: what it is called and what stands in it."""

    name: str
    label: str
    value: str


@dataclass(frozen=True)
class PartCard:
    """One part of the map: what is written in it, and what still waits."""

    part: MapPart
    written: tuple[Entry, ...]
    open: tuple[Entry, ...]


@dataclass(frozen=True)
class MapPage:
    """A map, ready to be shown."""

    map: PurposeMap
    parts: tuple[PartCard, ...]
    shifts: tuple[Shift, ...]
    trial: Trial | None
    others: tuple[PurposeMap, ...]


def current_map(team: Team, condition: str = "") -> PurposeMap | None:
    """Return the map at work for a condition; without one named, the newest at work, else the newest of all."""
    maps = team.maps.select_related("theory", "from_idea")
    if condition:
        return maps.filter(theory__condition=condition, put_away_on=None).first()
    return maps.filter(put_away_on=None).first() or maps.first()


def shifts_in(team: Team) -> QuerySet[Shift]:
    """Return every shift on every map of the team."""
    return Shift._default_manager.filter(map__team=team).select_related("map__team__school")


def map_page(map_: PurposeMap) -> MapPage:
    """Gather everything about a map."""
    return MapPage(
        map=map_,
        parts=tuple(part_card(map_, part) for part in PARTS),
        shifts=tuple(map_.shifts.filter(put_away_on=None)),
        trial=map_.trials.first(),
        others=tuple(map_.team.maps.exclude(pk=map_.pk)),
    )


def part_card(map_: PurposeMap | None, part: MapPart) -> PartCard:
    """Return one part; without a map, all of it is open."""
    entries = [Entry(name, str(label_of(PurposeMap, name)), shown(map_, name)) for name in part.fields]
    return PartCard(part, tuple(e for e in entries if e.value), tuple(e for e in entries if not e.value))


def shown(map_: PurposeMap | None, name: str) -> str:
    """Return what stands in a field, a choice by its name."""
    if not map_:
        return ""
    display: Any = getattr(map_, f"get_{name}_display", None)
    return str(display() if display else getattr(map_, name))
