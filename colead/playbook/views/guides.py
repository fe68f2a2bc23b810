"""A condition's guide as the team's workspace: its parts and its tasks, from the overview to the end."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from colead.content.model import Guide, UnknownCode
from colead.playbook.actions import tasks, walks
from colead.playbook.asked import playbook
from colead.playbook.forms import TaskForm
from colead.playbook.models import OVERVIEW
from colead.playbook.queries.guides import guide_parts, question_states
from colead.playbook.queries.questions import current_walk
from colead.playbook.queries.room import next_in_guide
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
        "walk": current_walk(team, OVERVIEW),
    }
    return page(request, "playbook/overview.html", context)


@team_page
def guide(request: TeamRequest, team: Team, condition: str) -> HttpResponse:
    """Show a guide's three parts and where each question and task stands."""
    found = guide_of(condition)
    parts = guide_parts(team, found, request.user)
    context = {
        "team": team,
        "guide": found,
        "condition": playbook().page(condition),
        "parts": list(zip(found.parts, parts, strict=True)),
        "next": next_in_guide(team, parts) if request.member else None,
        "walk": current_walk(team, condition),
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
    return redirect(f"{reverse('guide', args=[team.pk, place.condition.slug])}#{place.part.key}")


@require_POST
@team_view
def finish(request: TeamRequest, team: Team, condition: str) -> HttpResponse:
    """Say that the team is through with the overview or a guide, or take that back."""
    version = 1 if condition == OVERVIEW else guide_of(condition).version
    walk = walks.begin_walk(team, condition, version=version, now=timezone.now())
    if "again" in request.POST:
        walks.reopen_walk(walk)
        return redirect("overview", team.pk) if condition == OVERVIEW else redirect("guide", team.pk, condition)
    walks.finish_walk(walk, now=timezone.now())
    return redirect("team_room", team.pk)
