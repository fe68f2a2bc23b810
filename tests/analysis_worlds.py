"""Staff who never were, what is published of them, and an attacker who adds and subtracts it."""

from fractions import Fraction
from itertools import combinations

import numpy as np
from hypothesis import strategies as st

from colead.analysis.instrument import load_instrument
from colead.analysis.publish import release, sums_of
from colead.analysis.release import (
    Ballot,
    Breakdown,
    Hidden,
)
from colead.analysis.scores import scores
from colead.analysis.sheet import sheet
from colead.analysis.since import Before

CONDITIONS = load_instrument("conditions.v1")
ROLES = Breakdown(
    question="What do you mostly do?", categories={"I teach": 30, "I support": 12, "I work with families": 9}
)


def staff(count, seed=0, *, lift=0.0, skip=0.03, groups=("I teach", "I support", "I work with families", "")):
    """Return ballots of a plausible staff: people differ, questions differ, some skip or cannot say."""
    dice = np.random.default_rng(seed)
    ballots = []
    for _ in range(count):
        steady = dice.normal(0, 0.7)
        answers = {}
        for item in CONDITIONS.items:
            value = int(np.clip(round(3.6 + lift + steady + dice.normal(0, 0.8)), 1, 5))
            luck = dice.random()
            answers[item.key] = None if luck < skip else "cannot say" if luck < 1.5 * skip else value
        ballots.append(
            Ballot(answers, dice.choice(groups, p=[0.6, 0.2, 0.12, 0.08]) if len(groups) == 4 else groups[0])
        )
    return ballots


def made(ballots, **facts):
    return release(ballots, CONDITIONS, **{"school": "North", "wave": "Autumn", "roster": len(ballots) + 4} | facts)


def two_waves(count=36, lift=0.6, **facts):
    first = staff(count, seed=8)
    before = Before(made(first, wave="Spring"), sums_of(first, CONDITIONS, school="North"))
    return made(staff(count, seed=9, lift=lift), before=before, **facts), before


def rank(rows):
    """Return the rank of a matrix, exactly."""
    rows = [[Fraction(v) for v in row] for row in rows]
    found = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((r for r in range(found, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for r in range(found + 1, len(rows)):
            factor = rows[r][column] / rows[found][column]
            rows[r] = [a - factor * b for a, b in zip(rows[r], rows[found], strict=True)]
        found += 1
    return found


def recovered(sets, smallest):
    """Return a set of fewer than `smallest` people whose sum follows from the published sums: an attacker, exactly."""
    people = sorted(set().union(*sets))
    atoms = {}
    for person in people:
        atoms.setdefault(tuple(person in s for s in sets), []).append(person)
    rows = [[int(mark[i]) for mark in atoms] for i in range(len(sets))]
    sizes = [len(members) for members in atoms.values()]
    base = rank([r[:] for r in rows])
    for count in range(1, smallest):
        for chosen in combinations(range(len(sizes)), count):
            if sum(sizes[c] for c in chosen) < smallest:
                target = [int(c in chosen) for c in range(len(sizes))]
                if rank([*[r[:] for r in rows], target]) == base:
                    return chosen
    return None


def published_sets(found, ballots, scale):
    """Return the sets of people behind every published mean of a scale, from the release and the true answers."""
    people = sheet(CONDITIONS, [("North", b.answers) for b in ballots])
    _, valid = scores(people, CONDITIONS.scale(scale))
    scored = {p for p in range(len(ballots)) if valid[p]}
    sets = [] if isinstance(found.scale(scale).mean, Hidden) else [scored]
    if found.breakdown and not isinstance(found.breakdown.groups, Hidden):
        for group in found.breakdown.groups:
            if not isinstance(group.means[scale], Hidden):
                inside = {
                    p
                    for p in scored
                    if (ballots[p].group if ballots[p].group in ROLES.categories else "") in group.labels
                }
                sets.append(inside)
    return [s for s in sets if s], scored


WORLD = st.tuples(
    st.integers(8, 60),
    st.integers(0, 10**6),
    st.sampled_from([0.0, 0.02, 0.1, 0.4]),
    st.lists(st.integers(1, 12), min_size=4, max_size=4),
)


def world(size, seed, skip, weights):
    dice = np.random.default_rng(seed)
    labels = [*ROLES.categories, ""]
    p = np.array(weights, dtype=float) / sum(weights)
    return [Ballot(b.answers, str(dice.choice(labels, p=p))) for b in staff(size, seed, skip=skip)]
