"""What a team and the office do alike with a visit: change it, answer, call it off, write down what they saw."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from colead.decisions.views.saving import answer, authored, facts_of, sent
from colead.programme.actions import visits as verbs
from colead.programme.forms.visits import AnswerForm, NoteForm, OffForm, VisitChangeForm
from colead.programme.models import Visit, VisitNote
from colead.schools.doors import KnownRequest
from colead.schools.models import Office, Team
from colead.texts.queries import changes


@dataclass(frozen=True)
class Side:
    """Who works on a visit, and the address of their page about it."""

    request: KnownRequest
    who: Team | Office
    visit: Visit
    url: str

    @property
    def team(self) -> Team | None:
        return self.who if isinstance(self.who, Team) else None

    def around(self, title: str, **more: Any) -> dict[str, Any]:
        """Return what stands around a form about the visit."""
        place = {"team": self.who} if self.team else {"office": self.who}
        return {**place, "title": title, "back_url": self.url, "back_text": _("The visit"), **more}


def edit(side: Side) -> HttpResponse:
    """Change the day, the look-fors or how to arrive."""
    form = VisitChangeForm(sent(side.request), initial=facts_of(VisitChangeForm, side.visit))

    def save() -> Visit:
        return verbs.change_visit(side.visit, **authored(side.request, form))

    context = side.around(_("Change what is said of the visit"), changes=changes(side.visit))
    return answer(side.request, form, save, onward=lambda _saved: side.url, context=context)


def say_yes_or_no(side: Side) -> HttpResponse:
    """Say yes or no to a visit."""
    form = AnswerForm(sent(side.request), initial={"on_day": side.visit.on_day})

    def save() -> Visit:
        words = {"on_day": form.cleaned_data["on_day"], "why": form.cleaned_data["why"]}
        yes = form.cleaned_data["answer"] == "yes"
        return verbs.answer_visit(side.visit, side.team, yes=yes, **words, by=side.request.user, now=timezone.now())

    context = side.around(_("Will you?"), quote=side.visit.why, submit=_("Answer"))
    return answer(side.request, form, save, onward=lambda _saved: side.url, context=context)


def call_off(side: Side) -> HttpResponse:
    """Call a visit off."""
    form = OffForm(sent(side.request))

    def save() -> Visit:
        why = form.cleaned_data["why"]
        return verbs.call_off(side.visit, why=why, by=side.request.user, now=timezone.now())

    context = side.around(_("Call the visit off"), submit=_("Call it off"))
    return answer(side.request, form, save, onward=lambda _saved: side.url, context=context)


def write_note(side: Side, *, lead: str) -> HttpResponse:
    """Write what this side saw on a visit."""
    written = side.visit.notes.filter(team=side.team).first()
    form = NoteForm(sent(side.request), initial=facts_of(NoteForm, written) if written else None)

    def save() -> VisitNote:
        return verbs.write_note(side.visit, side.team, **authored(side.request, form))

    context = side.around(_("What you saw"), lead=lead, quote=side.visit.look_fors)
    return answer(side.request, form, save, onward=lambda _saved: side.url, context=context)
