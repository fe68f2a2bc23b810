"""Studios: what colleagues offer to each other. Whoever belongs to the school sees them and may offer one."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from colead.decisions.views.saving import act, answer, authored, facts_of, sent
from colead.documents import ical
from colead.practices.actions import studios as actions
from colead.practices.emails import tell_who_got_in
from colead.practices.exports.studios import board, events_of
from colead.practices.forms import studios as forms
from colead.practices.models import SignUp, Studio, StudioDate
from colead.practices.queries.studios import sign_ups_of, studio_seen, studios_seen, who_wait, with_people
from colead.schools.doors import KnownRequest, belongs_to, school_view
from colead.schools.models import School
from colead.web.calendars import calendar_file
from colead.web.files import paper
from colead.web.page import page


def studio_of(school: School, studio_id: int) -> Studio:
    """Return a studio of the school, or not found."""
    return get_object_or_404(with_people(school), pk=studio_id)


def led(request: KnownRequest, school: School, studio_id: int) -> Studio:
    """Return a studio that the person who asks leads; others may not."""
    found = studio_of(school, studio_id)
    if found.leader_id != request.user.pk:
        raise PermissionDenied
    return found


def mine(request: KnownRequest, school: School, studio_id: int) -> SignUp:
    """Return one's own place in a studio, or not found."""
    return get_object_or_404(sign_ups_of(request.user, school), studio_id=studio_id)


def place_of(studio: Studio) -> str:
    return reverse("studio", args=[studio.school_id, studio.pk])


def _around(studio: Studio, title: str, **more: Any) -> dict[str, Any]:
    back = {"back_url": place_of(studio), "back_text": studio.title}
    return {"school": studio.school, "title": title, **back, **more}


@school_view()
def studios(request: KnownRequest, school: School) -> HttpResponse:
    """Show what is on offer, and what is over."""
    seen = studios_seen(school, request.user)
    parted = {over: [one for one in seen if bool(one.studio.closed_on) is over] for over in (False, True)}
    context = {"school": school, "offers": parted[False], "over": parted[True]}
    return page(request, "practices/studios.html", context)


@school_view()
def offer(request: KnownRequest, school: School) -> HttpResponse:
    """Offer a studio."""
    form = forms.StudioForm(sent(request))

    def save() -> Studio:
        return actions.offer_studio(school, **form.words(), by=request.user, now=timezone.now())

    lead = _("You need not be an expert: you look into a question that you have, too. Dates come next.")
    back = {"back_url": reverse("studios", args=[school.pk]), "back_text": _("Studios")}
    context = {"school": school, "title": _("Offer a studio"), "lead": lead, "submit": _("Offer it"), **back}
    return answer(request, form, save, onward=place_of, context=context)


@school_view()
def studio(request: KnownRequest, school: School, studio_id: int) -> HttpResponse:
    """Show one studio as the person who asks may see it."""
    seen = studio_seen(studio_of(school, studio_id), request.user)
    is_led = belongs_to(school, seen.studio.leader)
    context = {"school": school, "seen": seen, "studio": seen.studio, "is_led": is_led}
    return page(request, "practices/studio.html", context)


@school_view()
def edit(request: KnownRequest, school: School, studio_id: int) -> HttpResponse:
    """Change one's offer."""
    found = led(request, school, studio_id)
    form = forms.StudioForm(sent(request), initial=facts_of(forms.StudioForm, found))

    def save() -> Studio:
        waited = who_wait(found)
        saved = actions.change_studio(found, **authored(request, form))
        tell_who_got_in(saved, waited)  # more places, perhaps
        return saved

    return answer(request, form, save, onward=place_of, context=_around(found, _("Change the offer")))


@school_view()
def date_add(request: KnownRequest, school: School, studio_id: int) -> HttpResponse:
    """Add a day to one's studio."""
    found, form = led(request, school, studio_id), forms.DateForm(sent(request))

    def save() -> StudioDate:
        return actions.add_date(found, **form.cleaned_data)

    context = _around(found, _("Add a date"), submit=_("Add it"))
    return answer(request, form, save, onward=lambda _saved: place_of(found), context=context)


@require_POST
@school_view()
def date_drop(request: KnownRequest, school: School, studio_id: int, date_id: int) -> HttpResponse:
    """Take a day off one's studio."""
    found = led(request, school, studio_id)
    day = get_object_or_404(found.dates, pk=date_id)
    return act(request, lambda: actions.drop_date(day), place_of(found))


@require_POST
@school_view()
def join(request: KnownRequest, school: School, studio_id: int) -> HttpResponse:
    """Sign up."""
    found = studio_of(school, studio_id)
    return act(request, lambda: actions.sign_up(found, by=request.user), place_of(found))


@require_POST
@school_view()
def leave(request: KnownRequest, school: School, studio_id: int) -> HttpResponse:
    """Give up one's place."""
    found = mine(request, school, studio_id)
    waited = who_wait(found.studio)
    actions.leave_studio(found)
    tell_who_got_in(found.studio, waited)
    return redirect(place_of(found.studio))


def _write(request: KnownRequest, found: SignUp, kind: type[Form], context: dict[str, Any]) -> HttpResponse:
    form = kind(sent(request), initial=facts_of(kind, found))

    def save() -> SignUp:
        return actions.write_own(found, **form.cleaned_data)

    return answer(request, form, save, onward=lambda _saved: place_of(found.studio), context=context)


@school_view()
def question(request: KnownRequest, school: School, studio_id: int) -> HttpResponse:
    """Write one's own question."""
    found = mine(request, school, studio_id)
    context = _around(found.studio, _("Your question"), quote=found.studio.question)
    return _write(request, found, forms.OwnQuestionForm, context)


@school_view()
def take_away(request: KnownRequest, school: School, studio_id: int) -> HttpResponse:
    """Write what one takes along."""
    found = mine(request, school, studio_id)
    context = _around(found.studio, _("What you take along"), quote=found.question)
    return _write(request, found, forms.TakeAwayForm, context)


@school_view()
def close(request: KnownRequest, school: School, studio_id: int) -> HttpResponse:
    """Close one's studio."""
    found = led(request, school, studio_id)
    form = forms.ClosingForm(sent(request), initial=facts_of(forms.ClosingForm, found))

    def save() -> Studio:
        return actions.close_studio(found, **authored(request, form))

    lead = _("Nobody can sign up any more. What people take along they can still write.")
    context = _around(found, _("Close the studio"), lead=lead, quote=found.question, submit=_("Close it"))
    return answer(request, form, save, onward=place_of, context=context)


@require_POST
@school_view()
def take_over(request: KnownRequest, school: School, studio_id: int) -> HttpResponse:
    """Lead a studio whose leader has left the school."""
    found = studio_of(school, studio_id)
    return act(request, lambda: actions.take_over(found, by=request.user, now=timezone.now()), place_of(found))


@require_POST
@school_view()
def take_back(request: KnownRequest, school: School, studio_id: int) -> HttpResponse:
    """Take back an offer that nobody has signed up for."""
    found = led(request, school, studio_id)
    return act(request, lambda: actions.take_back(found), reverse("studios", args=[school.pk]))


@school_view()
def calendar(request: KnownRequest, school: School, studio_id: int) -> HttpResponse:
    """Answer with the days of a studio for a calendar."""
    found = studio_of(school, studio_id)
    events = events_of(found, url=request.build_absolute_uri(place_of(found)), stamp=timezone.now())
    content = ical(found.title, events, language=get_language() or "en")
    return calendar_file(content, "studio.ics")


@school_view()
def on_board(request: KnownRequest, school: School, form: str) -> HttpResponse:
    """Answer with the offers on one board to hang up."""
    url = request.build_absolute_uri(reverse("studios", args=[school.pk]))
    seen = studios_seen(school, request.user)
    return paper(board(school, seen, url=url, now=timezone.now()), form, "studios")
