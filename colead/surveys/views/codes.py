"""Hand out codes: on slips, by mail, and remind everybody. Codes are made by pressing a button, never by looking."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from colead.documents import pdf
from colead.schools import tries
from colead.schools.actions import Refusal
from colead.schools.doors import KnownRequest
from colead.schools.models import School
from colead.surveys import wording
from colead.surveys.actions import codes
from colead.surveys.emails import Post
from colead.surveys.exports.slips import poster, slips
from colead.surveys.forms.waves import SpoiltForm
from colead.surveys.models import Wave
from colead.surveys.queries.waves import standing
from colead.surveys.views.waves import keeper, paper, wave_at
from colead.web.page import page

MOST_REMINDERS = 1  # a day


@keeper
def wave_codes(request: KnownRequest, school: School, wave_id: int) -> HttpResponse:
    """Offer the ways to hand out codes, and say how many there are."""
    found = wave_at(school, wave_id)
    if not found.is_open:
        return redirect("wave", school.pk, wave_id)
    context = {"school": school, "wave": found, "standing": standing(found, now=timezone.now())}
    context |= {"unhanded": codes.unhanded(found), "spoilt_form": SpoiltForm()}
    refused = found.letters.filter(refused=True).select_related("entry")
    return page(request, "surveys/codes.html", {**context, "refused": [letter.entry for letter in refused]})


@require_POST
@keeper
def wave_slips(request: KnownRequest, school: School, wave_id: int) -> HttpResponse:
    """Make a code for everybody who has none, and answer with the slips: this once."""
    found = wave_at(school, wave_id)
    try:
        made = codes.codes_on_paper(found)
    except wording.REFUSALS as trouble:
        return _sorry(request, found, trouble)
    return paper(pdf(slips(found, made)), "slips.pdf")


@require_safe
@keeper
def wave_poster(request: KnownRequest, school: School, wave_id: int) -> HttpResponse:
    """Answer with the poster; it holds no code."""
    found = wave_at(school, wave_id)
    return paper(pdf(poster(found)), "poster.pdf")


@require_POST
@keeper
def wave_mail(request: KnownRequest, school: School, wave_id: int) -> HttpResponse:
    """Mail a code to everybody who has been sent nothing yet."""
    found = wave_at(school, wave_id)
    try:
        with Post(found) as post:
            sent = codes.mail_codes(found, post.code)
    except Refusal as trouble:
        return _sorry(request, found, trouble)
    except OSError:  # the mail server did not open its door: not a single code was made
        messages.error(request, _("The mail server cannot be reached. Nothing was sent. Try again in a few minutes."))
        return redirect("wave_codes", school.pk, wave_id)
    messages.success(request, ngettext("%(n)s letter sent.", "%(n)s letters sent.", sent.sent) % {"n": sent.sent})
    if sent.refused:
        words = ngettext("%(n)s letter was not taken.", "%(n)s letters were not taken.", sent.refused)
        messages.warning(request, words % {"n": sent.refused})
    return redirect("wave_codes", school.pk, wave_id)


@require_POST
@keeper
def wave_remind(request: KnownRequest, school: School, wave_id: int) -> HttpResponse:
    """Remind everybody on the staff list; nobody knows who has answered."""
    found, now = wave_at(school, wave_id), timezone.now()
    if tries.used_up("remind", str(found.pk), most=MOST_REMINDERS, per=24 * tries.HOUR, now=now):
        messages.error(request, _("Everybody was reminded today. Once a day is enough."))
        return redirect("wave_codes", school.pk, wave_id)
    try:
        with Post(found) as post:
            sent = codes.remind(found, post.reminder)
    except Refusal as trouble:
        return _sorry(request, found, trouble)
    except OSError:
        messages.error(request, _("The mail server cannot be reached. Nothing was sent. Try again in a few minutes."))
        return redirect("wave_codes", school.pk, wave_id)
    tries.count("remind", str(found.pk), per=24 * tries.HOUR, now=now)
    messages.success(request, ngettext("%(n)s reminder sent.", "%(n)s reminders sent.", sent) % {"n": sent})
    return redirect("wave_codes", school.pk, wave_id)


@require_POST
@keeper
def wave_spoilt(request: KnownRequest, school: School, wave_id: int) -> HttpResponse:
    """Say that slips were spoilt before anybody had one, so that others can be printed."""
    found, form = wave_at(school, wave_id), SpoiltForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say how many slips were spoilt, as a number."))
        return redirect("wave_codes", school.pk, wave_id)
    try:
        codes.lose_slips(found, **form.cleaned_data)
    except wording.REFUSALS as trouble:
        return _sorry(request, found, trouble)
    messages.success(request, _("Counted as spoilt. The result page will say how many."))
    return redirect("wave_codes", school.pk, wave_id)


def _sorry(request: KnownRequest, found: Wave, trouble: Exception) -> HttpResponse:
    messages.error(request, str(wording.said_of(trouble)))
    return redirect("wave_codes", found.school_id, found.pk)
