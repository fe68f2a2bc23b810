"""Hide small groups inside the computation: merge small cells, leave out schools that could be subtracted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from colead.analysis.audit import derivable


@dataclass(frozen=True)
class Cell:
    """One or several categories of a breakdown, shown as one."""

    labels: tuple[str, ...]
    people: int


def merge_cells(sizes: Mapping[str, int], minimum: int) -> tuple[Cell, ...]:
    """Merge cells below `minimum` with the next smallest until none is left.

    Nobody's category drops out, so there is no blank to subtract from the whole. Empty categories are not mentioned.
    The order of `sizes` decides ties and the order of labels.
    """
    place = {label: at for at, label in enumerate(sizes)}
    cells: list[tuple[tuple[str, ...], int]] = [((label,), people) for label, people in sizes.items() if people]
    while len(cells) > 1 and min(people for _, people in cells) < minimum:
        cells.sort(key=lambda cell: (cell[1], place[cell[0][0]]))
        (one, few), (two, more), *rest = cells
        cells = [(tuple(sorted(one + two, key=place.__getitem__)), few + more), *rest]
    cells.sort(key=lambda cell: place[cell[0][0]])
    return tuple(Cell(labels, people) for labels, people in cells)


@dataclass(frozen=True)
class Pool:
    """A district, a cohort or the whole programme, and the schools that count in its figures."""

    name: str
    schools: frozenset[str]


def hold_back(
    pools: Sequence[Pool], people: Mapping[str, int], released: frozenset[str], minimum: int
) -> tuple[Pool, ...]:
    """Take schools out of pools until no school without its own release can be worked out, alone or as a small group.

    A pool minus its released schools leaves the others: they must be none, or two and more with at least `minimum`
    people. Pools may overlap (districts and cohorts), so every sum and difference of pools counts.
    """
    kept = {pool.name: {s for s in pool.schools if people.get(s, 0)} for pool in pools}
    while True:
        hidden = sorted(set().union(*kept.values()) - released, key=lambda s: (people[s], s))
        revealed = _revealed(list(kept.values()), hidden, people, minimum)
        if not revealed:
            return tuple(Pool(pool.name, frozenset(kept[pool.name])) for pool in pools)
        for members in kept.values():
            members.discard(revealed[0])


def _revealed(
    pools: Sequence[set[str]], hidden: Sequence[str], people: Mapping[str, int], minimum: int
) -> tuple[str, ...]:
    """Return the first group of hidden schools that the pools give away, smallest school first, or none."""
    table = np.array([[school in pool for school in hidden] for pool in pools], dtype=np.float64)
    table = table.reshape(len(pools), len(hidden))
    tiny = [school for school in hidden if people[school] < minimum]
    groups: list[tuple[str, ...]] = [(school,) for school in hidden]
    for count in range(2, minimum):
        groups += [g for g in combinations(tiny, count) if sum(people[s] for s in g) < minimum]
    for group in groups:
        if derivable(table, np.array([school in group for school in hidden], dtype=np.float64)):
            return group
    return ()
