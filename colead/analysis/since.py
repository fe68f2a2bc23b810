"""What a release may say about the wave before: computed from exact sums, shown as the difference of rounded means."""

from collections.abc import Mapping
from dataclasses import dataclass

from colead.analysis.changes import Change as ExactChange
from colead.analysis.changes import Side, change, noticeable
from colead.analysis.cubes import Cube
from colead.analysis.drift import common_items
from colead.analysis.figures import Undefined
from colead.analysis.instrument import Instrument, Scale
from colead.analysis.levels import UNKNOWN
from colead.analysis.reasons import BY_QUESTION, FIRST_WAVE, NONE_COMPARED, NOT_BEFORE, NOT_COMPARABLE
from colead.analysis.release import Change, Hidden, HowManyResult, Release, tenth
from colead.analysis.several import HowMany, how_many
from colead.analysis.showing import Work


@dataclass(frozen=True)
class Before:
    """The wave to compare with: its release, and the sums that were sealed with it."""

    release: Release
    sums: Cube


Exact = Mapping[str, ExactChange | Hidden]


def exact_changes(work: Work, before: Before | None) -> dict[str, ExactChange | Hidden]:
    """Return the unrounded change of every scale, or why there is none."""
    return {scale.key: _exact_change(work, scale, before) for scale in work.instrument.scales}


def _exact_change(work: Work, scale: Scale, before: Before | None) -> ExactChange | Hidden:
    if not before:
        return Hidden(why=FIRST_WAVE)
    then = before.sums.instrument
    if scale.key not in {s.key for s in then.scales} or not common_items(then, work.instrument, scale.key).same:
        return Hidden(why=NOT_COMPARABLE)
    if not scale.average:
        return Hidden(why=BY_QUESTION)
    if not before.release.shown or isinstance(before.release.scale(scale.key).mean, Hidden):
        return Hidden(why=NOT_BEFORE)
    sides = _sides(before.sums, before.release.roster, work, scale)
    found = change(*sides, constants=work.instrument.constants)
    return Hidden(why=found.why) if isinstance(found, Undefined) else found


def _sides(then: Cube, roster: int | None, work: Work, scale: Scale) -> tuple[Side, Side]:
    """Return both waves' sums; with one school alone, its two waves steady each other's variance."""
    found = []
    for sums, size in ((then, roster or UNKNOWN), (work.sums, work.roster)):
        k = [s.key for s in sums.instrument.scales].index(scale.key)
        found.append((int(sums.n[0, k]), float(sums.means[0, k]), float(sums.variances[0, k]), size))
    freedom = [max(n - 1, 0) for n, _, _, _ in found]
    pooled = sum(f * v for f, (_, _, v, _) in zip(freedom, found, strict=True)) / max(sum(freedom), 1)
    first, second = (Side(n, mean, variance, pooled, size) for n, mean, variance, size in found)
    return first, second


def shown_changes(work: Work, before: Before | None, exact: Exact) -> dict[str, Change | Hidden]:
    """Return what may be shown; conditions share one allowance for looking at several, other scales another."""
    found: dict[str, Change | Hidden] = {key: c for key, c in exact.items() if isinstance(c, Hidden)}
    for condition in (True, False):
        family = {s: exact[s.key] for s in work.instrument.scales if s.condition is condition}
        compared = {s: c for s, c in family.items() if not isinstance(c, Hidden)}
        many = how_many(list(compared.values()), work.instrument.constants)
        if before and not isinstance(many, Undefined):
            for (scale, one), verdict in zip(compared.items(), many.verdicts, strict=True):
                found[scale.key] = _change(work, scale, before.release, one).model_copy(update={"verdict": verdict})
    return found


def _change(work: Work, scale: Scale, before: Release, exact: ExactChange) -> Change:
    then = before.scale(scale.key).mean
    assert not isinstance(then, Hidden), "a hidden mean was refused before"
    difference = tenth(tenth(exact.after.mean) - then)
    half = (exact.interval.high - exact.interval.low) / 2
    return Change(
        before=then,
        difference=difference,
        low=tenth(difference - half),
        high=tenth(difference + half),
        verdict="no clear change",
        noticeable=noticeable(exact, work.instrument.constants),
        up=exact.direction,
    )


def shown_how_many(instrument: Instrument, exact: Exact) -> HowManyResult | Hidden:
    """Return how many of the conditions went up, down, clearly so, and what luck alone gives."""
    compared = [c for s in instrument.scales if s.condition and not isinstance(c := exact[s.key], Hidden)]
    many: HowMany | Undefined = how_many(compared, instrument.constants)
    if isinstance(many, Undefined):
        return Hidden(why=NONE_COMPARED)
    return HowManyResult(
        compared=many.shown,
        up=many.up,
        down=many.down,
        clear_up=many.clear_up,
        clear_down=many.clear_down,
        luck=round(many.luck, 2),
    )
