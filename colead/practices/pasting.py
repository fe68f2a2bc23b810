"""Read rows of the inventory that somebody pasted from a spreadsheet."""

import csv
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from colead.documents import unguard
from colead.plans.pasting import CannotRead as NotANumber
from colead.plans.pasting import read_number
from colead.practices.models import Initiative

MOST_LINES = 400
# The columns as our own list has them; without headings they are read in this order.
COLUMNS = (
    *("name", "kind", "source", "audience", "purpose", "outcome", "staff"),
    *("hours", "money", "fte", "evidence", "vision", "overlap"),
)
NUMBERS = ("hours", "money", "fte")
MENUS = ("kind", "source", "vision")


class CannotRead(ValueError):
    """Refuse what was pasted; `lines` say line by line why."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def column(name: str) -> Any:
    """Return the field that a column stands for."""
    return Initiative._meta.get_field(name)


def label_of(name: str) -> str:
    """Return what a column is called."""
    return str(capfirst(column(name).verbose_name))


def read_rows(text: str) -> list[dict[str, Any]]:
    """Read pasted lines, with tabs, semicolons or commas between the cells, into facts by field name.

    Columns that we do not know are left out. Refuses with CannotRead, naming every line that is wrong.
    """
    table = [row for row in _cells(text) if any(cell.strip() for _line, cell in row)]
    if len(table) > MOST_LINES:
        raise CannotRead([_("That is more than %s lines. Paste them in parts.") % MOST_LINES])
    names = _headings([cell for _line, cell in table[0]]) if table else []
    body = table[1:] if names else table
    rows, wrong = [], []
    for row in body:
        facts, mistakes = _row(row, names or list(COLUMNS))
        wrong += mistakes
        rows.append(facts)
    if wrong:
        raise CannotRead(wrong)
    return rows


def _cells(text: str) -> Iterator[list[tuple[int, str]]]:
    """Give each row as cells with the line they stand on; a quoted cell may hold lines of its own."""
    clean = text.replace("\0", "")
    first = clean.partition("\n")[0]
    between = next((mark for mark in ("\t", ";") if mark in first), ",")
    reader = csv.reader(clean.splitlines(keepends=True), delimiter=between)
    at = 1
    for row in reader:
        yield [(at, unguard(cell.strip())) for cell in row]
        at = reader.line_num + 1


def _headings(cells: list[str]) -> list[str]:
    """Return the field that each column names, "" for one we do not know; none where the first line is no heading."""
    known = {label_of(name).casefold(): name for name in COLUMNS} | {name: name for name in COLUMNS}
    found = [known.get(cell.casefold(), "") for cell in cells]
    return found if "name" in found else []


def _row(row: list[tuple[int, str]], names: list[str]) -> tuple[dict[str, Any], list[str]]:
    line = row[0][0]
    facts: dict[str, Any] = {}
    wrong: list[str] = []
    for name, (_line, cell) in zip(names, row, strict=False):
        if not name or not cell:
            continue
        try:
            facts[name] = _value(name, cell)
        except (NotANumber, ValueError) as reason:
            wrong.append(
                _("Line %(line)s, %(column)s: %(why)s") % {"line": line, "column": label_of(name), "why": reason}
            )
    if not facts.get("name") and not wrong:
        wrong.append(_("Line %(line)s: the name is missing") % {"line": line})
    return facts, wrong


def _value(name: str, cell: str) -> Any:
    """Return a cell as the field keeps it. Refuses with ValueError, saying why."""
    if name in NUMBERS:
        return _amount(name, cell)
    if name in MENUS:
        return _choice(name, cell)
    longest = column(name).max_length
    if longest and len(cell) > longest:
        raise ValueError(_("that is longer than %s letters") % longest)
    return cell


def _amount(name: str, cell: str) -> Decimal:
    field = column(name)
    number: Decimal = round(read_number(cell.lstrip("$€£ ")), field.decimal_places)
    if number < 0 or number >= Decimal(10) ** (field.max_digits - field.decimal_places):
        raise ValueError(_("“%s” cannot be right") % cell[:40])
    return number


def _choice(name: str, cell: str) -> Any:
    """Find the choice by its name, its code, or its number where it begins with one."""
    choices = column(name).flatchoices
    wanted = cell.casefold()
    for value, label in choices:
        if wanted in (str(value).casefold(), str(label).casefold()):
            return value
    named = ", ".join(str(label) for _value, label in choices)
    raise ValueError(_("“%(cell)s” is none of: %(choices)s") % {"cell": cell[:40], "choices": named})
