"""What fits into the time a team has. Pure: points in order of need, in; an agenda, out."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

LENGTHS = (30, 45, 60)
SHORTEST = 3  # minutes below which a point is not worth starting


@dataclass(frozen=True)
class Point:
    """One thing to talk about: for how long, what it was drawn from (`question:E-W1`), how to go about it."""

    title: str
    minutes: int
    ref: str = ""
    how: str = ""
    mode: str = "together"
    step: str = ""
    came_from: int | None = None


def fit(points: Iterable[Point], minutes: int, *, opening: Point, closing: Point) -> tuple[Point, ...]:
    """Return an agenda of at most `minutes`: the opening, as many points as fit in order of need, the closing.

    A point that is too long for what is left is passed over for a shorter one after it; only where none fits at all
    does the first one take what time there is. What is left over at the end goes to the first point.
    """
    left = minutes - opening.minutes - closing.minutes
    chosen: list[Point] = []
    waiting = list(points)
    for point in waiting:
        if point.minutes <= left:
            chosen.append(point)
            left -= point.minutes
    if not chosen and waiting and left >= SHORTEST:
        chosen, left = [replace(waiting[0], minutes=left)], 0
    if chosen:
        chosen[0] = replace(chosen[0], minutes=chosen[0].minutes + left)
    return (opening, *chosen, closing)


def in_turns(*kinds: Iterable[Point]) -> tuple[Point, ...]:
    """Mix several kinds of points: the first of each kind, then the second of each, and so on."""
    lists = [list(kind) for kind in kinds]
    longest = max((len(kind) for kind in lists), default=0)
    return tuple(kind[at] for at in range(longest) for kind in lists if at < len(kind))


def once(*points: Point) -> tuple[Point, ...]:
    """Leave out a point that was drawn from the same place as one before it; a parked one stands first."""
    parked = {point.ref for point in points if point.came_from}
    seen: set[str] = set()
    kept = []
    for point in points:
        stands = point.came_from or point.ref not in parked
        if not point.ref or (stands and point.ref not in seen):
            kept.append(point)
            seen.add(point.ref)
    return tuple(kept)
