"""Say what stands on a piece of paper: frozen facts, no layout and no bytes.

Two kinds of text live here. Titles, labels, headers and options are plain: they print as they are. What people write
(`Text.text`, `Field.value`, `Quote.text`, `Note.text`, `Check.text`, table cells, the texts of a `Flow`) is read as a
small Markdown: paragraphs, bold, italic, lists and links. Nothing else has a meaning, so code prints as it was typed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Heading:
    """A heading; levels run from 2 (a part) to 4, since the title of the document is level 1."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Text:
    """Running text in Markdown; a line that begins with `##` becomes a heading of the document."""

    text: str


@dataclass(frozen=True)
class Quote:
    """Somebody's own words, set in quotation marks."""

    text: str
    by: str = ""


@dataclass(frozen=True)
class Field:
    """A question and its answer; without an answer about `lines` ruled lines to write on, 0 for none.

    A full page takes up to four in ten of them back, an empty one gives more. `code` is the short name printed before
    the label, so that an answer on paper can be typed up in the right place. `with_next` keeps it on one page with
    the block that follows.
    """

    label: str
    value: str = ""
    lines: int = 3
    hint: str = ""
    code: str = ""
    with_next: bool = False


@dataclass(frozen=True)
class Choice:
    """Options to tick: round boxes when one can be chosen, square ones when there may be `many`.

    Something chosen that is not among the options is printed after them, ticked.
    """

    label: str
    options: tuple[str, ...]
    chosen: tuple[str, ...] = ()
    many: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under headers, with `blank_rows` more to write in and `room` lines of space in each empty cell.

    `widths` are shares of the page, one a column; left out, they follow the texts. A short row is filled up with
    empty cells.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()
    caption: str = ""
    blank_rows: int = 0
    room: int = 0


@dataclass(frozen=True)
class Check:
    """One line of a checklist."""

    done: bool
    text: str
    note: str = ""


@dataclass(frozen=True)
class Checklist:
    """Things to do, ticked when done."""

    items: tuple[Check, ...]


@dataclass(frozen=True)
class Columns:
    """Two columns side by side, of equal width; the left one is read first."""

    left: tuple["Block", ...]
    right: tuple["Block", ...]


@dataclass(frozen=True)
class Note:
    """A remark set apart from the text."""

    text: str
    title: str = ""


@dataclass(frozen=True)
class PageBreak:
    """Go on with a new page."""


@dataclass(frozen=True)
class Figure:
    """A picture, what it shows in words, and the numbers behind it.

    The SVG brings its own colours (`fill`, `stroke`): no style sheet of a page reaches the paper.
    """

    svg: str
    alt: str
    table: Table | None = None


@dataclass(frozen=True)
class Flow:
    """Steps that lead to one another, such as if, then, as a result: (label, text) each.

    Up to four short steps stand side by side, others below each other. A step without text gets `lines` to write on.
    """

    steps: tuple[tuple[str, str], ...]
    lines: int = 4


Block: TypeAlias = (
    Heading | Text | Quote | Field | Choice | Table | Checklist | Columns | Note | PageBreak | Figure | Flow
)


@dataclass(frozen=True)
class Document:
    """One paper: a title, its blocks, and what stands in the margins.

    `condition` is the slug of one of the seven conditions; the title then carries its icon and its pattern.
    `one_page` sets everything a little smaller when that saves a second page.
    """

    title: str
    blocks: tuple[Block, ...]
    school: str = ""
    date: str = ""
    subtitle: str = ""
    language: str = "en"
    paper: str = "letter"
    condition: str = ""
    landscape: bool = False
    one_page: bool = False


def inside(blocks: Sequence[Block]) -> list[Block]:
    """List the blocks in reading order, those inside columns after their columns."""
    found: list[Block] = []
    for block in blocks:
        found.append(block)
        if isinstance(block, Columns):
            found += inside(block.left + block.right)
    return found
