"""The office's side of modules and check-ins: plan them, note who came, see what schools chose to share."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from colead.decisions.views.saving import answer, authored, facts_of, sent
from colead.programme.actions import modules as verbs
from colead.programme.exports.checkins import pre_read_paper
from colead.programme.forms.modules import AttendanceForm, GatheringForm
from colead.programme.models import Gathering
from colead.programme.queries import checkins, modules
from colead.programme.views.checkins import promise, say_what_became
from colead.schools.doors import KnownRequest, office_view
from colead.schools.models import Office
from colead.texts.queries import changes
from colead.web.files import paper
from colead.web.page import page


def _around(office: Office, gathering: Gathering, title: str, **more: Any) -> dict[str, Any]:
    back = reverse("office_gathering", args=[office.pk, gathering.pk])
    return {"office": office, "title": title, "back_url": back, "back_text": modules.title_of(gathering), **more}


@office_view
def gatherings(request: KnownRequest, office: Office) -> HttpResponse:
    """List what comes next and what was, cohort by cohort."""
    cohorts = modules.calendars_of(office, today=timezone.localdate())
    return page(
        request,
        "programme/module_gatherings.html",
        {"office": office, "cohorts": cohorts, "modules": modules.modules()},
    )


@office_view
def plan(request: KnownRequest, office: Office, cohort_id: int, what: str) -> HttpResponse:
    """Plan a check-in, or a module by its name, for a cohort."""
    cohort = get_object_or_404(modules.cohorts_in(office), pk=cohort_id)
    is_check_in = what == Gathering.Kind.CHECK_IN
    module = modules.module_named(what)
    if not is_check_in and module is None:
        raise Http404
    first = {"agenda": checkins.default_agenda(), "held_on": modules.next_date(cohort, today=timezone.localdate())}
    form = GatheringForm(sent(request), is_check_in=is_check_in, initial=first if is_check_in else None)

    def save() -> Gathering:
        kind = Gathering.Kind.CHECK_IN if is_check_in else Gathering.Kind.MODULE
        facts: dict[str, Any] = {"module": module.slug if module else "", "by": request.user, "now": timezone.now()}
        return verbs.plan_gathering(cohort, kind, **form.words(), **facts)

    context = {
        "office": office,
        "title": module.title if module else _("Monthly check-in"),
        "lead": _("For %s.") % cohort,
        "back_url": reverse("office_gatherings", args=[office.pk]),
        "back_text": _("Check-ins and modules"),
        "submit": _("Put it on the calendar"),
    }
    return answer(request, form, save, onward=lambda made: _page_of(office, made), context=context)


def _page_of(office: Office, gathering: Gathering) -> str:
    return reverse("office_gathering", args=[office.pk, gathering.pk])


def _gathering(office: Office, gathering_id: int) -> Gathering:
    return get_object_or_404(modules.gatherings_of(office), pk=gathering_id)


@office_view
def gathering(request: KnownRequest, office: Office, gathering_id: int) -> HttpResponse:
    """Show a gathering: who came, and what schools chose to share."""
    found = _gathering(office, gathering_id)
    context: dict[str, Any] = {
        "office": office,
        "gathering": found,
        "title": modules.title_of(found),
        "is_over": found.held_on <= timezone.localdate(),
        "schools": modules.who_came(found),
    }
    if found.is_check_in:
        return page(request, "programme/checkin_office.html", {**context, "read": checkins.pre_read(found)})
    more = {"module": modules.module_named(found.module), "reflections": modules.shared_reflections(found)}
    return page(request, "programme/module_office.html", {**context, **more})


@office_view
def edit(request: KnownRequest, office: Office, gathering_id: int) -> HttpResponse:
    """Move a gathering, or change its place or agenda."""
    found = _gathering(office, gathering_id)
    initial = facts_of(GatheringForm, found)
    form = GatheringForm(sent(request), is_check_in=found.is_check_in, initial=initial)

    def save() -> Gathering:
        return verbs.change_gathering(found, **authored(request, form))

    context = _around(office, found, _("Change day, place or agenda"), changes=changes(found))
    return answer(request, form, save, onward=lambda _saved: context["back_url"], context=context)


@office_view
def attendance(request: KnownRequest, office: Office, gathering_id: int) -> HttpResponse:
    """Note which schools came, and how many people, role by role."""
    found = _gathering(office, gathering_id)
    form = AttendanceForm(sent(request), schools=modules.who_came(found))

    def save() -> None:
        verbs.note_attendance(found, form.came(), today=timezone.localdate())

    context = _around(office, found, _("Who came?"), lead=_("Counts by role. No names are kept."))
    template = "programme/module_attendance.html"
    return answer(request, form, save, onward=lambda _s: context["back_url"], context=context, template=template)


@office_view
def follow_up_new(request: KnownRequest, office: Office, gathering_id: int) -> HttpResponse:
    """Promise something in the office's name."""
    found = _gathering(office, gathering_id)
    lead = _("It stands on every next agenda until you say that it is done.")
    return promise(request, found, None, _around(office, found, _("What the office will do"), lead=lead))


@office_view
def follow_up(request: KnownRequest, office: Office, follow_up_id: int) -> HttpResponse:
    """Say what became of something the office promised."""
    entry = get_object_or_404(checkins.follow_ups_of(office).select_related("gathering"), pk=follow_up_id)
    return say_what_became(request, entry, _around(office, entry.gathering, _("What became of it?")))


@office_view
def pre_read_sheet(request: KnownRequest, office: Office, gathering_id: int, form: str) -> HttpResponse:
    """Answer with the pre-read on paper."""
    found = get_object_or_404(modules.gatherings_of(office).check_ins(), pk=gathering_id)
    return paper(pre_read_paper(checkins.pre_read(found)), form, "check-in")
