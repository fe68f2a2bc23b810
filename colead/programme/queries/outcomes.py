"""What came of a programme: computed from released results alone, with how many, the range, and what luck gives.

A school counts in a figure only where its own release shows all parts, so no figure can tell what a release hides; and
the only school of its cohort whose results the office may not read by themselves is left out, since the others would
give it away. What is read here never changes (released is released): a figure is worked out once for a set of results.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import numpy as np

from colead.analysis.changes import Change
from colead.analysis.cubes import Cube
from colead.analysis.figures import Interval, Undefined
from colead.analysis.instrument import Instrument
from colead.analysis.levels import UNKNOWN, wilson
from colead.analysis.matched import asks_the_same, change_over_schools, moves_together, side_by_side
from colead.analysis.pooling import FEWEST_PEOPLE, FEWEST_SCHOOLS
from colead.analysis.programme import Lists, scale_figures
from colead.analysis.release import Hidden, Release
from colead.analysis.several import HowMany, SchoolShare, how_many
from colead.answers import box
from colead.programme.models import OfficeWave, Programme
from colead.surveys.catalogue import shipped

CONDITIONS, EFFICACY, LEADER = "conditions", "efficacy", "leader"
NEAR = 2  # months: the same season of another year
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PartOutcome:
    """One part over all schools that have it twice: the mean of schools, and in how many schools it rose."""

    key: str
    name: str
    condition: bool
    change: Change | Undefined
    verdict: str  # "clear rise", "no clear change", "clear fall"; "" where there is none
    share: SchoolShare | Undefined


@dataclass(frozen=True)
class Agreeing:
    """What people say of themselves: how many of those who answered agreed, then and now."""

    schools: int
    then: tuple[int, int]  # agreed, of
    now: tuple[int, int]
    range_then: Interval
    range_now: Interval


@dataclass(frozen=True)
class Movement:
    """How a survey moved in schools that released it twice. `unknown` schools of the programme lack one of the two."""

    instrument: Instrument
    schools: int
    unknown: int
    people: int
    parts: tuple[PartOutcome, ...]
    risen: HowMany | Undefined  # conditions alone
    leaders: Agreeing | Undefined

    @property
    def conditions(self) -> tuple[PartOutcome, ...]:
        return tuple(part for part in self.parts if part.condition)


@dataclass(frozen=True)
class Outcomes:
    """The two claims a programme makes from surveys."""

    conditions: Movement
    efficacy: Movement


def outcomes(programme: Programme, *, cohort_id: int | None = None) -> Outcomes:
    """Compare each school's first released result with its latest; for efficacy in the same season of the year."""
    cohorts = _enrolled(programme, cohort_id)
    waves = _waves(cohorts)
    return Outcomes(
        conditions=_movement(CONDITIONS, _pairs(waves, cohorts, CONDITIONS, same_season=False), len(cohorts)),
        efficacy=_movement(EFFICACY, _pairs(waves, cohorts, EFFICACY, same_season=True), len(cohorts)),
    )


def _enrolled(programme: Programme, cohort_id: int | None) -> dict[int, int]:
    """Return the schools that are or were in the programme and let the office see them: school -> cohort, by number."""
    cohorts = programme.cohorts.filter(pk=cohort_id) if cohort_id else programme.cohorts.order_by("starts_on", "pk")
    return {one.school_id: cohort.pk for cohort in cohorts for one in cohort.enrolments.in_sight()}


def _waves(schools: Iterable[int]) -> list[OfficeWave]:
    seen = OfficeWave.objects.released().filter(wave__school__in=list(schools)).select_related("wave")
    return list(seen.order_by("wave__school_id", "wave__opens", "wave_id"))


def _pairs(waves: Sequence[OfficeWave], cohorts: Mapping[int, int], slug: str, *, same_season: bool) -> Pairs:
    """Return (first, latest) reference of each school with two rounds of this survey."""
    of_school: dict[int, list[OfficeWave]] = {}
    for one in waves:
        if one.wave.instrument.partition(".")[0] == slug:
            of_school.setdefault(one.wave.school_id, []).append(one)
    found: dict[int, tuple[OfficeWave, OfficeWave]] = {}
    for school, mine in of_school.items():
        latest = mine[-1]
        same = [one for one in mine[:-1] if not same_season or _near(one.wave.opens, latest.wave.opens)]
        if same:
            found[school] = (same[0], latest)
    alone = _alone_unread(found, cohorts)
    return tuple((one.wave.ref, two.wave.ref) for school, (one, two) in found.items() if school not in alone)


def _alone_unread(found: Mapping[int, tuple[OfficeWave, OfficeWave]], cohorts: Mapping[int, int]) -> set[int]:
    """Return the schools that are the only one of their cohort with a result that the office may not read by itself."""
    unread: dict[int, list[int]] = {}
    for school, pair in found.items():
        if not all(one.shown_on for one in pair):
            unread.setdefault(cohorts[school], []).append(school)
    return {schools[0] for schools in unread.values() if len(schools) == 1}


def _near(one: date, other: date) -> bool:
    months = abs(one.month - other.month)
    return min(months, 12 - months) <= NEAR


def _movement(slug: str, pairs: Pairs, schools: int) -> Movement:
    found = _figures(slug, pairs)
    unknown = schools - found.schools
    parts = tuple(_with_unknown(part, unknown) for part in found.parts)
    return replace(found, unknown=unknown, parts=parts)


def _with_unknown(part: PartOutcome, unknown: int) -> PartOutcome:
    return part if isinstance(part.share, Undefined) else replace(part, share=replace(part.share, unknown=unknown))


@lru_cache(maxsize=64)
def _figures(slug: str, pairs: Pairs) -> Movement:
    """Work a movement out once for these results: none of them ever changes."""
    instrument = next(one for one in shipped() if one.slug == slug)
    refs = [ref for pair in pairs for ref in pair]
    releases, sums = box.releases_of(refs), box.sums_of_many(refs)
    whole = [
        pair
        for pair in pairs
        if all(ref in sums and asks_the_same(instrument, sums[ref].instrument) for ref in pair)
        and all(_shows_all(releases[ref], instrument) for ref in pair)
    ]
    sides = [[ref for ref, _later in whole], [ref for _first, ref in whole]]
    if len(whole) < FEWEST_SCHOOLS or sum(int(sums[ref].people[0]) for _first, ref in whole) < FEWEST_PEOPLE:
        why = Undefined(f"it takes {FEWEST_SCHOOLS} schools with two released surveys, and {FEWEST_PEOPLE} people")
        return Movement(instrument, 0, 0, 0, (), why, why)
    cubes = [side_by_side(instrument, [sums[ref] for ref in side]) for side in sides]
    lists = [{releases[ref].school: releases[ref].roster or UNKNOWN for ref in side} for side in sides]
    return _moved(instrument, cubes, lists, [[releases[ref] for ref in side] for side in sides])


def _shows_all(release: Release, instrument: Instrument) -> bool:
    keys = [scale.key for scale in instrument.scales if scale.average]
    return release.shown and not any(isinstance(release.scale(key).mean, Hidden) for key in keys)


def _moved(
    instrument: Instrument, cubes: Sequence[Cube], lists: Sequence[Lists], sides: Sequence[Sequence[Release]]
) -> Movement:
    averaged = [(k, scale) for k, scale in enumerate(instrument.scales) if scale.average]
    changes = {
        scale.key: change_over_schools(cubes[0].means[:, k], cubes[1].means[:, k], instrument.constants)
        for k, scale in averaged
    }
    of_seven = [(k, scale.key) for k, scale in averaged if scale.condition]
    known = {key: found for _k, key in of_seven if not isinstance(found := changes[key], Undefined)}
    moved = np.stack([cubes[1].means[:, k] - cubes[0].means[:, k] for k, _scale in averaged], axis=1)
    risen = how_many(list(known.values()), instrument.constants, moves_together(moved))
    verdicts = {} if isinstance(risen, Undefined) else dict(zip(known, risen.verdicts, strict=True))
    parts = tuple(
        PartOutcome(
            key=scale.key,
            name=scale.name,
            condition=scale.condition,
            change=changes[scale.key],
            verdict=verdicts.get(scale.key) or _alone(changes[scale.key]),
            share=scale_figures(cubes, lists, scale.key).share,
        )
        for _k, scale in averaged
    )
    people = int(cubes[1].people.sum())
    return Movement(instrument, len(sides[0]), 0, people, parts, risen, _leaders(sides))


def _alone(found: Change | Undefined) -> str:
    """Say what one change by itself is: its range decides."""
    if isinstance(found, Undefined):
        return ""
    if found.interval.low > 0:
        return "clear rise"
    return "clear fall" if found.interval.high < 0 else "no clear change"


def _leaders(sides: Sequence[Sequence[Release]]) -> Agreeing | Undefined:
    """Count who agrees that they lead here, over schools that show it both times."""
    why = Undefined("too few schools show this question twice")
    pairs = [pair for pair in zip(*sides, strict=True) if all(_counts(release) for release in pair)]
    if len(pairs) < 3:
        return why
    then, now = (
        (sum(sum(_counts(r)[-2:]) for r in side), sum(sum(_counts(r)) for r in side))
        for side in zip(*pairs, strict=True)
    )
    ranges = wilson(*then), wilson(*now)
    if isinstance(ranges[0], Undefined) or isinstance(ranges[1], Undefined):
        return why
    return Agreeing(len(pairs), then, now, ranges[0], ranges[1])


def _counts(release: Release) -> tuple[int, ...]:
    """Return how many chose each answer of the question on leading; () where that is hidden, or was not asked."""
    scale = next((one for one in release.scales if one.key == LEADER), None)
    counts = scale.items[0].counts if scale else Hidden(why="")
    return () if isinstance(counts, Hidden) else counts
