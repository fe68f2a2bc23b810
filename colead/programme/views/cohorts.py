"""A cohort: its schools from A to Z, their phases, its calendar."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from colead.content.loader import load_programme
from colead.programme.actions import calendar, programmes
from colead.programme.doors import cohort_view
from colead.programme.exports.calendar import calendar_of
from colead.programme.forms.programmes import CohortForm, DateForm, EnrolForm, LeaveForm, PhaseMoveForm
from colead.programme.models import Cohort
from colead.programme.queries import programmes as queries
from colead.programme.views.filling import ask
from colead.schools.actions import Refusal
from colead.schools.doors import KnownRequest, office_view, school_view
from colead.schools.models import Office, School
from colead.web.calendars import calendar_file
from colead.web.page import page


def back_to(cohort: Cohort, name: str = "cohort") -> str:
    return reverse(name, args=[cohort.programme.office_id, cohort.pk])


@cohort_view
def cohort(request: KnownRequest, cohort: Cohort) -> HttpResponse:
    """Show the cohort's schools, rounds of surveys, and next days."""
    found = queries.cohort_view(cohort, today=timezone.localdate())
    context = {"office": cohort.programme.office, "cohort": cohort, "found": found}
    return page(request, "programme/cohort.html", context)


@cohort_view
def cohort_edit(request: KnownRequest, cohort: Cohort) -> HttpResponse:
    """Rename a cohort, or move its first day and so its calendar."""
    form = CohortForm(request.POST or None, initial={"name": cohort.name, "starts_on": cohort.starts_on})
    if form.is_valid():
        try:
            text = load_programme(get_language() or "en")
            programmes.change_cohort(cohort, **form.cleaned_data, begins_with=text)
            return redirect(back_to(cohort))
        except Refusal as refused:
            form.add_error("name", str(refused.reason))
    return ask(request, cohort.programme.office, form, title=_("Change the cohort"), back=back_to(cohort))


@cohort_view
def enrol(request: KnownRequest, cohort: Cohort) -> HttpResponse:
    """Bring schools that are linked with the office into the cohort."""
    form = EnrolForm(request.POST or None, cohort=cohort)
    if form.is_valid():
        for school in form.cleaned_data["schools"]:
            programmes.enrol(cohort, school, entering=form.cleaned_data["entering"], now=timezone.now())
        return redirect(back_to(cohort))
    lead = _("Schools that let your office see them and are not in this cohort yet.")
    return ask(request, cohort.programme.office, form, title=_("Bring schools in"), lead=lead, back=back_to(cohort))


@office_view
def enrolment_phase(request: KnownRequest, office: Office, enrolment_id: int) -> HttpResponse:
    """Move a school to another phase, with words on it."""
    one = get_object_or_404(queries.enrolments_of(office), pk=enrolment_id)
    held = one.stays.filter(until=None).first()
    initial = {"phase": held.phase_id, "leaving": held.leaving, "entering": held.entering} if held else {}
    form = PhaseMoveForm(request.POST or None, initial=initial, cohort=one.cohort)
    if form.is_valid():
        programmes.enter_phase(one, **form.cleaned_data, today=one.school.today(timezone.now()))
        return redirect("office_school", office.pk, one.school_id)
    back = reverse("office_school", args=[office.pk, one.school_id])
    title = _("%(school)s: which phase") % {"school": one.school}
    return ask(request, office, form, title=title, back=back, back_text=one.school.name)


@office_view
def enrolment_leave(request: KnownRequest, office: Office, enrolment_id: int) -> HttpResponse:
    """Let a school leave its cohort, with words on it."""
    one = get_object_or_404(queries.enrolments_of(office), pk=enrolment_id)
    form = LeaveForm(request.POST or None)
    if form.is_valid():
        programmes.leave_cohort(one, words=form.cleaned_data["words"], today=one.school.today(timezone.now()))
        return redirect(back_to(one.cohort))
    title = _("%(school)s leaves the cohort") % {"school": one.school}
    return ask(request, office, form, title=title, back=back_to(one.cohort), submit=_("It leaves"))


@cohort_view
def days(request: KnownRequest, cohort: Cohort) -> HttpResponse:
    """Show the whole calendar of a cohort."""
    context = {"office": cohort.programme.office, "cohort": cohort, "days": cohort.dates.all()}
    return page(request, "programme/days.html", context)


@cohort_view
def day_new(request: KnownRequest, cohort: Cohort) -> HttpResponse:
    """Add a day to the calendar."""
    form = DateForm(request.POST or None)
    if form.is_valid():
        try:
            calendar.add_date(cohort, form.facts())
            return redirect(back_to(cohort, "days"))
        except Refusal as refused:
            form.add_error("ends_on", str(refused.reason))
    return ask(request, cohort.programme.office, form, title=_("Add a day"), back=back_to(cohort, "days"))


@cohort_view
def day(request: KnownRequest, cohort: Cohort, date_id: int) -> HttpResponse:
    """Change a day."""
    found = get_object_or_404(cohort.dates, pk=date_id)
    facts = {name: getattr(found, name) for name in DateForm.base_fields} | {"kept": True}
    form = DateForm(request.POST or None, initial=facts)
    if form.is_valid():
        try:
            calendar.change_date(found, form.facts())
            return redirect(back_to(cohort, "days"))
        except Refusal as refused:
            form.add_error("ends_on", str(refused.reason))
    return ask(request, cohort.programme.office, form, title=_("Change a day"), back=back_to(cohort, "days"))


@require_POST
@cohort_view
def day_drop(request: KnownRequest, cohort: Cohort, date_id: int) -> HttpResponse:
    """Take a day out of the calendar."""
    calendar.drop_date(get_object_or_404(cohort.dates, pk=date_id))
    messages.success(request, _("It is out of the calendar."))
    return redirect(back_to(cohort, "days"))


@cohort_view
def days_file(request: KnownRequest, cohort: Cohort) -> HttpResponse:
    """Answer with the cohort's calendar for a phone or a desk."""
    return _calendar(str(cohort), list(cohort.dates.all()), timezone.now())


@school_view()
def school_calendar(request: KnownRequest, school: School) -> HttpResponse:
    """Answer with the days of the school's cohorts."""
    return _calendar(school.name, queries.days_of(school), timezone.now())


def _calendar(name: str, found: list[queries.CohortDate], now: datetime) -> HttpResponse:
    return calendar_file(calendar_of(name, found, now=now), "calendar.ics")
