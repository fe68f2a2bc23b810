"""The whole playbook in one language: what surrounds the guides, and how a code finds its place."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Self, TypeVar

from pydantic import Field, StringConstraints, model_validator

from colead.content.condition import SECTIONS, Condition, ConditionPage, PageFile, Section
from colead.content.guide import (
    PARTS,
    Criterion,
    Guide,
    Kind,
    Part,
    PartKey,
    Prompt,
    Question,
    Resource,
    Rubric,
    Task,
    Tool,
)
from colead.content.module import Module, ModuleStep
from colead.content.protocol import Mode, Protocol, ProtocolStep, protocol_named
from colead.content.value import Minutes, Slug, Text, UnknownCode, Value, find, refuse_twice

# Other rooms import every noun from here.
__all__ = [
    "PARTS",
    "SECTIONS",
    "Basics",
    "BeforeYouStart",
    "Condition",
    "ConditionPage",
    "Contrast",
    "Criterion",
    "Deciding",
    "Definition",
    "Dependency",
    "EvidenceKind",
    "Felt",
    "Glossary",
    "Guide",
    "Kind",
    "Matrix",
    "Mode",
    "Module",
    "ModuleStep",
    "Note",
    "Overview",
    "PageFile",
    "Part",
    "PartKey",
    "Place",
    "Playbook",
    "Pointer",
    "Prompt",
    "Protocol",
    "ProtocolStep",
    "Question",
    "Resource",
    "Rubric",
    "Section",
    "StarterPrompt",
    "Task",
    "Term",
    "Tool",
    "UnknownCode",
    "Value",
    "WayOfDeciding",
]

Versioned = TypeVar("Versioned", Guide, Rubric)


# --- Before the guides ----------------------------------------------------------------------------------------------


class Contrast(Value):
    """Something collective leadership is easily taken for, and how it differs."""

    title: Text
    text: Text


class Definition(Value):
    """What collective leadership is; `body` is Markdown."""

    sentence: Text
    minutes: Minutes
    body: Text
    contrasts: tuple[Contrast, ...]


class Basics(Value):
    """What `playbook.yaml` holds."""

    title: Text
    definition: Definition
    conditions: Annotated[tuple[Condition, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _conditions_differ(self) -> Self:
        refuse_twice((condition.slug for condition in self.conditions), "slug")
        refuse_twice((condition.letter for condition in self.conditions), "letter")
        if [condition.number for condition in self.conditions] != list(range(1, len(self.conditions) + 1)):
            raise ValueError("the numbers of the conditions must run 1, 2, 3 ...")
        return self


class StarterPrompt(Value):
    """One timed prompt of the discussion starter (OV-1)."""

    code: Annotated[str, StringConstraints(pattern=r"^OV-[1-9]\d?$")]
    minutes: Minutes
    text: Text
    help: Text | None = None


class Overview(Value):
    """What `overview.yaml` holds: a page to read (Markdown) and prompts to talk about."""

    title: Text
    minutes: Minutes
    body: Text
    starter_intro: Text
    starter: Annotated[tuple[StarterPrompt, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _codes_differ(self) -> Self:
        refuse_twice((prompt.code for prompt in self.starter), "code")
        return self

    @property
    def starter_minutes(self) -> int:
        """How long the whole conversation takes."""
        return sum(prompt.minutes for prompt in self.starter)


class Note(Value):
    """A note to read before the first guide; `body` is Markdown."""

    key: Slug
    title: Text
    body: Text


class BeforeYouStart(Value):
    """What `before.yaml` holds."""

    title: Text
    minutes: Minutes
    notes: Annotated[tuple[Note, ...], Field(min_length=1)]


# --- The matrix -----------------------------------------------------------------------------------------------------


class Pointer(Value):
    """A condition worth a look, and how strongly: 1 perhaps, 2 likely, 3 first of all."""

    condition: Slug
    weight: Annotated[int, Field(ge=1, le=3)]


class Felt(Value):
    """A result as it is felt in a school, and the conditions that may be weak behind it."""

    slug: Slug
    word: Text
    felt: Text
    ours: bool
    points_to: Annotated[tuple[Pointer, ...], Field(min_length=1)]


class Dependency(Value):
    """A hint that one condition (`from_`) carries another (`to`); never an order to follow."""

    from_: Annotated[Slug, Field(alias="from")]
    to: Slug
    hint: Text


class Matrix(Value):
    """What `matrix.yaml` holds: felt results and dependencies."""

    intro: Text
    felt: Annotated[tuple[Felt, ...], Field(min_length=1)]
    dependencies: tuple[Dependency, ...]

    @model_validator(mode="after")
    def _felt_results_differ(self) -> Self:
        refuse_twice((felt.slug for felt in self.felt), "slug")
        return self

    def points_to(self, felt_slugs: Iterable[str]) -> tuple[tuple[str, int], ...]:
        """Add up where the felt results point: (condition slug, summed weight), strongest first.

        A conversation starter, never a verdict. An unknown slug is refused with UnknownCode.
        """
        sums: Counter[str] = Counter()
        for slug in felt_slugs:
            for pointer in find(self.felt, "slug", slug).points_to:
                sums[pointer.condition] += pointer.weight
        return tuple(sums.most_common())


# --- Deciding, evidence, words --------------------------------------------------------------------------------------


class WayOfDeciding(Value):
    """A way to come to a decision: how it goes, when it fits, what to watch for."""

    slug: Slug
    name: Text
    how: Text
    fits: Text
    watch_for: Text


class EvidenceKind(Value):
    """A kind of evidence a team may bring, with an example that names no pupil."""

    slug: Slug
    name: Text
    meaning: Text
    example: Text


class Deciding(Value):
    """What `deciding.yaml` holds."""

    ways_of_deciding: Annotated[tuple[WayOfDeciding, ...], Field(min_length=1)]
    evidence_kinds: Annotated[tuple[EvidenceKind, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _slugs_differ(self) -> Self:
        refuse_twice((way.slug for way in self.ways_of_deciding), "slug")
        refuse_twice((kind.slug for kind in self.evidence_kinds), "slug")
        return self


class Term(Value):
    """A word and what we mean by it."""

    term: Text
    slug: Slug
    meaning: Text


class Glossary(Value):
    """What `glossary.yaml` holds."""

    terms: Annotated[tuple[Term, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _slugs_differ(self) -> Self:
        refuse_twice((term.slug for term in self.terms), "slug")
        return self


# --- All of it ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """Where a code stands: the `number`-th of `of` questions (or tasks) in a part of a guide.

    A prompt's place is that of its question.
    """

    condition: Condition
    guide: Guide
    part: Part
    question: Question | None
    task: Task | None
    number: int
    of: int


class Playbook(Value):
    """Everything a school reads, in one language. Guides and rubrics come in versions; the newest is the default."""

    language: str
    title: Text
    definition: Definition
    conditions: tuple[Condition, ...]
    overview: Overview
    matrix: Matrix
    before_you_start: BeforeYouStart
    ways_of_deciding: tuple[WayOfDeciding, ...]
    evidence_kinds: tuple[EvidenceKind, ...]
    glossary: tuple[Term, ...]
    pages: tuple[ConditionPage, ...]
    guides: tuple[Guide, ...]
    rubrics: tuple[Rubric, ...]
    protocols: tuple[Protocol, ...]
    modules: tuple[Module, ...]

    def condition(self, slug: str) -> Condition:
        """Return the condition, or refuse with UnknownCode."""
        return find(self.conditions, "slug", slug)

    def page(self, slug: str) -> ConditionPage:
        """Return the condition's page, or refuse with UnknownCode."""
        return find(self.pages, "slug", slug)

    def guide(self, slug: str, version: int | None = None) -> Guide:
        """Return the condition's guide, the newest unless a version is named, or refuse with UnknownCode."""
        return _in_version(self.guides, slug, version)

    def rubric(self, slug: str, version: int | None = None) -> Rubric:
        """Return the condition's rubric, the newest unless a version is named, or refuse with UnknownCode."""
        return _in_version(self.rubrics, slug, version)

    def protocol(self, slug: str) -> Protocol | None:
        """Return the protocol with this slug; None where there is none (any more)."""
        return protocol_named(self.protocols, slug)

    def where(self, code: str) -> Place:
        """Return the place of a question's, prompt's or task's code, or refuse with UnknownCode.

        A code that the newest version no longer has is found in the last version that had it.
        """
        try:
            return self._places[code]
        except KeyError:
            raise UnknownCode(code) from None

    def question(self, code: str) -> Question:
        """Return the question with this code, or refuse with UnknownCode."""
        question = self.where(code).question
        if question is None or question.code != code:
            raise UnknownCode(code)
        return question

    def task(self, code: str) -> Task:
        """Return the task with this code, or refuse with UnknownCode."""
        task = self.where(code).task
        if task is None:
            raise UnknownCode(code)
        return task

    @cached_property
    def _places(self) -> dict[str, Place]:
        oldest_first = sorted(self.guides, key=lambda guide: guide.version)
        return {code: place for guide in oldest_first for code, place in self._places_in(guide)}

    def _places_in(self, guide: Guide) -> Iterator[tuple[str, Place]]:
        condition = self.condition(guide.condition)
        for part in guide.parts:
            for number, question in enumerate(part.questions, 1):
                place = Place(condition, guide, part, question, None, number, len(part.questions))
                yield from ((code, place) for code in (question.code, *(prompt.code for prompt in question.prompts)))
            for number, task in enumerate(part.tasks, 1):
                yield task.code, Place(condition, guide, part, None, task, number, len(part.tasks))


def _in_version(items: Iterable[Versioned], slug: str, version: int | None) -> Versioned:
    fitting = [item for item in items if item.condition == slug and version in (None, item.version)]
    if not fitting:
        raise UnknownCode(slug if version is None else f"{slug} version {version}")
    return max(fitting, key=lambda item: item.version)
