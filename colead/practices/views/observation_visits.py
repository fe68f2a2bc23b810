"""One visit, for the two people in it: question, notes and whose they are, talk, another time, calling it off."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from colead.decisions.views.saving import act, answer, authored, facts_of, sent
from colead.documents import ical
from colead.practices.actions import observation_visits as actions
from colead.practices.exports import observation as exports
from colead.practices.forms import observation as forms
from colead.practices.models import DoorsRound, PeerVisit, VisitNotes, VisitReflection
from colead.practices.observation_doors import host_view, round_view, visit_view, visitor_view
from colead.practices.queries import observation as queries
from colead.schools.doors import KnownRequest
from colead.web.calendars import calendar_file
from colead.web.files import paper
from colead.web.page import page


def home_of(visit: PeerVisit) -> str:
    return reverse("peer_visit", args=[visit.school.pk, visit.pk])


def _around(visit: PeerVisit, title: str, **more: Any) -> dict[str, Any]:
    return {"title": title, "back_url": home_of(visit), "back_text": _("The visit"), **more}


@visit_view
def peer_visit(request: KnownRequest, visit: PeerVisit) -> HttpResponse:
    """Show a visit to one of the two; notes only to whose they are."""
    is_host = visit.host_id == request.user.pk
    notes = queries.notes_for(visit, request.user)
    reflection = queries.reflection_of(visit) if is_host else None
    context = {
        "school": visit.school,
        "visit": visit,
        "is_host": is_host,
        "other": visit.visitor if is_host else visit.host,
        "notes": notes,
        "given_on": queries.given_on(visit),
        "reflection": reflection,
        "today": visit.school.today(timezone.now()),
    }
    return page(request, "practices/observe_visit.html", context)


@host_view
def peer_question(request: KnownRequest, visit: PeerVisit) -> HttpResponse:
    """Write my question, and what to look for."""
    form = forms.QuestionForm(sent(request), initial=facts_of(forms.QuestionForm, visit))
    lead = _("Your visitor reads it before. A good visit is about your question, not theirs.")
    return _written(request, visit, form, _("My question"), lead=lead)


@visit_view
def peer_talk(request: KnownRequest, visit: PeerVisit) -> HttpResponse:
    """Keep what the two talked about."""
    form = forms.DebriefForm(sent(request), initial=facts_of(forms.DebriefForm, visit))
    lead = _("Both of you read and write this. What was seen first, then what it may mean, then what you try.")
    return _written(request, visit, form, _("What we talked about"), lead=lead)


def _written(request: KnownRequest, visit: PeerVisit, form: Any, title: str, **more: Any) -> HttpResponse:
    def save() -> object:
        return actions.write_on_visit(visit, **authored(request, form))

    return answer(request, form, save, onward=lambda _saved: home_of(visit), context=_around(visit, title, **more))


@visitor_view
def peer_notes(request: KnownRequest, visit: PeerVisit) -> HttpResponse:
    """Write down what I see and hear; once it is handed over it opens to me no more."""
    if queries.given_on(visit):
        return redirect(home_of(visit))
    notes = queries.notes_for(visit, request.user) or VisitNotes()
    form = forms.NotesForm(sent(request), initial=facts_of(forms.NotesForm, notes))

    def save() -> object:
        return actions.note(visit, **authored(request, form))

    lead = _("Only you read this until you hand it over. From then on it is %s’s, and you see it no more.") % visit.host
    context = _around(visit, _("What I see and hear"), lead=lead, quote=visit.question)
    return answer(request, form, save, onward=lambda _saved: home_of(visit), context=context)


@require_POST
@visitor_view
def peer_notes_give(request: KnownRequest, visit: PeerVisit) -> HttpResponse:
    """Hand my notes over."""
    return act(request, lambda: actions.hand_over(visit, now=timezone.now()), home_of(visit))


@require_POST
@host_view
def peer_notes_erase(request: KnownRequest, visit: PeerVisit) -> HttpResponse:
    """Throw away the notes that are mine now."""
    return act(request, lambda: actions.throw_notes_away(visit), home_of(visit))


@host_view
def peer_reflection(request: KnownRequest, visit: PeerVisit) -> HttpResponse:
    """Write what I take from it, for myself."""
    found = queries.reflection_of(visit) or VisitReflection()
    form = forms.ReflectionForm(sent(request), initial=facts_of(forms.ReflectionForm, found))

    def save() -> object:
        return actions.reflect(visit, **authored(request, form))

    context = _around(visit, _("What I take from it"), lead=_("Only you read this. It rates nobody."))
    return answer(request, form, save, onward=lambda _saved: home_of(visit), context=context)


@visit_view
def peer_move(request: KnownRequest, visit: PeerVisit) -> HttpResponse:
    """Put the visit on another time at which both can."""
    times = queries.other_times(visit, visit.school.today(timezone.now()))
    form = forms.MoveForm(sent(request), times=[(key, queries.told_time(facts)) for key, facts in times.items()])

    def save() -> object:
        to = times[form.cleaned_data["time"]]
        return actions.move_visit(visit, to=to, by=request.user, now=timezone.now())

    lead = _("Talk first, then choose: times in these weeks when there is something to see and the visitor is free.")
    context = _around(visit, _("Another time"), lead=lead, submit=_("Move it"), times=times)
    return answer(
        request,
        form,
        save,
        onward=lambda _saved: home_of(visit),
        context=context,
        template="practices/observe_move.html",
    )


@require_POST
@visit_view
def peer_off(request: KnownRequest, visit: PeerVisit) -> HttpResponse:
    """Call the visit off."""
    return act(request, lambda: actions.call_off(visit, by=request.user, now=timezone.now()), home_of(visit))


@host_view
def peer_paper(request: KnownRequest, visit: PeerVisit, form: str) -> HttpResponse:
    """Answer with all that is mine of a visit, on paper."""
    notes = queries.notes_for(visit, request.user)
    reflection = queries.reflection_of(visit)
    return paper(exports.visit_paper(visit, notes, reflection), form, "visit")


@visit_view
def peer_calendar(request: KnownRequest, visit: PeerVisit) -> HttpResponse:
    """Answer with the visit for one's calendar."""
    return _calendar([visit], request, "visit")


@round_view
def doors_calendar(request: KnownRequest, round_: DoorsRound) -> HttpResponse:
    """Answer with all of one's visits of a round."""
    mine = round_.visits.all().told().of(request.user).select_related("visitor", "host", "round__team__school")
    return _calendar(list(mine), request, "visits")


def _calendar(visits: list[PeerVisit], request: KnownRequest, name: str) -> HttpResponse:
    events = exports.events_of(visits, request.user)
    return calendar_file(ical(_("Visits"), events, language=get_language() or "en"), f"{name}.ics")
