"""How a number is written down, and how a line says where it comes from."""

from collections.abc import Callable
from dataclasses import dataclass

Translate = Callable[[str], str]


def same(text: str) -> str:
    """Leave a text in English: the default where no language was asked for."""
    return text


def mark(text: str) -> str:
    """Mark a text for translation without translating it: gettext finds it, the reader's language is known later."""
    return text


@dataclass(frozen=True)
class HowWeKnow:
    """The fold-out behind a line: how the figure is worked out, from how many answers, and whose method it is."""

    formula: str
    answers: str
    source: str


@dataclass(frozen=True)
class Line:
    """One sentence a teacher can repeat, and how we know."""

    text: str
    how: HowWeKnow


def one(value: float) -> str:
    """Write a mean: one decimal."""
    return f"{value:.1f}"


def percent(share: float) -> str:
    return f"{100 * share:.0f}"


def times(chance: float, translate: Translate) -> str:
    """Write a chance as so many times in 100; a tiny one is not called never."""
    if chance < 0.01:
        return translate(mark("less than once in 100 times"))
    return translate(mark("%(times)d times in 100")) % {"times": round(100 * chance)}
