"""Ask for help from any page; see every step of it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from colead.decisions.views.saving import answer, authored, facts_of, sent
from colead.programme import emails
from colead.programme.actions import support as verbs
from colead.programme.forms.support import AskForm, CloseForm, HelpedForm, StepForm
from colead.programme.models import Ask
from colead.programme.queries import support as queries
from colead.programme.queries.visits import programmes_of
from colead.schools.doors import KnownRequest, TeamRequest, team_view
from colead.schools.models import Team
from colead.texts.queries import changes
from colead.web.doors import signed_in
from colead.web.page import page


@signed_in
def help_wanted(request: KnownRequest) -> HttpResponse:
    """Find out for which team somebody asks for help, and lead there with the page they come from."""
    path = request.GET.get("page", "")
    team = queries.team_meant(request.user, path)
    if team:
        return redirect(reverse("ask_new", args=[team.pk]) + "?" + urlencode({"page": path}))
    teams = [member.team for member in request.user.memberships.active().select_related("team__school")]
    return page(request, "programme/support_whose.html", {"teams": teams, "path": path})


def _around(team: Team, ask: Ask, title: str, **more: Any) -> dict[str, Any]:
    back = {"back_url": reverse("ask", args=[team.pk, ask.pk]), "back_text": _("The ask")}
    return {"team": team, "title": title, **back, **more}


@team_view
def asks(request: TeamRequest, team: Team) -> HttpResponse:
    """List what the team asked for, open ones first."""
    context = {"team": team, "asks": queries.asks_for(team), "programmes": programmes_of(team)}
    return page(request, "programme/support.html", context)


@team_view
def ask_new(request: TeamRequest, team: Team) -> HttpResponse:
    """Ask for help, with the page one comes from: its address and what kind of page it is, never its words."""
    programme = next(iter(programmes_of(team)), None)
    if programme is None:
        return page(request, "programme/support_nobody.html", {"team": team})
    come_from = queries.page_named(request.GET.get("page", ""))
    form = AskForm(sent(request))

    def save() -> Ask:
        where = {"page": come_from.path, "page_title": come_from.title} if come_from else {}
        facts: dict[str, Any] = {**form.words(), **where, "by": request.user, "now": timezone.now()}
        made = verbs.ask_for_help(team, programme, **facts)
        emails.tell_of_ask(made, by=request.user)
        return made

    back = {"back_url": come_from.path if come_from else reverse("asks", args=[team.pk]), "back_text": _("Back")}
    context = {"team": team, "title": _("Ask for help"), "come_from": come_from, "office": programme.office, **back}
    onward = {"onward": lambda made: reverse("ask", args=[team.pk, made.pk])}
    return answer(request, form, save, **onward, context=context, template="programme/support_ask.html")


@team_view
def ask(request: TeamRequest, team: Team, ask_id: int) -> HttpResponse:
    """Show one ask with every step of the help."""
    found = get_object_or_404(queries.asks_for(team), pk=ask_id)
    context = {"team": team, "ask": found, "steps": queries.steps_of(found), "changes": changes(found)}
    return page(request, "programme/support_one.html", context)


@team_view
def ask_edit(request: TeamRequest, team: Team, ask_id: int) -> HttpResponse:
    """Say better what you would like help with."""
    found = get_object_or_404(queries.asks_for(team), pk=ask_id)
    form = AskForm(sent(request), initial=facts_of(AskForm, found))

    def save() -> Ask:
        return verbs.change_ask(found, **authored(request, form))

    context = _around(team, found, _("Say it better"))
    return answer(request, form, save, onward=lambda _saved: context["back_url"], context=context)


@team_view
def ask_step(request: TeamRequest, team: Team, ask_id: int) -> HttpResponse:
    """Add the school's side of what was done or said."""
    found = get_object_or_404(queries.asks_for(team), pk=ask_id)
    form = StepForm(sent(request), initial={"on_day": team.today(timezone.now())})

    def save() -> object:
        return verbs.log_step(found, by_office=False, **form.words(), by=request.user, now=timezone.now())

    context = _around(team, found, _("What was done or said"), lead=_("The office reads it."))
    return answer(request, form, save, onward=lambda _saved: context["back_url"], context=context)


@team_view
def ask_close(request: TeamRequest, team: Team, ask_id: int) -> HttpResponse:
    """Close an ask with what came of it."""
    found = get_object_or_404(queries.asks_for(team), pk=ask_id)
    form = CloseForm(sent(request), initial=facts_of(CloseForm, found))

    def save() -> Ask:
        return verbs.close_ask(found, **authored(request, form))

    context = _around(team, found, _("What came of it?"), submit=_("Close it"))
    return answer(request, form, save, onward=lambda _saved: context["back_url"], context=context)


@team_view
def ask_helped(request: TeamRequest, team: Team, ask_id: int) -> HttpResponse:
    """Say whether it helped."""
    found = get_object_or_404(queries.asks_for(team).exclude(closed_on=None), pk=ask_id)
    form = HelpedForm(sent(request), initial={"helped": found.helped})

    def save() -> Ask:
        return verbs.say_whether_it_helped(found, **form.cleaned_data, by=request.user, now=timezone.now())

    lead = _("Your word, and nobody else’s. In the year’s figures it counts without your name.")
    context = _around(team, found, _("Did it help?"), lead=lead)
    return answer(request, form, save, onward=lambda _saved: context["back_url"], context=context)
