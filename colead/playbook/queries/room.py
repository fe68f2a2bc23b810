"""The team room: the one next step, what waits for others, where we left off, what happened lately."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from colead.accounts.models import User
from colead.content.model import Playbook
from colead.decisions.models import Decision
from colead.decisions.queries import Brief, due_for_review, minutes_given_back, open_questions
from colead.decisions.wording import in_words
from colead.playbook.asked import text_of
from colead.playbook.models import OVERVIEW, Answer, Assessment, Choice, CriterionAnswer, Discussion, Task
from colead.playbook.queries.guides import PartState, QuestionState, TaskState, guide_parts, question_states
from colead.playbook.queries.standing import written_by
from colead.schools.models import Team


@dataclass(frozen=True)
class Step:
    """One thing to do: what, why or where, how long, and its address."""

    title: str
    where: str
    minutes: int
    url: str


@dataclass(frozen=True)
class Happened:
    """Something the team did."""

    at: datetime | None  # always set on what is queried here; the columns allow None
    text: str
    url: str


@dataclass(frozen=True)
class Room:
    """All that the team room shows."""

    choice: Choice | None
    condition_name: str
    here: str  # the stop of the thread the team stands at
    next: Step | None  # a coach reads along and has nothing to do
    waiting: tuple[Step, ...]
    left_off: Step | None
    decisions: tuple[Decision, ...]
    due: tuple[Brief, ...]  # decided, and the day to look again has come
    undecided: tuple[Brief, ...]
    given_back: str  # how much time the stop list gives back a week; empty for none
    lately: tuple[Happened, ...]


def room(team: Team, viewer: User, playbook: Playbook, *, today: date, takes_part: bool = True) -> Room:
    """Gather the team room for a person, in a fixed number of queries. A coach does not take part."""
    choice = team.choices.select_related("decision", "walk").first()
    parts = guide_parts(team, playbook.guide(choice.condition), viewer) if choice else ()
    overview = () if choice else question_states(team, OVERVIEW, viewer)
    open_rounds = _open_rounds(team, viewer, playbook)
    steps = tuple(_steps(team, choice, parts, overview, open_rounds))
    return Room(
        choice=choice,
        condition_name=playbook.condition(choice.condition).name if choice else "",
        here=_stop(parts),
        next=steps[0] if takes_part else None,
        waiting=(
            *_waiting(team, (*overview, *(q for part in parts for q in part.questions))),
            *_waiting_rounds(team, viewer, playbook),
        ),
        left_off=left_off(team, viewer, playbook) if takes_part else None,
        decisions=tuple(team.decisions.decided()[:3]),
        due=due_for_review(team, today),
        undecided=open_questions(team),
        given_back=_given_back(team),
        lately=_lately(team, playbook),
    )


def _given_back(team: Team) -> str:
    minutes = minutes_given_back(team)
    return in_words(minutes) if minutes else ""


def _steps(
    team: Team,
    choice: Choice | None,
    parts: tuple[PartState, ...],
    overview: tuple[QuestionState, ...],
    open_rounds: tuple[tuple[bool, Step], ...],
) -> Iterator[Step]:
    """Yield what could be done next, the most fitting first. There is always something."""
    if not team.seen_notes_on:
        yield Step(_("Read three short notes before you start"), "", 3, reverse("before", args=[team.pk]))
    yield from (step for waits_for_me, step in open_rounds if waits_for_me)
    if choice and not choice.walk.finished_on:
        yield from _guide_steps(team, parts)
    yield from (step for waits_for_me, step in open_rounds if not waits_for_me)
    if choice:
        yield Step(_("Revisit this condition, or choose the next one"), "", 10, reverse("choose", args=[team.pk]))
    if not team.walks.filter(condition=OVERVIEW).exclude(finished_on=None).exists():
        yield from _question_steps(team, overview)
    yield from _first_look(team)


def _first_look(team: Team) -> Iterator[Step]:
    if not team.assessments.exclude(agreed_on=None).exists():
        title = _("See where you stand: look at one of the seven conditions together")
        yield Step(title, _("Self-assessment"), 10, reverse("conditions", args=[team.pk]))
    yield Step(_("Choose the condition you take on"), _("On purpose"), 10, reverse("choose", args=[team.pk]))


def next_in_guide(team: Team, parts: tuple[PartState, ...]) -> Step | None:
    """Return what a guide waits for next."""
    return next(_guide_steps(team, parts), None)


def _guide_steps(team: Team, parts: tuple[PartState, ...]) -> Iterator[Step]:
    """Walk the parts in order: a part's questions first, then its tasks, then on."""
    for part in parts:
        yield from _question_steps(team, part.questions)
        yield from (_task_step(team, state) for state in part.tasks if not state.done)


def _question_steps(team: Team, states: tuple[QuestionState, ...]) -> Iterator[Step]:
    """What I have not written comes first, then what is revealed and undecided, then what can be revealed."""
    for wanted in ("write", "decide", "reveal"):
        yield from (_question_step(team, state) for state in states if state.step == wanted)


def _question_step(team: Team, state: QuestionState) -> Step:
    where = _("%(guide)s · %(part)s · %(number)s of %(of)s") % {
        "guide": state.asked.condition_name,
        "part": state.asked.part_title,
        "number": state.asked.number,
        "of": state.asked.of,
    }
    verbs = {
        "write": _("Answer: %s"),
        "decide": _("Talk and decide: %s"),
        "reveal": _("Reveal when you are together: %s"),
    }
    return Step(verbs[state.step] % state.asked.text, where, state.asked.minutes, question_url(team, state.asked.code))


def _task_step(team: Team, state: TaskState) -> Step:
    return Step(state.content.text, _("Important task"), 10, reverse("task", args=[team.pk, state.content.code]))


def question_url(team: Team, code: str) -> str:
    return reverse("question", args=[team.pk, code])


def _waiting(team: Team, states: tuple[QuestionState, ...]) -> Iterator[Step]:
    """Questions that I have answered and others have not: without their names."""
    size = team.members.active().count()
    for state in [s for s in states if s.step == "reveal" and s.written < size][:3]:
        where = _("%(written)s of %(size)s have written") % {"written": state.written, "size": size}
        yield Step(state.asked.text, where, 0, question_url(team, state.asked.code))


def _waiting_rounds(team: Team, viewer: User, playbook: Playbook) -> Iterator[Step]:
    """Self-assessments in which I have written and others have not."""
    size = team.members.active().count()
    wrote: dict[int, set[int]] = defaultdict(set)
    rounds = {round_.pk: round_ for round_ in team.assessments.filter(agreed_on=None, revealed_at=None)}
    views = CriterionAnswer.objects.filter(assessment__in=rounds).exclude(growth="", evidence="")
    for round_id, author in views.values_list("assessment_id", "author_id"):
        wrote[round_id].add(author)
    for round_id, authors in wrote.items():
        if viewer.pk in authors and len(authors) < size:
            where = _("%(written)s of %(size)s have written") % {"written": len(authors), "size": size}
            yield replace(_left_round(team, rounds[round_id], playbook), where=where)


def _open_rounds(team: Team, viewer: User, playbook: Playbook) -> tuple[tuple[bool, Step], ...]:
    """Return the rounds under way, each with whether it waits for what I write."""
    rounds = team.assessments.filter(agreed_on=None)
    mine = written_by(viewer, rounds)
    return tuple(
        (round_.pk not in mine and not round_.revealed_at, _round_step(team, round_, playbook, round_.pk in mine))
        for round_ in rounds
    )


def _round_step(team: Team, round_: Assessment, playbook: Playbook, i_wrote: bool) -> Step:
    name = playbook.condition(round_.condition).name
    if round_.revealed_at:
        title = _("Agree on a line for each criterion")
    elif i_wrote:
        title = _("Reveal your views when you are together")
    else:
        title = _("Write what you see, before anyone reveals")
    return Step(title, _("Self-assessment · %s") % name, 8, reverse("assess", args=[team.pk, round_.condition]))


def _stop(parts: tuple[PartState, ...]) -> str:
    """Return the stop of the thread: what the guide's first unfinished task works on."""
    if not parts:
        return "voice"
    stops = {"barrier": "barrier", "theory": "theory", "map": "map", "timeline": "test", "assessment": "result"}
    first = {"why": "barrier", "how": "map", "implementing": "test"}
    for part in parts:
        for state in part.tasks:
            if not state.done:
                return stops.get(state.content.tool or "", first[part.key])
    return "decision"


def left_off(team: Team, viewer: User, playbook: Playbook) -> Step | None:
    """Return the exact place I last wrote at, else the place the team last worked at."""
    answer = Answer.objects.filter(walk__team=team, author=viewer).order_by("-written_at").first()
    view = CriterionAnswer.objects.filter(assessment__team=team, author=viewer).order_by("-written_at").first()
    if view and (not answer or view.written_at > answer.written_at):
        return _left_round(team, view.assessment, playbook)
    if answer:
        return _left_question(team, answer.code)
    revealed = Discussion.objects.filter(walk__team=team).exclude(revealed_at=None)
    newest = revealed.order_by("-revealed_at", "code").first()
    return _left_question(team, newest.code) if newest else None


def _left_question(team: Team, code: str) -> Step:
    question = code if code[-1].isdigit() else code[:-1]  # a sub-prompt ends in a letter
    return Step(text_of(question), "", 0, question_url(team, question))


def _left_round(team: Team, round_: Assessment, playbook: Playbook) -> Step:
    name = playbook.condition(round_.condition).name
    return Step(_("Self-assessment · %s") % name, "", 0, reverse("assess", args=[team.pk, round_.condition]))


def _lately(team: Team, playbook: Playbook) -> tuple[Happened, ...]:
    """Return the five newest things the team did together."""
    happened = [*_reveals(team), *_rounds(team, playbook), *_finished_tasks(team, playbook)]
    return tuple(sorted(happened, key=lambda item: item.at.timestamp() if item.at else 0, reverse=True)[:5])


def _reveals(team: Team) -> Iterator[Happened]:
    revealed = Discussion.objects.filter(walk__team=team).exclude(revealed_at=None).select_related("revealed_by")
    for discussion in revealed.order_by("-revealed_at", "code")[:5]:
        text = _("%(name)s opened what you wrote: %(question)s") % {
            "name": discussion.revealed_by or _("Somebody"),
            "question": text_of(discussion.code),
        }
        yield Happened(discussion.revealed_at, text, question_url(team, discussion.code))


def _rounds(team: Team, playbook: Playbook) -> Iterator[Happened]:
    for round_ in team.assessments.exclude(revealed_at=None).order_by("-revealed_at", "condition")[:3]:
        text = _("You revealed what you see in “%s”") % playbook.condition(round_.condition).name
        yield Happened(round_.revealed_at, text, reverse("assess", args=[team.pk, round_.condition]))


def _finished_tasks(team: Team, playbook: Playbook) -> Iterator[Happened]:
    records = Task.history.filter(walk__team=team, state=Task.State.DONE).order_by("-history_date", "code")
    for record in records[:3]:
        text = _("Done: %s") % playbook.task(record.code).text
        yield Happened(record.history_date, text, reverse("task", args=[team.pk, record.code]))
