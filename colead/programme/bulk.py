"""Read schools from a table and say, row by row, what would become of each. Pure: nothing is written here."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from colead.schools.roster.lines import FileRefused, LineRefused
from colead.schools.roster.tables import FORMULA, best_delimiter, clean, csv_rows, text_of
from colead.schools.zones import USUAL

HEADINGS = {
    "name": ("name", "school", "school name", "schoolname", "sch_name"),
    "nces_id": ("nces id", "nces", "ncesid", "ncessch", "nces_id", "nces school id"),
    "place": ("place", "town", "city", "town and state", "location"),
    "time_zone": ("time zone", "timezone", "time_zone", "zone"),
}
MOST = 2000
LONGEST = 200


@dataclass(frozen=True)
class Row:
    """One school of the file. `problem` says why it cannot come in; `here` that the office sees it already."""

    line: int
    name: str
    nces_id: str
    place: str
    time_zone: str
    problem: str = ""
    here: bool = False


def read_schools(data: bytes) -> tuple[Row, ...]:
    """Read a CSV with a line of headings. Refuses with FileRefused what is no table, or has no column of names."""
    text = text_of(data)
    rows = list(csv_rows(text, best_delimiter(text, lambda cells: len(_columns(cells)))))
    if not rows:
        return ()
    columns = _columns(rows[0][1])
    if "name" not in columns:
        raise NoNames
    return tuple(_row(line, cells, columns) for line, cells in rows[1 : MOST + 1])


class NoNames(ValueError):
    """Refuse a table without a column of names."""


def _columns(cells: list[str]) -> dict[str, int]:
    known = {heading: key for key, headings in HEADINGS.items() for heading in headings}
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        key = known.get(" ".join(cell.strip().lower().split()))
        if key:
            found.setdefault(key, place)
    return found


def _row(line: int, cells: list[str], columns: Mapping[str, int]) -> Row:
    try:
        told = {key: clean(cells[at], key) if at < len(cells) else "" for key, at in columns.items()}
    except LineRefused:
        return Row(line, "", "", "", "", _("A cell is too long, or holds characters that cannot be read."))
    facts = {"nces_id": "", "place": "", "time_zone": "", **told}
    facts["nces_id"] = re.sub(r"[\s-]", "", facts["nces_id"])
    return Row(line, facts["name"], facts["nces_id"], facts["place"], facts["time_zone"] or USUAL)


def judged(
    rows: Iterable[Row], *, zones: frozenset[str], ours: frozenset[str], taken: frozenset[str]
) -> tuple[Row, ...]:
    """Say what is wrong with each row. `ours` are NCES numbers that the office sees, `taken` those of other schools."""
    seen: set[str] = set()
    found = []
    for row in rows:
        problem = row.problem or _problem(row, zones, taken, seen)
        found.append(Row(**{**row.__dict__, "problem": problem, "here": row.nces_id in ours and not problem}))
        seen.update(key for key in (row.nces_id, _key(row)) if key)
    return tuple(found)


def _key(row: Row) -> str:
    return "" if row.nces_id else f"{row.name.casefold()}|{row.place.casefold()}"


def _problem(row: Row, zones: frozenset[str], taken: frozenset[str], seen: set[str]) -> str:
    if not row.name:
        return _("The name is missing.")
    if row.name.startswith(FORMULA) or len(row.name) > LONGEST or len(row.place) > LONGEST:
        return _("The name or the town is too long, or begins like a formula.")
    if row.nces_id and not re.fullmatch(r"[0-9]{12}", row.nces_id):
        return _("An NCES school ID has 12 digits; this one is “%(id)s”. Did the spreadsheet shorten it?") % {
            "id": row.nces_id[:30]
        }
    if row.time_zone not in zones:
        return _("We do not know the time zone “%(zone)s”. Write one such as America/New_York.") % {
            "zone": row.time_zone[:40]
        }
    if row.nces_id in seen or _key(row) in seen:
        return _("This school stands in the file twice.")
    if row.nces_id in taken:
        return _("This school is in Colead and follows no office, or another. Give its principal a code.")
    return ""


__all__ = ["FileRefused", "NoNames", "Row", "judged", "read_schools"]
