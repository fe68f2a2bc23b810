"""Turn one table of answers into releases: every school, every round, each compared with the round before."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from colead.analysis.answers_table import Row, parts
from colead.analysis.cubes import Cube, cube, products
from colead.analysis.figures import Codes
from colead.analysis.instrument import Instrument, Scale
from colead.analysis.omega import Omega, omega, omega_by_school
from colead.analysis.pooling import SchoolResult
from colead.analysis.publish import Plan, release_of_sheet
from colead.analysis.release import RULES, Breakdown, Rules
from colead.analysis.sheet import Sheet
from colead.analysis.since import Before

OWN_SCHOOL = "our school"


@dataclass(frozen=True)
class Wave:
    """One round of all schools: answers in columns, everybody's group, and the sizes of the staff lists."""

    name: str
    people: Sheet
    groups: tuple[str, ...]
    lists: Mapping[str, int]

    def groups_in(self, school: str) -> tuple[str, ...]:
        at = self.people.schools.index(school)
        return self.groups[int(self.people.offsets[at]) : int(self.people.offsets[at + 1])]


def waves(
    rows: Iterable[Row],
    instrument: Instrument,
    lists: Mapping[tuple[str, str], int],
    tell: Callable[[int], None] = lambda done: None,
) -> tuple[Wave, ...]:
    """Sort people into rounds (in the order in which the table names them) and schools; one byte an answer is kept."""
    names: dict[str, list[tuple[list[str], list[str], Codes]]] = {}
    for part in parts(rows, tell=tell):
        for name in dict.fromkeys(row.wave for row in part):
            here = [row for row in part if row.wave == name]
            table = np.array([row.codes for row in here], dtype=np.int8)
            schools = [row.school or OWN_SCHOOL for row in here]
            names.setdefault(name, []).append((schools, [row.group for row in here], table))
    return tuple(_wave(name, found, instrument, lists) for name, found in names.items())


def _wave(
    name: str,
    found: Sequence[tuple[list[str], list[str], Codes]],
    instrument: Instrument,
    lists: Mapping[tuple[str, str], int],
) -> Wave:
    schools = np.array([school for part, _, _ in found for school in part])
    groups = [group for _, part, _ in found for group in part]
    order = np.argsort(schools, kind="stable")
    names, starts = np.unique(schools[order], return_index=True)
    offsets = np.append(starts, len(schools)).astype(np.int64)
    codes = np.ascontiguousarray(np.concatenate([table for _, _, table in found])[order].T)
    people = Sheet(instrument, tuple(map(str, names)), offsets, codes)
    sizes = {s: size for s in people.schools if (size := lists.get((s, name), lists.get((s, ""), 0)))}
    return Wave(name, people, tuple(groups[at] for at in order), sizes)


def results(
    rounds: Sequence[Wave],
    school: str,
    *,
    rules: Rules = RULES,
    breakdown: Callable[[Wave, str], Breakdown | None] = lambda wave, school: None,
) -> tuple[SchoolResult, ...]:
    """Return one school's releases, round by round, each compared with the one before it."""
    found: list[SchoolResult] = []
    for wave in rounds:
        if school not in wave.people.schools:
            continue
        people = wave.people.school(school)
        before = Before(found[-1].release, found[-1].sums) if found else None
        plan = Plan(school, wave.name, wave.lists.get(school), rules, breakdown(wave, school), before)
        release = release_of_sheet(people, wave.groups_in(school), plan)
        found.append(SchoolResult(release, cube(people)))
    return tuple(found)


def groups_large_enough(wave: Wave, school: str, rules: Rules = RULES) -> Breakdown | None:
    """Return the groups people named that hold enough of them; a table without a group column has none.

    In a table nobody can see who was asked, so a group must have as many answers as it would need people on the list.
    """
    given = wave.groups_in(school)
    sizes = {label: given.count(label) for label in sorted({*given} - {""})}
    offered = {label: size for label, size in sizes.items() if size >= rules.offered}
    return Breakdown(question="group", categories=offered) if len(offered) > 1 else None


def summed(wave: Wave) -> Cube:
    return cube(wave.people)


MOST_SCHOOLS_FOR_JACKKNIFE = 300


def omega_of(wave: Wave, scale: Scale) -> Omega:
    """Return omega of one scale with a jackknife over schools; over very many schools people count as independent."""
    k = wave.people.instrument.scales.index(scale)
    if len(wave.people.schools) > MOST_SCHOOLS_FOR_JACKKNIFE:
        return omega(products(wave.people)[k])
    return omega_by_school(np.array([products(wave.people.school(name))[k] for name in wave.people.schools]))
