"""Visits as the office sees them: plan, answer, write a note that the host reads first."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from colead.decisions.views.saving import act, answer, sent
from colead.programme.actions import visits as verbs
from colead.programme.actions.visits import VisitFacts
from colead.programme.forms.visits import OfficeVisitForm
from colead.programme.models import Programme, Visit
from colead.programme.queries import visits as queries
from colead.programme.views import visiting
from colead.programme.views.visiting import Side
from colead.programme.views.visits import ABOUT, asked
from colead.schools.doors import KnownRequest, office_view
from colead.schools.models import Office
from colead.web.page import page


def _visit(office: Office, visit_id: int) -> Visit:
    return get_object_or_404(queries.visits_of(office), pk=visit_id)


def _url(office: Office, visit: Visit) -> str:
    return reverse("office_visit", args=[office.pk, visit.pk])


def _side(request: KnownRequest, office: Office, found: Visit) -> Side:
    return Side(request, office, found, _url(office, found))


@office_view
def visits(request: KnownRequest, office: Office) -> HttpResponse:
    """List the visits of all programs of the office."""
    found = queries.listed(queries.visits_of(office), None, today=timezone.localdate())
    context = {"office": office, "visits": found, "programmes": office.programmes.all()}
    return page(request, "programme/visits_office.html", context)


@office_view
def visit_new(request: KnownRequest, office: Office, programme_id: int) -> HttpResponse:
    """Plan a site visit, a learning lab or a partner visit."""
    programme: Programme = get_object_or_404(office.programmes, pk=programme_id)
    form = OfficeVisitForm(sent(request), teams=queries.teams_in(programme), initial={"kind": Visit.Kind.SITE})

    def save() -> Visit:
        words = form.cleaned_data
        facts = VisitFacts(kind=words["kind"], **{name: words[name] for name in ABOUT})
        sides: dict[str, Any] = {"guests": list(words["guests"]), "with_office": words["with_office"]}
        who: dict[str, Any] = {"asked_by": None, "by": request.user, "now": timezone.now()}
        return asked(verbs.ask_for_visit(words["host"], programme, facts, **sides, **who), by=request.user)

    back = {"back_url": reverse("office_visits", args=[office.pk]), "back_text": _("Visits")}
    context = {"office": office, "title": _("Plan a visit"), "submit": _("Ask the schools"), **back}
    return answer(request, form, save, onward=lambda made: _url(office, made), context=context)


@office_view
def visit(request: KnownRequest, office: Office, visit_id: int) -> HttpResponse:
    """Show a visit, with the notes the office may read."""
    found = queries.visit_page(_visit(office, visit_id), None, today=timezone.localdate())
    return page(request, "programme/visit.html", {"office": office, "page": found, "visit": found.visit})


@office_view
def visit_edit(request: KnownRequest, office: Office, visit_id: int) -> HttpResponse:
    """Change the day, the look-fors or how to arrive."""
    return visiting.edit(_side(request, office, _visit(office, visit_id)))


@office_view
def visit_answer(request: KnownRequest, office: Office, visit_id: int) -> HttpResponse:
    """Say yes or no to a visit to which the office was asked."""
    return visiting.say_yes_or_no(_side(request, office, _visit(office, visit_id)))


@office_view
def visit_off(request: KnownRequest, office: Office, visit_id: int) -> HttpResponse:
    """Call a visit off in which the office takes part."""
    found = get_object_or_404(queries.visits_of(office).exclude(office_answer=""), pk=visit_id)
    return visiting.call_off(_side(request, office, found))


@office_view
def visit_note(request: KnownRequest, office: Office, visit_id: int) -> HttpResponse:
    """Write what the office saw on a visit."""
    lead = _("Only the office reads this until you give it to your hosts. They read it before anybody else.")
    return visiting.write_note(_side(request, office, _visit(office, visit_id)), lead=lead)


@require_POST
@office_view
def note_step(request: KnownRequest, office: Office, visit_id: int, note_id: int, step: str) -> HttpResponse:
    """Give the office's note to the host, or remind the host of it."""
    found = _visit(office, visit_id)
    mine = {"give": verbs.give_note, "remind": verbs.remind_host}
    if step not in mine:
        raise Http404
    note = get_object_or_404(found.notes.exclude(version=0), pk=note_id, team=None)
    return act(request, lambda: mine[step](note, by=request.user, now=timezone.now()), _url(office, found))
