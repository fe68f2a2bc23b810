"""What could be done: look what was tried before, add an idea, choose an approach."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from colead.decisions.views.saving import facts_of, sent
from colead.plans.actions import barriers as actions
from colead.plans.forms.barriers import ApproachForm, IdeaEditForm, IdeaForm
from colead.plans.models import Idea
from colead.plans.queries.barriers import votes_of
from colead.plans.queries.thread import thread_links
from colead.plans.queries.tried import search_tried
from colead.plans.views.barriers import barrier_of, show
from colead.plans.views.saving import rewriting, saved
from colead.schools.doors import TeamRequest, team_page, team_view
from colead.schools.models import Team
from colead.texts.queries import changes
from colead.web.page import page

LONGEST = 2000  # letters of an idea that fit into an address


@team_page
def tried(request: TeamRequest, team: Team) -> HttpResponse:
    """Search what was tried before."""
    asked = request.GET.get("q", "")[:LONGEST]
    return page(request, "plans/tried.html", {"team": team, "asked": asked, "found": search_tried(team, asked)})


@team_view
def new(request: TeamRequest, team: Team, barrier_id: int) -> HttpResponse:
    """Show what was tried before that sounds like this idea; on POST add the idea."""
    found = barrier_of(team, barrier_id)
    asked = request.GET.get("q", "")[:LONGEST]
    form = IdeaForm(sent(request), initial={"text": asked})
    answer = saved(
        request,
        team,
        form,
        lambda form: actions.add_idea(team, barrier=found, by=request.user, now=timezone.now(), **form.cleaned_data),
        lambda _idea: ("barrier", team.pk, barrier_id),
    )
    asked = form["text"].value() or ""
    context = {"team": team, "barrier": found, "form": form, "asked": asked, "found": search_tried(team, asked)}
    return answer or page(request, "plans/idea_new.html", context, status=422 if form.is_bound else 200)


def _idea(team: Team, idea_id: int) -> Idea:
    idea: Idea = get_object_or_404(
        team.ideas.select_related("team__school", "barrier").prefetch_related("voters"), pk=idea_id
    )
    return idea


@team_page
def idea(request: TeamRequest, team: Team, idea_id: int) -> HttpResponse:
    """Show one idea; on POST change its words."""
    found = _idea(team, idea_id)
    form = IdeaEditForm(sent(request), initial=facts_of(IdeaEditForm, found))
    answer = saved(
        request, team, form, rewriting(request, actions.edit_idea, found), lambda _idea: ("idea", team.pk, idea_id)
    )
    context = {
        "team": team,
        "idea": found,
        "votes": votes_of(found, request.member),
        "form": form,
        "found": search_tried(team, found.text, leave_out=found),
        "theory": found.theories.first(),
        "links": thread_links(team, "idea", found.pk),
        "changes": changes(found),
    }
    return answer or page(request, "plans/idea.html", context, status=422 if form.is_bound else 200)


@require_POST
@team_view
def choose(request: TeamRequest, team: Team, barrier_id: int) -> HttpResponse:
    """Choose one idea as the approach to its barrier."""
    found = barrier_of(team, barrier_id)
    form = ApproachForm(request.POST, barrier=found)
    answer = saved(
        request,
        team,
        form,
        lambda form: actions.choose_approach(by=request.user, now=timezone.now(), **form.cleaned_data),
        lambda _idea: ("barrier", team.pk, barrier_id),
    )
    return answer or show(request, team, found, approach_form=form, status=422)


@require_POST
@team_view
def put_away(request: TeamRequest, team: Team, idea_id: int) -> HttpResponse:
    """Put an idea aside, or bring it back."""
    found = _idea(team, idea_id)
    verb = actions.bring_back if found.put_away_on else actions.put_away
    verb(found, by=request.user, now=timezone.now())
    return redirect("barrier", team.pk, found.barrier_id) if found.barrier_id else redirect("idea", team.pk, idea_id)


@require_POST
@team_view
def vote(request: TeamRequest, team: Team, idea_id: int) -> HttpResponse:
    """Give my vote to an idea, or take it back."""
    assert request.member  # team_view lets members in only
    found = _idea(team, idea_id)
    actions.vote(found, request.member)
    return redirect("barrier", team.pk, found.barrier_id) if found.barrier_id else redirect("idea", team.pk, idea_id)
