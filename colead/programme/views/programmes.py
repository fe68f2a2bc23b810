"""A programme's own page: its theory of action, its phases, its cohorts."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from colead.content.loader import load_programme
from colead.programme.actions import programmes
from colead.programme.doors import programme_view
from colead.programme.forms.programmes import CohortForm, PhaseForm, ProgrammeForm, StrandForm, TheoryForm
from colead.programme.models import Programme
from colead.programme.queries.programmes import cohorts_of, strands_of
from colead.programme.views.filling import ask
from colead.schools.actions import Refusal
from colead.schools.doors import KnownRequest, office_view
from colead.schools.models import Office
from colead.web.page import page


@office_view
def programme_new(request: KnownRequest, office: Office) -> HttpResponse:
    """Start a programme, with what Colead brings for a beginning."""
    form = ProgrammeForm(request.POST or None)
    if form.is_valid():
        text = load_programme(get_language() or "en")
        made = programmes.start_programme(
            office, name=form.cleaned_data["name"], begins_with=text, today=timezone.localdate()
        )
        return redirect("programme", office.pk, made.pk)
    return ask(request, office, form, title=_("Start a program"), back=reverse("office_home", args=[office.pk]))


@programme_view
def programme(request: KnownRequest, programme: Programme) -> HttpResponse:
    """Show what the programme hopes for, how it goes, and who is in it."""
    context = {
        "office": programme.office,
        "programme": programme,
        "phases": programme.phases.all(),
        "strands": strands_of(programme),
        "cohorts": cohorts_of(programme),
        "waiting": programme.applications.open().count(),
    }
    return page(request, "programme/programme.html", context)


def _back(programme: Programme) -> str:
    return reverse("programme", args=[programme.office_id, programme.pk])


@programme_view
def theory(request: KnownRequest, programme: Programme) -> HttpResponse:
    """Change the programme's theory of action."""
    facts = {name: getattr(programme, name) for name in TheoryForm.base_fields}
    form = TheoryForm(request.POST or None, initial=facts)
    if form.is_valid():
        programmes.change_theory(programme, words=form.cleaned_data)
        return redirect(_back(programme))
    return ask(request, programme.office, form, title=_("Our theory of action"), back=_back(programme))


@programme_view
def strand(request: KnownRequest, programme: Programme, strand_id: int) -> HttpResponse:
    """Change a strand, and which figures speak to it."""
    found = get_object_or_404(programme.strands, pk=strand_id)
    facts = {"name": found.name, "words": found.words, "sources": found.sources}
    form = StrandForm(request.POST or None, initial=facts)
    if form.is_valid():
        programmes.change_strand(found, **form.cleaned_data)
        return redirect(_back(programme))
    return ask(request, programme.office, form, title=_("A strand of what you hope for"), back=_back(programme))


@programme_view
def phase_new(request: KnownRequest, programme: Programme) -> HttpResponse:
    """Add a phase."""
    form = PhaseForm(request.POST or None)
    if form.is_valid():
        programmes.add_phase(programme, form.facts())
        return redirect(_back(programme))
    return ask(request, programme.office, form, title=_("Add a phase"), back=_back(programme))


@programme_view
def phase(request: KnownRequest, programme: Programme, phase_id: int) -> HttpResponse:
    """Change a phase."""
    found = get_object_or_404(programme.phases, pk=phase_id)
    facts = {name: getattr(found, name) for name in PhaseForm.base_fields}
    form = PhaseForm(request.POST or None, initial=facts)
    if form.is_valid():
        programmes.change_phase(found, form.facts())
        return redirect(_back(programme))
    return ask(request, programme.office, form, title=_("Change a phase"), back=_back(programme))


@require_POST
@programme_view
def phase_move(request: KnownRequest, programme: Programme, phase_id: int) -> HttpResponse:
    """Let a phase change places with the one before or after it, or take it away."""
    found = get_object_or_404(programme.phases, pk=phase_id)
    try:
        if request.POST.get("do") == "drop":
            programmes.drop_phase(found)
        else:
            programmes.move_phase(found, up=request.POST.get("do") != "down")
    except Refusal as refused:
        messages.error(request, str(refused.reason))
    return redirect(_back(programme))


@programme_view
def cohort_new(request: KnownRequest, programme: Programme) -> HttpResponse:
    """Start a cohort with a calendar."""
    form = CohortForm(request.POST or None)
    if form.is_valid():
        try:
            text = load_programme(get_language() or "en")
            made = programmes.start_cohort(programme, **form.cleaned_data, begins_with=text)
            return redirect("cohort", programme.office_id, made.pk)
        except Refusal as refused:
            form.add_error("name", str(refused.reason))
    return ask(request, programme.office, form, title=_("Start a cohort"), back=_back(programme))
