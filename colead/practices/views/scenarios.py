"""Scenarios: ask, weigh the rules, try, undo, copy, say what one thinks, compare, decide."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from colead.decisions.views.saving import act, authored, sent
from colead.practices.actions import scenarios as actions
from colead.practices.actions import searching
from colead.practices.doors import ScenarioRequest, scenario_draft, scenario_page, scenario_voice
from colead.practices.finding import unpacked as found_in
from colead.practices.forms import scenarios as forms
from colead.practices.models import Scenario
from colead.practices.queries.board import board_of, drafted
from colead.practices.queries.colleagues import beside, changes_of, said_about
from colead.practices.queries.comparing import compared
from colead.practices.queries.deciding import decision_facts, found_facts
from colead.practices.queries.rules import kinds_of, rules_page
from colead.practices.views.naming import scenario_of, timetable_of
from colead.schools.actions import Refusal
from colead.schools.doors import TeamRequest, team_view
from colead.schools.models import Team
from colead.texts.actions import StaleSave
from colead.texts.views import merge
from colead.web.page import page


@require_POST
@team_view
def begin(request: TeamRequest, team: Team, timetable_id: int) -> HttpResponse:
    """Begin a scenario and look for the smallest change at once; what teams ask for can be changed later."""
    found = timetable_of(team, timetable_id)
    facts: dict[str, Any] = {"by": request.user, "now": timezone.now()}
    try:
        searching.check_room(found)
        scenario = actions.begin_scenario(found, **facts)
        search = searching.ask_search(scenario, aim=searching.aim_of(request.POST.get("aim", "")), **facts)
    except Refusal as refusal:
        messages.warning(request, str(refusal.reason))
        return redirect("time_seen", team.pk, found.pk)
    return redirect("time_search", team.pk, search.pk)


@scenario_page
def scenario(request: ScenarioRequest, team: Team, scenario_id: int) -> HttpResponse:
    """Show a scenario: what it asks, what it moves, for whom, what that gives and breaks, what people say."""
    found = scenario_of(team, scenario_id)
    return _show(request, team, found)


def _show(request: ScenarioRequest, team: Team, found: Scenario, *, status: int = 200, **more: Any) -> HttpResponse:
    search, board = found.searches.first(), board_of(found)
    context = {
        "team": team,
        "scenario": found,
        "timetable": found.timetable,
        "board": board,
        "mine": changes_of(board, request.user.name),
        "comments": said_about(found, as_colleague=request.as_colleague),
        "form": _comment_form(request, found),
        "search": search,
        "found": found_in(search.found) if search else None,
        "others": beside(found, as_colleague=request.as_colleague),
        **more,
    }
    return page(request, "practices/scenario.html", context, status=status)


def _comment_form(request: ScenarioRequest, found: Scenario, data: Any = None) -> forms.CommentForm:
    said = found.comments.filter(said_by=request.user).first()
    initial = {"stance": said.stance, "body": said.body, "version": said.version} if said else {}
    return forms.CommentForm(data, is_open=found.opened_on is not None, initial=initial)


def page_of(scenario: Scenario) -> str:
    """Return the address of a scenario."""
    return reverse("scenario", args=[scenario.timetable.team_id, scenario.pk])


@scenario_draft
def words(request: ScenarioRequest, team: Team, scenario_id: int) -> HttpResponse:
    """Change what a scenario is called and what it is after."""
    found = scenario_of(team, scenario_id)
    initial = {"title": found.title, "note": found.note, "version": found.version}
    form = forms.WordsForm(sent(request), initial=initial)
    if form.is_valid():
        try:
            actions.word_scenario(found, **authored(request, form))
        except StaleSave as stale:
            return merge(request, stale, labels=form.labels())
        return redirect(page_of(found))
    return _form(request, team, found, form, title=_("What it is after"))


def _form(request: TeamRequest, team: Team, found: Scenario, form: Any, **facts: Any) -> HttpResponse:
    context = {"team": team, "scenario": found, "form": form, "back_url": page_of(found), **facts}
    return page(request, "practices/form.html", context, status=422 if form.is_bound else 200)


@scenario_draft
def ask(request: ScenarioRequest, team: Team, scenario_id: int) -> HttpResponse:
    """Say what each team asks for."""
    found = scenario_of(team, scenario_id)
    form = forms.AskForm(sent(request), schedule=drafted(found))
    if form.is_valid():
        now, days = timezone.now(), {name: wish.get("days") for name, wish in found.asked.items()}
        kept = {name: {"days": days[name]} if days.get(name) is not None else {} for name in form.asked()}
        asked = {name: {**kept[name], **wish} for name, wish in form.asked().items()}
        return act(request, lambda: actions.ask_for(found, asked, by=request.user, now=now), page_of(found))
    status = 422 if form.is_bound else 200
    return page(request, "practices/ask.html", {"team": team, "scenario": found, "form": form}, status=status)


@scenario_draft
def rules(request: ScenarioRequest, team: Team, scenario_id: int) -> HttpResponse:
    """Say how much each rule counts; of a long list, one kind at a time."""
    found = scenario_of(team, scenario_id)
    schedule = drafted(found)
    kind = request.GET.get("kind", "")
    shown = rules_page(schedule, kind)
    form = forms.RulesForm(sent(request), rules=tuple(card.rule for card in shown))
    if form.is_valid():
        now = timezone.now()
        return act(
            request, lambda: actions.weigh_rules(found, form.strengths(), by=request.user, now=now), page_of(found)
        )
    cards = [(card, bound) for card, (_rule, bound) in zip(shown, form.parts(), strict=True)]
    context = {"team": team, "scenario": found, "form": form, "cards": cards, "kinds": kinds_of(schedule), "kind": kind}
    return page(request, "practices/rules.html", context, status=422 if form.is_bound else 200)


@require_POST
@scenario_voice
def copy(request: ScenarioRequest, team: Team, scenario_id: int) -> HttpResponse:
    """Copy a scenario to think on; what a colleague makes is open, or they would not find it again."""
    now = timezone.now()
    opened_on = team.today(now) if request.as_colleague else None
    made = actions.copy_scenario(scenario_of(team, scenario_id), opened_on=opened_on, by=request.user, now=now)
    return redirect(page_of(made))


@require_POST
@scenario_draft
def drop(request: ScenarioRequest, team: Team, scenario_id: int) -> HttpResponse:
    """Erase a scenario."""
    found = scenario_of(team, scenario_id)
    onward = ("open_scenarios", team.school_id) if request.as_colleague else ("time_seen", team.pk, found.timetable_id)
    return act(request, lambda: actions.drop_scenario(found), *onward)


@require_POST
@scenario_voice
def comment(request: ScenarioRequest, team: Team, scenario_id: int) -> HttpResponse:
    """Say whether I could live with it."""
    found = scenario_of(team, scenario_id)
    form = _comment_form(request, found, request.POST)
    if not form.is_valid():
        return _show(request, team, found, status=422, form=form)
    try:
        actions.say(found, **authored(request, form))
    except StaleSave as stale:
        return merge(request, stale, labels=form.labels())
    return redirect(page_of(found) + "#said")


@scenario_page
def compare(request: ScenarioRequest, team: Team, scenario_id: int, other_id: int) -> HttpResponse:
    """Show two scenarios side by side."""
    one = scenario_of(team, scenario_id)
    other = get_object_or_404(beside(one, as_colleague=request.as_colleague), pk=other_id)
    found = compared(one, other, as_colleague=request.as_colleague)
    headings = (_("What"), one.title, other.title)
    context = {"team": team, "one": one, "other": other, "compared": found, "headings": headings}
    return page(request, "practices/compare.html", context)


@team_view
def decide(request: TeamRequest, team: Team, scenario_id: int) -> HttpResponse:
    """Make a scenario the team's decision."""
    found = scenario_of(team, scenario_id)
    now = timezone.now()
    form = forms.DecideForm(sent(request), team=team, initial=decision_facts(found, board_of(found), now=now))
    if form.is_valid():
        facts = {**form.cleaned_data, "present": list(form.cleaned_data["present"])}
        try:
            made = actions.decide(found, by=request.user, now=now, **facts)
        except Refusal as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            return redirect("decision", team.pk, made.pk)
    lead = _("It goes on record with its reason, and comes back on the day you choose.")
    return _form(
        request, team, found, form, title=_("Decide on this scenario"), lead=lead, submit=_("Keep the decision")
    )


@team_view
def count(request: TeamRequest, team: Team, scenario_id: int) -> HttpResponse:
    """Put the minutes found on the stop list."""
    found = scenario_of(team, scenario_id)
    now = timezone.now()
    form = forms.FoundForm(sent(request), initial=found_facts(found, board_of(found), now=now))
    if form.is_valid():
        try:
            actions.count_minutes(found, by=request.user, now=now, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            return redirect("stop_list", team.pk)
    lead = _("Once the new timetable holds, the minutes it finds count on your stop list, once.")
    return _form(request, team, found, form, title=_("Put the minutes on the stop list"), lead=lead)
