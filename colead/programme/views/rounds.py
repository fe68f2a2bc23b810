"""Surveys for a whole cohort: planned in one go, opened by each school, rolled up from what was released."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from colead.analysis.programme_sentences import pool_line
from colead.programme.actions import rounds
from colead.programme.doors import cohort_view
from colead.programme.forms.programmes import RoundForm
from colead.programme.models import Cohort
from colead.programme.queries.rounds import round_view
from colead.programme.views.cohorts import back_to
from colead.programme.views.filling import ask
from colead.schools.actions import Refusal
from colead.schools.doors import KnownRequest
from colead.surveys.catalogue import shipped
from colead.web.page import page


@cohort_view
def round_new(request: KnownRequest, cohort: Cohort) -> HttpResponse:
    """Plan a survey for all schools of the cohort."""
    instruments = [(one.name, one.title) for one in shipped(get_language() or "en")]
    form = RoundForm(request.POST or None, cohort=cohort, instruments=instruments, today=timezone.localdate())
    if form.is_valid():
        facts = dict(form.cleaned_data)
        enrolments = list(facts.pop("enrolments"))
        try:
            made = rounds.plan_round(cohort, rounds.RoundPlan(**facts), enrolments, by=request.user, now=timezone.now())
            return redirect("round", cohort.programme.office_id, cohort.pk, made.pk)
        except Refusal as refused:
            form.add_error("closes", str(refused.reason))
    lead = _(
        "It waits at each school until two people there open it. Staff see their result first, and you see it then."
    )
    title = _("Plan a survey for all")
    return ask(
        request, cohort.programme.office, form, title=title, lead=lead, back=back_to(cohort), submit=_("Plan it")
    )


@cohort_view
def survey_round(request: KnownRequest, cohort: Cohort, round_id: int) -> HttpResponse:
    """Show how far each school is, and what all of them together say."""
    found = round_view(get_object_or_404(cohort.rounds.select_related("cohort__programme"), pk=round_id))
    context = {
        "office": cohort.programme.office,
        "cohort": cohort,
        "found": found,
        "lines": [pool_line(name, scale, _) for name, scale in found.scales],
        "may_drop": all(one.wave.is_planned for one in found.waves),
    }
    return page(request, "programme/round.html", context)


@require_POST
@cohort_view
def round_drop(request: KnownRequest, cohort: Cohort, round_id: int) -> HttpResponse:
    """Forget a round that no school has opened."""
    try:
        rounds.drop_round(get_object_or_404(cohort.rounds, pk=round_id))
    except Refusal as refused:
        messages.error(request, str(refused.reason))
        return redirect("round", cohort.programme.office_id, cohort.pk, round_id)
    return redirect(back_to(cohort))
