"""Small tests: what the team tries now, what it watches, what it tried before."""

from collections.abc import Callable
from itertools import islice
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from colead.decisions.views.saving import facts_of, sent
from colead.plans.actions import trials as actions
from colead.plans.exports.trials import trial_paper, trial_sheet
from colead.plans.forms.impact import ThemeForm
from colead.plans.forms.trials import NewTrialForm, PlaceForm, TrialForm
from colead.plans.models import PurposeMap, Trial
from colead.plans.queries.measures import measure
from colead.plans.queries.thread import thread_links
from colead.plans.queries.timeline import steps_of
from colead.plans.queries.trials import facts_from_map, facts_from_trial, outcome, trials_page
from colead.plans.queries.tried import search_tried, tried_here
from colead.plans.views.saving import refused, rewriting, saved
from colead.schools.actions import Refusal
from colead.schools.doors import TeamRequest, team_page, team_view
from colead.schools.models import Team
from colead.texts.actions import save_text
from colead.web.files import paper, table
from colead.web.page import page


@team_page
def trials(request: TeamRequest, team: Team) -> HttpResponse:
    """Show the one priority, what is watched and what was tried."""
    found = trials_page(team, today=team.today(timezone.now()))
    return page(request, "plans/trials.html", {"team": team, "page": found})


@team_view
def new(request: TeamRequest, team: Team) -> HttpResponse:
    """Plan a test, from a purpose map or from the one before where `map` or `after` names it."""
    source, after = _named(request, team, "map"), _named(request, team, "after")
    form = _new_form(request, team, source, after)
    answer = saved(request, team, form, lambda form: _plan(request, team, form, source, after), _to_trial)
    search = request.GET.get("search", "")
    tried = search_tried(team, search) if search else tuple(islice(tried_here(team), 8))
    context = {"team": team, "form": form, "source": source, "after": after, "search": search, "tried": tried}
    return answer or page(request, "plans/new_trial.html", context, status=422 if form.is_bound else 200)


def number_in(request: TeamRequest, name: str) -> int | None:
    """Return the number that the address names; anything else that is typed there is not found."""
    text = request.GET.get(name, "")
    if not text:
        return None
    if not text.isdecimal() or len(text) > 18:
        raise Http404
    return int(text)


def _named(request: TeamRequest, team: Team, kind: str) -> Any:
    number = number_in(request, kind)
    found = team.maps if kind == "map" else team.trials
    return get_object_or_404(found, pk=number) if number else None


def _new_form(request: TeamRequest, team: Team, source: PurposeMap | None, after: Trial | None) -> NewTrialForm:
    current = team.trials.active().first()
    facts = facts_from_map(source) if source else facts_from_trial(after) if after else {}
    facts["place"] = "watching" if current else "active"
    with_steps = bool(source and source.first_steps)
    return NewTrialForm(sent(request), current=current, with_steps=with_steps, initial=facts)


def _plan(
    request: TeamRequest, team: Team, form: NewTrialForm, source: PurposeMap | None, after: Trial | None
) -> Trial:
    facts, now = form.words(), timezone.now()
    with_steps = facts.pop("first_steps", False)
    origin = source or after
    links: dict[str, Any] = {"map": source, "theory": origin and origin.theory, "after": after}
    trial = actions.plan_trial(team, by=request.user, now=now, **facts, **links)
    if source and with_steps:
        actions.steps_from_map(trial, source, by=request.user, now=now)
    return trial


def _to_trial(trial: Trial) -> tuple[Any, ...]:
    return ("trial", trial.team_id, trial.pk)


def trial_of(team: Team, trial_id: int) -> Trial:
    """Return a test of the team, or not found."""
    related = ("team__school", "theory", "map__theory", "after", "impact__decision")
    return get_object_or_404(team.trials.select_related(*related), pk=trial_id)


@team_page
def trial(request: TeamRequest, team: Team, trial_id: int) -> HttpResponse:
    """Show one test with its steps, measures and what people said about it."""
    return show(request, team, trial_of(team, trial_id))


def show(request: TeamRequest, team: Team, found: Trial, *, status: int = 200, **forms: Any) -> HttpResponse:
    """Show a test, with forms as they were sent where one needs another look."""
    indicators = found.indicators.filter(put_away_on=None).prefetch_related("points")
    rest: dict[str, Any] = {"place": _place_form(team, found), "theme_form": ThemeForm()}
    context = {
        "team": team,
        "trial": found,
        "steps": steps_of(team, today=team.today(timezone.now()), trial=found, member=request.member),
        "measures": [measure(indicator) for indicator in indicators],
        "themes": found.themes.all(),
        "links": thread_links(team, "trial", found.pk),
        "outcome": outcome(found) if found.closed_on else "",
        **rest,
        **forms,
    }
    return page(request, "plans/trial.html", context, status=status)


def _place_form(team: Team, found: Trial, data: Any = None) -> PlaceForm:
    current = team.trials.active().exclude(pk=found.pk).first()
    other = Trial.Place.WATCHING if found.place == Trial.Place.ACTIVE else Trial.Place.ACTIVE
    return PlaceForm(data, current=current, initial={"place": other.value})


@team_view
def edit(request: TeamRequest, team: Team, trial_id: int) -> HttpResponse:
    """Change what a test says; two people's words are put together by a person."""
    found = trial_of(team, trial_id)
    form = TrialForm(sent(request), initial=facts_of(TrialForm, found))
    answer = saved(request, team, form, rewriting(request, save_text, found), _to_trial)
    context = {"team": team, "trial": found, "form": form}
    return answer or page(request, "plans/edit_trial.html", context, status=422 if form.is_bound else 200)


@require_POST
@team_view
def place(request: TeamRequest, team: Team, trial_id: int) -> HttpResponse:
    """Make a test the one priority, or watch it until a day."""
    found = trial_of(team, trial_id)
    form = _place_form(team, found, request.POST)

    def save(form: PlaceForm) -> Trial:
        asked = form.cleaned_data
        facts = {"by": request.user, "now": timezone.now(), "note": asked["place_note"]}
        if asked["place"] == Trial.Place.ACTIVE:
            return actions.prioritize(found, other_until=asked.get("other_until"), **facts)
        return actions.watch(found, review_on=asked["review_on"], **facts)

    return saved(request, team, form, save, _to_trial) or show(request, team, found, status=422, place=form)


def _do(request: TeamRequest, team: Team, trial_id: int, verb: Callable[..., Trial]) -> HttpResponse:
    """Do one verb that needs no words, and say a refusal aloud."""
    try:
        verb(trial_of(team, trial_id), by=request.user, now=timezone.now())
    except Refusal as refusal:
        refused(request, refusal)
    return redirect("trial", team.pk, trial_id)


@require_POST
@team_view
def begin(request: TeamRequest, team: Team, trial_id: int) -> HttpResponse:
    """Begin the priority."""
    return _do(request, team, trial_id, actions.begin)


@require_POST
@team_view
def let_go(request: TeamRequest, team: Team, trial_id: int) -> HttpResponse:
    """Close a test that never began."""
    return _do(request, team, trial_id, actions.let_go)


@team_page
def filled(request: TeamRequest, team: Team, trial_id: int, form: str) -> HttpResponse:
    """Answer with a test on paper."""
    return paper(trial_paper(team, trial_of(team, trial_id), now=timezone.now()), form, f"test-{trial_id}")


@team_page
def listed(request: TeamRequest, team: Team, form: str) -> HttpResponse:
    """Answer with all tests as a list for a spreadsheet."""
    return table(trial_sheet(team), form, "tests")


@team_page
def blank(request: TeamRequest, team: Team, form: str) -> HttpResponse:
    """Answer with a sheet on which to plan a test."""
    return paper(trial_paper(team, None, now=timezone.now()), form, "test-blank")
