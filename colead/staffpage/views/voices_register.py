"""The register: whose voices went into the vision and the decisions, and what each audience is told."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from colead.decisions.models import Decision
from colead.decisions.views.saving import answer, authored, facts_of, sent
from colead.schools.doors import KnownRequest, TeamRequest, school_view, team_page, team_view
from colead.schools.models import School, Team
from colead.staffpage.actions import voices_register as verbs
from colead.staffpage.forms.voices_register import AskingForm, MessageForm
from colead.staffpage.models import Asking, Message
from colead.staffpage.models.voices import BEYOND, ROLES
from colead.staffpage.queries.voices_circle import circle_of
from colead.staffpage.queries.voices_register import register
from colead.texts.forms import BasedOnVersion
from colead.texts.queries import changes
from colead.web.page import page

FORM = "staffpage/voices_form.html"


@team_page
def voices_register(request: TeamRequest, team: Team) -> HttpResponse:
    """Show whose voices are in what the team has decided, and in its vision."""
    return page(request, "staffpage/voices_register.html", {"team": team, "register": register(team)})


def _around(team: Team, title: str, **more: Any) -> dict[str, Any]:
    back = {"back_url": reverse("voices_register", args=[team.pk]), "back_text": _("Whose voices are in this")}
    return {"team": team, "title": title, **back, **more}


def _decision(team: Team, decision_id: int | None) -> Decision | None:
    return get_object_or_404(team.decisions.all(), pk=decision_id) if decision_id else None


def _about(decision: Decision | None) -> str:
    return decision.question if decision else _("The vision")


@team_view
def asking_new(request: TeamRequest, team: Team, decision_id: int | None = None) -> HttpResponse:
    """Note one time you asked people, about a decision or the vision."""
    decision, now = _decision(team, decision_id), timezone.now()
    form = AskingForm(sent(request), initial={"held_on": team.today(now)})

    def save() -> Asking:
        return verbs.note_asking(team, decision=decision, **form.words(), by=request.user, now=now)

    lead = _("Count people by their role. Nobody’s name belongs here.")
    context = _around(team, _("Whom did you ask, and how?"), lead=lead, quote=_about(decision))
    return answer(request, form, save, onward=lambda _saved: context["back_url"], context=context, template=FORM)


@team_view
def asking_edit(request: TeamRequest, team: Team, asking_id: int) -> HttpResponse:
    """Change what was noted, or say where it shows."""
    found = get_object_or_404(team.askings.select_related("decision"), pk=asking_id)
    known = {role: getattr(found, role) or None for role in (*ROLES, *BEYOND)}
    form = AskingForm(sent(request), initial={**facts_of(AskingForm, found), **known})

    def save() -> Asking:
        return verbs.change_asking(found, **authored(request, form))

    context = _around(team, _("Whom did you ask, and how?"), quote=_about(found.decision), changes=changes(found))
    return answer(request, form, save, onward=lambda _saved: context["back_url"], context=context, template=FORM)


def typed(form: MessageForm) -> dict[str, Any]:
    """Return what was typed; the form has a field of the same name as the method that says so."""
    return BasedOnVersion.words(form)


@team_view
def message_new(request: TeamRequest, team: Team, decision_id: int | None = None) -> HttpResponse:
    """Write what one audience is told."""
    decision = _decision(team, decision_id)
    form = MessageForm(sent(request))

    def save() -> Message:
        return verbs.write_message(team, decision=decision, **typed(form), by=request.user, now=timezone.now())

    context = _around(team, _("What you tell them"), quote=_about(decision))
    return answer(request, form, save, onward=lambda _saved: context["back_url"], context=context, template=FORM)


@team_view
def message_edit(request: TeamRequest, team: Team, message_id: int) -> HttpResponse:
    """Change what one audience is told, or note that it was done."""
    found = get_object_or_404(team.messages.select_related("decision"), pk=message_id)
    form = MessageForm(sent(request), initial=facts_of(MessageForm, found))

    def save() -> Message:
        facts: dict[str, Any] = {"by": request.user, "based_on": form.based_on(), "now": timezone.now()}
        return verbs.change_message(found, **typed(form), **facts)

    context = _around(team, _("What you tell them"), quote=_about(found.decision), changes=changes(found))
    return answer(request, form, save, onward=lambda _saved: context["back_url"], context=context, template=FORM)


@school_view()
def voices_circle(request: KnownRequest, school: School) -> HttpResponse:
    """Show how many of the staff have ever taken part."""
    return page(request, "staffpage/voices_circle.html", {"school": school, "circle": circle_of(school)})
