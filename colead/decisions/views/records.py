"""Write: put a question on the table, choose the way, decide, tell staff, look again."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from colead.decisions.actions import closing, records, reviews
from colead.decisions.forms import records as forms
from colead.decisions.forms.fields import way_told
from colead.decisions.models import Decision
from colead.decisions.queries.draft import draft_message
from colead.decisions.views.pages import decision_of
from colead.decisions.views.saving import act, answer, authored, facts_of, sent
from colead.schools.doors import TeamRequest, team_view
from colead.schools.models import Team

LOOK_AFTER = timedelta(weeks=8)  # long enough to see something, short enough to remember why


def page_of(decision: Decision) -> str:
    """Return the address of a decision."""
    return reverse("decision", args=[decision.team_id, decision.pk])


def about(decision: Decision, title: str, **more: Any) -> dict[str, Any]:
    """Return what a form about a decision shows around it."""
    back = {"back_url": page_of(decision), "back_text": decision.question}
    return {"team": decision.team, "decision": decision, "title": title, **back, **more}


def _in_list(team: Team, title: str, **more: Any) -> dict[str, Any]:
    back = {"back_url": reverse("decisions", args=[team.pk]), "back_text": _("Decisions")}
    return {"team": team, "title": title, **back, **more}


@team_view
def new(request: TeamRequest, team: Team) -> HttpResponse:
    """Put a question on the table; with `again`, the question of an earlier decision."""
    before = _before(request, team)
    form = forms.QuestionForm(sent(request), team=team, initial={"question": before.question} if before else {})

    def save() -> Decision:
        return records.open_question(team, **form.cleaned_data, follows=before, by=request.user, now=timezone.now())

    lead = _("First the question. How you decide comes next, and the talk comes last.")
    context = _in_list(team, _("Put a question on the table"), lead=lead, submit=_("Put it on the table"))
    return answer(request, form, save, onward=page_of, context=context)


def _before(request: TeamRequest, team: Team) -> Decision | None:
    again = request.GET.get("again", "")
    known = again.isdecimal() and len(again) < 18
    return decision_of(team, int(again)) if known else None


@team_view
def quick(request: TeamRequest, team: Team) -> HttpResponse:
    """Write down a decision that is taken already."""
    form = forms.QuickForm(sent(request), team=team, initial={"decided_on": team.today(timezone.now())})

    def save() -> Decision:
        facts = {**form.cleaned_data, "present": list(form.cleaned_data["present"])}
        return records.record_decision(team, **facts, by=request.user, now=timezone.now())

    context = _in_list(team, _("Write down what you decided"), submit=_("Keep the decision"))
    return answer(request, form, save, onward=page_of, context=context)


@team_view
def edit(request: TeamRequest, team: Team, decision_id: int) -> HttpResponse:
    """Change the words: of the question while it is open, of the whole record later."""
    found = decision_of(team, decision_id)
    return _reword(request, found) if found.is_open else _amend(request, found)


def _reword(request: TeamRequest, found: Decision) -> HttpResponse:
    form = forms.RewordForm(sent(request), initial=facts_of(forms.RewordForm, found))

    def save() -> Decision:
        now = timezone.now()
        return records.reword_question(found, by=request.user, based_on=form.based_on(), now=now, **form.words())

    return answer(request, form, save, onward=page_of, context=about(found, _("The question and the talk")))


def _amend(request: TeamRequest, found: Decision) -> HttpResponse:
    initial = {**facts_of(forms.AmendForm, found), "present": list(found.present.all())}
    form = forms.AmendForm(sent(request), team=found.team, initial=initial)

    def save() -> Decision:
        facts = {**form.words(), "present": list(form.cleaned_data["present"])}
        return records.amend_decision(found, by=request.user, based_on=form.based_on(), now=timezone.now(), **facts)

    lead = _("Every version stays in the history.")
    return answer(request, form, save, onward=page_of, context=about(found, _("Change the record"), lead=lead))


@team_view
def way(request: TeamRequest, team: Team, decision_id: int) -> HttpResponse:
    """Choose how a question will be decided."""
    found = decision_of(team, decision_id)
    form = forms.WayForm(sent(request), team=team, initial=facts_of(forms.WayForm, found))

    def save() -> Decision:
        return records.choose_way(found, **authored(request, form))

    context = about(found, _("Choose how you will decide"), submit=_("This is how"))
    return answer(request, form, save, onward=page_of, context=context)


@require_POST
@team_view
def begin(request: TeamRequest, team: Team, decision_id: int) -> HttpResponse:
    """Begin the talk."""
    found = decision_of(team, decision_id)
    return act(request, lambda: records.begin_talk(found, by=request.user, now=timezone.now()), page_of(found))


@team_view
def stop(request: TeamRequest, team: Team, decision_id: int) -> HttpResponse:
    """Stop the talk, so that another way can be chosen."""
    found = decision_of(team, decision_id)
    form = forms.StopForm(sent(request))

    def save() -> Decision:
        return records.stop_talk(found, **form.cleaned_data, by=request.user, now=timezone.now())

    context = about(found, _("Stop the talk, choose another way"), submit=_("Stop the talk"))
    return answer(request, form, save, onward=page_of, context=context)


@team_view
def settle(request: TeamRequest, team: Team, decision_id: int) -> HttpResponse:
    """Decide."""
    found = decision_of(team, decision_id)
    if not found.is_talking:
        return redirect(page_of(found))
    today, words = team.today(timezone.now()), closing.words_for(found)
    initial = {"version": found.version, "decided": words, "decided_on": today, "review_on": today + LOOK_AFTER}
    initial |= {"owner": found.decider, "concerns": found.concerns}
    form = forms.SettleForm(sent(request), decision=found, initial=initial)

    def save() -> Decision:
        facts = {**form.words(), "present": list(form.cleaned_data["present"])}
        return closing.settle(found, by=request.user, based_on=form.based_on(), now=timezone.now(), **facts)

    context = about(found, _("Decide"), submit=_("This is decided"), quote=words, way=way_told(found.way))
    return answer(request, form, save, onward=page_of, context=context, template="decisions/settle.html")


@team_view
def owner(request: TeamRequest, team: Team, decision_id: int) -> HttpResponse:
    """Name the one person who answers for a decision, and the day it comes back."""
    found = decision_of(team, decision_id)
    form = forms.OwnerForm(sent(request), team=team, initial=facts_of(forms.OwnerForm, found))

    def save() -> Decision:
        return records.name_owner(found, **form.words(), by=request.user, based_on=form.based_on(), now=timezone.now())

    return answer(request, form, save, onward=page_of, context=about(found, _("One of you answers for it")))


@team_view
def message(request: TeamRequest, team: Team, decision_id: int) -> HttpResponse:
    """Write what staff are told; where nothing is written yet, begin with what the record says."""
    found = decision_of(team, decision_id)
    initial = {"version": found.version, "message": found.message or draft_message(found)}
    form = forms.MessageForm(sent(request), initial=initial)

    def save() -> Decision:
        now = timezone.now()
        return records.reword_question(found, by=request.user, based_on=form.based_on(), now=now, **form.words())

    context = about(found, _("What you tell staff"), lead=_("These words come from your record. Make them yours."))
    return answer(request, form, save, onward=page_of, context=context)


@team_view
def review(request: TeamRequest, team: Team, decision_id: int) -> HttpResponse:
    """Look at a decision again."""
    found = decision_of(team, decision_id)
    initial = {"version": found.version, "held_on": team.today(timezone.now())}
    form = forms.ReviewForm(sent(request), initial=initial)

    def save() -> object:
        facts = form.words()
        facts["next_on"] = facts.pop("review_on")
        now = timezone.now()
        return reviews.review_decision(found, **facts, by=request.user, based_on=form.based_on(), now=now)

    context = about(found, _("Look at it again"), submit=_("Keep this"), quote=found.decided)
    return answer(request, form, save, onward=lambda _saved: page_of(found), context=context)


@team_view
def review_words(request: TeamRequest, team: Team, decision_id: int, review_id: int) -> HttpResponse:
    """Change the words of a review."""
    found = decision_of(team, decision_id)
    one = get_object_or_404(found.reviews, pk=review_id)
    form = forms.ReviewWordsForm(sent(request), initial=facts_of(forms.ReviewWordsForm, one))

    def save() -> object:
        now = timezone.now()
        return reviews.change_review(one, **form.words(), by=request.user, based_on=form.based_on(), now=now)

    context = about(found, _("What you saw"))
    return answer(request, form, save, onward=lambda _saved: page_of(found), context=context)
