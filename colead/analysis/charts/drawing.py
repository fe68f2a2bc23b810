"""The few shapes our charts are made of. Presentation attributes only: a strict content policy allows no inline style.

Every chart is 360 units wide, so that its text can be read on a phone; each row's words stand above its marks, so that
long names and long languages fit. Colours are told apart by lightness: a grey copy loses nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from colead.documents import Table

WIDTH = 360
LEFT, RIGHT = 14, 346
INK = "#1d2b33"
QUIET = "#5a6770"
RULE = "#c3cbd0"
ACCENT = "#0b5c63"
PAPER = "#ffffff"
FONT = "Atkinson Hyperlegible, system-ui, sans-serif"
LETTER = 7.4
"""Usual width of a letter at size 14."""


@dataclass(frozen=True)
class Picture:
    """One chart: the drawing, its name, what it shows in words, and the same figures as a table."""

    svg: str
    title: str
    description: str
    table: Table


def frame(title: str, description: str, height: float, shapes: Sequence[str]) -> str:
    """Wrap shapes into an SVG that names itself to a screen reader."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" width="{WIDTH}" height="{height:g}" '
        f'role="img" font-family="{FONT}" font-size="14">'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
        f'<rect width="{WIDTH}" height="{height:g}" fill="{PAPER}"/>{"".join(shapes)}</svg>'
    )


PAPER_WIDTH = 600
"""Units across a printed page, so that the letters of a drawing are as large there as the text around it."""


def on_paper(svg: str) -> str:
    """Return the same drawing at the left of a page-wide sheet."""
    head, rest = svg.split(">", 1)
    wide = head.replace(f'viewBox="0 0 {WIDTH} ', f'viewBox="0 0 {PAPER_WIDTH} ')
    return wide.replace(f'width="{WIDTH}"', f'width="{PAPER_WIDTH}"') + ">" + rest


def text(
    x: float, y: float, words: str, *, anchor: str = "start", fill: str = INK, size: int = 14, bold: bool = False
) -> str:
    weight = ' font-weight="bold"' if bold else ""
    place = f'x="{x:g}" y="{y:g}" text-anchor="{anchor}"'
    return f'<text {place} fill="{fill}" font-size="{size}"{weight}>{escape(words)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, *, stroke: str = INK, width: float = 2, dash: str = "") -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    ends = f'x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}"'
    return f'<line {ends} stroke="{stroke}" stroke-width="{width:g}"{dashes}/>'


def dot(x: float, y: float, *, hollow: bool = False, size: float = 6) -> str:
    fill = PAPER if hollow else ACCENT
    return f'<circle cx="{x:g}" cy="{y:g}" r="{size:g}" fill="{fill}" stroke="{ACCENT}" stroke-width="2"/>'


def box(x: float, y: float, width: float, height: float, fill: str) -> str:
    place = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"'
    return f'<rect {place} fill="{fill}" stroke="{INK}" stroke-width="0.7"/>'


def diamond(low: float, middle: float, high: float, y: float) -> str:
    points = f"{low:g},{y:g} {middle:g},{y - 7:g} {high:g},{y:g} {middle:g},{y + 7:g}"
    return f'<polygon points="{points}" fill="{ACCENT}"/>'


@dataclass(frozen=True)
class Axis:
    """Map values from `low` to `high` onto the width of the drawing."""

    low: float
    high: float
    left: float = LEFT + 6
    right: float = RIGHT - 6

    def at(self, value: float) -> float:
        span = self.high - self.low or 1.0
        inside = min(max(value, self.low), self.high)
        return round(self.left + (inside - self.low) / span * (self.right - self.left), 1)

    def ticks(self, values: Sequence[float], y: float, names: Sequence[str]) -> list[str]:
        shapes = []
        for value, name in zip(values, names, strict=True):
            shapes.append(line(self.at(value), y, self.at(value), y + 5, stroke=QUIET, width=1))
            shapes.append(text(self.at(value), y + 18, name, anchor="middle", fill=QUIET, size=12))
        return shapes


def wrap(words: str, width: float = RIGHT - LEFT) -> list[str]:
    """Break a text into lines that fit."""
    most = int(width / LETTER)
    lines = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > most:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def shorten(words: str, width: float, size: int = 14) -> str:
    """Cut a name that would run into its neighbour; the table beside the chart has it in full."""
    most = max(int(width / (LETTER * size / 14)), 2)
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def shades(count: int) -> list[tuple[str, str]]:
    """Return so many fills from light to dark, each with the colour of text that can be read on it."""
    found = []
    for place in range(count):
        share = place / max(count - 1, 1)
        red, green, blue = (round(light + share * (dark - light)) for light, dark in ((240, 11), (244, 70), (245, 78)))
        found.append((f"#{red:02x}{green:02x}{blue:02x}", PAPER if share > 0.45 else INK))
    return found
