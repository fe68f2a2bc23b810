"""What a sealed wave shows: one value made from its one frozen release, the same for page, paper and spreadsheet."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colead.analysis.charts import BarRow, DotRow, Picture, bars, dots
from colead.analysis.instrument import Instrument, Scale
from colead.analysis.release import Hidden, Release, ScaleResult
from colead.analysis.sentences import (
    NO_GROUP,
    agreement_line,
    benchmark_line,
    change_line,
    group_lines,
    how_many_line,
    item_line,
    level_line,
    not_shown,
    response_line,
    warnings,
)
from colead.analysis.words import Line
from colead.answers import box
from colead.surveys.catalogue import in_language
from colead.surveys.models import Wave

CONDITIONS = ("vision", "administration", "capacity", "structures", "relationships", "influence", "improvement")


@dataclass(frozen=True)
class PartResult:
    """One part of the survey: what to say first, what folds out, a picture with its table or none."""

    key: str
    name: str
    condition: str  # slug, or "" where the part is none of the seven
    mean: str
    lines: tuple[Line, ...]
    items: tuple[Line, ...]
    groups: tuple[tuple[str, str], ...]  # who, and their mean
    groups_hidden: str
    picture: Picture | None


@dataclass(frozen=True)
class Comments:
    """What people wrote on one open line and its reader let go."""

    key: str
    question: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """Everything a result page shows."""

    response: Line
    how_many: Line | None
    warnings: tuple[str, ...]
    shown: bool
    overview: tuple[Picture, ...]
    parts: tuple[PartResult, ...]
    standing: str
    sha256: str


@dataclass(frozen=True)
class SealedFacts:
    """What stands around the figures: how many codes, when it was sealed."""

    counted: int
    codes: int
    lost: int
    spares: int
    sealed_on: date | None
    fully_sealed_on: date | None


def asked_by(wave: Wave) -> Instrument:
    """Return what a wave asked, in the language of whoever reads."""
    return in_language(Instrument.model_validate_json(wave.asked), get_language() or "en")


def releases_of(wave: Wave) -> tuple[Release, ...]:
    """Return the wave's release after the one it is compared with, named as people name them."""
    release = box.release_of(wave.ref)
    earlier = Wave.objects.filter(ref=release.before).first() if release.before else None
    named = {"school": wave.school.name, "wave": wave.title, "before": earlier.title if earlier else ""}
    now = release.model_copy(update=named)
    if not earlier or earlier.asked != wave.asked:
        return (now,)
    then = box.release_of(earlier.ref).model_copy(update={"school": wave.school.name, "wave": earlier.title})
    return (then, now)


def result_of(wave: Wave) -> Result:
    """Return what the wave's page shows. Refuses with box.NotSealed before."""
    release = releases_of(wave)[-1]
    return _result(release.to_json(), wave.asked, get_language() or "en")


@lru_cache(maxsize=64)
def _result(release_json: str, asked_json: str, language: str) -> Result:
    """Make the page's value once for a release and a language: neither ever changes."""
    release = Release.model_validate_json(release_json)
    instrument = in_language(Instrument.model_validate_json(asked_json), language)
    conditions = [scale for scale in instrument.scales if scale.condition]
    compared = release.shown and bool(release.before) and bool(conditions)
    return Result(
        response=response_line(release, _),
        how_many=how_many_line(release.how_many, len(conditions), _) if compared else None,
        warnings=tuple(warnings(release, instrument, _)),
        shown=release.shown,
        overview=_overview(release, instrument) if release.shown else (),
        parts=tuple(_part(release, instrument, scale) for scale in instrument.scales) if release.shown else (),
        standing=instrument.standing,
        sha256=release.sha256,
    )


def _overview(release: Release, instrument: Instrument) -> tuple[Picture, ...]:
    """Draw a dot with its range for every averaged part; parts with other answers get a picture of their own."""
    by_ends: dict[tuple[int, int], list[Scale]] = {}
    for scale in instrument.scales:
        if scale.average:
            offered = instrument.answers_of(scale)
            by_ends.setdefault((offered.low, offered.high), []).append(scale)
    pictures = []
    for (low, high), scales in by_ends.items():
        labels = instrument.answers_of(scales[0]).labels
        rows = [_dot(_(scale.name), release.scale(scale.key)) for scale in scales]
        ends = (labels[0], labels[-1])
        pictures.append(dots(rows, title=_("Where we stand"), low=low, high=high, ends=ends, translate=_))
    return tuple(pictures)


def _dot(name: str, result: ScaleResult) -> DotRow:
    if isinstance(result.mean, Hidden) or isinstance(result.low, Hidden) or isinstance(result.high, Hidden):
        return DotRow(name, None)
    before = None if isinstance(result.change, Hidden) else result.change.before
    return DotRow(name, result.mean, result.low, result.high, before)


def _part(release: Release, instrument: Instrument, scale: Scale) -> PartResult:
    result = release.scale(scale.key)
    shows_items = not all(isinstance(item.counts, Hidden) for item in result.items)
    return PartResult(
        key=scale.key,
        name=_(scale.name),
        condition=scale.key if scale.condition and scale.key in CONDITIONS else "",
        mean="" if isinstance(result.mean, Hidden) else f"{result.mean:.1f}",
        lines=tuple(_lines(release, instrument, scale, result)),
        items=tuple(_item_lines(instrument, scale, result)) if shows_items else (),
        groups=_groups(release, scale),
        groups_hidden=_why_no_groups(release, scale),
        picture=_bars(instrument, scale, result) if shows_items else None,
    )


def _groups(release: Release, scale: Scale) -> tuple[tuple[str, str], ...]:
    """Return every group's name and mean, or nothing where one of them may not be shown."""
    groups = release.breakdown.groups if release.breakdown else ()
    if isinstance(groups, Hidden):
        return ()
    means = [group.means[scale.key] for group in groups]
    names = [_(" and ").join(_(label or NO_GROUP) for label in group.labels) for group in groups]
    shown = [f"{mean:.1f}" for mean in means if not isinstance(mean, Hidden)]
    return tuple(zip(names, shown, strict=True)) if len(shown) == len(names) else ()


def _why_no_groups(release: Release, scale: Scale) -> str:
    """Say why groups are not shown, where the survey promised some and the part has a mean."""
    if not scale.average or isinstance(release.scale(scale.key).mean, Hidden) or _groups(release, scale):
        return ""
    lines = group_lines(release, scale.name, scale.key, _)
    return lines[0].text if lines else ""


def _lines(release: Release, instrument: Instrument, scale: Scale, result: ScaleResult) -> list[Line]:
    found = []
    if scale.average:
        found.append(level_line(scale.name, result, release, _))
    if release.before and scale.average:
        found.append(change_line(scale.name, result.change, release.before, _))
    if not isinstance(result.mean, Hidden):
        found.append(agreement_line(result, len(instrument.answers_of(scale).labels), _))
    hidden = [item.counts for item in result.items if isinstance(item.counts, Hidden)]
    if len(hidden) == len(result.items) and not (scale.average and isinstance(result.mean, Hidden)):
        found.append(not_shown(hidden[0], _))
    return found


def _item_lines(instrument: Instrument, scale: Scale, result: ScaleResult) -> list[Line]:
    pairs = list(zip(scale.items, result.items, strict=True))
    if any(item.benchmark for item in scale.items):
        return [benchmark_line(instrument, item, found, _) for item, found in pairs]
    if len(instrument.answers_of(scale).labels) < 5:
        return []
    return [item_line(item, found, translate=_) for item, found in pairs]


def _bars(instrument: Instrument, scale: Scale, result: ScaleResult) -> Picture:
    rows = [
        BarRow(item.text, None if isinstance(found.counts, Hidden) else found.counts)
        for item, found in zip(scale.items, result.items, strict=True)
    ]
    return bars(rows, title=_(scale.name), answers=list(instrument.answers_of(scale).labels), translate=_)


def sealed_facts(wave: Wave) -> SealedFacts:
    """Return how many codes and receipts there were, and when the wave was sealed for good."""
    board = box.board(wave.ref)
    gone = box.facts(wave.ref).fully_sealed_on
    return SealedFacts(board.counted, board.codes, board.lost, board.spares, board.sealed_on, gone)


def comments_of(wave: Wave) -> tuple[Comments, ...]:
    """Return the comments that everybody may read; none until their reader let them go."""
    texts = box.released_comments(wave.ref)
    lines = asked_by(wave).open_lines
    return tuple(Comments(line.key, line.text, texts.get(line.key, ())) for line in lines if texts.get(line.key))
