"""A learning module: a session that schools of a cohort do together, in timed steps."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from colead.content.value import Minutes, Slug, Text, Value

PhaseKey = Literal["designing", "implementing", "cultivating"]


class ModuleStep(Value):
    """One timed step; `body` is Markdown."""

    title: Text
    minutes: Minutes
    body: Text


class Module(Value):
    """What `modules/<slug>.md` holds: for which phase, to what purpose, with what at hand, in which steps.

    `reflection` is what a school asks itself at the end. The steps' minutes add up to its own.
    """

    slug: Slug
    number: Annotated[int, Field(ge=1)]
    title: Text
    phase: PhaseKey
    minutes: Annotated[int, Field(ge=15, le=240)]
    purpose: Text
    materials: Annotated[tuple[Text, ...], Field(min_length=1)]
    reflection: Text
    steps: Annotated[tuple[ModuleStep, ...], Field(min_length=3)]

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        spent = sum(step.minutes for step in self.steps)
        if spent != self.minutes:
            raise ValueError(f"the steps take {spent} minutes, not {self.minutes}")
        return self
