"""Bring in a survey that another tool collected: look first, then release exactly what was seen."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from colead.analysis.instrument import Instrument
from colead.schools.doors import KnownRequest
from colead.schools.models import School
from colead.schools.roster import FileRefused
from colead.schools.wording import why
from colead.surveys import parcels, wording
from colead.surveys.actions import brought
from colead.surveys.catalogue import find
from colead.surveys.forms.brought import BroughtForm, MappingForm
from colead.surveys.queries.people import reader_of
from colead.surveys.reading.brought import Mapping, NotAnswers, dry_run, guess, read_brought
from colead.surveys.reading.tables import rows_of
from colead.surveys.views.waves import keeper
from colead.web.page import page
from colead.web.parcels import BrokenSeal


@keeper
def brought_new(request: KnownRequest, school: School) -> HttpResponse:
    """Read a file of answers, leave out who they are from, and show what fits where."""
    form = BroughtForm(request.POST or None, request.FILES or None, school=school)
    if form.is_valid():
        facts = form.cleaned_data
        try:
            found = read_brought(rows_of(facts["file"].read()))
        except FileRefused as refused:
            form.add_error("file", why(refused))
        except NotAnswers as wrong:
            form.add_error("file", str(wrong))
        else:
            reader = facts["reader"].pk if facts["reader"] else None
            parcel = parcels.Parcel(found, facts["title"], facts["instrument"], facts["asked"], reader)
            return _look(request, school, parcel, guess(found, find(school, facts["instrument"])))
    return page(request, "surveys/brought.html", {"school": school, "form": form})


def _look(request: KnownRequest, school: School, parcel: parcels.Parcel, mapping: Mapping) -> HttpResponse:
    """Show what would be released, and which column answers which question."""
    instrument = find(school, parcel.instrument)
    initial = {"parcel": parcels.PARCELS.seal(parcel, school), "flipped": bool(mapping.flipped)}
    form = MappingForm(initial=initial, brought=parcel.brought, instrument=instrument, mapping=mapping)
    context = {"school": school, "parcel": parcel, "form": form}
    return page(request, "surveys/brought_look.html", context | _dry(parcel, instrument, mapping))


def _dry(parcel: parcels.Parcel, instrument: Instrument, mapping: Mapping) -> dict[str, object]:
    run = dry_run(parcel.brought, instrument, mapping)
    texts = {item.key: item.text for item in instrument.items}
    return {
        "run": run,
        "mapped": len(mapping.items),
        "of": len(instrument.items),
        "unread": [(texts[key], ", ".join(cells)) for key, cells in run.unread.items()],
    }


@require_POST
@keeper
def brought_look(request: KnownRequest, school: School) -> HttpResponse:
    """Look again with other columns, or release what was seen."""
    try:
        parcel = parcels.PARCELS.unseal(request.POST.get("parcel", ""), school)
    except BrokenSeal:
        messages.error(request, _("That page was open too long. Nothing was taken in. Please choose the file again."))
        return redirect("brought_new", school.pk)
    instrument = find(school, parcel.instrument)
    form = MappingForm(request.POST, brought=parcel.brought, instrument=instrument, mapping=Mapping({}))
    if not form.is_valid():
        context = {"school": school, "parcel": parcel, "form": form} | _dry(parcel, instrument, Mapping({}))
        return page(request, "surveys/brought_look.html", context, status=422)
    if "release" not in request.POST:
        return _look(request, school, parcel, form.mapping())
    return _release(request, school, parcel, form.mapping())


def _release(request: KnownRequest, school: School, parcel: parcels.Parcel, mapping: Mapping) -> HttpResponse:
    instrument = find(school, parcel.instrument)
    people = dry_run(parcel.brought, instrument, mapping).people
    reader = reader_of(school, parcel.reader_id)
    plan = brought.BroughtPlan(parcel.title, parcel.instrument, parcel.asked, reader)
    try:
        wave = brought.bring_in(school, plan, instrument, people, by=request.user, now=timezone.now())
    except wording.REFUSALS as trouble:
        messages.error(request, str(wording.said_of(trouble)))
        return _look(request, school, parcel, mapping)
    return redirect("wave", school.pk, wave.pk)
