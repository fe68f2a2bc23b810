"""Read values that somebody pasted from a table: a date, a value, for shares out of how many, and a note."""

import csv
import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

MOST_LINES = 1000
FEWEST_PEOPLE = 5  # a share of fewer could point at one of them
_SHAPES = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%d.%m.%Y")
_BIGGEST = Decimal(10) ** 10
_NUMBER = re.compile(r"[+-]?(?:\d{1,40}\.?\d{0,40}|\.\d{1,40})", re.ASCII)


@dataclass(frozen=True)
class Value:
    """One value of an indicator."""

    on: date
    value: Decimal
    n: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Mistake:
    """One line that cannot be read: its number from 1, and why."""

    line: int
    why: str


class CannotRead(ValueError):
    """Refuse one line; the message says why."""


def read_values(text: str, *, share: bool) -> tuple[tuple[Value, ...], tuple[Mistake, ...]]:
    """Read pasted lines, with tabs, semicolons or commas between the cells; a first line of headings is left out.

    Every line that cannot be read is named with its number. Dates are 2026-11-30 or 11/30/2026.
    """
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        return (), (Mistake(MOST_LINES + 1, _("That is more than %s lines. Paste them in parts.") % MOST_LINES),)
    values: dict[date, Value] = {}
    mistakes: list[Mistake] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or (number == 1 and not re.search(r"\d", line)):
            continue
        try:
            value = read_line(line, share=share)
            if value.on in values:
                raise CannotRead(_("there is a value for this day already, further up"))
            values[value.on] = value
        except CannotRead as wrong:
            mistakes.append(Mistake(number, str(wrong)))
    return tuple(values.values()), tuple(mistakes)


def read_line(line: str, *, share: bool) -> Value:
    """Read one line. Refuses with CannotRead."""
    cells = [cell.strip() for cell in next(csv.reader([line.replace("\0", "")], delimiter=_between(line)))]
    if len(cells) < 2:
        raise CannotRead(_("a date and a value are needed"))
    n_text = cells[2] if share and len(cells) > 2 else ""
    note = " ".join(cells[3 if share else 2 :]).strip()[:300]
    value = read_number(cells[1])
    return checked(Value(read_date(cells[0]), value, _read_people(n_text) if share else None, note))


def checked(value: Value) -> Value:
    """Return the value if a share is a share of enough people. Refuses with CannotRead."""
    if value.n is None:
        return value
    if value.n < FEWEST_PEOPLE:
        raise CannotRead(_("a share of fewer than %s people could point at one of them") % FEWEST_PEOPLE)
    if not 0 <= value.value <= value.n or value.value != value.value.to_integral_value():
        raise CannotRead(_("a share is a whole number of people between 0 and %s") % value.n)
    return value


def _between(line: str) -> str:
    return next((mark for mark in ("\t", ";") if mark in line), ",")


def read_date(text: str) -> date:
    """Read a date in one of the usual shapes. Refuses with CannotRead."""
    for shape in _SHAPES:
        try:
            return datetime.strptime(text, shape).date()
        except ValueError:
            continue
    raise CannotRead(_("“%s” is not a date. Write it as 2026-11-30.") % text[:40])


def read_number(text: str) -> Decimal:
    """Read a number, with a point or a comma before its decimals. Refuses with CannotRead."""
    plain = text.rstrip("% ").replace(" ", "").replace("−", "-")
    plain = plain.replace(",", ".") if plain.count(",") == 1 and "." not in plain else plain.replace(",", "")
    if not _NUMBER.fullmatch(plain):
        raise CannotRead(_("“%s” is not a number") % text[:40])
    number = Decimal(plain)
    if abs(number) >= _BIGGEST:
        raise CannotRead(_("“%s” is too large to draw") % text[:40])
    return round(number, 4)


def _read_people(text: str) -> int:
    if not re.fullmatch(r"\d{1,7}", text, re.ASCII):
        raise CannotRead(_("a share needs a third cell: out of how many"))
    return int(text)
