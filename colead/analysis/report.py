"""Lay figures out as a report: words first, then numbers, then pictures, then how we know."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from colead.analysis.beside import Beside
from colead.analysis.charts import BarRow, DotRow, ForestRow, Picture, SlopeRow, bars, dots, forest, scatter, slopes
from colead.analysis.figures import Undefined
from colead.analysis.instrument import Instrument, Scale
from colead.analysis.pooling import PooledScale
from colead.analysis.programme import ScaleFigures
from colead.analysis.programme_sentences import (
    alpha_line,
    icc_line,
    omega_line,
    pool_line,
    share_line,
    together_line,
    trend_line,
)
from colead.analysis.release import Hidden, Release, ScaleResult
from colead.analysis.sentences import (
    agreement_line,
    benchmark_line,
    change_line,
    group_lines,
    how_many_line,
    item_line,
    level_line,
    response_line,
    warnings,
)
from colead.analysis.several import together
from colead.analysis.words import Line, Translate, mark, same
from colead.documents import Block, Document, Figure, Heading, Note, Table, Text

_ = mark


@dataclass
class Pages:
    """Collect blocks, and every line's "how we know" for the end of the report."""

    translate: Translate
    blocks: list[Block] = field(default_factory=list)
    known: dict[tuple[str, str], str] = field(default_factory=dict)

    def heading(self, words: str, level: int = 2) -> None:
        self.blocks.append(Heading(words, level))

    def say(self, *lines: Line) -> None:
        """Write lines as one paragraph each."""
        for line in lines:
            self.blocks.append(Text(plain(line.text)))
            self.known.setdefault((line.how.formula, line.how.source), line.how.answers)

    def show(self, picture: Picture) -> None:
        self.blocks.append(Figure(picture.svg, f"{picture.title}. {picture.description}", picture.table))

    def how_we_know(self) -> None:
        """Close with a table of how every figure was worked out."""
        headers = (_("How it is worked out"), _("Answers"), _("Whose method"))
        rows = tuple((plain(f), answers, plain(source)) for (f, source), answers in self.known.items())
        self.heading(self.translate(_("How we know")))
        self.blocks.append(Table(tuple(self.translate(h) for h in headers), rows, widths=(6, 2, 3)))


def plain(text: str) -> str:
    """Keep letters that mean something to Markdown as they are."""
    return "".join("\\" + letter if letter in "\\`*_[]<>#" else letter for letter in text)


def school_report(
    releases: Sequence[Release], instrument: Instrument, *, translate: Translate = same, paper: str = "letter"
) -> Document:
    """Return one school's report on its latest round; earlier rounds give the change and the way so far."""
    release, pages = releases[-1], Pages(translate)
    pages.heading(translate(_("In short")))
    conditions = [scale for scale in instrument.scales if scale.condition]
    pages.say(response_line(release, translate))
    if release.shown and release.before and conditions:
        pages.say(how_many_line(release.how_many, len(conditions), translate))
    notes = warnings(release, instrument, translate)
    if notes:
        pages.blocks.append(Note(plain("\n\n".join(notes)), translate(_("Before you read on"))))
    if release.shown:
        _where_we_stand(pages, release, instrument)
        _the_way_so_far(pages, releases, instrument)
        for scale in instrument.scales:
            _part(pages, release, instrument, scale)
    if instrument.standing:
        pages.blocks.append(Note(plain(translate(instrument.standing)), translate(instrument.title)))
    pages.how_we_know()
    title = translate(instrument.title)
    return Document(title, tuple(pages.blocks), school=release.school, date=release.wave, paper=paper)


def averaged(instrument: Instrument) -> list[Scale]:
    return [scale for scale in instrument.scales if scale.average]


def _where_we_stand(pages: Pages, release: Release, instrument: Instrument) -> None:
    by_ends: dict[tuple[int, int], list[Scale]] = {}
    for scale in averaged(instrument):
        offered = instrument.answers_of(scale)
        by_ends.setdefault((offered.low, offered.high), []).append(scale)
    for (low, high), scales in by_ends.items():
        title = pages.translate(_("Where we stand"))
        pages.heading(title)
        labels = instrument.answers_of(scales[0]).labels
        rows = [_dot(pages.translate(scale.name), release.scale(scale.key)) for scale in scales]
        ends = (pages.translate(labels[0]), pages.translate(labels[-1]))
        pages.show(dots(rows, title=title, low=low, high=high, ends=ends, translate=pages.translate))


def _dot(name: str, result: ScaleResult) -> DotRow:
    if isinstance(result.mean, Hidden) or isinstance(result.low, Hidden) or isinstance(result.high, Hidden):
        return DotRow(name, None)
    before = None if isinstance(result.change, Hidden) else result.change.before
    return DotRow(name, result.mean, result.low, result.high, before)


def _the_way_so_far(pages: Pages, releases: Sequence[Release], instrument: Instrument) -> None:
    scales = averaged(instrument)
    if len(releases) < 2 or not scales:
        return
    pages.heading(pages.translate(_("Since last time")))
    release = releases[-1]
    for scale in scales:
        pages.say(change_line(scale.name, release.scale(scale.key).change, release.before, pages.translate))
    offered = instrument.answers_of(scales[0])
    rows = [SlopeRow(pages.translate(s.name), tuple(_point(r.scale(s.key)) for r in releases)) for s in scales]
    title, names = pages.translate(_("Round by round")), [r.wave for r in releases]
    low, high = offered.low, max(instrument.answers_of(s).high for s in scales)
    pages.show(slopes(rows, names, title=title, low=low, high=high, translate=pages.translate))


def _point(result: ScaleResult) -> tuple[float, float, float] | None:
    row = _dot("", result)
    return None if row.mean is None else (row.mean, row.low, row.high)


def _part(pages: Pages, release: Release, instrument: Instrument, scale: Scale) -> None:
    result, translate = release.scale(scale.key), pages.translate
    answers = instrument.answers_of(scale)
    pages.heading(translate(scale.name), 3)
    if scale.average:
        pages.say(level_line(scale.name, result, release, translate))
    if not isinstance(result.mean, Hidden):
        pages.say(agreement_line(result, len(answers.labels), translate))
        pages.say(*group_lines(release, scale.name, scale.key, translate))
    if all(isinstance(item.counts, Hidden) for item in result.items):
        pages.say(item_line(scale.items[0], result.items[0], translate=translate))
        return
    rows = [
        BarRow(translate(item.text), None if isinstance(found.counts, Hidden) else found.counts)
        for item, found in zip(scale.items, result.items, strict=True)
    ]
    if not scale.average:
        for item, found in zip(scale.items, result.items, strict=True):
            if item.benchmark:
                pages.say(benchmark_line(instrument, item, found, translate))
    labels = [translate(label) for label in answers.labels]
    pages.show(bars(rows, title=translate(scale.name), answers=labels, translate=translate))


def programme_report(
    figures: Iterable[tuple[ScaleFigures, PooledScale]],
    instrument: Instrument,
    *,
    wave: str,
    schools: int,
    people: int,
    efficacy: Beside | None = None,
    translate: Translate = same,
    paper: str = "letter",
) -> Document:
    """Return the report over several schools, with `efficacy` beside conditions; from A to Z, never ranked."""
    pages = Pages(translate)
    pages.heading(translate(_("In short")))
    facts = {"people": people, "schools": schools}
    pages.blocks.append(Text(translate(_("%(people)d people in %(schools)d schools answered.")) % facts))
    usual = max(people // max(schools, 1), 1)
    for found, pool in figures:
        _programme_part(pages, found, pool, usual)
    if efficacy:
        _efficacy_part(pages, efficacy)
    pages.how_we_know()
    return Document(translate(instrument.title), tuple(pages.blocks), date=wave, paper=paper)


def _programme_part(pages: Pages, found: ScaleFigures, pool: PooledScale, usual: int) -> None:
    name, translate = found.scale.name, pages.translate
    pages.heading(translate(name), 3)
    pages.say(pool_line(name, pool, translate))
    if isinstance(pool.mean, Hidden):
        return
    if found.changes:
        pages.say(share_line(name, found.share, translate))
        pages.show(
            forest(_forest(found), None, title=translate(name), low=-1.5, high=1.5, zero=0.0, translate=translate)
        )
    if not isinstance(found.trend, Undefined):
        pages.say(trend_line(name, found.trend, translate))
    pages.say(icc_line(name, found.one_way, usual, translate), alpha_line(name, found.alpha, translate))
    pages.say(omega_line(name, found.omega, translate))
    moved = [drift.item for drift in found.drifts if drift.flagged]
    if moved:
        text = translate(_("These questions moved on their own, so read them one by one: %(items)s."))
        pages.blocks.append(Note(plain(text % {"items": ", ".join(moved)})))


def _efficacy_part(pages: Pages, beside: Beside) -> None:
    translate = pages.translate
    title = translate(_("Conditions and efficacy"))
    pages.heading(title, 3)
    pages.say(together_line(together(beside.points), translate))
    across = (translate(_("Mean over the conditions")), *beside.conditions)
    up = (translate(_("Efficacy")), *beside.efficacy)
    picture = scatter(beside.points, title=title, across=across, up=up, translate=translate)
    if not isinstance(picture, Undefined):
        pages.show(picture)


def _forest(found: ScaleFigures) -> list[ForestRow]:
    return [ForestRow(c.school, c.people, c.difference, c.low, c.high, c.steadied) for c in found.changes]
