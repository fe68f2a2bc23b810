"""The surveys a school can ask, its own among them, and asking staff a guide's big questions."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from colead.analysis.instrument import Instrument
from colead.schools import tries
from colead.schools.actions import Refusal
from colead.schools.doors import KnownRequest
from colead.schools.models import School
from colead.schools.roster import FileRefused
from colead.schools.wording import why
from colead.surveys.actions import inquiries, instruments
from colead.surveys.catalogue import shipped
from colead.surveys.forms.inquiries import InquiryForm, guides
from colead.surveys.forms.instruments import InstrumentForm
from colead.surveys.reading.items import NotAList
from colead.surveys.views.waves import keeper
from colead.web.page import page

MOST_FILES = 40  # an hour and school


@keeper
def catalogue(request: KnownRequest, school: School) -> HttpResponse:
    """Show what can be asked."""
    own = [(one, Instrument.model_validate_json(one.json)) for one in school.own_instruments.all()]
    context = {"school": school, "shipped": shipped(get_language() or "en"), "own": own}
    return page(request, "surveys/instruments.html", context)


@keeper
def instrument_new(request: KnownRequest, school: School) -> HttpResponse:
    """Take in a survey of the school's own."""
    form = InstrumentForm(request.POST or None, request.FILES or None)
    if form.is_valid() and _may_read(request, school, form):
        facts = dict(form.cleaned_data)
        try:
            found = instruments.read_survey(facts.pop("file").read())
            instruments.keep_instrument(school, found, **facts, by=request.user, now=timezone.now())
        except FileRefused as refused:
            form.add_error("file", why(refused))
        except NotAList as wrong:
            form.add_error("file", str(wrong))
        except Refusal as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            if found.passed_over:
                messages.warning(request, _("Passed over: %s") % "; ".join(found.passed_over)[:400])
            return redirect("instruments", school.pk)
    return page(request, "surveys/instrument_new.html", {"school": school, "form": form})


def _may_read(request: KnownRequest, school: School, form: InstrumentForm) -> bool:
    """Count files, since a hostile one takes seconds to read."""
    now = timezone.now()
    if tries.used_up("survey-file", str(school.pk), most=MOST_FILES, per=tries.HOUR, now=now):
        form.add_error("file", _("Too many files in one hour. Please wait a while."))
        return False
    tries.count("survey-file", str(school.pk), per=tries.HOUR, now=now)
    return True


@require_POST
@keeper
def instrument_drop(request: KnownRequest, school: School, instrument_id: int) -> HttpResponse:
    """Take away a survey that was never asked."""
    try:
        instruments.drop_instrument(get_object_or_404(school.own_instruments, pk=instrument_id))
    except Refusal as refusal:
        messages.error(request, str(refusal.reason))
    return redirect("instruments", school.pk)


@keeper
def inquiry_new(request: KnownRequest, school: School) -> HttpResponse:
    """Choose a guide to ask all staff from."""
    return page(request, "surveys/guides.html", {"school": school, "guides": guides()})


@keeper
def inquiry_plan(request: KnownRequest, school: School, condition: str) -> HttpResponse:
    """Plan to ask all staff some big questions of a guide, all in the same way."""
    if condition not in dict(guides()):
        raise Http404
    now = timezone.now()
    today = school.today(now)
    first = {"opens": today, "closes": today + timedelta(days=10)}
    form = InquiryForm(request.POST or None, school=school, today=today, condition=condition, initial=first)
    if form.is_valid():
        try:
            wave = inquiries.plan_inquiry(school, **form.facts(), by=request.user, now=now)
            return redirect("wave", school.pk, wave.pk)
        except Refusal as refusal:
            form.add_error(None, str(refusal.reason))
    return page(request, "surveys/inquiry.html", {"school": school, "form": form})
