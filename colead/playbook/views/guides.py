"""A condition's guide as the team's workspace: its parts, its tasks, sheets typed up from paper."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from colead.content.model import Guide, UnknownCode
from colead.playbook.actions import tasks, walks
from colead.playbook.asked import Asked, playbook, questions_of
from colead.playbook.forms import AnswerForm, PaperForm, TaskForm
from colead.playbook.models import OVERVIEW
from colead.playbook.queries.guides import guide_parts, question_states
from colead.playbook.queries.questions import current_walk
from colead.playbook.views.assessments import evidence_in
from colead.schools.doors import TeamRequest, team_page, team_view
from colead.schools.models import Team
from colead.texts.actions import StaleSave
from colead.texts.views import merge
from colead.web.page import page


def guide_of(condition: str) -> Guide:
    """Return a condition's guide; an unknown condition is not found."""
    try:
        return playbook().guide(condition)
    except UnknownCode:
        raise Http404 from None


@team_page
def overview(request: TeamRequest, team: Team) -> HttpResponse:
    """Show the overview with its timed discussion starter."""
    context = {
        "team": team,
        "overview": playbook().overview,
        "definition": playbook().definition,
        "states": question_states(team, OVERVIEW, request.user),
    }
    return page(request, "playbook/overview.html", context)


@team_page
def guide(request: TeamRequest, team: Team, condition: str) -> HttpResponse:
    """Show a guide's three parts and where each question and task stands."""
    found = guide_of(condition)
    context = {
        "team": team,
        "guide": found,
        "condition": playbook().page(condition),
        "parts": list(zip(found.parts, guide_parts(team, found, request.user), strict=True)),
    }
    return page(request, "playbook/guide.html", context)


@team_page
def task(request: TeamRequest, team: Team, code: str) -> HttpResponse:
    """Show an important task; on POST keep where it stands."""
    try:
        place = playbook().where(code)
        content = playbook().task(code)
    except UnknownCode:
        raise Http404 from None
    walk = current_walk(team, place.condition.slug)
    record = walk.tasks.filter(code=code).first() if walk else None
    form = TaskForm(request.POST, team=team) if request.method == "POST" else _task_form(team, record)
    if request.method == "POST" and form.is_valid():
        return _save_task(request, team, place, form)
    part = next(each for each in guide_parts(team, place.guide, request.user) if each.key == place.part.key)
    context = {"team": team, "place": place, "task": content, "record": record, "form": form, "part": part}
    return page(request, "playbook/task.html", context, status=422 if form.is_bound else 200)


def _task_form(team: Team, record: Any) -> TaskForm:
    if not record:
        return TaskForm(team=team, initial={"state": "open"})
    facts = {name: getattr(record, name) for name in ("state", "owner", "due_on", "note", "version")}
    return TaskForm(team=team, initial={**facts, "evidence": record.evidence.all()})


def _save_task(request: TeamRequest, team: Team, place: Any, form: TaskForm) -> HttpResponse:
    now = timezone.now()
    walk = walks.begin_walk(team, place.condition.slug, version=place.guide.version, now=now)
    facts = {**form.words(), "evidence": evidence_in(form, team, request)}
    try:
        tasks.update_task(walk, place.task.code, by=request.user, based_on=form.based_on(), now=now, **facts)
    except StaleSave as stale:
        labels = {name: str(field.label) for name, field in form.fields.items()}
        return merge(request, stale, labels=labels)
    return redirect("guide", team.pk, place.condition.slug)


@team_view
def paper(request: TeamRequest, team: Team, condition: str, part: str) -> HttpResponse:
    """Type up a part's filled-in sheet in one go: all of it is saved, or nothing."""
    found = guide_of(condition)
    asked = tuple(question for question in questions_of(condition) if question.part == part)
    if not asked:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    whose = PaperForm(sent)
    rows = [(question, _sheet_forms(question, sent)) for question in asked]
    fine = all(form.is_valid() for _question, forms in rows for _label, form in forms) if sent else False
    if sent and whose.is_valid() and fine:
        _type_up(request, team, found, rows, ours=whose.cleaned_data["whose"] == "ours")
        messages.success(request, _("Typed up. Nothing that stood there before was replaced."))
        return redirect("guide", team.pk, condition)
    context = {
        "team": team,
        "condition": playbook().page(condition),
        "part": found.part(part),
        "whose": whose,
        "rows": rows,
    }
    return page(request, "playbook/paper.html", context, status=422 if sent else 200)


Sheet = list[tuple[str, AnswerForm]]


def _sheet_forms(question: Asked, sent: Any) -> Sheet:
    labelled = [(question.text, question.code), *((text, code) for code, text in question.prompts)]
    return [(label, AnswerForm(sent, prefix=code)) for label, code in labelled]


def _type_up(request: TeamRequest, team: Team, found: Guide, rows: list[tuple[Asked, Sheet]], *, ours: bool) -> None:
    """Add what stood on paper below what is there already; a sheet never wipes out what was typed before."""
    now = timezone.now()
    with transaction.atomic():
        walk = walks.begin_walk(team, found.condition, version=found.version, now=now)
        for question, forms in rows:
            typed = {form.prefix or "": form.cleaned_data["body"].strip() for _label, form in forms}
            if ours:
                walks.add_to_note(walk, question.code, _joined(question, typed), by=request.user, now=now)
                continue
            for code, body in typed.items():
                walks.add_to_answer(walk, code, body, by=request.user, now=now)


def _joined(question: Asked, typed: dict[str, str]) -> str:
    """Put what stands under a question and its sub-prompts into one note."""
    labels = dict(question.prompts)
    lines = [f"{labels[code]}\n{body}" if code in labels else body for code, body in typed.items() if body]
    return "\n\n".join(lines)
