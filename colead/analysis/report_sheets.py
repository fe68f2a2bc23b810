"""A report as lists for a spreadsheet: the same figures as the page, numbers as numbers, and a codebook."""

from collections.abc import Iterable, Sequence

from colead.analysis.figures import Undefined
from colead.analysis.instrument import Instrument
from colead.analysis.pooling import PooledScale
from colead.analysis.programme import ScaleFigures
from colead.analysis.release import Change, Hidden, Release, ScaleResult
from colead.documents import Cell, Sheet


def cell(value: float | int | str | Hidden | Undefined) -> Cell:
    """Return a figure, or the reason why there is none."""
    if isinstance(value, Hidden):
        return f"not shown, because {value.why}"
    return str(value) if isinstance(value, Undefined) else value


def school_sheets(releases: Sequence[Release], instrument: Instrument) -> list[Sheet]:
    """Return scales, questions, groups and the codebook of every round given."""
    scales = tuple(_scale_row(r, s) for r in releases for s in r.scales)
    questions = tuple(row for r in releases for row in _question_rows(r, instrument.most_answers))
    groups = tuple(row for r in releases for row in _group_rows(r))
    longest = instrument.most_answers
    answers = tuple(f"answer {place + 1}" for place in range(longest))
    return [
        Sheet("Scales", ("round", "scale", *SCALE, *CHANGE), scales),
        Sheet("Questions", ("round", "scale", "question", "n", "cannot say", *answers), questions),
        Sheet("Groups", ("round", "group", "people", "scale", "mean"), groups),
        codebook(instrument),
    ]


SCALE = ("n", "mean", "low", "high", "spread", "distance", "at lowest", "at highest")
CHANGE = ("before", "difference", "low of difference", "high of difference", "verdict")


def _scale_row(release: Release, s: ScaleResult) -> tuple[Cell, ...]:
    own = (s.n, s.mean, s.low, s.high, s.spread, s.distance, s.at_lowest, s.at_highest)
    return (release.wave, s.key, *(cell(value) for value in own), *_change_cells(s.change))


def _change_cells(change: Change | Hidden) -> tuple[Cell, ...]:
    if isinstance(change, Hidden):
        return (cell(change), None, None, None, None)
    return (change.before, change.difference, change.low, change.high, change.verdict)


def _question_rows(release: Release, answers: int) -> Iterable[tuple[Cell, ...]]:
    for scale in release.scales:
        for item in scale.items:
            counts: tuple[Cell, ...] = (cell(item.counts),) if isinstance(item.counts, Hidden) else item.counts
            filled = counts + (None,) * (answers - len(counts))
            yield (release.wave, scale.key, item.key, cell(item.n), cell(item.cannot_say), *filled)


def _group_rows(release: Release) -> Iterable[tuple[Cell, ...]]:
    if release.breakdown is None:
        return
    if isinstance(release.breakdown.groups, Hidden):
        yield (release.wave, cell(release.breakdown.groups), None, None, None)
        return
    for group in release.breakdown.groups:
        label = " and ".join(name or "did not say" for name in group.labels)
        for key, mean in group.means.items():
            yield (release.wave, label, group.people, key, cell(mean))


def codebook(instrument: Instrument) -> Sheet:
    """Return what was asked and how it is scored."""
    rows = []
    for scale in instrument.scales:
        offered = instrument.answers_of(scale)
        labels = "; ".join(f"{offered.low + place} {label}" for place, label in enumerate(offered.labels))
        for item in scale.items:
            rows.append((scale.key, scale.name, item.key, item.text, item.reversed, scale.average, labels))
    headers = ("scale", "name", "question", "words", "worded negatively", "averaged", "answers")
    return Sheet("Codebook", headers, tuple(rows))


def programme_sheets(
    figures: Iterable[tuple[ScaleFigures, PooledScale]], instrument: Instrument, wave: str
) -> list[Sheet]:
    """Return scales over all schools, each school's change, and the codebook."""
    scales: list[tuple[Cell, ...]] = []
    schools: list[tuple[Cell, ...]] = []
    for found, pool in figures:
        way, alpha = found.one_way, found.alpha
        share = found.share
        risen = (None, None) if isinstance(share, Undefined) else (share.up, share.schools)
        scales.append(
            (
                wave,
                pool.key,
                *(cell(v) for v in (pool.schools, pool.people, pool.mean, pool.low, pool.high, pool.school_mean)),
                *(cell(v) for v in (way.icc1, way.icc2, alpha.value)),
                *risen,
            )
        )
        for change in found.changes:
            steadied = cell(change.steadied) if change.steadied is not None else None
            schools.append((pool.key, change.school, change.people, change.difference, change.error, steadied))
    headers = (
        "round",
        "scale",
        "schools",
        "people",
        "mean",
        "low",
        "high",
        "mean of schools",
        "ICC(1)",
        "ICC(2)",
        "alpha",
    )
    return [
        Sheet("Scales", (*headers, "schools up", "schools compared"), tuple(scales)),
        Sheet("Schools", ("scale", "school", "people", "difference", "error", "allowing for luck"), tuple(schools)),
        codebook(instrument),
    ]
