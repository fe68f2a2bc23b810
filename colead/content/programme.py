"""What a programme begins with: its theory of action, phases, calendar and application form."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from colead.content.value import Slug, Text, Value, refuse_twice

Year = Annotated[int, Field(ge=1, le=9)]
Months = Annotated[int, Field(ge=1, le=36)]


class StrandText(Value):
    """A strand of what a programme hopes for; `sources` name the figures of schools that speak to it."""

    key: Slug
    name: Text
    text: Text
    sources: tuple[Slug, ...]


class PhaseText(Value):
    """A phase: how long it lasts, what a school can show at its end, what the programme does in it."""

    key: Slug
    name: Text
    months: Months
    shows: Text
    offers: Text


class DateLine(Value):
    """A line of the calendar: in these years, so many months after the first day, on the n-th such weekday (0 Monday).

    Less than 0 lies before the first day. It lasts `days` days.
    """

    key: Slug
    kind: Literal["check-in", "visit", "survey", "workshop", "report", "other"]
    title: Text
    years: tuple[Year, ...]
    after: tuple[Annotated[int, Field(ge=-11, le=11)], ...]
    week: Annotated[int, Field(ge=1, le=4)]
    weekday: Annotated[int, Field(ge=0, le=4)]
    days: Annotated[int, Field(ge=1, le=60)]


class Asked(Value):
    """A question of the application form, or a line of the readiness list."""

    key: Slug
    text: Text
    help: Text | None = None


class ProgrammeFile(Value):
    """What `programme.yaml` holds."""

    title: Text
    goal: Text
    problem: Text
    if_we: Text
    then_schools: Text
    so_that: Text
    strands: Annotated[tuple[StrandText, ...], Field(min_length=1)]
    phases: Annotated[tuple[PhaseText, ...], Field(min_length=1)]
    dates: tuple[DateLine, ...]
    questions: Annotated[tuple[Asked, ...], Field(min_length=1)]
    readiness: Annotated[tuple[Asked, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _keys_differ(self) -> Self:
        for group in (self.strands, self.phases, self.dates, self.questions, self.readiness):
            refuse_twice((one.key for one in group), "key")
        return self
