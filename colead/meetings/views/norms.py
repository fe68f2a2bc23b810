"""Team norms: agree, look, reveal, say what changes."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from colead.decisions.views.saving import act, answer, facts_of, sent
from colead.meetings.actions import norms as actions
from colead.meetings.exports.norms import norms_paper
from colead.meetings.forms.norms import AgreeForm, ChangesForm, ViewForm
from colead.meetings.models import Agreement, NormCheck
from colead.meetings.queries.norms import looks_of, norms_of
from colead.schools.doors import TeamRequest, team_page, team_view
from colead.schools.models import Team
from colead.web.files import paper
from colead.web.page import page


@team_page
def norms(request: TeamRequest, team: Team) -> HttpResponse:
    """Show the norms that hold, the look under way, and what was before."""
    now = timezone.now()
    found = norms_of(team, request.user)
    form = ViewForm(agreement=found.holds, mine=found.look.mine) if found.holds and found.look else None
    context = {"team": team, "norms": found, "form": form, "today": team.today(now)}
    return page(request, "meetings/norms.html", context)


@team_view
def agree(request: TeamRequest, team: Team) -> HttpResponse:
    """Write down what the team agrees on, beginning with what holds."""
    holds, today = team.agreements.first(), team.today(timezone.now())
    lines = "\n".join(norm.words for norm in holds.norms.all()) if holds else ""
    begun = {"norms": lines, "agreed_on": today, "version": holds.number if holds else 0}
    form = AgreeForm(sent(request), team=team, initial=begun)

    def save() -> Agreement:
        facts = form.words()
        words, present = facts.pop("norms"), list(facts.pop("present"))
        return actions.agree_norms(team, words, present=present, based_on=form.based_on(), **facts)

    context = {
        "team": team,
        "title": _("Agree on norms"),
        "lead": _("What held before stays readable below the new ones."),
        "submit": _("We agree on these"),
        "back_url": reverse("norms", args=[team.pk]),
        "back_text": _("Our norms"),
    }
    return answer(request, form, save, onward=lambda _saved: reverse("norms", args=[team.pk]), context=context)


@require_POST
@team_view
def begin(request: TeamRequest, team: Team) -> HttpResponse:
    """Begin to look at the norms that hold."""
    holds = get_object_or_404(team.agreements.all()[:1])
    actions.begin_look(holds, by=request.user, now=timezone.now())
    return redirect(f"{reverse('norms', args=[team.pk])}#look")


def check_of(team: Team, check_id: int) -> NormCheck:
    """Return a look of the team, or not found."""
    return get_object_or_404(looks_of(team), pk=check_id)


@require_POST
@team_view
def look(request: TeamRequest, team: Team, check_id: int) -> HttpResponse:
    """Save how one sees each norm."""
    found = check_of(team, check_id)
    form = ViewForm(request.POST, agreement=found.agreement, mine={})
    if not form.is_valid():
        context = {"team": team, "norms": norms_of(team, request.user), "form": form}
        return page(request, "meetings/norms.html", context, status=422)
    onward = f"{reverse('norms', args=[team.pk])}#look"
    return act(request, lambda: actions.give_view(found, form.marks(), by=request.user), onward)


@require_POST
@team_view
def reveal(request: TeamRequest, team: Team, check_id: int) -> HttpResponse:
    """Show everybody how many see each norm in which way."""
    found, now = check_of(team, check_id), timezone.now()
    onward = f"{reverse('norms', args=[team.pk])}#looks"
    return act(request, lambda: actions.reveal_look(found, by=request.user, now=now), onward)


@team_view
def changes(request: TeamRequest, team: Team, check_id: int) -> HttpResponse:
    """Say what changes after a look."""
    found = check_of(team, check_id)
    form = ChangesForm(sent(request), initial=facts_of(ChangesForm, found))

    def save() -> NormCheck:
        now = timezone.now()
        return actions.say_what_changes(found, **form.words(), by=request.user, based_on=form.based_on(), now=now)

    back = reverse("norms", args=[team.pk])
    context = {"team": team, "title": _("What changes"), "back_url": back, "back_text": _("Our norms")}
    return answer(request, form, save, onward=lambda _saved: f"{back}#looks", context=context)


@team_page
def on_paper(request: TeamRequest, team: Team, form: str) -> HttpResponse:
    """Answer with the norms to hang on the wall."""
    return paper(norms_paper(team, team.agreements.first(), now=timezone.now()), form, "norms")
