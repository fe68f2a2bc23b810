"""What is put on the table: options, input, objections and concerns."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from colead.decisions.actions import dissent as dissents
from colead.decisions.actions import table
from colead.decisions.forms.table import DissentEndForm, DissentForm, InputForm, OptionForm
from colead.decisions.models import Decision, Dissent
from colead.decisions.views.pages import decision_of
from colead.decisions.views.records import about, page_of
from colead.decisions.views.saving import answer, facts_of, sent
from colead.schools.doors import TeamRequest, team_view
from colead.schools.models import Team
from colead.texts.forms import BasedOnVersion


def _write(request: TeamRequest, decision: Decision, form: Any, verb: Any, title: str, **more: Any) -> HttpResponse:
    """Show a form about something on the table of a decision, save with `verb`, go back to the decision."""

    def save() -> object:
        based_on = {"based_on": form.based_on()} if "based_on" in more.get("needs", ()) else {}
        words = form.words() if isinstance(form, BasedOnVersion) else form.cleaned_data
        return verb(**words, **based_on, by=request.user, now=timezone.now())

    context = about(decision, title, **{key: value for key, value in more.items() if key != "needs"})
    return answer(request, form, save, onward=lambda _saved: page_of(decision), context=context)


CHANGED = {"needs": ("based_on",)}


@team_view
def option_new(request: TeamRequest, team: Team, decision_id: int) -> HttpResponse:
    """Add an option."""
    found = decision_of(team, decision_id)
    form = OptionForm(sent(request))
    del form.fields["standing"]
    return _write(request, found, form, partial(table.add_option, found), _("Add an option"))


@team_view
def option(request: TeamRequest, team: Team, decision_id: int, option_id: int) -> HttpResponse:
    """Change an option, or set it aside."""
    found = decision_of(team, decision_id)
    one = get_object_or_404(found.options, pk=option_id)
    form = OptionForm(sent(request), initial=facts_of(OptionForm, one))
    return _write(request, found, form, partial(table.change_option, one), _("Change the option"), **CHANGED)


@team_view
def heard_new(request: TeamRequest, team: Team, decision_id: int) -> HttpResponse:
    """Note what somebody said, or that they were asked."""
    found = decision_of(team, decision_id)
    initial = {"came_on": team.today(timezone.now()), "fate": "waiting"}
    form = InputForm(sent(request), initial=initial)
    return _write(request, found, form, partial(table.note_input, found), _("Who was asked, and what they said"))


@team_view
def heard(request: TeamRequest, team: Team, decision_id: int, input_id: int) -> HttpResponse:
    """Change what was noted, or say where it went."""
    found = decision_of(team, decision_id)
    one = get_object_or_404(found.inputs, pk=input_id)
    form = InputForm(sent(request), initial=facts_of(InputForm, one))
    title = _("Who was asked, and what they said")
    return _write(request, found, form, partial(table.change_input, one), title, **CHANGED)


@team_view
def dissent_new(request: TeamRequest, team: Team, decision_id: int) -> HttpResponse:
    """Note an objection, a concern, or that somebody stands aside."""
    found = decision_of(team, decision_id)
    form = DissentForm(sent(request), decision=found, initial={"kind": request.GET.get("kind")})
    lead = _("An objection is a gift: it shows what the proposal has overlooked.")
    title = _("What speaks against it?")
    return _write(request, found, form, partial(dissents.say_no, found), title, lead=lead)


@team_view
def dissent(request: TeamRequest, team: Team, decision_id: int, dissent_id: int) -> HttpResponse:
    """Say what happened to an objection or a concern."""
    found = decision_of(team, decision_id)
    one: Dissent = get_object_or_404(found.dissents, pk=dissent_id)
    form = DissentEndForm(sent(request), dissent=one, initial=facts_of(DissentEndForm, one))
    more = {"quote": one.body, **CHANGED}
    return _write(request, found, form, partial(dissents.change_dissent, one), _("What happened to it?"), **more)
