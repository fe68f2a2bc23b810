"""The stop list, and what changed hands."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from colead.decisions.actions import exchange
from colead.decisions.exports.lists import hand_overs_sheet, stop_list_sheet
from colead.decisions.exports.papers import hand_overs_paper, stop_list_paper
from colead.decisions.forms.exchange import CheckForm, HandOverForm, LetGoForm
from colead.decisions.models import HandOver, LetGo
from colead.decisions.queries.exchange import hand_overs, stop_list
from colead.decisions.views.saving import answer, authored, facts_of, sent
from colead.schools.doors import TeamRequest, team_page, team_view
from colead.schools.models import Team
from colead.texts.queries import changes
from colead.web.files import paper, table
from colead.web.page import page

LOOK_AFTER = timedelta(weeks=8)  # what creeps back does so within a term


def _around(team: Team, where: str, title: str, **more: Any) -> dict[str, Any]:
    names = {"stop_list": _("Stop list"), "hand_overs": _("Hand-overs")}
    back = {"back_url": reverse(where, args=[team.pk]), "back_text": names[where]}
    return {"team": team, "title": title, **back, **more}


@team_page
def stopped(request: TeamRequest, team: Team) -> HttpResponse:
    """Show what you let go, and what that gives back."""
    found = stop_list(team, today=team.today(timezone.now()))
    return page(request, "decisions/stop_list.html", {"team": team, "list": found})


@team_view
def let_go(request: TeamRequest, team: Team) -> HttpResponse:
    """Put something on the stop list."""
    today = team.today(timezone.now())
    named = request.GET.get("decision", "")
    initial = {"since": today, "people": 1, "look_on": today + LOOK_AFTER, "decision": named}
    form = LetGoForm(sent(request), team=team, initial=initial)

    def save() -> LetGo:
        return exchange.let_go(team, **form.words(), by=request.user, now=timezone.now())

    context = _around(team, "stop_list", _("Let something go"), submit=_("Put it on the list"))
    return answer(request, form, save, onward=lambda _saved: context["back_url"], context=context)


@team_view
def change_let_go(request: TeamRequest, team: Team, let_go_id: int) -> HttpResponse:
    """Change an entry on the stop list."""
    entry = get_object_or_404(team.let_gos, pk=let_go_id)
    form = LetGoForm(sent(request), team=team, initial=facts_of(LetGoForm, entry))

    def save() -> LetGo:
        return exchange.change_let_go(entry, **authored(request, form))

    context = _around(team, "stop_list", _("Change the entry"), changes=changes(entry))
    return answer(request, form, save, onward=lambda _saved: context["back_url"], context=context)


@team_view
def check_on(request: TeamRequest, team: Team, let_go_id: int) -> HttpResponse:
    """Say whether something has stayed gone."""
    entry = get_object_or_404(team.let_gos, pk=let_go_id)
    today = team.today(timezone.now())
    initial = facts_of(CheckForm, entry) | {
        "look_on": today + LOOK_AFTER,
        "is_back": "yes" if entry.back_since else "no",
    }
    form = CheckForm(sent(request), initial=initial)

    def save() -> LetGo:
        facts = {name: value for name, value in form.words().items() if name != "is_back"}
        return exchange.check_on(entry, **facts, by=request.user, based_on=form.based_on(), now=timezone.now())

    context = _around(team, "stop_list", _("Has it stayed gone?"), quote=entry.what)
    return answer(request, form, save, onward=lambda _saved: context["back_url"], context=context)


@team_page
def handed(request: TeamRequest, team: Team) -> HttpResponse:
    """Show what changed hands, and what was taken off in exchange."""
    return page(request, "decisions/hand_overs.html", {"team": team, "hand_overs": hand_overs(team)})


@team_view
def hand_over(request: TeamRequest, team: Team) -> HttpResponse:
    """Note that a task changes hands."""
    form = HandOverForm(sent(request), team=team, initial={"handed_on": team.today(timezone.now())})

    def save() -> HandOver:
        facts = {**form.words(), "agreed_by": list(form.cleaned_data["agreed_by"])}
        return exchange.hand_over(team, **facts, by=request.user, now=timezone.now())

    context = _around(
        team,
        "hand_overs",
        _("Hand a task over"),
        lead=_("Nobody just gets more to do. What goes off their plate?"),
        submit=_("Keep it"),
    )
    return answer(request, form, save, onward=lambda _saved: context["back_url"], context=context)


@team_view
def change_hand_over(request: TeamRequest, team: Team, hand_over_id: int) -> HttpResponse:
    """Change what was noted about a hand-over."""
    entry = get_object_or_404(team.hand_overs, pk=hand_over_id)
    initial = {**facts_of(HandOverForm, entry), "agreed_by": list(entry.agreed_by.all())}
    form = HandOverForm(sent(request), team=team, initial=initial)

    def save() -> HandOver:
        facts = {**form.words(), "agreed_by": list(form.cleaned_data["agreed_by"])}
        now = timezone.now()
        return exchange.change_hand_over(entry, **facts, by=request.user, based_on=form.based_on(), now=now)

    context = _around(team, "hand_overs", _("Change the hand-over"), changes=changes(entry))
    return answer(request, form, save, onward=lambda _saved: context["back_url"], context=context)


@team_page
def stop_paper(request: TeamRequest, team: Team, kind: str, form: str) -> HttpResponse:
    """Answer with the stop list on paper: `filled`, or `blank` to write on."""
    now = timezone.now()
    found = stop_list(team, today=team.today(now)) if _filled(kind) else None
    return paper(stop_list_paper(team, found, now=now), form, f"stop-list-{kind}")


@team_page
def hand_paper(request: TeamRequest, team: Team, kind: str, form: str) -> HttpResponse:
    """Answer with the hand-overs on paper: `filled`, or `blank` to write on."""
    found = hand_overs(team) if _filled(kind) else None
    return paper(hand_overs_paper(team, found, now=timezone.now()), form, f"hand-overs-{kind}")


@team_page
def stop_sheet(request: TeamRequest, team: Team, form: str) -> HttpResponse:
    """Answer with the stop list as a list."""
    return table(stop_list_sheet(stop_list(team, today=team.today(timezone.now()))), form, "stop-list")


@team_page
def hand_sheet(request: TeamRequest, team: Team, form: str) -> HttpResponse:
    """Answer with the hand-overs as a list."""
    return table(hand_overs_sheet(hand_overs(team)), form, "hand-overs")


def _filled(kind: str) -> bool:
    if kind not in ("filled", "blank"):
        raise Http404
    return kind == "filled"
