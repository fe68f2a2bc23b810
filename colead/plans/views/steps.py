"""The action timeline: the same steps as a list, as a timeline and as a calendar."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from colead.decisions.views.saving import facts_of, sent
from colead.plans.actions.steps import add_step, mark_step, rework_step
from colead.plans.exports.timeline import step_sheet, timeline_paper
from colead.plans.forms.steps import MarkForm, StepForm
from colead.plans.models import Step
from colead.plans.queries import timeline as asked
from colead.plans.queries.changes import step_changes
from colead.plans.queries.thread import thread_links
from colead.plans.views.saving import rewriting, saved
from colead.plans.views.trials import number_in
from colead.schools.doors import TeamRequest, team_page, team_view
from colead.schools.models import Team
from colead.web.files import paper, table
from colead.web.page import page

LOOKS = ("list", "timeline", "calendar")


@team_page
def timeline(request: TeamRequest, team: Team) -> HttpResponse:
    """Show the steps the way that was asked for; without a wish, as a list."""
    look, whose = request.GET.get("view", ""), request.GET.get("whose", "all")
    today = team.today(timezone.now())
    rows = asked.steps_of(team, today=today, member=request.member, whose=whose)
    first = asked.month_named(request.GET.get("month", ""), today=today)
    shown: dict[str, Callable[[], dict[str, Any]]] = {
        "list": lambda: {"groups": asked.groups(rows, today=today)},
        "timeline": lambda: {"timeline": asked.timeline(rows, today=today), "statuses": Step.Status.choices},
        "calendar": lambda: {"month": asked.month(rows, team.trials.open(), first=first, today=today)},
    }
    look = look if look in LOOKS else "list"
    context = {"team": team, "look": look, "whose": whose, "rows": rows, "today": today, **shown[look]()}
    return page(request, "plans/timeline.html", context)


@team_view
def new(request: TeamRequest, team: Team) -> HttpResponse:
    """Put a step on the timeline."""
    number = number_in(request, "trial")
    trial = (team.trials.filter(pk=number) if number else team.trials.active()).first()
    form = StepForm(sent(request), team=team, initial={"trial": trial, "status": Step.Status.OPEN})

    def save(form: StepForm) -> Step:
        return add_step(team, by=request.user, now=timezone.now(), **form.words())

    answer = saved(request, team, form, save, lambda step: _onward(request, step))
    context = {"team": team, "form": form}
    return answer or page(request, "plans/step.html", context, status=422 if form.is_bound else 200)


def _onward(request: TeamRequest, step: Step) -> tuple[Any, ...]:
    """Return where the person came from: the test, or the timeline."""
    if request.GET.get("trial") and step.trial_id:
        return ("trial", step.team_id, step.trial_id)
    return ("timeline", step.team_id)


def step_of(team: Team, step_id: int) -> Step:
    """Return a step of the team, or not found."""
    return get_object_or_404(team.steps.select_related("team__school", "trial"), pk=step_id)


@team_page
def step(request: TeamRequest, team: Team, step_id: int) -> HttpResponse:
    """Show a step and how it changed; on POST save it."""
    found = step_of(team, step_id)
    known = facts_of(StepForm, found) | {"owners": found.owners.all(), "evidence": found.evidence.all()}
    form = StepForm(sent(request), team=team, step=found, initial=known)
    context = {
        "team": team,
        "step": found,
        "form": form,
        "changes": step_changes(team, step=found),
        "links": thread_links(team, "step", found.pk),
    }
    answer = saved(request, team, form, rewriting(request, rework_step, found), lambda step: _onward(request, step))
    return answer or page(request, "plans/step.html", context, status=422 if form.is_bound else 200)


@require_POST
@team_view
def mark(request: TeamRequest, team: Team, step_id: int) -> HttpResponse:
    """Say where a step stands, in one press on a phone."""
    found = step_of(team, step_id)
    form = MarkForm(request.POST)
    if form.is_valid():
        blocker = form.cleaned_data["blocker"] if "blocker" in request.POST else None
        status = form.cleaned_data["status"]
        found = mark_step(found, status=status, blocker=blocker, by=request.user, now=timezone.now())
    if not request.htmx:
        return redirect(*_onward(request, found))
    row = asked.row_of(found, today=team.today(timezone.now()), member=request.member)
    return page(request, "plans/_step.html", {"team": team, "row": row}, status=200 if form.is_valid() else 422)


@team_page
def changes(request: TeamRequest, team: Team) -> HttpResponse:
    """Tell what changed on the way: every save of every step, the newest first."""
    return page(request, "plans/step_changes.html", {"team": team, "changes": step_changes(team)[:200]})


@team_page
def listed(request: TeamRequest, team: Team, form: str) -> HttpResponse:
    """Answer with the steps as a list for a spreadsheet, or on paper."""
    now = timezone.now()
    if form in ("xlsx", "csv"):
        return table(step_sheet(team), form, "timeline")
    rows = asked.steps_of(team, today=team.today(now))
    return paper(timeline_paper(team, rows, now=now), form, "timeline")


@team_page
def blank(request: TeamRequest, team: Team, form: str) -> HttpResponse:
    """Answer with a timeline to write on."""
    return paper(timeline_paper(team, (), now=timezone.now()), form, "timeline-blank")
