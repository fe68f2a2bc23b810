"""How a count of people grew: one bar a month, cut by group, all on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass

from colead.analysis.charts.drawing import LEFT, QUIET, RIGHT, Picture, box, frame, shades, text, wrap
from colead.analysis.words import Translate, mark, same
from colead.documents import Table

_ = mark


@dataclass(frozen=True)
class GrowthRow:
    """One month: its name, and how many people by then in each group."""

    name: str
    people: tuple[int, ...]


def growth(
    rows: Sequence[GrowthRow], *, title: str, groups: Sequence[str], most: int, translate: Translate = same
) -> Picture:
    """Draw a bar for each month, as long as its people are many; `most` people fill the width."""
    fills, shapes, y = shades(len(groups)), [], 22.0
    for (fill, _ink), group in zip(fills, groups, strict=True):
        shapes.append(box(LEFT, y - 11, 14, 14, fill))
        for words in wrap(group, RIGHT - LEFT - 22):
            shapes.append(text(LEFT + 22, y, words, fill=QUIET, size=12))
            y += 19
    y += 10
    whole = max([most, 1, *(sum(row.people) for row in rows)])
    for row in rows:
        shapes.append(text(LEFT, y, row.name))
        shapes.append(text(RIGHT, y, str(sum(row.people)), anchor="end", fill=QUIET, size=13))
        shapes += _bar(row, fills, y + 8, whole)
        y += 54
    headings = (translate(_("By the end of")), *groups, translate(_("All")))
    cells = tuple((row.name, *map(str, row.people), str(sum(row.people))) for row in rows)
    description = " ".join(_words(row, groups, translate) for row in rows)
    return Picture(frame(title, description, y - 8, shapes), title, description, Table(headings, cells, caption=title))


def _bar(row: GrowthRow, fills: Sequence[tuple[str, str]], y: float, whole: int) -> list[str]:
    shapes, x = [box(LEFT, y, RIGHT - LEFT, 22, "none")], float(LEFT)
    for people, (fill, ink) in zip(row.people, fills, strict=True):
        width = (RIGHT - LEFT) * people / whole
        if people:
            shapes.append(box(round(x, 1), y, round(width, 1), 22, fill))
        if width >= 8 * len(str(people)) + 4:
            shapes.append(text(round(x + width / 2, 1), y + 16, str(people), anchor="middle", fill=ink, size=13))
        x += width
    return shapes


def _words(row: GrowthRow, groups: Sequence[str], translate: Translate) -> str:
    told = ", ".join(f"{group} {people}" for group, people in zip(groups, row.people, strict=True))
    return translate(_("%(month)s: %(all)d (%(told)s).")) % {"month": row.name, "all": sum(row.people), "told": told}
