"""Asks for help as the office sees them: name who helps, log, close."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from colead.decisions.views.saving import answer, authored, facts_of, sent
from colead.programme.actions import support as verbs
from colead.programme.forms.support import CloseForm, StepForm, TakeForm
from colead.programme.models import Ask
from colead.programme.queries import support as queries
from colead.schools.doors import KnownRequest, office_view
from colead.schools.models import Office
from colead.web.page import page


def _ask(office: Office, ask_id: int) -> Ask:
    return get_object_or_404(queries.asks_of(office), pk=ask_id)


def _around(office: Office, ask: Ask, title: str, **more: Any) -> dict[str, Any]:
    back = {"back_url": reverse("office_ask", args=[office.pk, ask.pk]), "back_text": _("The ask")}
    return {"office": office, "title": title, "quote": ask.body, **back, **more}


@office_view
def asks(request: KnownRequest, office: Office) -> HttpResponse:
    """List what waits for a name, what is in hand, what was closed."""
    return page(request, "programme/support_office.html", {"office": office, "inbox": queries.inbox(office)})


@office_view
def ask(request: KnownRequest, office: Office, ask_id: int) -> HttpResponse:
    """Show one ask with every step of the help."""
    found = _ask(office, ask_id)
    context = {"office": office, "ask": found, "steps": queries.steps_of(found)}
    return page(request, "programme/support_one.html", context)


@office_view
def take(request: KnownRequest, office: Office, ask_id: int) -> HttpResponse:
    """Say who helps, and what they will do."""
    found = _ask(office, ask_id)
    initial = {**facts_of(TakeForm, found), "helper": found.helper or request.user}
    form = TakeForm(sent(request), office=office, initial=initial)

    def save() -> Ask:
        return verbs.take_ask(found, **authored(request, form))

    context = _around(office, found, _("Who helps?"), lead=_("The school sees it at once."))
    return answer(request, form, save, onward=lambda _saved: context["back_url"], context=context)


@office_view
def step(request: KnownRequest, office: Office, ask_id: int) -> HttpResponse:
    """Log what was done or said."""
    found = _ask(office, ask_id)
    form = StepForm(sent(request), initial={"on_day": timezone.localdate()})

    def save() -> object:
        return verbs.log_step(found, by_office=True, **form.words(), by=request.user, now=timezone.now())

    context = _around(office, found, _("What was done or said"), lead=_("The school reads it."))
    return answer(request, form, save, onward=lambda _saved: context["back_url"], context=context)


@office_view
def close(request: KnownRequest, office: Office, ask_id: int) -> HttpResponse:
    """Close an ask with what came of it."""
    found = _ask(office, ask_id)
    form = CloseForm(sent(request), initial=facts_of(CloseForm, found))

    def save() -> Ask:
        return verbs.close_ask(found, **authored(request, form))

    lead = _("The school reads it, and says itself whether it helped.")
    context = _around(office, found, _("What came of it?"), lead=lead, submit=_("Close it"))
    return answer(request, form, save, onward=lambda _saved: context["back_url"], context=context)
