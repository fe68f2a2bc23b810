"""The seven conditions with the team's standing; felt results that point to them; the choice."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from colead.playbook.actions.choices import choose_condition
from colead.playbook.asked import playbook
from colead.playbook.forms import ChoiceForm
from colead.playbook.queries.choices import told_choices
from colead.playbook.queries.standing import Standing, standings
from colead.schools.doors import TeamRequest, team_page, team_view
from colead.schools.models import Team
from colead.web.page import page


@team_page
def conditions(request: TeamRequest, team: Team) -> HttpResponse:
    """Show all seven conditions with what the team agreed on."""
    choices = told_choices(team, playbook())
    context = {"team": team, "standings": standings(team, playbook()), "choices": choices}
    return page(request, "playbook/conditions.html", context)


@team_page
def felt(request: TeamRequest, team: Team) -> HttpResponse:
    """Reason back from what is felt to where to look. A conversation starter: nothing is stored."""
    matrix = playbook().matrix
    picked = [result for result in matrix.felt if result.slug in request.GET.getlist("felt")]
    pointed = matrix.points_to([result.slug for result in picked])
    by_slug = {standing.condition.slug: standing for standing in standings(team, playbook())}
    context = {
        "team": team,
        "matrix": matrix,
        "from_field": [result.word for result in matrix.felt if not result.ours],
        "picked": picked,
        "pointed": [(by_slug[slug], [r for r in picked if _points(r, slug)]) for slug, _weight in pointed],
    }
    return page(request, "playbook/felt.html", context)


def _points(result: Any, slug: str) -> bool:
    return any(pointer.condition == slug for pointer in result.points_to)


@team_view
def choose(request: TeamRequest, team: Team) -> HttpResponse:
    """Take on a condition, on purpose."""
    now = timezone.now()
    standing = standings(team, playbook())
    form = _choice_form(request, team, standing, now)
    if request.method == "POST" and form.is_valid():
        choice = _choose(request, team, form, now)
        messages.success(request, _("Chosen, and kept with its reason. Here is the guide."))
        return redirect("guide", team.pk, choice.condition)
    context = {"team": team, "form": form, "standings": standing, "ways": playbook().ways_of_deciding}
    return page(request, "playbook/choose.html", context, status=422 if form.is_bound else 200)


def _choice_form(request: TeamRequest, team: Team, standing: tuple[Standing, ...], now: datetime) -> ChoiceForm:
    felt = [(result.slug, result.word) for result in playbook().matrix.felt]
    names = [(each.condition.slug, each.condition.name) for each in standing]
    picked = [slug for slug in request.GET.getlist("felt") if slug in dict(felt)]
    begun = {
        "decided_on": team.today(now),
        "condition": request.GET.get("condition", ""),
        "felt": picked,
        "data_used": data_at_hand(standing, [dict(felt)[slug] for slug in picked]),
    }
    data = request.POST if request.method == "POST" else None
    return ChoiceForm(data, team=team, conditions=names, felt=felt, initial=begun)


def data_at_hand(standing: tuple[Standing, ...], words: list[str]) -> str:
    """Say in lines what the team has looked at: rounds it agreed on, results it feels. A start to edit."""
    rounds = [
        _("Self-assessment “%(name)s”, %(date)s") % {"name": each.condition.name, "date": date_format(each.agreed_on)}
        for each in standing
        if each.agreed_on
    ]
    return "\n".join([*rounds, *([_("What we feel here: %s") % ", ".join(words)] if words else [])])


def _choose(request: TeamRequest, team: Team, form: ChoiceForm, now: datetime) -> Any:
    slug = form.cleaned_data["condition"]
    facts = {name: value for name, value in form.words().items() if name not in ("condition", "present")}
    return choose_condition(
        team,
        slug,
        name=playbook().condition(slug).name,
        question=_("Which condition do we take on?"),
        version=playbook().guide(slug).version,
        present=list(form.cleaned_data["present"]),
        by=request.user,
        now=now,
        **facts,
    )
