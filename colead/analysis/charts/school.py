"""One school's charts: a dot with its range per scale, bars per question, and lines from round to round."""

from collections.abc import Sequence
from dataclasses import dataclass

from colead.analysis.charts.drawing import (
    LEFT,
    QUIET,
    RIGHT,
    RULE,
    Axis,
    Picture,
    box,
    dot,
    frame,
    line,
    shades,
    shorten,
    text,
    wrap,
)
from colead.analysis.words import Translate, mark, one, same
from colead.documents import Table

_ = mark


@dataclass(frozen=True)
class DotRow:
    """One scale: its mean with the two ends of its range, the mean of the round before; None where not shown."""

    name: str
    mean: float | None
    low: float = 0.0
    high: float = 0.0
    before: float | None = None


@dataclass(frozen=True)
class BarRow:
    """One question and how many chose each answer, lowest first; None where not shown."""

    name: str
    counts: tuple[int, ...] | None


@dataclass(frozen=True)
class SlopeRow:
    """One scale over rounds: (mean, low, high) per round, None where there is none."""

    name: str
    points: tuple[tuple[float, float, float] | None, ...]


def dots(
    rows: Sequence[DotRow], *, title: str, low: float, high: float, ends: tuple[str, str], translate: Translate = same
) -> Picture:
    """Draw a dot with its range per scale, and a ring where the round before stood."""
    axis, shapes, y = Axis(low, high), [], 24.0
    values = [translate(_("Mean and range")), translate(_("Round before"))]
    for row in rows:
        shapes += _dot_row(row, axis, y, translate)
        y += 50
    steps = [low + step for step in range(int(high - low) + 1)]
    shapes += axis.ticks(steps, y - 12, [f"{step:g}" for step in steps])
    shapes.append(text(LEFT, y + 24, shorten(ends[0], 160, 12), fill=QUIET, size=12))
    shapes.append(text(RIGHT, y + 24, shorten(ends[1], 160, 12), anchor="end", fill=QUIET, size=12))
    if any(row.before is not None for row in rows):
        shapes += [dot(LEFT + 6, y + 44), text(LEFT + 18, y + 49, translate(_("now")), fill=QUIET, size=12)]
        shapes += [dot(LEFT + 66, y + 44, hollow=True, size=5)]
        shapes += [text(LEFT + 78, y + 49, translate(_("round before")), fill=QUIET, size=12)]
        y += 24
    description = " ".join(_dot_words(row, translate) for row in rows)
    table = Table(
        (translate(_("Part")), *values),
        tuple((row.name, _range(row, translate), "–" if row.before is None else one(row.before)) for row in rows),
        caption=title,
    )
    return Picture(frame(title, description, y + 34, shapes), title, description, table)


def _dot_row(row: DotRow, axis: Axis, y: float, translate: Translate) -> list[str]:
    track = y + 18
    shapes = [line(axis.left, track, axis.right, track, stroke=RULE, width=1)]
    told = _range(row, translate)
    room = RIGHT - LEFT - 6.6 * len(told) - 8
    shapes.append(text(LEFT, y, shorten(row.name, room)))
    shapes.append(text(RIGHT, y, told, anchor="end", fill=QUIET, size=13))
    if row.mean is None:
        return shapes
    if row.before is not None:
        shapes.append(dot(axis.at(row.before), track, hollow=True, size=5))
    shapes.append(line(axis.at(row.low), track, axis.at(row.high), track, width=4))
    shapes.append(dot(axis.at(row.mean), track))
    return shapes


def _range(row: DotRow, translate: Translate) -> str:
    if row.mean is None:
        return translate(_("not shown"))
    return f"{one(row.mean)} ({one(row.low)}–{one(row.high)})"


def _dot_words(row: DotRow, translate: Translate) -> str:
    if row.mean is None:
        return translate(_("%(name)s: not shown.")) % {"name": row.name}
    facts = {"name": row.name, "mean": one(row.mean), "low": one(row.low), "high": one(row.high)}
    if row.before is None:
        return translate(_("%(name)s: %(mean)s, from %(low)s to %(high)s.")) % facts
    facts["before"] = one(row.before)
    return translate(_("%(name)s: %(mean)s, from %(low)s to %(high)s; before %(before)s.")) % facts


def bars(rows: Sequence[BarRow], *, title: str, answers: Sequence[str], translate: Translate = same) -> Picture:
    """Draw how many chose each answer, question by question, darker for higher answers, with the counts inside."""
    fills, shapes, y = shades(len(answers)), [], 22.0
    for place, answer in enumerate(answers):
        shapes.append(box(LEFT, y - 11, 14, 14, fills[place][0]))
        shapes.append(text(LEFT + 22, y, answer, fill=QUIET, size=12))
        y += 19
    y += 10
    for row in rows:
        for words in wrap(row.name):
            shapes.append(text(LEFT, y, words))
            y += 18
        shapes += _bar(row, fills, y - 8, translate)
        y += 42
    description = " ".join(_bar_words(row, answers, translate) for row in rows)
    blank = tuple("–" for _ in answers)
    table = Table(
        (translate(_("Question")), *answers),
        tuple((row.name, *(map(str, row.counts) if row.counts else blank)) for row in rows),
        caption=title,
    )
    return Picture(frame(title, description, y, shapes), title, description, table)


def _bar(row: BarRow, fills: Sequence[tuple[str, str]], y: float, translate: Translate) -> list[str]:
    if row.counts is None or not sum(row.counts):
        return [text(LEFT, y + 18, translate(_("not shown")), fill=QUIET, size=13)]
    shapes, x, whole = [], float(LEFT), sum(row.counts)
    for count, (fill, ink) in zip(row.counts, fills, strict=True):
        width = (RIGHT - LEFT) * count / whole
        if count:
            shapes.append(box(round(x, 1), y, round(width, 1), 24, fill))
        if width >= 8 * len(str(count)) + 4:
            shapes.append(text(round(x + width / 2, 1), y + 17, str(count), anchor="middle", fill=ink, size=13))
        x += width
    return shapes


def _bar_words(row: BarRow, answers: Sequence[str], translate: Translate) -> str:
    if row.counts is None:
        return translate(_("%(name)s: not shown.")) % {"name": row.name}
    told = ", ".join(f"{answer} {count}" for answer, count in zip(answers, row.counts, strict=True))
    return f"{row.name} {told}."


def slopes(
    rows: Sequence[SlopeRow], waves: Sequence[str], *, title: str, low: float, high: float, translate: Translate = same
) -> Picture:
    """Draw each scale's way from round to round in a small panel of its own, all on one scale."""
    shapes: list[str] = []
    width, height = (RIGHT - LEFT - 14) / 2, 154
    for place, row in enumerate(rows):
        left = LEFT + (place % 2) * (width + 14)
        shapes += _panel(row, waves, left, width, 22 + (place // 2) * height, (low, high))
    bottom = 22 + ((len(rows) + 1) // 2) * height
    description = " ".join(_slope_words(row, waves, translate) for row in rows)
    table = Table(
        (translate(_("Part")), *waves),
        tuple(
            (row.name, *(f"{one(p[0])} ({one(p[1])}–{one(p[2])})" if p else "–" for p in row.points)) for row in rows
        ),
        caption=title,
    )
    return Picture(frame(title, description, bottom, shapes), title, description, table)


def _panel(
    row: SlopeRow, waves: Sequence[str], left: float, width: float, top: float, ends: tuple[float, float]
) -> list[str]:
    high, low = top + 30, top + 108
    shapes = [text(left, top + 16 * at, words, size=13) for at, words in enumerate(wrap(row.name, width)[:2])]
    for value, y in ((ends[1], high), (ends[0], low)):
        shapes.append(line(left + 14, y, left + width, y, stroke=RULE, width=1))
        shapes.append(text(left, y + 4, f"{value:g}", fill=QUIET, size=12))
    room = width - 14
    places = [left + 14 + room * (2 * at + 1) / (2 * len(waves)) for at in range(len(waves))]
    before: tuple[float, float] | None = None
    marks = []
    for x, wave, point in zip(places, waves, row.points, strict=True):
        shapes.append(
            text(round(x, 1), low + 17, shorten(wave, room / len(waves) - 4, 10), anchor="middle", fill=QUIET, size=11)
        )
        if point is None:
            before = None
            continue
        mean, bottom, top_end = (round(low - (v - ends[0]) / (ends[1] - ends[0]) * (low - high), 1) for v in point)
        shapes.append(line(x, bottom, x, top_end, stroke=QUIET, width=3))
        if before:
            shapes.append(line(*before, x, mean, width=1.5))
        marks += [dot(x, mean, size=3.5), text(round(x, 1), top_end - 5, one(point[0]), anchor="middle", size=12)]
        before = (x, mean)
    return shapes + marks


def _slope_words(row: SlopeRow, waves: Sequence[str], translate: Translate) -> str:
    told = [
        f"{wave} {one(point[0])}" if point else translate(_("%(wave)s not shown")) % {"wave": wave}
        for wave, point in zip(waves, row.points, strict=True)
    ]
    return f"{row.name}: {', '.join(told)}."
