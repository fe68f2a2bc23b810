"""Plan a wave, see where it stands, open and close it with a second person."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from colead.documents import pdf
from colead.schools.actions import Refusal
from colead.schools.doors import KnownRequest, school_view
from colead.schools.models import School
from colead.surveys import wording
from colead.surveys.actions import codes, waves
from colead.surveys.exports.slips import slips
from colead.surveys.forms.waves import EndForm, WaveForm
from colead.surveys.models import Ask, Wave
from colead.surveys.queries.notice import general_notice, notice_of, planned_notice
from colead.surveys.queries.results import asked_by, comments_of, result_of, sealed_facts
from colead.surveys.queries.waves import May, may, standing, waves_of
from colead.web.doors import anyone
from colead.web.files import file
from colead.web.page import page

keeper = school_view("principal", "lead")
second = school_view("principal", "lead", "coach")


@anyone
@require_safe
def survey_privacy(request: HttpRequest) -> HttpResponse:
    """Say what every survey promises, and which test holds each promise."""
    return page(request, "surveys/promises.html", {"notice": general_notice()})


def wave_at(school: School, wave_id: int) -> Wave:
    """Return a wave of this school."""
    wave: Wave = get_object_or_404(school.waves.select_related("school", "reader", "planned_by"), pk=wave_id)
    return wave


@school_view()
def surveys(request: KnownRequest, school: School) -> HttpResponse:
    """List the school's surveys, and the findings that wait for an answer."""
    context = {"school": school, "waves": waves_of(school), "may": may(school, request.user)}
    return page(request, "surveys/surveys.html", context)


@keeper
def wave_new(request: KnownRequest, school: School) -> HttpResponse:
    """Plan a survey."""
    now = timezone.now()
    today = school.today(now)
    first = {"instrument": "conditions.v1", "opens": today, "closes": today + timedelta(days=14)}
    form = WaveForm(request.POST or None, school=school, today=today, initial=first)
    if form.is_valid():
        try:
            wave = waves.plan_wave(school, form.plan(), by=request.user, now=now)
            return redirect("wave", school.pk, wave.pk)
        except Refusal as refusal:
            form.add_error(None, str(refusal.reason))
    return page(request, "surveys/plan.html", {"school": school, "form": form})


@keeper
def wave_edit(request: KnownRequest, school: School, wave_id: int) -> HttpResponse:
    """Change what was planned."""
    wave, now = wave_at(school, wave_id), timezone.now()
    first = {
        name: getattr(wave, name)
        for name in ("instrument", "title", "opens", "closes", "group_by", "minimum", "language")
    }
    first |= {"reader": wave.reader_id, "own_questions": "\n".join(wave.own_questions)}
    inquiry = bool(wave.codes_of_lines)
    form = WaveForm(request.POST or None, school=school, today=school.today(now), inquiry=inquiry, initial=first)
    if form.is_valid():
        try:
            waves.change_plan(wave, form.plan(instrument=wave.instrument), now=now)
            return redirect("wave", school.pk, wave.pk)
        except Refusal as refusal:
            form.add_error(None, str(refusal.reason))
    return page(request, "surveys/plan.html", {"school": school, "form": form, "wave": wave})


@school_view()
def wave(request: KnownRequest, school: School, wave_id: int) -> HttpResponse:
    """Show a survey: its plan, how far it has come, or its result; the same for everybody at the school."""
    found = wave_at(school, wave_id)
    context = {"school": school, "wave": found, "may": may(school, request.user)}
    context["standing"] = standing(found, now=timezone.now())
    if found.is_sealed:
        return _result(request, found, context)
    context |= {"asked": asked_by(found), "end_form": EndForm(initial={"closes": found.closes})}
    context["notice"] = planned_notice(found) if found.is_planned else notice_of(found.ref)
    return page(request, "surveys/wave.html", context)


def _result(request: KnownRequest, found: Wave, context: dict[str, Any]) -> HttpResponse:
    mine: May = context["may"]
    context |= {"result": result_of(found), "facts": sealed_facts(found), "comments": comments_of(found)}
    context |= {"findings": found.findings.select_related("team", "wave"), "reads": found.reader_id == mine.user_id}
    context |= {"my_teams": found.school.teams.filter(pk__in=mine.teams), "my_team_ids": mine.teams}
    return page(request, "surveys/result.html", context)


@school_view()
def wave_kept(request: KnownRequest, school: School, wave_id: int) -> HttpResponse:
    """Print what is kept, as staff will read it, before and after the survey opens."""
    found = wave_at(school, wave_id)
    notice = planned_notice(found) if found.is_planned else notice_of(found.ref)
    return page(request, "surveys/kept_here.html", {"school": school, "wave": found, "notice": notice})


@require_POST
@keeper
def wave_drop(request: KnownRequest, school: School, wave_id: int) -> HttpResponse:
    """Forget a plan that never opened."""
    return _try(request, school, wave_id, lambda found: waves.drop_plan(found), _("The plan is gone."), to_list=True)


@require_POST
@keeper
def wave_ask(request: KnownRequest, school: School, wave_id: int, what: str) -> HttpResponse:
    """Ask for something that takes two people."""
    if what not in Ask.What.values:
        return redirect("wave", school.pk, wave_id)
    said = _("Asked. A lead, the principal or the coach has to agree.")
    return _try(
        request, school, wave_id, lambda found: waves.ask(found, what, by=request.user, now=timezone.now()), said
    )


@require_POST
@keeper
def wave_unask(request: KnownRequest, school: School, wave_id: int, ask_id: int) -> HttpResponse:
    """Take back what nobody has agreed to yet."""
    waves.take_back(get_object_or_404(wave_at(school, wave_id).asks, pk=ask_id))
    return redirect("wave", school.pk, wave_id)


@require_POST
@second
def wave_confirm(request: KnownRequest, school: School, wave_id: int, ask_id: int) -> HttpResponse:
    """Be the second person: what was asked for happens now."""
    found = wave_at(school, wave_id)
    ask = get_object_or_404(found.asks, pk=ask_id)
    try:
        spare = codes.confirm(ask, by=request.user, now=timezone.now())
    except wording.REFUSALS as trouble:
        messages.error(request, str(wording.said_of(trouble)))
        return redirect("wave", school.pk, wave_id)
    if spare:
        return paper(pdf(slips(found, spare)), "spare-code.pdf")
    return redirect("wave", school.pk, wave_id)


@require_POST
@keeper
def wave_end(request: KnownRequest, school: School, wave_id: int) -> HttpResponse:
    """Give people more or less time."""
    wave_at(school, wave_id)
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This is not a day we can read."))
        return redirect("wave", school.pk, wave_id)
    closes = form.cleaned_data["closes"]
    said = _("The last day has moved. Tell everybody.")
    return _try(request, school, wave_id, lambda found: waves.move_end(found, closes=closes, now=timezone.now()), said)


def _try(
    request: KnownRequest, school: School, wave_id: int, do: Any, said: str, *, to_list: bool = False
) -> HttpResponse:
    """Do something to a wave and say so, or say why not."""
    try:
        do(wave_at(school, wave_id))
        messages.success(request, said)
    except wording.REFUSALS as trouble:
        messages.error(request, str(wording.said_of(trouble)))
        to_list = False
    return redirect("surveys", school.pk) if to_list else redirect("wave", school.pk, wave_id)


def paper(content: bytes, name: str) -> HttpResponse:
    """Answer with a paper that must not be kept by anything in between."""
    answer = file(content, "application/pdf", name)
    answer.headers["Cache-Control"] = "no-store"
    return answer
