"""Modules to read and to run, and a gathering as a team sees it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from colead.decisions.views.saving import act, answer, authored, facts_of, sent
from colead.programme.actions import modules as verbs
from colead.programme.exports.modules import module_paper
from colead.programme.forms.modules import ReflectionForm
from colead.programme.queries import checkins, modules
from colead.schools.doors import TeamRequest, team_view
from colead.schools.models import Team
from colead.texts.queries import changes
from colead.web.doors import anyone
from colead.web.files import paper
from colead.web.page import page


@anyone
def catalogue(request: HttpRequest) -> HttpResponse:
    """List the modules, phase by phase."""
    return page(request, "programme/modules.html", {"phases": modules.modules_by_phase()})


@anyone
def module(request: HttpRequest, module: str) -> HttpResponse:
    """Show one module, step by step."""
    found = modules.module_named(module)
    if found is None:
        raise Http404
    return page(request, "programme/module.html", {"module": found, "phase": modules.phase_name(found.phase)})


@anyone
def module_sheet(request: HttpRequest, module: str, form: str) -> HttpResponse:
    """Answer with a module on paper, for whoever runs it."""
    found = modules.module_named(module)
    if found is None:
        raise Http404
    return paper(module_paper(found), form, f"module-{found.slug}")


@team_view
def gathering(request: TeamRequest, team: Team, gathering_id: int) -> HttpResponse:
    """Show a module that was run or a check-in, with all that schools chose to share of it."""
    found = get_object_or_404(modules.gatherings_for(team), pk=gathering_id)
    context: dict[str, Any] = {
        "team": team,
        "gathering": found,
        "title": modules.title_of(found),
        "is_over": found.held_on <= team.today(timezone.now()),
        "was_there": modules.was_there(found, request.member),
        "came": modules.came_from(found, team),
    }
    if found.is_check_in:
        context |= {"read": checkins.pre_read(found), "share": checkins.share_of(found, team)}
        return page(request, "programme/checkin.html", context)
    context |= {
        "module": modules.module_named(found.module),
        "reflection": found.reflections.filter(team=team).first(),
        "reflections": modules.shared_reflections(found).exclude(team=team),
    }
    return page(request, "programme/module_run.html", context)


@require_POST
@team_view
def there(request: TeamRequest, team: Team, gathering_id: int) -> HttpResponse:
    """Say “I was there”, or take it back."""
    found = get_object_or_404(modules.gatherings_for(team), pk=gathering_id)
    member, today = request.member, team.today(timezone.now())
    assert member
    onward = reverse("gathering", args=[team.pk, found.pk])
    if request.POST.get("there") == "no":
        return act(request, lambda: verbs.untick(found, member), onward)
    return act(request, lambda: verbs.tick(found, member, today=today), onward)


@team_view
def reflection(request: TeamRequest, team: Team, gathering_id: int) -> HttpResponse:
    """Write down what the team takes from a gathering."""
    found = get_object_or_404(modules.gatherings_for(team), pk=gathering_id)
    written = found.reflections.filter(team=team).first()
    form = ReflectionForm(sent(request), initial=facts_of(ReflectionForm, written) if written else None)

    def save() -> object:
        return verbs.write_reflection(found, team, **authored(request, form))

    content = modules.module_named(found.module)
    context: dict[str, Any] = {
        "team": team,
        "title": _("What we take with us"),
        "lead": content.reflection if content else "",
        "back_url": reverse("gathering", args=[team.pk, found.pk]),
        "back_text": modules.title_of(found),
        "changes": changes(written) if written else (),
    }
    return answer(request, form, save, onward=lambda _saved: context["back_url"], context=context)


@require_POST
@team_view
def reflection_share(request: TeamRequest, team: Team, gathering_id: int) -> HttpResponse:
    """Let the other schools read the reflection, or take it back."""
    found = get_object_or_404(modules.gatherings_for(team), pk=gathering_id)
    written = get_object_or_404(found.reflections.exclude(body=""), team=team)
    verb = verbs.keep_reflection if written.shared_on else verbs.share_reflection
    onward = reverse("gathering", args=[team.pk, found.pk])
    return act(request, lambda: verb(written, by=request.user, now=timezone.now()), onward)
