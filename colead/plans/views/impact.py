"""What came of a test: the assessment, what people said, the decision."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from colead.decisions.views.saving import facts_of, sent
from colead.plans.actions import impact as actions
from colead.plans.charts.runchart import picture
from colead.plans.exports.impact import impact_paper
from colead.plans.forms.impact import AnswerForm, DecideForm, ImpactForm, ThemeForm
from colead.plans.models import Impact, Theme
from colead.plans.queries.impact import impact_page
from colead.plans.queries.thread import thread_links
from colead.plans.views.saving import rewriting, saved
from colead.plans.views.trials import show as show_trial
from colead.plans.views.trials import trial_of
from colead.schools.doors import TeamRequest, team_page, team_view
from colead.schools.models import Team
from colead.texts.queries import changes
from colead.web.files import paper
from colead.web.page import page


@team_page
def impact(request: TeamRequest, team: Team, trial_id: int) -> HttpResponse:
    """Show the impact assessment of a test with what it was meant to do; on POST save the team's words."""
    trial = trial_of(team, trial_id)
    found = impact_page(trial)
    start = facts_of(ImpactForm, found.impact) if found.impact else {"success": trial.map.signs if trial.map else ""}
    form = ImpactForm(sent(request), initial=start)
    answer = saved(request, team, form, rewriting(request, actions.write_impact, trial), _to_impact)
    links = thread_links(team, "impact", found.impact.pk) if found.impact else thread_links(team, "trial", trial.pk)
    charts = [(one, picture(one, title=one.indicator.name, said=" ".join(one.findings))) for one in found.measures]
    known = {"changes": changes(found.impact) if found.impact else (), "links": links, "charts": charts}
    context = {"team": team, "trial": trial, "page": found, "form": form, **known}
    return answer or page(request, "plans/impact.html", context, status=422 if form.is_bound else 200)


def _to_impact(found: Impact) -> tuple[Any, ...]:
    return ("impact", found.trial.team_id, found.trial_id)


@team_view
def decide(request: TeamRequest, team: Team, trial_id: int) -> HttpResponse:
    """Decide what follows from a test; this closes it."""
    trial = trial_of(team, trial_id)
    now = timezone.now()
    form = DecideForm(sent(request), team=team, initial={"decided_on": team.today(now)})

    def save(form: DecideForm) -> Impact:
        facts = form.cleaned_data | {"present": list(form.cleaned_data["present"])}
        return actions.decide(trial, by=request.user, now=now, **facts)

    answer = saved(request, team, form, save, _to_impact)
    context = {"team": team, "trial": trial, "page": impact_page(trial), "form": form}
    return answer or page(request, "plans/decide_impact.html", context, status=422 if form.is_bound else 200)


@require_POST
@team_view
def new_theme(request: TeamRequest, team: Team, trial_id: int) -> HttpResponse:
    """Note something that several people said."""
    trial = trial_of(team, trial_id)
    form = ThemeForm(request.POST)

    def save(form: ThemeForm) -> Theme:
        return actions.note_theme(trial, text=form.cleaned_data["text"], by=request.user, now=timezone.now())

    answer = saved(request, team, form, save, lambda theme: ("trial", team.pk, trial_id))
    return answer or show_trial(request, team, trial, status=422, theme_form=form)


@team_view
def theme(request: TeamRequest, team: Team, theme_id: int) -> HttpResponse:
    """Say what the team does about something that people said, or why not."""
    found = get_object_or_404(Theme.of(team).select_related("trial__team__school"), pk=theme_id)
    form = AnswerForm(sent(request), initial=facts_of(AnswerForm, found))
    save = rewriting(request, actions.answer_theme, found)
    answer = saved(request, team, form, save, lambda theme: ("trial", team.pk, theme.trial_id))
    context = {"team": team, "theme": found, "form": form}
    return answer or page(request, "plans/theme.html", context, status=422 if form.is_bound else 200)


@team_page
def filled(request: TeamRequest, team: Team, trial_id: int, form: str) -> HttpResponse:
    """Answer with the assessment on paper."""
    found = impact_page(trial_of(team, trial_id))
    return paper(impact_paper(team, found, now=timezone.now()), form, f"impact-{trial_id}")


@team_page
def blank(request: TeamRequest, team: Team, form: str) -> HttpResponse:
    """Answer with an assessment to write on."""
    return paper(impact_paper(team, None, now=timezone.now()), form, "impact-blank")
