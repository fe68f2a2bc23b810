"""Read the counts of a vote: who won, whether it is a tie, whether it takes more."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Need = Literal["most", "half", "two-thirds"]


@dataclass(frozen=True)
class Outcome:
    """What the counts say: the `winner`, or the names that stand at the top when there is none, and why not."""

    winner: str
    top: tuple[str, ...]
    tie: bool
    cast: int  # votes for an option; abstentions do not count


def outcome(counts: Mapping[str, int], need: str) -> Outcome:
    """Read counts by name. Need: `most`, `half` (more than half of the votes cast) or `two-thirds` (at least)."""
    cast = sum(counts.values())
    best = max(counts.values(), default=0)
    top = tuple(name for name, votes in counts.items() if votes == best and best)
    tie = len(top) > 1
    wins = len(top) == 1 and _enough(best, cast, need)
    return Outcome(winner=top[0] if wins else "", top=top, tie=tie, cast=cast)


def _enough(votes: int, cast: int, need: str) -> bool:
    if need == "half":
        return 2 * votes > cast
    return need == "most" or 3 * votes >= 2 * cast
