"""Draw a theory of action as a driver diagram: the aim on the left, what leads to it towards the right.

Words, boxes and lines only, in one ink: a grey copy loses nothing, and the table beside it says the same.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, GAP, COLUMN = 196, 52, 248  # of a box, between boxes, from one column to the next
LETTERS, LINE, MOST = 25, 17, 7  # letters in a line, height of a line, lines in a box
PAD, BETWEEN, TOP = 10, 14, 44  # inside a box, between two boxes, above the first
FONT = "Atkinson Hyperlegible, sans-serif"


@dataclass(frozen=True)
class Node:
    """One box; `sources` lead to it. A `loose` box leads nowhere yet, so no line leaves it."""

    text: str
    sources: tuple["Node", ...] = ()
    column: int = 0
    loose: bool = False


@dataclass(frozen=True)
class Captions:
    """What stands around the boxes: the heads of the columns, and what the whole shows in words."""

    heads: tuple[str, ...]
    title: str
    alt: str


def driver_diagram(roots: Sequence[Node], captions: Captions, *, ink: str = "currentColor") -> str:
    """Draw the boxes under the heads of their columns, as SVG. `roots` stand below each other."""
    shapes: list[str] = []
    height = TOP
    for root in roots:
        height += _draw(root, height, shapes) + BETWEEN
    width = COLUMN * len(captions.heads) - GAP
    heads = "".join(
        f'<text x="{COLUMN * column + 1}" y="22" font-size="14" font-weight="700" stroke="none">{escape(head)}</text>'
        for column, head in enumerate(captions.heads)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-labelledby="drivers-title drivers-desc" font-family="{FONT}">'
        f'<title id="drivers-title">{escape(captions.title)}</title>'
        f'<desc id="drivers-desc">{escape(captions.alt)}</desc>'
        f'<g fill="{ink}" stroke="{ink}" stroke-width="1.5" font-size="13.5">{heads}{"".join(shapes)}</g></svg>'
    )


def _lines(text: str) -> list[str]:
    lines = textwrap.wrap(text, LETTERS) or [""]
    return lines if len(lines) <= MOST else [*lines[: MOST - 1], lines[MOST - 1][: LETTERS - 1] + "…"]


def _box_height(node: Node) -> int:
    return len(_lines(node.text)) * LINE + 2 * PAD


def _height(node: Node) -> int:
    """Return the room a box needs together with everything that leads to it."""
    return max(_box_height(node), _height_of_sources(node))


def _height_of_sources(node: Node) -> int:
    return sum(_height(source) for source in node.sources) + BETWEEN * max(len(node.sources) - 1, 0)


def _draw(node: Node, top: int, shapes: list[str]) -> int:
    """Draw a box halfway down its room, and what leads to it; return the height of that room."""
    room = _height(node)
    middle = top + room // 2
    _box(node, middle, shapes)
    at = top + (room - _height_of_sources(node)) // 2
    for source in node.sources:
        _arrow(node, middle, source, at + _height(source) // 2, shapes)
        at += _draw(source, at, shapes) + BETWEEN
    return room


def _box(node: Node, middle: int, shapes: list[str]) -> None:
    height = _box_height(node)
    x, y = COLUMN * node.column, middle - height // 2
    dashes = ' stroke-dasharray="5 4"' if node.loose else ""
    shapes.append(
        f'<rect x="{x + 1}" y="{y}" width="{WIDTH - 2}" height="{height}" rx="8" fill="none"{dashes}/>'
        + "".join(
            f'<text x="{x + PAD}" y="{y + PAD + number * LINE - 4}" stroke="none">{escape(line)}</text>'
            for number, line in enumerate(_lines(node.text), 1)
        )
    )


def _arrow(node: Node, to_y: int, source: Node, from_y: int, shapes: list[str]) -> None:
    """Draw the line from a box to the one it leads to, with its head at the left."""
    x0, x1 = COLUMN * source.column, COLUMN * node.column + WIDTH
    bend = (x0 - x1) // 2
    shapes.append(
        f'<path d="M{x0} {from_y} C{x0 - bend} {from_y} {x1 + bend} {to_y} {x1 + 7} {to_y}" fill="none"/>'
        f'<path d="M{x1 + 9} {to_y - 5} L{x1} {to_y} L{x1 + 9} {to_y + 5} Z" stroke="none"/>'
    )
