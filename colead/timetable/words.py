"""Sentences that stay translatable: a template, and the facts that fill it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

Translate = Callable[[str], str]


def same(text: str) -> str:
    """Leave a text in English: the default where no language was asked for."""
    return text


def mark(text: str) -> str:
    """Mark a text for translation without translating it: gettext finds it, the reader's language is known later."""
    return text


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence; `str()` gives it in English, `read` in the reader's language."""

    template: str
    facts: tuple[tuple[str, str | int], ...] = ()

    def __str__(self) -> str:
        return self.read(same)

    def read(self, translate: Translate) -> str:
        """Fill in the facts after the template was translated."""
        return translate(self.template) % dict(self.facts)


def say(template: str, **facts: str | int) -> Said:
    """Make a sentence of a marked template, with `%(name)s` where a fact goes."""
    return Said(template, tuple(facts.items()))


def listed(names: Iterable[str]) -> str:
    """Write names in a row: “A, B, C”."""
    return ", ".join(names)


def clock(minute: int) -> str:
    """Write minutes after midnight as 08:05."""
    return f"{minute // 60:02d}:{minute % 60:02d}"
