"""Barriers: name them, say how far your reach goes, choose one."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from colead.decisions.views.saving import facts_of, sent
from colead.plans.actions import barriers as actions
from colead.plans.exports.barriers import barrier_list, barrier_paper
from colead.plans.forms.barriers import ApproachForm, BarrierEditForm, BarrierForm, CauseForm, WhyForm
from colead.plans.forms.fields import condition_name
from colead.plans.models import Barrier
from colead.plans.queries.barriers import barrier_page, barriers_page
from colead.plans.queries.thread import thread_links
from colead.plans.views.saving import refused, rewriting, saved
from colead.schools.actions import Refusal
from colead.schools.doors import TeamRequest, team_page, team_view
from colead.schools.models import Team
from colead.texts.queries import changes
from colead.web.files import paper, table
from colead.web.page import page


def condition_in(request: TeamRequest) -> str:
    """Return the condition that the address names, where there is such a one."""
    slug = request.GET.get("condition", "")
    return slug if condition_name(slug) else ""


@team_page
def barriers(request: TeamRequest, team: Team) -> HttpResponse:
    """List what stands in the way; on POST add to it."""
    condition = condition_in(request)
    form = BarrierForm(sent(request), team=team, initial={"condition": condition})
    answer = saved(
        request,
        team,
        form,
        lambda form: actions.name_barrier(team, by=request.user, now=timezone.now(), **form.cleaned_data),
        lambda made: ("barrier", team.pk, made.pk),
    )
    context = {"team": team, "form": form, "page": barriers_page(team, request.member, condition)}
    return answer or page(request, "plans/barriers.html", context, status=422 if form.is_bound else 200)


@team_page
def causes(request: TeamRequest, team: Team) -> HttpResponse:
    """Show symptom, pattern and cause of every barrier side by side."""
    return page(request, "plans/causes.html", {"team": team, "page": barriers_page(team, request.member)})


def barrier_of(team: Team, barrier_id: int) -> Barrier:
    """Return a barrier of the team, or not found."""
    barrier: Barrier = get_object_or_404(
        team.barriers.select_related("team__school").prefetch_related("voters", "whys", "ideas", "evidence"),
        pk=barrier_id,
    )
    return barrier


@team_page
def barrier(request: TeamRequest, team: Team, barrier_id: int) -> HttpResponse:
    """Show one barrier as four steps: name it, find its cause, think of ideas, choose an approach."""
    return show(request, team, barrier_of(team, barrier_id))


def show(request: TeamRequest, team: Team, found: Barrier, *, status: int = 200, **forms: Any) -> HttpResponse:
    """Render a barrier's page, with forms as they were sent where something is wrong with them."""
    context = {
        "team": team,
        "page": barrier_page(found, request.member),
        "why_form": WhyForm(team=team, prefix="why"),
        "cause_form": CauseForm(),
        "approach_form": ApproachForm(barrier=found),
        "links": thread_links(team, "barrier", found.pk),
        "changes": changes(found),
        **forms,
    }
    return page(request, "plans/barrier.html", context, status=status)


@team_view
def edit(request: TeamRequest, team: Team, barrier_id: int) -> HttpResponse:
    """Change a barrier's words, tag or evidence."""
    found = barrier_of(team, barrier_id)
    begun = {**facts_of(BarrierEditForm, found), "evidence": found.evidence.all()}
    form = BarrierEditForm(sent(request), team=team, initial=begun)
    answer = saved(
        request,
        team,
        form,
        rewriting(request, actions.edit_barrier, found),
        lambda _barrier: ("barrier", team.pk, barrier_id),
    )
    context = {"team": team, "barrier": found, "form": form}
    return answer or page(request, "plans/barrier_edit.html", context, status=422 if form.is_bound else 200)


def _do(request: TeamRequest, team: Team, barrier_id: int, verb: Callable[..., Any]) -> HttpResponse:
    """Do one thing with a barrier; a refusal is said aloud on its page."""
    try:
        verb(barrier_of(team, barrier_id), by=request.user, now=timezone.now())
    except Refusal as refusal:
        refused(request, refusal)
    return redirect("barrier", team.pk, barrier_id)


@require_POST
@team_view
def choose(request: TeamRequest, team: Team, barrier_id: int) -> HttpResponse:
    """Take a barrier on."""
    return _do(request, team, barrier_id, actions.choose_barrier)


@require_POST
@team_view
def put_away(request: TeamRequest, team: Team, barrier_id: int) -> HttpResponse:
    """Put a barrier aside."""
    return _do(request, team, barrier_id, actions.put_away)


@require_POST
@team_view
def bring_back(request: TeamRequest, team: Team, barrier_id: int) -> HttpResponse:
    """Bring a barrier back."""
    return _do(request, team, barrier_id, actions.bring_back)


@require_POST
@team_view
def vote(request: TeamRequest, team: Team, barrier_id: int) -> HttpResponse:
    """Give my vote to a barrier, or take it back."""
    assert request.member  # team_view lets members in only
    actions.vote(barrier_of(team, barrier_id), request.member)
    return redirect("barriers", team.pk)


@team_page
def filled(request: TeamRequest, team: Team, barrier_id: int, form: str) -> HttpResponse:
    """Answer with one barrier on paper."""
    found = barrier_page(barrier_of(team, barrier_id), request.member)
    return paper(barrier_paper(team, found, now=timezone.now()), form, f"barrier-{barrier_id}")


@team_page
def blank(request: TeamRequest, team: Team, form: str) -> HttpResponse:
    """Answer with a sheet on which to work from a barrier to an approach."""
    return paper(barrier_paper(team, None, now=timezone.now()), form, "barrier-blank")


@team_page
def listed(request: TeamRequest, team: Team, form: str) -> HttpResponse:
    """Answer with all barriers as a list."""
    return table(barrier_list(barriers_page(team, request.member)), form, "barriers")
