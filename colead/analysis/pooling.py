"""Figures over several schools, again as one frozen result with whatever could be subtracted left out."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from pydantic import ValidationError
from scipy import special

from colead.analysis.cubes import Cube
from colead.analysis.figures import Undefined
from colead.analysis.hiding import Pool, hold_back
from colead.analysis.instrument import Frozen, Instrument, Scale
from colead.analysis.levels import roll_up, steadied, t_quantile
from colead.analysis.reasons import BY_QUESTION, POOL_TOO_SMALL
from colead.analysis.release import RULES, Hidden, NotThisRelease, Release, Rules, tenth

FEWEST_SCHOOLS = 3
FEWEST_PEOPLE = 15


@dataclass(frozen=True)
class SchoolResult:
    """One school's release of a wave and the sums sealed with it."""

    release: Release
    sums: Cube


class PooledScale(Frozen):
    """Two means with their 95 % ends: of all staff listed, and of schools as such ("would it hold elsewhere?")."""

    key: str
    schools: int | Hidden
    people: int | Hidden
    mean: float | Hidden
    low: float | Hidden
    high: float | Hidden
    school_mean: float | Hidden
    school_low: float | Hidden
    school_high: float | Hidden


class PoolResult(Frozen):
    name: str
    scales: tuple[PooledScale, ...]


class PooledRelease(Frozen):
    """What is published about a wave over several schools."""

    instrument: str
    wave: str
    rules: Rules
    pools: tuple[PoolResult, ...]

    def to_json(self) -> str:
        return json.dumps(self.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.to_json().encode()).hexdigest()


def read_pooled(text: str, sha256: str = "") -> PooledRelease:
    """Read pooled figures back; refuse them when their fingerprint differs."""
    try:
        found = PooledRelease.model_validate_json(text)
    except ValidationError as error:
        raise NotThisRelease("These are not the figures of several schools.") from error
    if sha256 and found.sha256 != sha256:
        raise NotThisRelease("These figures were changed after they were published.")
    return found


def pooled(pools: Sequence[Pool], schools: Sequence[SchoolResult], *, wave: str, rules: Rules = RULES) -> PooledRelease:
    """Return the figures of districts, cohorts or everyone over schools of one wave and instrument.

    A pool needs three schools and fifteen people. A school without a shown result counts in a pool only where it
    cannot be worked out from the pools and the schools that are shown; otherwise it is left out of every pool.
    """
    instrument = schools[0].sums.instrument
    by_name = {s.release.school: s for s in schools}
    tables = [_scale(pools, by_name, scale, rules) for scale in instrument.scales]
    return PooledRelease(
        instrument=instrument.name,
        wave=wave,
        rules=rules,
        pools=tuple(
            PoolResult(name=pool.name, scales=tuple(table[at] for table in tables)) for at, pool in enumerate(pools)
        ),
    )


def _scale(pools: Sequence[Pool], schools: Mapping[str, SchoolResult], scale: Scale, rules: Rules) -> list[PooledScale]:
    k = _place(next(iter(schools.values())).sums.instrument, scale)
    if not scale.average:
        return [_hidden(scale, BY_QUESTION) for _ in pools]
    people = {name: int(school.sums.n[0, k]) for name, school in schools.items()}
    shown = frozenset(n for n, s in schools.items() if not isinstance(s.release.scale(scale.key).mean, Hidden))
    held = hold_back(pools, people, shown, rules.minimum)
    return [_pool(pool, schools, scale, k) for pool in held]


def _place(instrument: Instrument, scale: Scale) -> int:
    return instrument.scales.index(scale)


def _hidden(scale: Scale, why: str) -> PooledScale:
    no = Hidden(why=why)
    return PooledScale(
        key=scale.key,
        schools=no,
        people=no,
        mean=no,
        low=no,
        high=no,
        school_mean=no,
        school_low=no,
        school_high=no,
    )


def _pool(pool: Pool, schools: Mapping[str, SchoolResult], scale: Scale, k: int) -> PooledScale:
    members = [schools[name] for name in sorted(pool.schools)]
    n = np.array([int(m.sums.n[0, k]) for m in members], dtype=np.int64)
    if len(members) < FEWEST_SCHOOLS or n.sum() < FEWEST_PEOPLE:
        return _hidden(scale, POOL_TOO_SMALL.format(schools=FEWEST_SCHOOLS, people=FEWEST_PEOPLE))
    means = np.array([float(m.sums.means[0, k]) for m in members])
    variances = np.array([float(m.sums.variances[0, k]) for m in members])
    freedom = np.maximum(n - 1, 0)
    common = float((freedom * variances).sum() / max(freedom.sum(), 1))
    constants = members[0].sums.instrument.constants
    rosters = np.array([m.release.roster or int(size) for m, size in zip(members, n, strict=True)], dtype=np.int64)
    found = roll_up(n, means, steadied(variances, n, common, constants.prior_df), rosters)
    assert not isinstance(found, Undefined), "three schools have answers"
    assert not isinstance(found.school_error, Undefined), "three schools have a spread"
    staff = tenth(found.staff_mean)
    plain = tenth(found.school_mean)
    half = float(special.ndtri(0.5 + constants.level / 2)) * found.staff_error
    wide = float(t_quantile(constants.level, len(members) - 1)) * found.school_error
    return PooledScale(
        key=scale.key,
        schools=len(members),
        people=int(n.sum()),
        mean=staff,
        low=tenth(staff - half),
        high=tenth(staff + half),
        school_mean=plain,
        school_low=tenth(plain - wide),
        school_high=tenth(plain + wide),
    )
