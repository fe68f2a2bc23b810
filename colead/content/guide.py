"""A condition's guide and rubric: what a team answers, does and holds itself against."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from colead.content.value import Link, Minutes, Slug, Text, Value, Version, find, refuse_twice

PartKey = Literal["why", "how", "implementing"]
Kind = Literal["plain", "story", "equity", "theory"]
Tool = Literal["theory", "map", "timeline", "assessment", "barrier"]

PARTS: tuple[PartKey, ...] = ("why", "how", "implementing")

# --- Guides ---------------------------------------------------------------------------------------------------------


class Prompt(Value):
    """A smaller question under a big one (V-W1a)."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]-[WHI][1-9]\d?[a-z]$")]
    text: Text


class Question(Value):
    """A big question that a team answers and decides on (V-W1)."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]-[WHI][1-9]\d?$")]
    kind: Kind = "plain"
    text: Text
    help: Text | None = None
    prompts: tuple[Prompt, ...] = ()

    @model_validator(mode="after")
    def _owns_its_prompts(self) -> Self:
        for prompt in self.prompts:
            if prompt.code[:-1] != self.code:
                raise ValueError(f"the prompt {prompt.code} stands under the question {self.code}")
        return self


class Task(Value):
    """An important task that a team does (V-WT1); `tool` names the team tool it is done with."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]-[WHI]T[1-9]\d?$")]
    text: Text
    detail: Text
    tool: Tool | None = None


class Part(Value):
    """One of the three parts of a guide; `intro` and `tip` are Markdown."""

    key: PartKey
    title: Text
    goal: Text
    minutes: Minutes
    intro: Text
    staff_prompt: Text | None = None
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    tasks: Annotated[tuple[Task, ...], Field(min_length=1)]
    tip: Text | None = None

    @model_validator(mode="after")
    def _codes_name_this_part(self) -> Self:
        for code in self.codes:
            if code[2] != self.key[0].upper():
                raise ValueError(f"the code {code} does not belong in the part {self.key}")
        return self

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code in reading order: each question with its prompts, then the tasks."""
        asked = [code for question in self.questions for code in (question.code, *(p.code for p in question.prompts))]
        return (*asked, *(task.code for task in self.tasks))


class Resource(Value):
    """Something worth reading, with a line on what it is good for."""

    title: Text
    by: Text
    note: Text
    url: Link | None = None


class Guide(Value):
    """The strategy guide of one condition in one version; `ours` names the parts written without a source."""

    condition: Slug
    version: Version
    minutes: Minutes
    ours: tuple[PartKey, ...] = ()
    parts: tuple[Part, ...]
    resources: Annotated[tuple[Resource, ...], Field(min_length=1)]
    closing: Text

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if tuple(part.key for part in self.parts) != PARTS:
            raise ValueError("the parts must be why, how, implementing, in this order")
        refuse_twice(self.codes, "code")
        if self._of_kind("equity") != self._of_kind("equity", self.parts[:1]) or len(self._of_kind("equity")) != 1:
            raise ValueError("exactly one question of kind equity belongs here, in the part why")
        if len(self._of_kind("story")) > 1:
            raise ValueError("at most one question of kind story belongs here")
        return self

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code of the guide in reading order."""
        return tuple(code for part in self.parts for code in part.codes)

    @property
    def equity(self) -> Question:
        """The one question on who is served least."""
        return self._of_kind("equity")[0]

    @property
    def story(self) -> Question | None:
        """The question that asks for a time when it went well, where the guide has one."""
        return next(iter(self._of_kind("story")), None)

    def question(self, code: str) -> Question:
        """Return the question with this code, or refuse with UnknownCode."""
        return find((question for part in self.parts for question in part.questions), "code", code)

    def task(self, code: str) -> Task:
        """Return the task with this code, or refuse with UnknownCode."""
        return find((task for part in self.parts for task in part.tasks), "code", code)

    def part(self, key: str) -> Part:
        """Return the part with this key, or refuse with UnknownCode."""
        return find(self.parts, "key", key)

    def _of_kind(self, kind: Kind, parts: tuple[Part, ...] | None = None) -> list[Question]:
        return [q for part in (self.parts if parts is None else parts) for q in part.questions if q.kind == kind]


# --- Rubrics --------------------------------------------------------------------------------------------------------


class Criterion(Value):
    """A target to hold the school against (V-1); `look_for` hints at evidence."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]-[1-9]\d?$")]
    group: Text | None = None
    text: Text
    look_for: Text


class Rubric(Value):
    """The single-point rubric of one condition in one version: targets, no levels, no points."""

    condition: Slug
    version: Version
    intro: Text | None = None
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _codes_differ(self) -> Self:
        refuse_twice(self.codes, "code")
        return self

    @property
    def codes(self) -> tuple[str, ...]:
        """Every criterion's code, in order."""
        return tuple(criterion.code for criterion in self.criteria)

    def criterion(self, code: str) -> Criterion:
        """Return the criterion with this code, or refuse with UnknownCode."""
        return find(self.criteria, "code", code)
