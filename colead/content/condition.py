"""The seven conditions and the page on each."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from colead.content.value import Minutes, Slug, Text, Value

SectionKey = Literal["what", "looks", "why", "without"]
SECTIONS: tuple[SectionKey, ...] = ("what", "looks", "why", "without")


class Condition(Value):
    """One of the seven conditions; `letter` begins the code of everything asked about it."""

    slug: Slug
    number: int
    letter: Annotated[str, StringConstraints(pattern=r"^[A-Z]$")]
    name: Text
    aliases: tuple[Text, ...] = ()


class Section(Value):
    """One titled part of a condition page; `body` is Markdown."""

    key: SectionKey
    title: Text
    body: Text


class Page(Value):
    """What there is to read about a condition; `ours` says that the page had no full source."""

    nutshell: Text
    without: Text
    minutes: Minutes
    ours: bool
    sections: tuple[Section, Section, Section, Section]


class PageFile(Page):
    """What `conditions/<slug>.md` holds."""

    condition: Slug


class ConditionPage(Condition, Page):
    """A condition together with its page."""
