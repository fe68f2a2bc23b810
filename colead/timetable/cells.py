"""What stands in one cell of the CSV set: numbers, clock times, lists, words."""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

from colead.timetable.csvs import rows_of
from colead.timetable.reading import CannotRead, Report
from colead.timetable.words import mark, say

Kind = TypeVar("Kind", bound=StrEnum)

_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})")
LARGEST = 10_000


class BadCell(ValueError):
    """Refuse one cell: a template and the facts for it."""

    def __init__(self, template: str, **facts: str | int) -> None:
        super().__init__(template % facts)
        self.template, self.facts = template, facts


class Line:
    """One row of a table, asked by the name of a column."""

    def __init__(self, number: int, cells: Mapping[str, str]) -> None:
        self.number, self.cells = number, cells

    def text(self, column: str) -> str:
        return self.cells.get(column, "")

    def needed(self, column: str) -> str:
        """Read a cell that must not be empty."""
        if not (text := self.text(column)):
            raise BadCell(mark("The column “%(column)s” is empty."), column=column)
        return text

    def list(self, column: str) -> tuple[str, ...]:
        """Read names between semicolons, each once."""
        return tuple(dict.fromkeys(name for one in self.text(column).split(";") if (name := one.strip())))

    def number_in(self, column: str, default: int = 0) -> int:
        """Read a whole number from 0 on."""
        text = self.text(column)
        if not text:
            return default
        if not (text.isascii() and text.isdigit()) or len(text) > 5 or int(text) > LARGEST:
            raise BadCell(mark("“%(text)s” in “%(column)s” is no number we can use."), text=text, column=column)
        return int(text)

    def clock(self, column: str) -> int:
        """Read 08:05 as minutes after midnight."""
        found = _CLOCK.fullmatch(text := self.needed(column))
        if not found or int(found[1]) > 24 or int(found[2]) > 59:
            raise BadCell(mark("“%(text)s” in “%(column)s” is no time like 08:05."), text=text, column=column)
        return 60 * int(found[1]) + int(found[2])

    def kind(self, column: str, kinds: type[Kind], default: Kind) -> Kind:
        """Read one of a few words."""
        text = self.text(column).casefold()
        if text and text not in {kind.value for kind in kinds}:
            words = ", ".join(kinds)
            template = mark("“%(text)s” in “%(column)s” is none of these: %(words)s.")
            raise BadCell(template, text=text, column=column, words=words)
        return kinds(text) if text else default


def is_clock(text: str) -> bool:
    """Say whether a text looks like 08:05."""
    return bool(_CLOCK.fullmatch(text))


def lines_of(report: Report, file: str, data: bytes, needed: tuple[str, ...], more: tuple[str, ...]) -> Iterator[Line]:
    """Read a CSV with headings as lines; unknown headings are told, missing ones refuse the file."""
    rows = rows_of(file, data)
    if not rows:
        raise CannotRead(file, 0, say(mark("The file is empty.")))
    line, first = rows[0]
    headings = [cell.casefold().replace(" ", "_") for cell in first]
    _judge_headings(report, file, line, headings, needed, more)
    for number, cells in rows[1:]:
        if len(cells) > len(headings):
            report.wrong(file, number, mark("The row has more cells than there are headings."))
        else:
            yield Line(number, dict(zip(headings, cells, strict=False)))


def _judge_headings(
    report: Report, file: str, line: int, headings: list[str], needed: tuple[str, ...], more: tuple[str, ...]
) -> None:
    if missing := [name for name in needed if name not in headings]:
        raise CannotRead(file, line, say(mark("The heading “%(name)s” is missing."), name=missing[0]))
    if twice := [name for name in headings if name and headings.count(name) > 1]:
        raise CannotRead(file, line, say(mark("The heading “%(name)s” is there twice."), name=twice[0]))
    for name in headings:
        if name and name not in (*needed, *more):
            report.odd(file, line, mark("We do not know the column “%(name)s” and leave it out."), name=name)
