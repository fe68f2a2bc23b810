"""Take what somebody wrote to a question into what the team knows."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from colead.plans.actions.evidence import note_evidence
from colead.plans.models import Evidence
from colead.playbook.asked import Asked, asked
from colead.playbook.forms import TakeForm
from colead.playbook.queries.questions import Card, question_page
from colead.schools.doors import TeamRequest, team_view
from colead.schools.models import Team
from colead.web.page import page


@team_view
def take(request: TeamRequest, team: Team, code: str, author_id: int) -> HttpResponse:
    """Show somebody's revealed answer as evidence in the making; on POST keep it."""
    ask = asked(code)
    card = _card(request, team, ask, author_id)
    begun = {"kind": Evidence.Kind.PERCEPTION, "body": card.words, "source": _("Our talk about %s") % code}
    form = TakeForm(request.POST or None, card=card, mine=card.author == request.user, initial=begun)
    if form.is_valid():
        note_evidence(team, origin=code, by=request.user, now=timezone.now(), **form.facts())
        messages.success(request, _("Taken into what you know."))
        return redirect("question", team.pk, code)
    context = {"team": team, "asked": ask, "form": form}
    return page(request, "playbook/take.html", context, status=422 if form.is_bound else 200)


def _card(request: TeamRequest, team: Team, ask: Asked, author_id: int) -> Card:
    """Return a person's revealed answer; whatever is not revealed is not found."""
    for card in question_page(team, ask, request.user).cards:
        if card.author.pk == author_id:
            return card
    raise Http404
