"""Which of the eight ways of working together a team has: look, say, hand on, close, look again."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from colead.decisions.views.saving import act, answer, authored, facts_of, sent
from colead.practices.actions import structures as actions
from colead.practices.exports.structures import structures_paper, structures_sheet
from colead.practices.forms.structures import FirstForm, StructureForm
from colead.practices.models import Structure, StructureLook
from colead.practices.queries.structures import SERVES, common_time, structures_page
from colead.schools.doors import TeamRequest, team_page, team_view
from colead.schools.models import Team
from colead.web.files import paper, table
from colead.web.page import page


def home_of(team: Team) -> str:
    return reverse("structures", args=[team.pk])


def newest(team: Team) -> StructureLook:
    """Return the team's newest look, or not found."""
    return get_object_or_404(team.structure_looks.select_related("team__school")[:1])


def structure_of(team: Team, kind: str) -> Structure:
    """Return one of the eight in the team's newest look, or not found."""
    return get_object_or_404(newest(team).structures, kind=kind)


@team_page
def structures(request: TeamRequest, team: Team) -> HttpResponse:
    """Show the newest look: not begun, open, closed."""
    found = team.structure_looks.select_related("team__school").first()
    context = {
        "team": team,
        "look": found,
        "page": structures_page(found) if found else None,
        "serves": [(name, SERVES[kind]) for kind, name in Structure.Kind.choices],
        "common": common_time(team),
        "earlier": team.structure_looks.all()[1:],
    }
    return page(request, "practices/structures.html", context)


@require_POST
@team_view
def begin(request: TeamRequest, team: Team) -> HttpResponse:
    """Begin to look."""
    return act(request, lambda: actions.begin_look(team, now=timezone.now()), home_of(team))


@team_view
def structure(request: TeamRequest, team: Team, kind: str) -> HttpResponse:
    """Say how one of the eight stands; then comes the next one that waits."""
    shown = next((row for row in structures_page(newest(team)).rows if row.kind == kind), None)
    if not shown:
        raise Http404
    form = StructureForm(sent(request), initial=_stands(shown.now, shown.before))

    def save() -> Structure:
        return actions.describe(newest(team), kind, **authored(request, form))

    context = {**_around(team, shown.name), "lead": shown.serves, "before": shown.stood}
    return answer(
        request,
        form,
        save,
        onward=lambda _saved: _onward(team, kind),
        context=context,
        template="practices/structure.html",
    )


def _stands(now: Structure | None, before: Structure | None) -> dict[str, Any]:
    """Begin with what is said, or with what was said the last time, which nobody has confirmed yet."""
    return {**facts_of(StructureForm, now or before), "version": now.version if now else 0}


def _around(team: Team, title: str) -> dict[str, Any]:
    return {"team": team, "title": title, "back_url": home_of(team), "back_text": _("Work structures")}


def _onward(team: Team, kind: str) -> str:
    waiting = structures_page(newest(team)).open_rows
    return reverse("structure", args=[team.pk, waiting[0].kind]) if waiting else f"{home_of(team)}#{kind}"


@team_view
def close(request: TeamRequest, team: Team) -> HttpResponse:
    """Close the look with what comes first."""
    found, form = newest(team), FirstForm(sent(request))
    shown = structures_page(found)

    def save() -> StructureLook:
        return actions.close_look(found, **form.cleaned_data, now=timezone.now())

    quote = f"{shown.begin_here.name}: {shown.begin_here.hint}" if shown.begin_here else ""
    context = {**_around(team, _("What you do first")), "lead": " ".join(shown.sentences), "quote": quote}
    return answer(request, form, save, onward=lambda _saved: home_of(team), context=context)


@require_POST
@team_view
def to_barrier(request: TeamRequest, team: Team, kind: str) -> HttpResponse:
    """Take what is missing on as a barrier."""
    found = structure_of(team, kind)
    now = timezone.now()
    return act(request, lambda: actions.make_barrier(found, by=request.user, now=now), f"{home_of(team)}#{kind}")


@require_POST
@team_view
def to_idea(request: TeamRequest, team: Team, kind: str) -> HttpResponse:
    """Keep what is missing as an idea."""
    found = structure_of(team, kind)
    now = timezone.now()
    return act(request, lambda: actions.make_idea(found, by=request.user, now=now), f"{home_of(team)}#{kind}")


@team_page
def past(request: TeamRequest, team: Team, number: int) -> HttpResponse:
    """Show a look of before."""
    looks = team.structure_looks.select_related("team__school").exclude(closed_on=None)
    found = get_object_or_404(looks, number=number)
    context = {"team": team, "look": found, "page": structures_page(found), "past": True}
    return page(request, "practices/structures.html", context)


@team_page
def listed(request: TeamRequest, team: Team, form: str) -> HttpResponse:
    """Answer with the newest look as a list for a spreadsheet, or on paper."""
    found = team.structure_looks.select_related("team__school").first()
    shown = structures_page(found) if found else None
    if form in ("xlsx", "csv"):
        return table(structures_sheet(shown), form, "structures")
    return paper(structures_paper(team, shown, now=timezone.now()), form, "structures")


@team_page
def blank(request: TeamRequest, team: Team, form: str) -> HttpResponse:
    """Answer with a sheet to fill in together."""
    return paper(structures_paper(team, None, now=timezone.now()), form, "structures-blank")
