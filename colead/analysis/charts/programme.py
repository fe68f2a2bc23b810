"""Charts over several schools: a forest plot in alphabetical order, never ranked, and efficacy against conditions."""

from collections.abc import Sequence
from dataclasses import dataclass

from colead.analysis.charts.drawing import (
    LEFT,
    QUIET,
    RIGHT,
    RULE,
    Axis,
    Picture,
    diamond,
    dot,
    frame,
    line,
    shorten,
    text,
)
from colead.analysis.figures import Undefined
from colead.analysis.several import Point, together
from colead.analysis.words import Translate, mark, one, same
from colead.documents import Table

_ = mark


@dataclass(frozen=True)
class ForestRow:
    """One school: people, its own figure with its range, and the same pulled toward the group (None: not computed)."""

    name: str
    people: int
    value: float
    low: float
    high: float
    steadied: float | None = None


def forest(
    rows: Sequence[ForestRow],
    overall: ForestRow | None,
    *,
    title: str,
    low: float,
    high: float,
    zero: float | None = None,
    translate: Translate = same,
) -> Picture:
    """Draw schools from A to Z with their ranges; a ring where a school stands once luck is allowed for."""
    ordered = sorted(rows, key=lambda row: row.name.casefold())
    axis, shapes, y = Axis(low, high), [], 24.0
    bottom = y + 40 * (len(ordered) + (overall is not None)) - 16
    if zero is not None:
        shapes.append(line(axis.at(zero), 8, axis.at(zero), bottom, stroke=QUIET, width=1, dash="4 3"))
    for row in ordered:
        shapes += _school(row, axis, y, translate)
        y += 40
    if overall:
        shapes.append(text(LEFT, y, shorten(overall.name, 180), bold=True))
        shapes.append(text(RIGHT, y, _told(overall, translate), anchor="end", fill=QUIET, size=13))
        shapes.append(diamond(axis.at(overall.low), axis.at(overall.value), axis.at(overall.high), y + 14))
        y += 40
    ticks = [low + (high - low) * step / 4 for step in range(5)]
    shapes += axis.ticks(ticks, y - 12, [f"{tick:.1f}".replace("-", "−") for tick in ticks])
    if any(row.steadied is not None for row in ordered):
        shapes += [
            dot(LEFT + 6, y + 26),
            text(LEFT + 18, y + 31, translate(_("the school itself")), fill=QUIET, size=12),
        ]
        shapes += [dot(LEFT + 146, y + 26, hollow=True, size=4.5)]
        shapes += [text(LEFT + 156, y + 31, translate(_("allowing for luck")), fill=QUIET, size=12)]
        y += 24
    everyone = [*ordered, overall] if overall else ordered
    description = " ".join(f"{row.name}: {_told(row, translate)}." for row in everyone)
    headers = (_("School"), _("People"), _("Figure and range"), _("Allowing for luck"))
    table = Table(
        tuple(translate(header) for header in headers),
        tuple(
            (row.name, str(row.people), _told(row, translate), "–" if row.steadied is None else _figure(row.steadied))
            for row in everyone
        ),
        caption=title,
    )
    return Picture(frame(title, description, y + 16, shapes), title, description, table)


def _school(row: ForestRow, axis: Axis, y: float, translate: Translate) -> list[str]:
    track = y + 14
    shapes = [
        text(LEFT, y, shorten(row.name, 200)),
        text(RIGHT, y, _told(row, translate), anchor="end", fill=QUIET, size=13),
        line(axis.left, track, axis.right, track, stroke=RULE, width=1),
        line(axis.at(row.low), track, axis.at(row.high), track, width=3),
        dot(axis.at(row.value), track, size=5),
    ]
    if row.steadied is not None:
        shapes.append(dot(axis.at(row.steadied), track, hollow=True, size=4))
    return shapes


def _figure(value: float) -> str:
    return one(round(value, 1) + 0.0).replace("-", "−")


def _told(row: ForestRow, translate: Translate) -> str:
    facts = {"value": _figure(row.value), "low": _figure(row.low), "high": _figure(row.high)}
    return translate(_("%(value)s (%(low)s to %(high)s)")) % facts


def scatter(
    points: Sequence[Point],
    *,
    title: str,
    across: tuple[str, float, float],
    up: tuple[str, float, float],
    translate: Translate = same,
) -> Picture | Undefined:
    """Draw efficacy against conditions, one dot a school without its name; refused below ten schools."""
    found = together(points)
    if isinstance(found, Undefined):
        return found
    left, top, bottom = LEFT + 24, 34, 274
    axis, rise = Axis(across[1], across[2], left, RIGHT - 6), Axis(up[1], up[2], bottom, top)
    shapes = [
        line(left, bottom, RIGHT, bottom, stroke=QUIET, width=1),
        line(left, top, left, bottom, stroke=QUIET, width=1),
    ]
    for step in range(int(across[1]), int(across[2]) + 1):
        shapes.append(text(axis.at(step), bottom + 18, str(step), anchor="middle", fill=QUIET, size=12))
    for step in range(int(up[1]), int(up[2]) + 1):
        shapes.append(text(left - 8, rise.at(step) + 4, str(step), anchor="end", fill=QUIET, size=12))
    shapes.append(text(LEFT, 20, shorten(up[0], RIGHT - LEFT), fill=QUIET, size=12))
    shapes.append(text(RIGHT, bottom + 36, shorten(across[0], RIGHT - LEFT), anchor="end", fill=QUIET, size=12))
    shapes += [dot(axis.at(p.conditions), rise.at(p.efficacy), hollow=True, size=5) for p in points]
    facts = {
        "n": found.schools,
        "r": _two(found.correlation),
        "low": _two(found.interval.low),
        "high": _two(found.interval.high),
    }
    description = (
        translate(
            _(
                "%(n)d schools. The two go together at %(r)s, very likely from %(low)s to %(high)s. "
                "This does not say why."
            )
        )
        % facts
    )
    ordered = sorted(points, key=lambda p: p.school.casefold())
    table = Table(
        (translate(_("School")), across[0], up[0]),
        tuple((p.school, one(p.conditions), one(p.efficacy)) for p in ordered),
        caption=title,
    )
    return Picture(frame(title, description, bottom + 50, shapes), title, description, table)


def _two(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")
