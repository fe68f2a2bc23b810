"""Read a table of answers from a CSV file, part by part, refusing what does not fit with the line it stands in."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from colead.analysis.instrument import Instrument
from colead.analysis.sheet import Answer, codes_of

KNOWN = ("school", "wave", "group", "people")
PART = 20_000
MOST_COMPLAINTS = 20


class BadTable(ValueError):
    """The file cannot be read as answers; the message names each line and what is wrong with it."""


@dataclass(frozen=True)
class Row:
    """One person: school, wave, group ("" where the table has no such column) and codes in the instrument's order."""

    school: str
    wave: str
    group: str
    codes: tuple[int, ...]


@dataclass
class _Complaints:
    lines: list[str] = field(default_factory=list)

    def add(self, line: int, what: str) -> None:
        self.lines.append(f"line {line}: {what}")
        if len(self.lines) >= MOST_COMPLAINTS:
            self.lines.append("and perhaps more: this list stops here")
            self.refuse()

    def refuse(self) -> None:
        if self.lines:
            raise BadTable("\n".join(self.lines))


def words_of(instrument: Instrument) -> tuple[dict[str, int], ...]:
    """Return for each item what a cell may hold: the number, the label in any case, "cannot say", or nothing."""
    found = []
    for scale in instrument.scales:
        offered = instrument.answers_of(scale)
        table = {"": 0}
        for place, label in enumerate(offered.labels):
            table |= {label.casefold(): place + 1, str(offered.low + place): place + 1}
        if offered.cannot_say:
            table |= {offered.cannot_say.casefold(): -1, "cannot say": -1}
        found += [table] * len(scale.items)
    return tuple(found)


def read_rows(path: Path, instrument: Instrument) -> Iterator[Row]:
    """Read people one by one; raise BadTable with up to twenty complaints, each with its line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from _rows(file, instrument)
    except UnicodeDecodeError as error:
        raise BadTable("The file is not in UTF-8. Save it as “CSV UTF-8” and try again.") from error
    except OSError as error:
        raise BadTable(f"The file cannot be opened: {error.strerror}.") from error


def _rows(file: TextIO, instrument: Instrument) -> Iterator[Row]:
    lines = csv.reader(file)
    complaints = _Complaints()
    names = _line(lines, 1)
    if names is None:
        raise BadTable("line 1: the file is empty; it needs a line with the names of the columns")
    places, items = _header([name.strip() for name in names], instrument)
    tables = words_of(instrument)
    some = False
    while (cells := _line(lines, lines.line_num + 1)) is not None:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(names):
            complaints.add(lines.line_num, f"{len(cells)} cells instead of {len(names)}")
            continue
        row = _row([cell.strip() for cell in cells], places, items, tables, instrument, lines.line_num, complaints)
        if not complaints.lines:
            some = True
            yield row
    complaints.refuse()
    if not some:
        raise BadTable("There are no answers below the names of the columns.")


def _line(lines: Iterator[list[str]], number: int) -> list[str] | None:
    try:
        return next(lines, None)
    except csv.Error as error:
        raise BadTable(f"line {number}: this is not a table ({error})") from error


def _header(names: Sequence[str], instrument: Instrument) -> tuple[dict[str, int], list[int | None]]:
    wanted = [item.key for item in instrument.items]
    complaints = _Complaints()
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            complaints.add(1, f"the column “{name}” stands there twice")
        elif name not in wanted and name not in KNOWN:
            complaints.add(1, f"“{name}” is no question of {instrument.name}; take this column out, names above all")
    here = [key for key in wanted if key in names]
    if not here:
        complaints.add(
            1, f"there is no question of {instrument.name}; columns are named {wanted[0]}, {wanted[1]} and so on"
        )
    complaints.refuse()
    places = {name: names.index(name) for name in KNOWN if name in names}
    return places, [names.index(key) if key in names else None for key in wanted]


def _row(
    cells: Sequence[str],
    places: dict[str, int],
    items: Sequence[int | None],
    tables: Sequence[dict[str, int]],
    instrument: Instrument,
    line: int,
    complaints: _Complaints,
) -> Row:
    codes = []
    for at, (place, table) in enumerate(zip(items, tables, strict=True)):
        cell = "" if place is None else cells[place].casefold()
        if cell not in table:
            complaints.add(line, _wrong(cells[place or 0], at, instrument))
        codes.append(table.get(cell, 0))
    school, wave, group = (cells[places[name]] if name in places else "" for name in ("school", "wave", "group"))
    if "school" in places and not school:
        complaints.add(line, "the school is missing")
    return Row(school, wave, group, tuple(codes))


def _wrong(cell: str, at: int, instrument: Instrument) -> str:
    numbers = [number for number in codes_of(instrument)[at] if isinstance(number, int)]
    return f"{instrument.items[at].key} takes a number from {min(numbers)} to {max(numbers)}, not “{cell[:40]}”"


def answers_of(row: Row, instrument: Instrument) -> dict[str, Answer]:
    """Turn codes back into answers by item key."""
    lows = [instrument.answers_of(scale).low for scale in instrument.scales for _ in scale.items]
    return {
        item.key: None if not code else "cannot say" if code < 0 else code + low - 1
        for item, code, low in zip(instrument.items, row.codes, lows, strict=True)
    }


def parts(
    rows: Iterable[Row], size: int = PART, tell: Callable[[int], None] = lambda done: None
) -> Iterator[list[Row]]:
    """Hand on rows in parts of at most `size`, one in memory at a time; `tell` hears how many are read."""
    part: list[Row] = []
    done = 0
    for row in rows:
        part.append(row)
        done += 1
        if len(part) == size:
            tell(done)
            yield part
            part = []
    if part:
        tell(done)
        yield part


def read_lists(path: Path) -> dict[tuple[str, str], int]:
    """Read the sizes of staff lists: columns school, people and, if they differ by wave, wave."""
    found: dict[tuple[str, str], int] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                people = (row.get("people") or "").strip()
                if not people.isdecimal() or len(people) > 6:
                    raise BadTable(f"line {len(found) + 2}: people must be a whole number, not “{people[:40]}”")
                found[(row.get("school") or "").strip(), (row.get("wave") or "").strip()] = int(people)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadTable(f"The staff lists cannot be read: {error}.") from error
    return found
