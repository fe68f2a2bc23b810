"""What a reading would change in the roster we have: decided here, shown to people, then done exactly so."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from colead.schools.roster.lines import Line, Org, Reading, Refused


@dataclass(frozen=True)
class Entry:
    """A line of our roster."""

    id: int
    email: str
    name: str
    job: str
    grades: str
    subjects: str
    has_left: bool = False


@dataclass(frozen=True)
class Change:
    """One fact that the file has otherwise. `field` is the name of the roster's column, or "has_left"."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class Changed:
    """Somebody on our roster about whom the file says something new."""

    entry: Entry
    line: Line
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Plan:
    """What will be done. `absent` are people of ours who are not in the file; they stay unless somebody says so."""

    added: tuple[Line, ...]
    changed: tuple[Changed, ...]
    unchanged: tuple[Entry, ...]
    absent: tuple[Entry, ...]
    refused: tuple[Refused, ...]
    pupils: int
    elsewhere: int  # staff of other schools in the same file

    @property
    def does_nothing(self) -> bool:
        return not self.added and not self.changed


def plan(reading: Reading, roster: Iterable[Entry], org: str = "") -> Plan:
    """Compare a reading with our roster, by address. With `org`, only its staff count."""
    ours = {entry.email: entry for entry in roster}
    lines = [line for line in reading.lines if not org or org in line.orgs]
    met = [(ours[line.email], line) for line in lines if line.email in ours]
    changed = [Changed(entry, line, changes) for entry, line in met if (changes := _changes(entry, line))]
    in_file = {line.email for line in lines}
    return Plan(
        added=tuple(line for line in lines if line.email not in ours),
        changed=tuple(changed),
        unchanged=tuple(entry for entry, line in met if not _changes(entry, line)),
        absent=tuple(entry for entry in ours.values() if entry.email not in in_file and not entry.has_left),
        refused=reading.refused,
        pupils=reading.pupils,
        elsewhere=len(reading.lines) - len(lines),
    )


def _changes(entry: Entry, line: Line) -> tuple[Change, ...]:
    """Return what differs; what the file has no column for does not."""
    pairs = [(field, getattr(entry, field), getattr(line, field)) for field in ("name", "job", "grades", "subjects")]
    changes = [Change(field, old, new) for field, old, new in pairs if new is not None and new != old]
    back = [Change("has_left", "yes", "")] if entry.has_left else []
    return (*back, *changes)


def fingerprint(roster: Iterable[Entry]) -> str:
    """Return a hash of the whole roster: equal as long as nothing in it changed."""
    facts = sorted(map(repr, roster))
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()


def org_of(reading: Reading, *, name: str, nces_id: str) -> str | None:
    """Return the organisation that is this school, "" where the file names none, None where people must say.

    Known by its NCES ID, else by its name; the only one in the file needs no asking.
    """
    used = {org for line in reading.lines for org in line.orgs}
    orgs = [org for org in reading.orgs if org.id in used] or list(reading.orgs)
    if not orgs:
        return ""
    for matches in (
        [org.id for org in orgs if nces_id and org.identifier == nces_id],
        [org.id for org in orgs if org.name and org.name.casefold() == name.casefold()],
    ):
        if len(matches) == 1:
            return matches[0]
    return orgs[0].id if _is_only(orgs) else None


def _is_only(orgs: list[Org]) -> bool:
    return len(orgs) == 1
