"""All that an editor wants to be told about the content, before a school sees it."""

import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from pathlib import Path

from colead.content.agree import disagreements
from colead.content.files import ELSEWHERE, MANY, ROOT, SINGLE, languages, names, read
from colead.content.loader import ORIGINAL
from colead.content.mistakes import ContentError, Mistake
from colead.content.model import Basics, BeforeYouStart, Guide, Overview, PageFile, Value
from colead.content.prose import fixed, reading_minutes, texts
from colead.content.released import changed

PLACEHOLDER = re.compile(r"\b(todo|tbd|tbc|fixme|xxx+|lorem|ipsum|placeholder|coming soon)\b", re.IGNORECASE)


def check(root: Path = ROOT) -> tuple[Mistake, ...]:
    """Return every mistake in every content file, in the order of the files; none means that all is fine."""
    values: dict[str, Value] = {}
    mistakes = {*changed(root)}
    for file in files(root):
        try:
            values[file] = read(root, file)
        except ContentError as error:
            mistakes.update(error.mistakes)
    mistakes.update(_absent(root, values.get(f"{ORIGINAL}/playbook.yaml")), disagreements(values))
    for file, value in values.items():
        mistakes.update(_unfinished(file, value), _untimely(file, value), _untrue(file, value, values))
    return tuple(sorted(mistakes))


def files(root: Path = ROOT) -> tuple[str, ...]:
    """List every content file of every language (`en/guides/vision.yaml`) that this room reads."""
    found = ((language, name) for language in languages(root) for name in names(root, language))
    return tuple(f"{language}/{name}" for language, name in found if not name.startswith(ELSEWHERE))


def _absent(root: Path, basics: Value | None) -> Iterator[Mistake]:
    slugs = [condition.slug for condition in basics.conditions] if isinstance(basics, Basics) else []
    wanted = {*SINGLE, *(pattern.replace("*", slug) for pattern in MANY for slug in slugs)}
    for name in wanted - {*names(root, ORIGINAL)}:
        yield Mistake(f"{ORIGINAL}/{name}", "", "the file is missing")


def _unfinished(file: str, value: Value) -> Iterator[Mistake]:
    for text in texts(value):
        if word := PLACEHOLDER.search(text):
            yield Mistake(file, "", f"“{word[0]}” still stands where words should be")


def _untimely(file: str, value: Value) -> Iterator[Mistake]:
    for place, stated, measured in _times(value):
        if abs(stated - measured) > 1:
            yield Mistake(file, place, f"says {stated} minutes, but reading it takes {measured:.1f}")


def _times(value: Value) -> Iterator[tuple[str, int, float]]:
    match value:
        case Guide():
            yield "minutes", value.minutes, reading_minutes(value)
            for part in value.parts:
                yield f"part {part.key} > minutes", part.minutes, reading_minutes(part)
        case PageFile() | BeforeYouStart():
            yield "minutes", value.minutes, reading_minutes(value)
        case Overview():
            yield "minutes", value.minutes, reading_minutes(value.title, value.body)
        case Basics():
            yield "definition > minutes", value.definition.minutes, reading_minutes(value.definition)


def _untrue(file: str, value: Value, values: Mapping[str, Value]) -> Iterator[Mistake]:
    """Tell where a translation differs from the English file in what must stay the same."""
    english = values.get(f"{ORIGINAL}/{file.partition('/')[2]}")
    if english is None:
        yield Mistake(file, "", "there is no English file of this name that can be read")
    elif differences := [pair for pair in zip_longest(fixed(value), fixed(english)) if pair[0] != pair[1]]:
        here, there = (f"{field[0]} {field[1]}" if field else "nothing" for field in differences[0])
        yield Mistake(file, "", f"has {here} where the English file has {there}")
