"""Answers that another tool collected, mapped onto a survey: a dry run that stores nothing and drops who answered."""

import re
from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from colead.analysis.instrument import AnswerScale, Instrument
from colead.surveys.reading.items import clean

MOST_PEOPLE = 2000
MOST_COLUMNS = 200
MANY_DIFFERENT = 12  # more different short answers than this in a column: no scale has so many
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
PERSONAL = re.compile(
    r"\b(e-?mail|(first|last|full|sur|user|staff|your)? ?name|respondent|recipient|ip ?address|ipaddress|phone|login|"
    r"employee|external ?(data ?)?ref\w*|token|location\w*)\b",
    re.IGNORECASE,
)
AROUND = re.compile(
    r"^(timestamp|(start|completion|end|recorded|submit|last (modified|action))[ _]?(time|date|page)?|id|response ?id|"
    r"status|progress|finished|duration.*|seed|lastpage|startlanguage|userlanguage|distributionchannel|"
    r"total points|quiz feedback)$",
    re.IGNORECASE,
)
UNSURE = {"cannot say", "i cannot say", "can't say", "don't know", "i don't know", "dont know", "not sure"}
UNSURE |= {"n/a", "na", "no opinion"}
ALIKE = 0.82


class NotAnswers(ValueError):
    """The file holds no answers that can be read; the message says why."""


@dataclass(frozen=True)
class Column:
    """A column that may hold answers: its place, its heading, its cells."""

    place: int
    heading: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Brought:
    """What a file holds once names, addresses, times and the like are out of it.

    `dropped`: headings of what was left out. `twice`: rows left out since their address had answered before.
    """

    columns: tuple[Column, ...]
    people: int
    dropped: tuple[str, ...]
    twice: int


@dataclass(frozen=True)
class Mapping:
    """Which column answers which question; `flipped` are columns whose numbers run the other way round."""

    items: dict[str, int]
    lines: dict[str, int] = field(default_factory=dict)
    flipped: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Person:
    """One person's answers and comments, as the box takes them."""

    answers: dict[str, int | str | None]
    comments: dict[str, str]


@dataclass(frozen=True)
class DryRun:
    """What taking the file in would do: who would count, what could not be read, what looks odd."""

    people: tuple[Person, ...]
    empty: int
    alike: int
    unread: dict[str, tuple[str, ...]]  # question -> cells that fit no answer


def read_brought(rows: list[list[str]]) -> Brought:
    """Return the columns of a file without anything that says who answered. Refuses with NotAnswers."""
    headings, body = _headings(rows)
    if not body:
        raise NotAnswers("There is no row of answers under the headings.")
    if len(body) > MOST_PEOPLE:
        raise NotAnswers(f"There are {len(body)} rows; at most {MOST_PEOPLE} can be taken in.")
    table = [[row[place].strip() if place < len(row) else "" for place in range(len(headings))] for row in body]
    table, twice = _once(headings, table)
    columns, dropped = [], []
    for place, heading in enumerate(headings):
        cells = tuple(row[place] for row in table)
        if _tells_who(heading, cells):
            dropped.append(heading or f"column {place + 1}")
        elif any(cells):
            columns.append(Column(place, heading or f"column {place + 1}", tuple(map(_without_addresses, cells))))
    if not columns:
        raise NotAnswers("Nothing is left when names, addresses and times are taken out.")
    return Brought(tuple(columns), len(table), tuple(dropped), twice)


def _headings(rows: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """Return headings and the rows under them; Qualtrics writes three lines of headings, the words in the second."""
    if len(rows) > 2 and any('"ImportId"' in cell for cell in rows[2]):
        return [clean(cell)[:300] for cell in rows[1][:MOST_COLUMNS]], rows[3:]
    return [clean(cell)[:300] for cell in rows[0][:MOST_COLUMNS]], rows[1:]


def _once(headings: list[str], table: list[list[str]]) -> tuple[list[list[str]], int]:
    """Keep the first row of each address, where there is a column of addresses."""
    places = [place for place in range(len(headings)) if _holds_addresses([row[place] for row in table])]
    if not places:
        return table, 0
    seen: set[str] = set()
    kept = []
    for row in table:
        address = row[places[0]].lower()
        if not address or address not in seen:
            kept.append(row)
        seen.add(address)
    return kept, len(table) - len(kept)


def _holds_addresses(cells: list[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and sum(bool(ADDRESS.fullmatch(cell)) for cell in filled) * 2 >= len(filled)


def _tells_who(heading: str, cells: tuple[str, ...]) -> bool:
    """Say whether a column says who answered, when, or from where."""
    short = len(heading) <= 40
    if _holds_addresses(list(cells)) or AROUND.match(heading.strip()) or (short and PERSONAL.search(heading)):
        return True
    return any(re.fullmatch(r"\d{1,3}(\.\d{1,3}){3}", cell) for cell in cells)


def _without_addresses(cell: str) -> str:
    return ADDRESS.sub("[address]", cell)[:4000]


def guess(brought: Brought, instrument: Instrument) -> Mapping:
    """Match columns with questions, by key or by words; each column once."""
    free = {column.place: column for column in brought.columns}
    items = {item.key: place for item in instrument.items if (place := _best(item.key, item.text, free)) is not None}
    lines = {
        line.key: place for line in instrument.open_lines if (place := _best(line.key, line.text, free)) is not None
    }
    return Mapping(items, lines)


def _best(key: str, text: str, free: dict[int, Column]) -> int | None:
    wanted = _bare(text)
    scores = {place: _likeness(key.lower(), wanted, column.heading) for place, column in free.items()}
    place = max(scores, key=lambda one: scores[one], default=None)
    if place is None or scores[place] < ALIKE:
        return None
    del free[place]
    return place


def _likeness(key: str, wanted: str, heading: str) -> float:
    here = _bare(heading)
    if heading.strip().lower() == key or (wanted and wanted in here):
        return 1.0
    return SequenceMatcher(None, wanted, here, autojunk=False).quick_ratio() if wanted and here else 0.0


def _bare(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


def dry_run(brought: Brought, instrument: Instrument, mapping: Mapping) -> DryRun:
    """Return what taking the file in would do; nothing happens."""
    columns = {column.place: column for column in brought.columns}
    offered = {item.key: instrument.answers_of(s) for s in instrument.scales for item in s.items}
    unread: dict[str, list[str]] = {}
    people = []
    for row in range(brought.people):
        answers: dict[str, int | str | None] = {}
        for key, place in mapping.items.items():
            cell = columns[place].cells[row]
            answers[key] = read_cell(cell, offered[key], flipped=place in mapping.flipped)
            if answers[key] is None and cell:
                unread.setdefault(key, []).append(cell[:40])
        comments = {key: columns[place].cells[row][:2000] for key, place in mapping.lines.items()}
        people.append(Person(answers, {key: text for key, text in comments.items() if text}))
    there = tuple(person for person in people if any(value is not None for value in person.answers.values()))
    same = Counter(tuple(sorted(map(str, person.answers.items()))) for person in there)
    alike = sum(count - 1 for count in same.values())
    shown = {key: tuple(dict.fromkeys(cells))[:5] for key, cells in unread.items()}
    return DryRun(there, len(people) - len(there), alike, shown)


def read_cell(cell: str, offered: AnswerScale, *, flipped: bool = False) -> int | str | None:
    """Return the answer a cell means: by its words, by its number, by both ("4 - Agree"); None where it is none."""
    word = " ".join(cell.lower().replace("’", "'").split())
    labels = [" ".join(label.lower().replace("’", "'").split()) for label in offered.labels]
    if word in labels:
        return offered.low + labels.index(word)
    if offered.cannot_say and (word in UNSURE or word == offered.cannot_say.lower()):
        return "cannot say"
    number = re.match(r"^(\d{1,2})(?:\.0+)?(?:\s*[-–:.)=]\s*\D.*)?$", word)
    if not number or not offered.low <= int(number[1]) <= offered.high:
        return None
    return offered.low + offered.high - int(number[1]) if flipped else int(number[1])
