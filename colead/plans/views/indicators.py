"""What the team counts: indicators, their values, their charts."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from colead.decisions.views.saving import facts_of, sent
from colead.plans.actions import indicators as actions
from colead.plans.charts.runchart import picture
from colead.plans.exports.impact import value_sheet
from colead.plans.forms.impact import SHARE, IndicatorForm, PasteForm, ValueForm
from colead.plans.models import Indicator
from colead.plans.queries.measures import measure
from colead.plans.views.saving import rewriting, saved
from colead.plans.views.trials import trial_of
from colead.schools.doors import TeamRequest, team_page, team_view
from colead.schools.models import Team
from colead.texts.actions import save_text
from colead.texts.queries import changes
from colead.web.files import table
from colead.web.page import page


@team_view
def new(request: TeamRequest, team: Team, trial_id: int) -> HttpResponse:
    """Choose something to count for a test."""
    trial = trial_of(team, trial_id)
    form = IndicatorForm(sent(request), initial={"kind": "process", "better": "up", "chart": "run", "rules": "anhoej"})

    def save(form: IndicatorForm) -> Indicator:
        return actions.add_indicator(trial, by=request.user, now=timezone.now(), **form.words())

    answer = saved(request, team, form, save, _to_indicator)
    context = {"team": team, "trial": trial, "form": form}
    return answer or page(request, "plans/indicator_form.html", context, status=422 if form.is_bound else 200)


def _to_indicator(indicator: Indicator) -> tuple[Any, ...]:
    return ("indicator", indicator.team_id, indicator.pk)


def indicator_of(team: Team, indicator_id: int) -> Indicator:
    """Return an indicator of the team, or not found."""
    related = team.indicators.select_related("team__school", "trial", "theory").prefetch_related("points")
    return get_object_or_404(related, pk=indicator_id)


@team_page
def indicator(request: TeamRequest, team: Team, indicator_id: int) -> HttpResponse:
    """Show an indicator: what the rules say, the chart, its values."""
    return _show(request, team, indicator_of(team, indicator_id))


def _show(request: TeamRequest, team: Team, found: Indicator, *, status: int = 200, **forms: Any) -> HttpResponse:
    read = measure(found)
    share = found.chart == SHARE
    fresh: dict[str, Any] = {
        "form": ValueForm(share=share, initial={"on": team.today(timezone.now())}),
        "paste": PasteForm(share=share),
    }
    context = {
        "team": team,
        "indicator": found,
        "measure": read,
        "chart": picture(read, title=found.name, said=" ".join(read.findings)),
        "changes": changes(found),
        **fresh,
        **forms,
    }
    return page(request, "plans/indicator.html", context, status=status)


@team_view
def edit(request: TeamRequest, team: Team, indicator_id: int) -> HttpResponse:
    """Change what is counted and how it is read."""
    found = indicator_of(team, indicator_id)
    form = IndicatorForm(sent(request), initial=facts_of(IndicatorForm, found))
    answer = saved(request, team, form, rewriting(request, save_text, found), _to_indicator)
    context = {"team": team, "trial": found.trial, "indicator": found, "form": form}
    return answer or page(request, "plans/indicator_form.html", context, status=422 if form.is_bound else 200)


@require_POST
@team_view
def put_value(request: TeamRequest, team: Team, indicator_id: int) -> HttpResponse:
    """Put one value on an indicator."""
    found = indicator_of(team, indicator_id)
    form = ValueForm(request.POST, share=found.chart == SHARE)

    def save(form: ValueForm) -> Indicator:
        actions.put_values(found, [form.value_of(form.cleaned_data)], by=request.user, now=timezone.now())
        return found

    return saved(request, team, form, save, _to_indicator) or _show(request, team, found, status=422, form=form)


@require_POST
@team_view
def paste(request: TeamRequest, team: Team, indicator_id: int) -> HttpResponse:
    """Put pasted values on an indicator, all of them or none."""
    found = indicator_of(team, indicator_id)
    form = PasteForm(request.POST, share=found.chart == SHARE)

    def save(form: PasteForm) -> Indicator:
        actions.put_values(found, form.values, by=request.user, now=timezone.now())
        return found

    return saved(request, team, form, save, _to_indicator) or _show(request, team, found, status=422, paste=form)


@require_POST
@team_view
def take_off(request: TeamRequest, team: Team, indicator_id: int, point_id: int) -> HttpResponse:
    """Take a value off again."""
    found = indicator_of(team, indicator_id)
    actions.take_off(get_object_or_404(found.points, pk=point_id), by=request.user, now=timezone.now())
    return redirect("indicator", team.pk, indicator_id)


@require_POST
@team_view
def put_away(request: TeamRequest, team: Team, indicator_id: int) -> HttpResponse:
    """Stop counting something."""
    found = indicator_of(team, indicator_id)
    actions.put_away(found, by=request.user, now=timezone.now())
    return redirect("trial", team.pk, found.trial_id) if found.trial_id else redirect("trials", team.pk)


@team_page
def listed(request: TeamRequest, team: Team, indicator_id: int, form: str) -> HttpResponse:
    """Answer with the values as a list for a spreadsheet."""
    return table(value_sheet(measure(indicator_of(team, indicator_id))), form, f"values-{indicator_id}")
