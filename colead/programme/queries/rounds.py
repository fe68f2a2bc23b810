"""Rounds of surveys over a cohort: how far each school is, and the roll-up of those that released a result."""

from dataclasses import dataclass
from functools import lru_cache

from colead.analysis.hiding import Pool
from colead.analysis.pooling import PooledScale, SchoolResult, pooled
from colead.answers import box
from colead.programme.models import Cohort, OfficeWave, Round
from colead.surveys.catalogue import shipped


@dataclass(frozen=True)
class RoundView:
    """A round: its schools from A to Z, and the pooled figures; none below three schools and fifteen people."""

    round: Round
    waves: tuple[OfficeWave, ...]
    released: int
    shown: int
    scales: tuple[tuple[str, PooledScale], ...]  # the part's name, and its figures


def round_view(made: Round) -> RoundView:
    """Gather a round. Only results that their school's release shows come into the pool."""
    here = made.waves.filter(wave__school__office=made.cohort.programme.office_id)
    waves = tuple(here.select_related("wave__school").order_by("wave__school__name", "pk"))
    sealed = [one for one in waves if one.wave.is_sealed]
    pool = [one for one in sealed if one.shown_on]
    unread = [one for one in sealed if not one.shown_on]
    pool += unread if len(unread) > 1 else []  # one alone could be worked out from the others
    shown, scales = _pool(made.title, tuple(sorted(one.wave.ref for one in pool)))
    return RoundView(made, waves, len(sealed), shown, scales)


def rounds_of(cohort: Cohort) -> tuple[RoundView, ...]:
    """Return every round of a cohort with its roll-up, the newest first."""
    return tuple(round_view(one) for one in cohort.rounds.select_related("cohort__programme"))


@lru_cache(maxsize=64)
def _pool(title: str, refs: tuple[str, ...]) -> tuple[int, tuple[tuple[str, PooledScale], ...]]:
    """Pool these results once: a released result never changes, and another one makes another set."""
    releases, sums = box.releases_of(refs), box.sums_of_many(refs)
    shown = [SchoolResult(releases[ref], sums[ref]) for ref in refs if ref in sums and releases[ref].shown]
    names = {instrument.name: instrument for instrument in shipped()}
    ours = [one for one in shown if one.sums.instrument == names.get(one.sums.instrument.name)]
    if not ours:
        return len(shown), ()
    instrument = ours[0].sums.instrument
    alike = [one for one in ours if one.sums.instrument == instrument]
    everyone = Pool(title, frozenset(one.release.school for one in alike))
    found = pooled([everyone], alike, wave=title).pools[0].scales
    averaged = [scale for scale in instrument.scales if scale.average]
    by_key = {scale.key: scale for scale in found}
    return len(alike), tuple((scale.name, by_key[scale.key]) for scale in averaged)
