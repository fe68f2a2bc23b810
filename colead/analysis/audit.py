"""Prove, before anything is published, that no small set of people can be worked out from what is published."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np

from colead.analysis.figures import Codes, Floats, Interval, Ints, Mask

SHORT = 16  # sets or questions: so many patterns are simply counted


class Leak(ValueError):
    """Publishing these sets together would give the answers of a small set of people away."""


def audit(sets: Mapping[str, frozenset[int]], minimum: int) -> None:
    """Refuse when published sets of people, taken together, reveal a set of 1 to `minimum` - 1 of them.

    Every sum and difference counts, however many sets it takes. Then the same from inside: somebody who knows their
    own answers must not reach a set of fewer than `minimum` - 1 others.
    """
    people = sorted(frozenset().union(*sets.values())) if sets else []
    member = [[person in sets[name] for person in people] for name in sorted(sets)]
    audit_members(np.array(member, dtype=bool).reshape(len(sets), len(people)), minimum)


def audit_members(member: Mask, minimum: int) -> None:
    """Refuse as `audit` does; who is in which set comes as a table [set, person]."""
    atoms, sizes = _atoms(member[:, member.any(axis=0)])
    _refuse(atoms, sizes, minimum, "the published numbers together")
    for at in range(len(sizes)):
        _refuse(*_with_insider(atoms, sizes, at), minimum - 1, "the published numbers and one person's own answers")


def _atoms(member: Mask) -> tuple[Floats, list[int]]:
    """Group people who are in exactly the same sets: [set, atom] and the size of each atom."""
    columns, sizes = patterns(member)
    return columns.astype(np.float64), [int(size) for size in sizes]


def patterns(table: Mask) -> tuple[Mask, Ints]:
    """Return the different columns of a table of yes and no, and how many people have each.

    They are few, however many people there are: what is proved about people is proved about these.
    """
    if len(table) > SHORT:
        columns, sizes = np.unique(table.T, axis=0, return_counts=True)
        return columns.T, sizes
    places = np.arange(len(table))
    sizes = np.bincount((1 << places) @ table, minlength=1)
    found = np.flatnonzero(sizes)
    return (found >> places[:, None] & 1).astype(bool), sizes[found]


def _with_insider(atoms: Floats, sizes: Sequence[int], at: int) -> tuple[Floats, list[int]]:
    """Take one person out of an atom: they know their own answers, so their column is known and drops out."""
    left = [size - (place == at) for place, size in enumerate(sizes)]
    kept = [place for place, size in enumerate(left) if size]
    return atoms[:, kept], [left[place] for place in kept]


def _refuse(atoms: Floats, sizes: Sequence[int], minimum: int, source: str) -> None:
    for chosen in small_sets(sizes, minimum):
        wanted = np.zeros(atoms.shape[1])
        wanted[list(chosen)] = 1
        if derivable(atoms, wanted):
            raise Leak(f"{source} would reveal a group of {sum(sizes[c] for c in chosen)}")


def small_sets(sizes: Sequence[int], minimum: int) -> Iterator[tuple[int, ...]]:
    """Return every choice of atoms that together hold 1 to `minimum` - 1 people."""
    small = [place for place, size in enumerate(sizes) if size < minimum]
    for count in range(1, min(len(small), minimum - 1) + 1):
        for chosen in combinations(small, count):
            if sum(sizes[place] for place in chosen) < minimum:
                yield chosen


def derivable(rows: Floats, wanted: Floats) -> bool:
    """Tell whether a sum over some atoms follows from the published sums."""
    if not rows.size:
        return False
    solution = np.linalg.lstsq(rows.T, wanted, rcond=None)[0]
    return bool(np.abs(rows.T @ solution - wanted).max() < 1e-9)


def skipping_gives_away(codes: Codes, shown: Mask, scored: Mask, answers: int, minimum: int, known: Interval) -> bool:
    """Tell whether exact item counts and a mean rounded to 0.1 would pin down the few who skipped questions.

    codes [item, person]; `shown`: items whose counts are published; `scored`: who is in the mean; `known`: where the
    published means put the total. For each number L of answers, L times the sum of scores minus the published item
    sums cancels everybody who gave exactly L answers. If those who remain are few, what is known must leave at least
    half the scale open for their mean.
    """
    columns, people = patterns(np.vstack([codes > 0, scored]))
    given, scored = columns[:-1], columns[-1]
    each = given.sum(axis=0)
    minus = (given & shown[:, None]).astype(np.float64)
    for many in range(1, len(codes) + 1):
        weight = np.where(scored, many / np.maximum(each, 1), 0.0)
        left = np.abs(given * weight - minus)
        few = int(people[(left > 1e-9).any(axis=0)].sum())
        open_range = many * (known.high - known.low)
        if 0 < few <= minimum and open_range < (answers - 1) / 2 * (left.sum(axis=0) @ people):
            return True
    return False
