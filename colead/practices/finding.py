"""What the worker finds: offers as they get better, the price of time, why a team is left out. Packed as JSON.

An offer is kept as moves, not as a whole timetable: laid over today's it gives the new one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import TypeAdapter

from colead.practices.queries.board import Place
from colead.timetable import Schedule, Slot, team_times
from colead.timetable.shifts.telling import moves
from colead.timetable.shifts.values import Ask, Move, Objective, Price, Proposal, Served, WhyNot


@dataclass(frozen=True)
class Offer:
    """One proposal: what moves, what each team has then, how good it is and how good any could be."""

    objective: Objective
    moves: tuple[Move, ...]
    teams: tuple[Served, ...]
    cost: int
    bound: int
    proven: bool
    seconds: float
    new: tuple[tuple[str, Slot, str], ...] = ()  # lessons that have no time today: where they go
    kind: str = ""  # "scratch" for a whole new timetable

    @property
    def key(self) -> str:
        """Name it in addresses."""
        return self.kind or self.objective.value

    @property
    def moved(self) -> int:
        """Count the lessons that change their time."""
        return sum(move.in_time for move in self.moves)

    @property
    def people(self) -> tuple[str, ...]:
        """Name everybody who has something at another time."""
        return tuple(sorted({name for move in self.moves if move.in_time for name in move.people}))

    @property
    def served(self) -> int:
        """Count the teams that get all they asked for."""
        return sum(team.in_full for team in self.teams)

    @property
    def most(self) -> int:
        """Count the moves of whoever has the most of them."""
        return max(
            (sum(move.in_time and name in move.people for move in self.moves) for name in self.people), default=0
        )

    @property
    def places(self) -> dict[str, Place]:
        """Return where each lesson goes."""
        moved = {move.lesson: Place(move.to, move.to_room) for move in self.moves}
        return {**moved, **{key: Place(start, room) for key, start, room in self.new}}


@dataclass(frozen=True)
class Tag:
    """One step of the price curve: so many teams in full for so many moves, of which so many are surely needed."""

    teams: int
    of: int
    moves: int | None
    at_least: int
    offer: Offer | None = None

    @property
    def key(self) -> str:
        return f"teams-{self.teams}"

    @property
    def proven(self) -> bool:
        return self.moves == self.at_least


@dataclass(frozen=True)
class Why:
    """Why a team does not get what it asks for; without a name: why all teams together do not."""

    team: str
    minutes: int
    verdict: WhyNot


@dataclass(frozen=True)
class Found:
    """All that a search has found so far; `doing` says what the worker is at, `said` why it could not go on."""

    doing: str = ""
    offers: tuple[Offer, ...] = ()
    tags: tuple[Tag, ...] = ()
    whys: tuple[Why, ...] = ()
    said: str = ""

    def offer(self, key: str) -> Offer | None:
        """Return the offer of that name: an objective, or a step of the price curve."""
        named = {one.key: one for one in self.offers}
        return named.get(key) or next((tag.offer for tag in self.tags if tag.key == key), None)


_FOUND = TypeAdapter(Found)


def offer_of(proposal: Proposal) -> Offer:
    """Keep a proposal without its timetable."""
    return Offer(
        proposal.objective,
        proposal.moves,
        proposal.teams,
        proposal.cost,
        proposal.bound,
        proposal.proven,
        proposal.seconds,
    )


def offer_from_scratch(today: Schedule, then: Schedule, asks: Sequence[Ask]) -> Offer:
    """Keep a whole new timetable as what differs from today's; nothing about it is proven."""
    there = then.by_key
    laid = [replace(one, start=there[one.key].start, room=there[one.key].room) for one in today.lessons]
    pairs = list(zip(today.lessons, laid, strict=True))
    new = tuple((one.key, one.start, one.room) for old, one in pairs if old.start is None and one.start is not None)
    placed = replace(today, lessons=tuple(one if old.start is None else old for old, one in pairs))
    then = replace(today, lessons=tuple(laid))
    had = {time.team: time.minutes for time in team_times(today)}
    has = {time.team: time.minutes for time in team_times(then)}
    teams = tuple(Served(ask.team, ask.minutes, had[ask.team], has[ask.team]) for ask in asks)
    return Offer(Objective.MOVES, moves(placed, then), teams, 0, 0, False, 0.0, new, "scratch")


def tag_of(price: Price) -> Tag:
    """Keep a price, its proposal without the timetable."""
    offer = offer_of(price.proposal) if price.proposal else None
    return Tag(price.teams, price.of, price.moves, price.at_least, offer)


def packed(found: Found) -> Any:
    """Return what was found as JSON holds it."""
    return _FOUND.dump_python(found, mode="json")


def unpacked(stored: Any) -> Found:
    """Return what was packed; an empty column is nothing found yet."""
    return _FOUND.validate_python(stored or {})
