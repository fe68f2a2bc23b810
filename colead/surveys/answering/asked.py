"""What one wave asks, as its page shows it and as its answers come back: places, not words."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext

from colead.analysis.instrument import AnswerScale, Instrument, Item
from colead.answers import box
from colead.surveys.catalogue import in_language

CANNOT_SAY = "x"
SKIPPED = ""


@dataclass(frozen=True)
class Option:
    """One answer to tick."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True)
class AskedItem:
    """One question: the name of its field, its number on the page, its words, the answers on offer."""

    field: str
    number: int
    text: str
    options: tuple[Option, ...]
    asides: tuple[Option, ...]  # "cannot say" and "skip", set a little apart


@dataclass(frozen=True)
class Part:
    name: str
    items: tuple[AskedItem, ...]


@dataclass(frozen=True)
class Line:
    """One open line: the name of its field, its words, what was typed."""

    field: str
    text: str
    given: str = ""


@lru_cache(maxsize=256)
def facts(ref: str) -> box.WaveFacts:
    """Return what was fixed when a wave opened; of this only the last day can still move, and it is not read here."""
    return box.facts(ref)


def fields_of(instrument: Instrument) -> dict[str, Item]:
    """Return the questions by the name of their field on the page."""
    return {f"a{place}": item for place, item in enumerate(instrument.items)}


def parts(instrument: Instrument, language: str, given: dict[str, str]) -> tuple[Part, ...]:
    """Return the questions in a reader's language; `given` is what they had ticked."""
    shown = in_language(instrument, language)
    number, found = 0, []
    for scale in shown.scales:
        items = []
        for item in scale.items:
            items.append(_item(item, number, shown.answers_of(scale), given.get(f"a{number}")))
            number += 1
        found.append(Part(gettext(scale.name), tuple(items)))
    return tuple(found)


def _item(item: Item, place: int, offered: AnswerScale, chosen: str | None) -> AskedItem:
    labels = [(str(number), label) for number, label in enumerate(offered.labels, 1)]
    asides = [(CANNOT_SAY, offered.cannot_say)] if offered.cannot_say else []
    asides.append((SKIPPED, gettext("Skip")))
    return AskedItem(
        f"a{place}",
        place + 1,
        item.text,
        tuple(Option(value, label, value == chosen) for value, label in labels),
        tuple(Option(value, label, value == chosen) for value, label in asides),
    )


def lines(instrument: Instrument, language: str, given: dict[str, str]) -> tuple[Line, ...]:
    """Return the open lines in a reader's language."""
    shown = in_language(instrument, language).open_lines
    return tuple(Line(f"c{n}", line.text, given.get(f"c{n}", "")) for n, line in enumerate(shown))


def groups(facts: box.WaveFacts, given: dict[str, str]) -> tuple[Option, ...]:
    """Return the groups people may put themselves in, and the way not to."""
    if not facts.breakdown:
        return ()
    labels = [(str(number), gettext(label)) for number, label in enumerate(facts.breakdown.categories, 1)]
    labels.append((SKIPPED, gettext("I would rather not say")))
    return tuple(Option(value, label, value == given.get("group")) for value, label in labels)
