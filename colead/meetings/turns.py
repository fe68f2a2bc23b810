"""Roles that go around fairly. Pure: who is here and who had which role, in; who has it next, out."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import permutations, product

ROLES = ("facilitator", "note_taker", "time_keeper")
AT_MOST = 8  # people among whom every way of sharing the roles is weighed; those with the fewest turns

Turn = Mapping[str, int]  # role -> who had it


def fair_roles(people: Sequence[int], past: Sequence[Turn]) -> dict[str, int]:
    """Return who takes which role next: whoever had the fewest turns; then who had this role least; then longest ago.

    `people` are numbers in the order they joined, `past` the meetings so far, the oldest first. With fewer than three
    people some have more than one role; with nobody there is no role.
    """
    if not people:
        return {}
    turns = {person: _turns(person, past) for person in people}
    order = {person: at for at, person in enumerate(people)}
    first = sorted(people, key=lambda person: (turns[person], _last(person, past), order[person]))[:AT_MOST]
    ways: Iterable[tuple[int, ...]] = (
        permutations(first, len(ROLES)) if len(first) >= len(ROLES) else product(first, repeat=len(ROLES))
    )

    def cost(way: tuple[int, ...]) -> tuple[int, ...]:
        return (
            -len(set(way)),
            sum(turns[person] for person in way),
            sum(_times(person, role, past) ** 2 for person, role in zip(way, ROLES, strict=True)),
            sum(_last(person, past) for person in way),
            *(order[person] for person in way),
        )

    best = min(ways, key=cost)
    return dict(zip(ROLES, best, strict=True))


def _turns(person: int, past: Sequence[Turn]) -> int:
    return sum(list(turn.values()).count(person) for turn in past)


def _times(person: int, role: str, past: Sequence[Turn]) -> int:
    return sum(turn.get(role) == person for turn in past)


def _last(person: int, past: Sequence[Turn]) -> int:
    """Return the number of the last meeting in which a person had a role, from 1; 0 for never."""
    return max((at for at, turn in enumerate(past, 1) if person in turn.values()), default=0)
