"""A guide as a team sees it: which questions are decided, which wait, where the tasks stand."""

from collections import defaultdict
from dataclasses import dataclass

from colead.accounts.models import User
from colead.content.model import Guide
from colead.content.model import Task as TaskContent
from colead.playbook.asked import Asked, questions_of
from colead.playbook.models import Discussion, Task, Walk
from colead.playbook.queries.questions import current_walk
from colead.schools.models import Team


@dataclass(frozen=True)
class QuestionState:
    """Where one question stands, for the person who looks."""

    asked: Asked
    i_wrote: bool
    written: int
    revealed: bool
    noted: bool
    decided: str  # what was decided, or nothing

    @property
    def step(self) -> str:
        """The one thing this question waits for: write, reveal, decide, nothing."""
        if self.decided:
            return "nothing"
        if self.revealed:
            return "decide"
        return "reveal" if self.i_wrote else "write"


@dataclass(frozen=True)
class TaskState:
    """Where one important task stands; `task` is None while nobody has touched it."""

    content: TaskContent
    task: Task | None

    @property
    def done(self) -> bool:
        return bool(self.task and self.task.state in (Task.State.DONE, Task.State.ASIDE))


@dataclass(frozen=True)
class PartState:
    """A part of a guide with the states of its questions and tasks."""

    key: str
    title: str
    goal: str
    minutes: int
    questions: tuple[QuestionState, ...]
    tasks: tuple[TaskState, ...]

    @property
    def undecided(self) -> tuple[QuestionState, ...]:
        """Questions the team has not come to a decision on: shown beside the tasks, never in their way."""
        return tuple(question for question in self.questions if not question.decided)


def question_states(team: Team, condition: str, viewer: User) -> tuple[QuestionState, ...]:
    """Return where every question of the overview or of a guide stands, in reading order, in three queries."""
    walk = current_walk(team, condition)
    authors = _authors(walk)
    discussions = _discussions(walk)
    return tuple(_state(asked, authors, discussions, viewer) for asked in questions_of(condition))


def guide_parts(team: Team, guide: Guide, viewer: User) -> tuple[PartState, ...]:
    """Return a guide's parts with everything in them, in a fixed number of queries."""
    states = question_states(team, guide.condition, viewer)
    walk = current_walk(team, guide.condition)
    tasks = {task.code: task for task in walk.tasks.select_related("owner__user")} if walk else {}
    return tuple(
        PartState(
            key=part.key,
            title=part.title,
            goal=part.goal,
            minutes=part.minutes,
            questions=tuple(state for state in states if state.asked.part == part.key),
            tasks=tuple(TaskState(task, tasks.get(task.code)) for task in part.tasks),
        )
        for part in guide.parts
    )


def _authors(walk: Walk | None) -> dict[str, set[int]]:
    """Return who has written to each code."""
    authors: dict[str, set[int]] = defaultdict(set)
    if walk:
        for code, author, body in walk.answers.values_list("code", "author_id", "body"):
            if body.strip():
                authors[code].add(author)
    return authors


def _discussions(walk: Walk | None) -> dict[str, Discussion]:
    return {entry.code: entry for entry in walk.discussions.select_related("decision")} if walk else {}


def _state(
    asked: Asked, authors: dict[str, set[int]], discussions: dict[str, Discussion], viewer: User
) -> QuestionState:
    wrote = set().union(*(authors.get(code, set()) for code in asked.codes))
    discussion = discussions.get(asked.code)
    return QuestionState(
        asked=asked,
        i_wrote=viewer.pk in wrote,
        written=len(wrote),
        revealed=bool(discussion and discussion.revealed_at),
        noted=bool(discussion and discussion.note.strip()),
        decided=discussion.decision.decided if discussion and discussion.decision else "",
    )
