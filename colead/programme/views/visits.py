"""Visits as a team sees them: ask, answer, host, go, write and read notes."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from colead.accounts.models import User
from colead.decisions.views.saving import act, answer, authored, facts_of, sent
from colead.programme import emails
from colead.programme.actions import visits as verbs
from colead.programme.actions.visits import VisitFacts
from colead.programme.forms.visits import (
    ReplyForm,
    TakeHomeForm,
    TeamVisitForm,
)
from colead.programme.models import Visit, VisitNote
from colead.programme.queries import visits as queries
from colead.programme.views import visiting
from colead.programme.views.checkins import promise
from colead.programme.views.visiting import Side
from colead.schools.doors import TeamRequest, team_view
from colead.schools.models import Team
from colead.web.page import page

ABOUT = ("why", "condition", "on_day", "look_fors", "logistics")


def _visit(team: Team, visit_id: int) -> Visit:
    return get_object_or_404(queries.visits_for(team), pk=visit_id)


def _url(team: Team, visit: Visit) -> str:
    return reverse("visit", args=[team.pk, visit.pk])


def _side(request: TeamRequest, team: Team, found: Visit) -> Side:
    return Side(request, team, found, _url(team, found))


@team_view
def visits(request: TeamRequest, team: Team) -> HttpResponse:
    """List the team's visits, as host and as guest."""
    found = queries.listed(queries.visits_for(team), team, today=team.today(timezone.now()))
    context = {"team": team, "visits": found, "programmes": queries.programmes_of(team)}
    return page(request, "programme/visits.html", context)


@team_view
def visit_new(request: TeamRequest, team: Team) -> HttpResponse:
    """Ask to visit a school, or ask others to come."""
    programme = next(iter(queries.programmes_of(team)), None)
    if programme is None:
        raise Http404
    form = TeamVisitForm(sent(request), others=queries.teams_in(programme).exclude(pk=team.pk))

    def save() -> Visit:
        facts = VisitFacts(kind=_kind(form.cleaned_data), **{name: form.cleaned_data[name] for name in ABOUT})
        we_host = form.cleaned_data["direction"] == TeamVisitForm.WE_HOST
        others, office = list(form.cleaned_data["schools"]), form.cleaned_data["with_office"]
        sides: dict[str, Any] = {"guests": others if we_host else [team], "with_office": office}
        host = team if we_host else others[0]
        who: dict[str, Any] = {"asked_by": team, "by": request.user, "now": timezone.now()}
        return asked(verbs.ask_for_visit(host, programme, facts, **sides, **who), by=request.user)

    back = {"back_url": reverse("visits", args=[team.pk]), "back_text": _("Visits")}
    context = {"team": team, "title": _("Ask for a visit"), "submit": _("Ask"), **back}
    return answer(request, form, save, onward=lambda made: _url(team, made), context=context)


def asked(visit: Visit, *, by: User) -> Visit:
    """Tell who has to answer a visit that was just asked for."""
    emails.tell_of_visit(visit, by=by)
    return visit


def _kind(words: dict[str, Any]) -> str:
    """Say what kind of visit it is: several guests make a learning lab, the office alone a site visit."""
    if words["direction"] == TeamVisitForm.WE_HOST and len(words["schools"]) != 1:
        return Visit.Kind.LAB if words["schools"] else Visit.Kind.SITE
    return Visit.Kind.PARTNER


@team_view
def visit(request: TeamRequest, team: Team, visit_id: int) -> HttpResponse:
    """Show a visit, with the notes this team may read."""
    found = queries.visit_page(_visit(team, visit_id), team, today=team.today(timezone.now()))
    return page(request, "programme/visit.html", {"team": team, "page": found, "visit": found.visit})


@team_view
def visit_edit(request: TeamRequest, team: Team, visit_id: int) -> HttpResponse:
    """Change the day, the look-fors or how to arrive."""
    return visiting.edit(_side(request, team, _visit(team, visit_id)))


@team_view
def visit_answer(request: TeamRequest, team: Team, visit_id: int) -> HttpResponse:
    """Say yes or no to a visit."""
    return visiting.say_yes_or_no(_side(request, team, _visit(team, visit_id)))


@team_view
def visit_off(request: TeamRequest, team: Team, visit_id: int) -> HttpResponse:
    """Call a visit off."""
    return visiting.call_off(_side(request, team, _visit(team, visit_id)))


@team_view
def visit_note(request: TeamRequest, team: Team, visit_id: int) -> HttpResponse:
    """Write what you saw on a visit."""
    lead = _("Only your team reads this until you give it to your hosts. They read it before anybody else.")
    return visiting.write_note(_side(request, team, _visit(team, visit_id)), lead=lead)


@require_POST
@team_view
def note_step(request: TeamRequest, team: Team, visit_id: int, note_id: int, step: str) -> HttpResponse:
    """Take a note one step on: its writers give it or remind; its host reads it, releases it, takes it back."""
    found = _visit(team, visit_id)
    mine = {"give": verbs.give_note, "remind": verbs.remind_host}
    hosts = {"read": verbs.mark_read, "release": verbs.release_note, "back": verbs.take_note_back}
    if step in mine:
        note = get_object_or_404(found.notes.exclude(version=0), pk=note_id, team=team)
        verb = mine[step]
    elif step in hosts and found.host_id == team.pk:
        note = get_object_or_404(found.notes.exclude(given_on=None), pk=note_id)
        verb = hosts[step]
    else:
        raise Http404
    return act(request, lambda: verb(note, by=request.user, now=timezone.now()), _url(team, found))


@team_view
def note_reply(request: TeamRequest, team: Team, visit_id: int, note_id: int) -> HttpResponse:
    """Add the host's own words to a note."""
    found = get_object_or_404(queries.visits_for(team).filter(host=team), pk=visit_id)
    note = get_object_or_404(found.notes.exclude(given_on=None), pk=note_id)
    form = ReplyForm(sent(request), initial=facts_of(ReplyForm, note))

    def save() -> VisitNote:
        return verbs.reply_to(note, **authored(request, form))

    context = _side(request, team, found).around(_("Your own words"), quote=note.body)
    return answer(request, form, save, onward=lambda _saved: context["back_url"], context=context)


@team_view
def take_home(request: TeamRequest, team: Team, visit_id: int) -> HttpResponse:
    """Write what you take home from a visit."""
    found = get_object_or_404(queries.visits_for(team).filter(guests__team=team), pk=visit_id)
    guest = found.guests.get(team=team)
    form = TakeHomeForm(sent(request), initial=facts_of(TakeHomeForm, guest))

    def save() -> object:
        words = {"words": form.cleaned_data["take_home"], "thanks": form.cleaned_data["thanks"]}
        facts: dict[str, Any] = {"by": request.user, "based_on": form.based_on(), "now": timezone.now()}
        return verbs.take_home(found, team, **words, **facts)

    lead = _("Your hosts read it too. It is the best thanks they can get.")
    context = _side(request, team, found).around(_("What you take home"), lead=lead)
    return answer(request, form, save, onward=lambda _saved: context["back_url"], context=context)


@team_view
def visit_follow_up(request: TeamRequest, team: Team, visit_id: int) -> HttpResponse:
    """Promise something that came out of a visit; it is looked at again at the next check-in."""
    found = queries.visit_page(_visit(team, visit_id), team, today=team.today(timezone.now()))
    gathering = found.next_check_in
    if gathering is None:
        raise Http404
    lead = _("You look at it again at the next check-in. All schools of your cohort can read it there.")
    context = _side(request, team, found.visit).around(_("What you will do"), lead=lead)
    return promise(request, gathering, team, context, found.visit)
