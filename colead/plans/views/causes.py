"""Why is that so: the chain from a barrier to its cause."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from colead.decisions.views.saving import facts_of, sent
from colead.plans.actions import barriers as actions
from colead.plans.forms.barriers import CauseForm, WhyEditForm, WhyForm
from colead.plans.models import Why
from colead.plans.queries.barriers import whys_of
from colead.plans.views.barriers import barrier_of, show
from colead.plans.views.saving import refused, rewriting, saved
from colead.schools.actions import Refusal
from colead.schools.doors import TeamRequest, team_view
from colead.schools.models import Team
from colead.texts.queries import changes
from colead.web.page import page


@require_POST
@team_view
def add(request: TeamRequest, team: Team, barrier_id: int) -> HttpResponse:
    """Add the next because."""
    found = barrier_of(team, barrier_id)
    form = WhyForm(request.POST, team=team, prefix="why")
    answer = saved(
        request,
        team,
        form,
        lambda form: actions.add_why(found, by=request.user, now=timezone.now(), **form.cleaned_data),
        lambda _why: ("barrier", team.pk, barrier_id),
    )
    return answer or show(request, team, found, why_form=form, status=422)


@require_POST
@team_view
def name(request: TeamRequest, team: Team, barrier_id: int) -> HttpResponse:
    """Name the last because as the cause."""
    form = CauseForm(request.POST)
    form.is_valid()  # two boxes cannot be wrong, only left open
    try:
        actions.name_cause(barrier_of(team, barrier_id), by=request.user, now=timezone.now(), **form.cleaned_data)
    except Refusal as refusal:
        refused(request, refusal)
    return redirect("barrier", team.pk, barrier_id)


def _why(team: Team, why_id: int) -> Why:
    return get_object_or_404(whys_of(team), pk=why_id)


@team_view
def edit(request: TeamRequest, team: Team, why_id: int) -> HttpResponse:
    """Change one because and what shows it."""
    found = _why(team, why_id)
    form = WhyEditForm(sent(request), team=team, initial=facts_of(WhyEditForm, found))
    answer = saved(
        request,
        team,
        form,
        rewriting(request, actions.edit_why, found),
        lambda why: ("barrier", team.pk, why.barrier_id),
    )
    context = {"team": team, "why": found, "form": form, "changes": changes(found)}
    return answer or page(request, "plans/why.html", context, status=422 if form.is_bound else 200)


@require_POST
@team_view
def put_away(request: TeamRequest, team: Team, why_id: int) -> HttpResponse:
    """Take a because out of the chain, or put it back in."""
    found = _why(team, why_id)
    verb = actions.bring_back if found.put_away_on else actions.put_why_away
    verb(found, by=request.user, now=timezone.now())
    return redirect("barrier", team.pk, found.barrier_id)
