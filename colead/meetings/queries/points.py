"""What a team could talk about now, drawn from where its work stands; and where each point leads."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from django.urls import NoReverseMatch, reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from colead.accounts.models import User
from colead.content.model import Playbook, Protocol
from colead.decisions.queries import due_for_review, open_questions
from colead.meetings.agenda import Point, in_turns, once
from colead.meetings.models import Item
from colead.meetings.queries.norms import is_due
from colead.plans.models import Step
from colead.playbook.models import OVERVIEW
from colead.playbook.queries.guides import PartState, QuestionState, TaskState, guide_parts, question_states
from colead.schools.models import Team
from colead.surveys.models import Finding

SOON = timedelta(days=7)
OVER = (Step.Status.DONE, Step.Status.DROPPED)


def opening() -> Point:
    return Point(_("Arrive: how are you, in a word"), 3, how=_("Go around once. Read the norms out loud."))


def closing() -> Point:
    return Point(_("Close: who does what until when"), 4, how=_("Read out the steps. Then one word each."))


def points_for(team: Team, viewer: User, playbook: Playbook, *, today: date) -> tuple[Point, ...]:
    """Return what waits for the team, the most pressing first, in a fixed number of queries."""
    questions, tasks = _guide(team, viewer, playbook)
    late = [finding for finding in _findings(team) if finding.is_late(today)]
    return once(
        *map(_finding, late),
        *in_turns(
            _parked(team),
            map(_question, questions),
            _reviews(team, today),
            _steps(team, today),
            (_task(state) for state in tasks if _is_near(state, today)),
            (_finding(finding) for finding in _findings(team) if finding not in late),
            _undecided(team),
            _norms(team, today),
        ),
    )


def protocol_points(protocol: Protocol) -> tuple[Point, ...]:
    """Return a protocol's steps as the points of an agenda."""
    return tuple(
        Point(
            step.title,
            step.minutes,
            how=step.do,
            mode=step.mode,
            step=step.key,
            ref=f"tool:{step.tool}" if step.tool else "",
        )
        for step in protocol.steps
    )


def _parked(team: Team) -> Iterator[Point]:
    """What was parked comes back, the longest waiting first, with the minutes it had."""
    parked = (
        Item.objects.parked().filter(meeting__team=team).order_by("meeting__held_on", "meeting_id", "position", "id")
    )
    for item in parked.select_related("meeting"):
        yield Point(item.title, item.minutes, item.ref, item.how, item.mode, came_from=item.pk)


def _guide(team: Team, viewer: User, playbook: Playbook) -> tuple[list[QuestionState], list[TaskState]]:
    """Return the questions not decided and the tasks not done in the part of the guide where the team is."""
    choice = team.choices.select_related("walk").first()
    if not choice or choice.walk.finished_on:
        return [state for state in question_states(team, OVERVIEW, viewer) if not state.decided], []
    for part in guide_parts(team, playbook.guide(choice.condition), viewer):
        if _is_unfinished(part):
            return list(part.undecided), [state for state in part.tasks if not state.done]
    return [], []


def _is_unfinished(part: PartState) -> bool:
    return bool(part.undecided) or any(not state.done for state in part.tasks)


def _question(state: QuestionState) -> Point:
    how = _("Talk about what you wrote, then decide.") if state.revealed else _("Write, reveal, talk, decide.")
    minutes = state.asked.minutes + (5 if state.revealed else 8)
    return Point(state.asked.text, minutes, f"question:{state.asked.code}", how)


def _is_near(state: TaskState, today: date) -> bool:
    return bool(state.task and state.task.due_on and state.task.due_on <= today + SOON)


def _task(state: TaskState) -> Point:
    owner = _("%s sees to it.") % state.task.owner if state.task and state.task.owner else ""
    return Point(state.content.text, 6, f"task:{state.content.code}", owner)


def _reviews(team: Team, today: date) -> Iterator[Point]:
    for brief in due_for_review(team, today):
        title = _("Look again: %s") % Truncator(brief.decided or brief.question).chars(160)
        yield Point(title, 6, f"decision:{brief.id}", _("Keep it, change it, or let it go."))


def _undecided(team: Team) -> Iterator[Point]:
    for brief in open_questions(team):
        yield Point(brief.question, 10, f"decision:{brief.id}", _("Go on where the talk stands."))


def _steps(team: Team, today: date) -> Iterator[Point]:
    """All steps that are due soon make one point: a quick round, not one talk for each."""
    due = team.steps.exclude(status__in=OVER).filter(due_on__lte=today + SOON).order_by("due_on", "id")
    names = [Truncator(step.what).chars(80) for step in due]
    if names:
        minutes = min(4 + len(names), 10)
        yield Point(_("Where do the steps stand?"), minutes, "steps", "\n".join(f"- {name}" for name in names[:8]))


def _findings(team: Team) -> list[Finding]:
    waiting = team.findings.filter(answered_on=None).order_by("answer_by", "id")
    return list(waiting)


def _finding(finding: Finding) -> Point:
    return Point(
        _("Answer staff: %s") % Truncator(finding.sentence).chars(160),
        8,
        f"finding:{finding.pk}",
        _("What will you do about it? If nothing now, why?"),
    )


def _norms(team: Team, today: date) -> Iterator[Point]:
    if is_due(team, today):
        yield Point(_("Look at your norms"), 8, "norms", _("Each of you alone first, then together."))


# --- Where a point leads --------------------------------------------------------------------------------------------

TOOLS = {"inventory": "initiatives", "barriers": "barriers", "norms": "norms", "evidence": "evidence"}
WHERE: dict[str, Callable[[Team, str], str]] = {
    "question": lambda team, code: reverse("question", args=[team.pk, code]),
    "task": lambda team, code: reverse("task", args=[team.pk, code]),
    "decision": lambda team, number: reverse("decision", args=[team.pk, int(number)]),
    "finding": lambda team, number: reverse("finding_came", args=[team.pk, int(number)]),
    "steps": lambda team, _none: reverse("timeline", args=[team.pk]),
    "norms": lambda team, _none: reverse("norms", args=[team.pk]),
    "tool": lambda team, name: reverse(TOOLS[name], args=[team.pk]),
}


def address_of(team: Team, ref: str) -> str:
    """Return where an item's work is done; empty where it leads nowhere (any more)."""
    kind, _colon, rest = ref.partition(":")
    try:
        return WHERE[kind](team, rest)
    except (KeyError, ValueError, NoReverseMatch):
        return ""
