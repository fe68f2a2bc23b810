"""One scale of one school as it may be shown: large enough, rounded, and pinning down nobody's answers."""

from dataclasses import dataclass

from colead.analysis.agreement import agreement, scale_counts
from colead.analysis.audit import skipping_gives_away
from colead.analysis.cubes import Cube
from colead.analysis.figures import Interval, Mask, Undefined
from colead.analysis.instrument import Instrument, Scale
from colead.analysis.levels import Level, school_level
from colead.analysis.reach import exact, pins_down, rounded
from colead.analysis.reasons import ALIKE, BY_QUESTION, SKIPPED, TOO_FEW_FOR_DETAIL, TOO_FEW_HERE
from colead.analysis.release import Change, Hidden, ItemResult, Rules, ScaleResult, mask, tenth
from colead.analysis.scores import scores
from colead.analysis.sheet import Sheet


@dataclass(frozen=True)
class Work:
    """What one release is computed from: the people of one school, their sums, the size of the list, the rules."""

    people: Sheet
    sums: Cube
    roster: int
    rules: Rules

    @property
    def instrument(self) -> Instrument:
        return self.people.instrument


def hidden_scale(scale: Scale, no: Hidden, items: tuple[ItemResult, ...], n: int | None = None) -> ScaleResult:
    return ScaleResult(
        key=scale.key,
        n=no if n is None else n,
        mean=no,
        low=no,
        high=no,
        spread=no,
        distance=no,
        at_lowest=no,
        at_highest=no,
        items=items,
        change=no,
    )


def shown_scale(work: Work, scale: Scale, change: Change | Hidden, known: Interval | None = None) -> ScaleResult:
    """Return one scale with everything that may be shown of it.

    `known` is what the published means of groups tell about the total, None where no groups are shown.
    """
    k = work.instrument.scales.index(scale)
    n = int(work.sums.n[0, k])
    values, valid = scores(work.people, scale)
    if n < work.rules.minimum:
        few = Hidden(why=TOO_FEW_HERE)
        return hidden_scale(scale, few, _items(work, scale, few))
    if not scale.average:
        return hidden_scale(scale, Hidden(why=BY_QUESTION), _items(work, scale, None), n)
    if pins_down(values[valid], exact(values[valid]), ends_of(work.instrument, scale)):
        return hidden_scale(scale, Hidden(why=ALIKE), _items(work, scale, Hidden(why=ALIKE)), n)
    level = school_level(work.sums, work.sums.schools[0], scale.key, work.roster)
    assert isinstance(level, Level), "five people and more always have a margin"
    mean, ends = tenth(level.mean), _ends(level, work.instrument, scale)
    few = Hidden(why=TOO_FEW_FOR_DETAIL.format(least=work.rules.detail))
    detail = n >= work.rules.detail
    near = agreement(scale_counts(work.sums, scale.key)[0]).distance
    return ScaleResult(
        key=scale.key,
        n=n,
        mean=mean,
        low=ends.low,
        high=ends.high,
        spread=tenth(float(work.sums.variances[0, k]) ** 0.5) if detail else few,
        distance=tenth(near) if detail and not isinstance(near, Undefined) else few,
        at_lowest=round(int(work.sums.lowest[0, k]) / n, 2) if detail else few,
        at_highest=round(int(work.sums.highest[0, k]) / n, 2) if detail else few,
        items=_items(work, scale, _skipping(work, scale, valid, known or rounded(values[valid]))),
        change=change,
    )


def _ends(level: Level, instrument: Instrument, scale: Scale) -> Interval:
    """Lay the margin around the rounded mean, so that its ends tell nothing more about the exact one."""
    ends = ends_of(instrument, scale)
    mean, half = tenth(level.mean), level.margin
    cut = Interval(mean - half, mean + half).cut(ends.low, ends.high)
    return Interval(tenth(cut.low), tenth(cut.high))


def ends_of(instrument: Instrument, scale: Scale) -> Interval:
    offered = instrument.answers_of(scale)
    return Interval(offered.low, offered.high)


def _skipping(work: Work, scale: Scale, scored: Mask, known: Interval) -> Hidden | None:
    places = work.instrument.places[work.instrument.scales.index(scale)]
    codes = work.people.codes[places[0] : places[-1] + 1]
    shown = mask([int((row > 0).sum()) >= work.rules.detail for row in codes])
    answers = len(work.instrument.answers_of(scale).labels)
    risky = shown.any() and skipping_gives_away(codes, shown, scored, answers, work.rules.minimum, known)
    return Hidden(why=SKIPPED) if risky else None


def _items(work: Work, scale: Scale, no: Hidden | None) -> tuple[ItemResult, ...]:
    answers = len(work.instrument.answers_of(scale).labels)
    found = []
    for place in work.instrument.places[work.instrument.scales.index(scale)]:
        row = work.sums.counts[0, place]
        counts = tuple(int(c) for c in row[1 : answers + 1])
        n = sum(counts)
        why = no or _item_hidden(counts, n, work.rules)
        found.append(
            ItemResult(
                key=work.instrument.items[place].key,
                n=n if n >= work.rules.minimum else Hidden(why=TOO_FEW_HERE),
                counts=why or counts,
                cannot_say=why or int(row[-1]),
            )
        )
    return tuple(found)


def _item_hidden(counts: tuple[int, ...], n: int, rules: Rules) -> Hidden | None:
    if n < rules.detail:
        return Hidden(why=TOO_FEW_FOR_DETAIL.format(least=rules.detail))
    nearly_all = n - max(counts) <= 1 or (n < 15 and max(counts) >= 0.9 * n)
    return Hidden(why=ALIKE) if nearly_all else None
