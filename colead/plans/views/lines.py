"""The lines of a theory and the arrows between them."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from colead.decisions.views.saving import facts_of, sent
from colead.plans.actions import theory as actions
from colead.plans.forms.theory import LineEditForm, LineForm
from colead.plans.models import TheoryLine
from colead.plans.queries.theory import lines_in
from colead.plans.views.saving import rewriting, saved
from colead.plans.views.theory import show, theory_of
from colead.schools.doors import TeamRequest, team_page, team_view
from colead.schools.models import Team
from colead.texts.queries import changes
from colead.web.page import page


@require_POST
@team_view
def add(request: TeamRequest, team: Team, theory_id: int, leg: str) -> HttpResponse:
    """Add a line to one of the three parts."""
    if leg not in actions.LEGS:
        raise Http404
    found = theory_of(team, theory_id)
    targets = actions.lines_of(found, actions.next_leg(leg))
    form = LineForm(request.POST, prefix=leg, targets=targets)
    answer = saved(
        request,
        team,
        form,
        lambda form: actions.add_line(found, leg=leg, by=request.user, now=timezone.now(), **form.cleaned_data),
        lambda _line: ("theory_page", team.pk, theory_id),
    )
    return answer or show(request, team, found, status=422, line_form=form)


def _line(team: Team, line_id: int) -> TheoryLine:
    return get_object_or_404(lines_in(team), pk=line_id)


@team_page
def line(request: TeamRequest, team: Team, line_id: int) -> HttpResponse:
    """Show a line with its arrow; on POST change them."""
    found = _line(team, line_id)
    targets = actions.lines_of(found.theory, actions.next_leg(found.leg))
    begun = {**facts_of(LineEditForm, found), "evidence": found.evidence.all()}
    form = LineEditForm(sent(request), team=team, leg=found.leg, targets=targets, initial=begun)
    answer = saved(
        request,
        team,
        form,
        rewriting(request, actions.edit_line, found),
        lambda _line: ("theory_page", team.pk, found.theory_id),
    )
    context = {"team": team, "line": found, "form": form, "changes": changes(found)}
    return answer or page(request, "plans/theory_line.html", context, status=422 if form.is_bound else 200)


@require_POST
@team_view
def put_away(request: TeamRequest, team: Team, line_id: int) -> HttpResponse:
    """Take a line out of the theory, or put it back."""
    found = _line(team, line_id)
    verb = actions.bring_line_back if found.put_away_on else actions.put_line_away
    verb(found, by=request.user, now=timezone.now())
    return redirect("theory_page", team.pk, found.theory_id)
