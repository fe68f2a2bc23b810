"""A protocol: a conversation in timed steps, so that it gives everybody a turn and ends on time."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from colead.content.value import Minutes, Slug, Text, UnknownCode, Value, find, refuse_twice

Mode = Literal["silent", "pairs", "together"]
ProtocolTool = Literal["inventory", "barriers", "norms", "evidence"]


class ProtocolStep(Value):
    """One timed step: what you do, what comes out of it, and a tip for whoever facilitates.

    `tool` names the page on which the step is worked, where there is one.
    """

    key: Slug
    title: Text
    minutes: Minutes
    mode: Mode
    do: Text
    outcome: Text
    tip: Text
    tool: ProtocolTool | None = None


class Protocol(Value):
    """A timed conversation. It asks everybody to think alone before anybody talks."""

    slug: Slug
    title: Text
    minutes: Annotated[int, Field(ge=5, le=120)]
    people: Text
    purpose: Text
    fits: Text
    before: Annotated[tuple[Text, ...], Field(min_length=1)]
    steps: Annotated[tuple[ProtocolStep, ...], Field(min_length=3)]
    root: Text

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        refuse_twice((step.key for step in self.steps), "key")
        spent = sum(step.minutes for step in self.steps)
        if spent != self.minutes:
            raise ValueError(f"the steps take {spent} minutes, not {self.minutes}")
        modes = [step.mode for step in self.steps]
        if "silent" not in modes[:-1] or modes[-1] != "together":
            raise ValueError("everybody thinks in silence first, and the end is together")
        return self

    def step(self, key: str) -> ProtocolStep:
        """Return the step with this key, or refuse with UnknownCode."""
        return find(self.steps, "key", key)


def protocol_named(protocols: tuple[Protocol, ...], slug: str) -> Protocol | None:
    """Return the protocol with this slug; None where there is none (any more)."""
    try:
        return find(protocols, "slug", slug)
    except UnknownCode:
        return None
