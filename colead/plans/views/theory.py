"""A theory of action: start it, write it, read it out, adopt it, see how it came to be."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from colead.decisions.views.saving import facts_of, sent
from colead.plans.actions import theory as actions
from colead.plans.exports.theory import driver_table, theory_list, theory_paper
from colead.plans.forms.theory import AdoptForm, LineForm, StartForm, TheoryForm
from colead.plans.models import Theory
from colead.plans.queries.starting import theory_start
from colead.plans.queries.theory import QUESTIONS, TheoryPage, current_theory, drivers, theory_page, version_page
from colead.plans.queries.thread import thread_links
from colead.plans.views.barriers import condition_in
from colead.plans.views.saving import refused, rewriting, saved
from colead.schools.doors import TeamRequest, team_page, team_view
from colead.schools.models import Team
from colead.texts.queries import changes
from colead.web.files import paper, table
from colead.web.page import page


@team_page
def theory(request: TeamRequest, team: Team) -> HttpResponse:
    """Show the theory at work; where there is none, or `start` is asked for, the page that begins one."""
    condition = condition_in(request)
    current = current_theory(team, condition)
    if current and "start" not in request.GET and request.method != "POST":
        return show(request, team, current)
    form = StartForm(sent(request), team=team, initial=theory_start(team, request.GET, condition))
    answer = saved(request, team, form, lambda form: _start(request, team, form), _to_theory)
    context = {"team": team, "form": form, "current": current}
    return answer or page(request, "plans/theory_start.html", context, status=422 if form.is_bound else 200)


def _start(request: TeamRequest, team: Team, form: StartForm) -> Theory:
    try:
        return actions.start_theory(team, by=request.user, now=timezone.now(), **form.cleaned_data)
    except actions.AlreadyAtWork as at_work:
        refused(request, at_work)
        return at_work.theory


def _to_theory(made: Theory) -> tuple[Any, ...]:
    return ("theory_page", made.team_id, made.pk)


def theory_of(team: Team, theory_id: int) -> Theory:
    """Return a theory of the team, or not found."""
    return get_object_or_404(team.theories.select_related("team__school", "barrier", "approach"), pk=theory_id)


@team_page
def one(request: TeamRequest, team: Team, theory_id: int) -> HttpResponse:
    """Show one theory."""
    return show(request, team, theory_of(team, theory_id))


def show(request: TeamRequest, team: Team, found: Theory, *, status: int = 200, **forms: Any) -> HttpResponse:
    """Render a theory's page, with the line as it was sent where something is wrong with it."""
    read = theory_page(found)
    context = {
        "team": team,
        "page": read,
        "questions": QUESTIONS,
        "line_forms": _line_forms(read, forms.pop("line_form", None)),
        "links": thread_links(team, "theory", found.pk),
        "changes": changes(found),
        **forms,
    }
    return page(request, "plans/theory.html", context, status=status)


def _line_forms(read: TheoryPage, as_sent: LineForm | None) -> list[tuple[Any, LineForm]]:
    forms = [(leg, LineForm(prefix=leg.slug, targets=list(leg.targets))) for leg in read.legs]
    return [(leg, as_sent if as_sent and as_sent.prefix == leg.slug else form) for leg, form in forms]


@team_view
def edit(request: TeamRequest, team: Team, theory_id: int) -> HttpResponse:
    """Change the words around the three parts."""
    found = theory_of(team, theory_id)
    form = TheoryForm(sent(request), team=team, initial=facts_of(TheoryForm, found))
    answer = saved(request, team, form, rewriting(request, actions.write_theory, found), _to_theory)
    context = {"team": team, "theory": found, "form": form}
    return answer or page(request, "plans/theory_edit.html", context, status=422 if form.is_bound else 200)


@team_view
def adopt(request: TeamRequest, team: Team, theory_id: int) -> HttpResponse:
    """Adopt the theory as it stands, by a decision."""
    found = theory_of(team, theory_id)
    read = theory_page(found)
    begun = {"decided": read.sentence, "decided_on": team.today(timezone.now())}
    form = AdoptForm(sent(request), team=team, initial=begun)
    answer = saved(
        request,
        team,
        form,
        lambda form: _adopt(request, found, form),
        lambda _made: ("theory_page", team.pk, theory_id),
    )
    context = {"team": team, "page": read, "form": form, "questions": QUESTIONS}
    return answer or page(request, "plans/theory_adopt.html", context, status=422 if form.is_bound else 200)


def _adopt(request: TeamRequest, found: Theory, form: AdoptForm) -> None:
    facts = {**form.cleaned_data, "present": list(form.cleaned_data["present"])}
    actions.adopt_theory(found, by=request.user, now=timezone.now(), **facts)
    messages.success(request, _("Adopted, and kept as a version with the decision behind it."))


@team_page
def version(request: TeamRequest, team: Team, theory_id: int, number: int) -> HttpResponse:
    """Show the words of an adopted version."""
    found = theory_of(team, theory_id)
    adoption = get_object_or_404(found.adoptions.select_related("decision", "by"), number=number)
    context = {"team": team, "theory": found, "page": version_page(adoption)}
    return page(request, "plans/theory_version.html", context)


@team_page
def diagram(request: TeamRequest, team: Team, theory_id: int) -> HttpResponse:
    """Show the theory as a driver diagram, with its table."""
    found = theory_of(team, theory_id)
    laid_out = drivers(found)
    context = {
        "team": team,
        "theory": found,
        "picture": laid_out.picture(),
        "table": driver_table(laid_out),
    }
    return page(request, "plans/theory_diagram.html", context)


@require_POST
@team_view
def put_away(request: TeamRequest, team: Team, theory_id: int) -> HttpResponse:
    """Put a theory aside."""
    actions.put_theory_away(theory_of(team, theory_id), by=request.user, now=timezone.now())
    return redirect("theory_page", team.pk, theory_id)


@team_page
def filled(request: TeamRequest, team: Team, theory_id: int, form: str) -> HttpResponse:
    """Answer with a theory on paper."""
    found = theory_of(team, theory_id)
    sheet = theory_paper(team, theory_page(found), drivers(found), now=timezone.now())
    return paper(sheet, form, f"theory-{theory_id}")


@team_page
def blank(request: TeamRequest, team: Team, form: str) -> HttpResponse:
    """Answer with a sheet on which to write a theory."""
    return paper(theory_paper(team, None, None, now=timezone.now()), form, "theory-blank")


@team_page
def listed(request: TeamRequest, team: Team, theory_id: int, form: str) -> HttpResponse:
    """Answer with the lines of a theory as a list."""
    return table(theory_list(drivers(theory_of(team, theory_id))), form, f"theory-{theory_id}")
