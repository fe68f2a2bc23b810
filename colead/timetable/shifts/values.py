"""What goes into a search for small shifts and what comes out of it: frozen facts, no solver."""

from dataclasses import dataclass
from enum import StrEnum

from colead.timetable.checking import Broken
from colead.timetable.model import Schedule, Slot
from colead.timetable.words import Said


class Objective(StrEnum):
    """What makes one change better than another, once teams have as much time as can be."""

    MOVES = "fewest-moves"
    PEOPLE = "fewest-people"
    FAIR = "fairest"


@dataclass(frozen=True, slots=True)
class Ask:
    """So many minutes a week that a team wants in common; its blocks and window are those of the team."""

    team: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Pin:
    """A lesson that may not move: it stays where it is, or it goes to `start` and stays there."""

    lesson: str
    start: Slot | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A lesson that changes its time, or (`start` equal to `to`) only its room.

    `teams` are those whose time in common this move makes room for. Moves with the same `chain` hang together: none of
    them works without the others. `text` says it in one sentence.
    """

    lesson: str
    start: Slot
    to: Slot
    room: str
    to_room: str
    people: tuple[str, ...]
    teams: tuple[str, ...]
    chain: int
    text: Said

    @property
    def in_time(self) -> bool:
        return self.start != self.to


@dataclass(frozen=True, slots=True)
class Served:
    """What a team asked for, has today and would have, in minutes a week."""

    team: str
    asked: int
    before: int
    after: int

    @property
    def in_full(self) -> bool:
        return self.after >= self.asked


@dataclass(frozen=True, slots=True)
class Proposal:
    """A schedule that keeps what today's keeps, and how it differs from today's.

    `cost` is what the search makes small: 100 for each team period that is missing, plus what the objective counts
    (moves, people, the most moves of one person). No schedule can cost less than `bound`; `proven` says that this one
    is the best there is. `seconds` is when it was found.
    """

    schedule: Schedule
    objective: Objective
    moves: tuple[Move, ...]
    teams: tuple[Served, ...]
    cost: int
    bound: int
    proven: bool
    seconds: float

    @property
    def moved(self) -> int:
        """Count the lessons that change their time."""
        return sum(move.in_time for move in self.moves)

    @property
    def served(self) -> int:
        """Count the teams that get all they asked for."""
        return sum(team.in_full for team in self.teams)

    @property
    def people(self) -> tuple[str, ...]:
        """Name everybody who has something at another time."""
        return tuple(sorted({name for move in self.moves if move.in_time for name in move.people}))


@dataclass(frozen=True, slots=True)
class Placed:
    """A schedule with a time for every lesson; `broken` lists the rules to keep and wishes it does not keep.

    `proven` says that no schedule breaks fewer of those that the search weighs (all but wishes for rooms).
    """

    schedule: Schedule
    broken: tuple[Broken, ...]
    proven: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Price:
    """What it costs to give so many teams (of all that ask) their time in full.

    `moves` is the fewest found (`proposal` shows them), `at_least` how many are surely needed; None: nothing found yet.
    """

    teams: int
    of: int
    moves: int | None
    at_least: int
    proposal: Proposal | None

    @property
    def proven(self) -> bool:
        return self.moves == self.at_least


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing of a clash. `needed`: checked that the others do not clash without it; otherwise it is only perhaps so.

    `rule`, `lesson`, `team` or `person` name what it is about: a card, a lesson that may not move, an ask, somebody's
    load. `moves` is what all asks would cost without it; None when it cannot be lifted or no way was found in time.
    """

    text: Said
    needed: bool
    rule: str = ""
    lesson: str = ""
    team: str = ""
    person: str = ""
    moves: int | None = None


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Whether asks can be met, and if not, the few things that cannot all hold.

    `possible` is True when a schedule was found that does it, False when there is none (by proof), None when time ran
    out before either.
    """

    possible: bool | None
    reasons: tuple[Reason, ...] = ()


class CannotShift(ValueError):
    """Refuse a search; the text says why in plain words."""

    def __init__(self, why: Said) -> None:
        super().__init__(str(why))
        self.why = why


class SolverMissing(CannotShift):
    """Refuse a search where OR-Tools (the extra `timefinder`) is not installed."""


class NotPlaced(CannotShift):
    """Refuse a schedule in which lessons have no time yet."""


class BadAsk(CannotShift):
    """Refuse an ask or a pin that names something the schedule does not have."""


class NothingFound(CannotShift):
    """Refuse where no schedule keeps the rules and the pins, or none was found in time."""
