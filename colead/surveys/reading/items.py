"""A list of questions from a CSV or XLSX file: part, question, perhaps a key and whether it is worded negatively."""

import re
from dataclasses import dataclass

PART, TEXT, KEY, REVERSED = "part", "text", "key", "reversed"
HEADINGS = {
    PART: {"part", "scale", "section", "group", "condition", "domain"},
    TEXT: {"question", "item", "text", "statement", "wording"},
    KEY: {"key", "code", "name", "id", "variable"},
    REVERSED: {"reversed", "reverse", "negative", "worded negatively"},
}
YES = {"yes", "y", "true", "1", "x", "r"}
MOST_ITEMS = 150
LONGEST = 500


class NotAList(ValueError):
    """The file is no list of questions; the message says why, with the line."""


@dataclass(frozen=True)
class Found:
    """One question as the file has it."""

    part: str
    text: str
    key: str = ""
    reversed: bool = False


@dataclass(frozen=True)
class FoundPart:
    """Questions with the answers they share, lowest first; no answers: those of the whole survey."""

    name: str
    items: tuple[Found, ...]
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class FoundSurvey:
    """What a file asks, and what of it was passed over."""

    title: str
    parts: tuple[FoundPart, ...]
    lines: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()


def read_items(rows: list[list[str]], *, title: str = "") -> FoundSurvey:
    """Return the questions in the rows of a table, headings first. Refuses with NotAList."""
    places = _places(rows[0])
    found = [one for number, row in enumerate(rows[1:], 2) if (one := _found(row, places, number))]
    if not found:
        raise NotAList("There is no question under the headings.")
    if len(found) > MOST_ITEMS:
        raise NotAList(f"There are {len(found)} questions; a survey holds at most {MOST_ITEMS}.")
    names = list(dict.fromkeys(one.part for one in found))
    return FoundSurvey(title, tuple(FoundPart(name, tuple(one for one in found if one.part == name)) for name in names))


def _places(headings: list[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        word = " ".join(heading.lower().split())
        for what, known in HEADINGS.items():
            if word in known:
                places.setdefault(what, place)
    if TEXT not in places:
        raise NotAList(
            "No column is called “question”. The first line names the columns: part, question, key, reversed."
        )
    return places


def _found(row: list[str], places: dict[str, int], number: int) -> Found | None:
    cells = {what: clean(row[place]) if place < len(row) else "" for what, place in places.items()}
    if not cells[TEXT]:
        return None
    if len(cells[TEXT]) > LONGEST:
        raise NotAList(f"Line {number}: the question is longer than {LONGEST} letters.")
    negative = cells.get(REVERSED, "").lower() in YES
    return Found(cells.get(PART, "") or "Questions", cells[TEXT], cells.get(KEY, ""), negative)


def clean(text: str) -> str:
    """Return a text on one line, without tags, character codes and what cannot be seen."""
    text = re.sub(r"<[^>]{0,300}>", " ", text)
    for code, letter in (
        ("&nbsp;", " "),
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", '"'),
        ("&#39;", "'"),
    ):
        text = text.replace(code, letter)
    return " ".join("".join(letter for letter in text if letter.isprintable() or letter.isspace()).split())


def slug_of(text: str, taken: set[str], *, fallback: str) -> str:
    """Return a key made of a text's letters that is not taken yet, and take it."""
    base = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")[:30]
    base = base if re.match(r"[a-z]", base) else f"{fallback}{'_' if base else ''}{base}"
    key, number = base, 2
    while key in taken:
        key, number = f"{base}_{number}", number + 1
    taken.add(key)
    return key
