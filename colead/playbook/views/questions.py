"""One big question: write privately, reveal, note, decide."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from colead.decisions.actions import NobodyPresent
from colead.playbook.actions import walks
from colead.playbook.asked import Asked, asked, playbook
from colead.playbook.forms import AnswerForm, DecisionForm, NoteForm
from colead.playbook.queries.questions import QuestionPage, question_page, with_offer
from colead.schools.doors import TeamRequest, team_page, team_view
from colead.schools.models import Team
from colead.surveys.queries.findings import themes_of
from colead.texts.actions import StaleSave
from colead.texts.views import merge
from colead.web.page import page


@team_page
def question(request: TeamRequest, team: Team, code: str) -> HttpResponse:
    """Show a question; on POST save my private answers to it and its sub-prompts."""
    ask = asked(code)
    if request.method != "POST":
        return _show(request, team, ask)
    forms = {each: AnswerForm(request.POST, prefix=each) for each in ask.codes}
    if not all(form.is_valid() for form in forms.values()):
        return _show(request, team, ask, sent=forms, status=422)
    try:
        _save_answers(request, team, ask, forms)
    except StaleSave as stale:
        return _stale_answer(request, team, ask, stale)
    return _show(request, team, ask, saved=True) if request.htmx else redirect("question", team.pk, code)


def _save_answers(request: TeamRequest, team: Team, ask: Asked, forms: dict[str, AnswerForm]) -> None:
    now = timezone.now()
    walk = walks.begin_walk(team, ask.condition, version=ask.version, now=now)
    for code, form in forms.items():
        body = form.cleaned_data["body"]
        walks.write_answer(walk, code, body, by=request.user, based_on=form.based_on(), now=now)


def _stale_answer(request: TeamRequest, team: Team, ask: Asked, stale: StaleSave) -> HttpResponse:
    """On autosave say so in the status line and offer the comparison; on a real save show the comparison."""
    if request.htmx and "compare" not in request.POST:
        return _show(request, team, ask, stale=True)
    return merge(request, stale, labels={"body": _("Your answer")}, prefix=f"{stale.text.code}-")  # type: ignore[attr-defined]  # an Answer has a code


def _show(request: TeamRequest, team: Team, ask: Asked, *, status: int = 200, **facts: Any) -> HttpResponse:
    """Render the page of a question, with forms as they were sent where something is wrong with them."""
    now = timezone.now()
    found = with_offer(question_page(team, ask, request.user), request.GET.get("take", ""))
    context = {"team": team, "now": now, "page": _as_sent(found, facts.pop("sent", {})), **facts}
    decision = context["page"].discussion and context["page"].discussion.decision
    context.setdefault("note_form", _note_form(context["page"].discussion))
    context.setdefault("decision_form", _decision_form(team, decision, now))
    context["ways"] = playbook().ways_of_deciding
    context["themes"] = themes_of(team, ask.code) if found.revealed else ()
    return page(request, "playbook/question.html", context, parts=("saved",), status=status)


def _as_sent(found: QuestionPage, sent: dict[str, AnswerForm]) -> QuestionPage:
    """Return the page with what was typed and could not be saved, and what is wrong with it."""
    mine = tuple(
        replace(each, body=sent[each.code]["body"].value() or "", wrong=_wrong(sent[each.code]))
        if each.code in sent
        else each
        for each in found.mine
    )
    return replace(found, mine=mine)


def _wrong(form: AnswerForm) -> str:
    return " ".join(str(error) for error in form.errors.get("body", ()))


def _note_form(discussion: Any) -> NoteForm:
    begun = {"note": discussion.note, "version": discussion.version} if discussion else {}
    return NoteForm(initial=begun, prefix="note")


def _decision_form(team: Team, decision: Any, now: Any) -> DecisionForm:
    if not decision:
        return DecisionForm(team=team, prefix="decision", initial={"decided_on": team.today(now)})
    facts = {name: getattr(decision, name) for name in ("decided", "way", "concerns", "decided_on", "version")}
    return DecisionForm(team=team, prefix="decision", initial={**facts, "present": decision.present.all()})


@require_POST
@team_view
def reveal(request: TeamRequest, team: Team, code: str) -> HttpResponse:
    """Reveal everybody's answers to a question. Any member may take the role."""
    ask = asked(code)
    now = timezone.now()
    walk = walks.begin_walk(team, ask.condition, version=ask.version, now=now)
    try:
        walks.reveal_answers(walk, code, codes=ask.codes, by=request.user, now=now)
    except walks.NothingToReveal:
        messages.warning(request, _("Nobody has written yet, so there is nothing to reveal."))
    return redirect("question", team.pk, code)


@require_POST
@team_view
def note(request: TeamRequest, team: Team, code: str) -> HttpResponse:
    """Save the note of the team's discussion."""
    ask = asked(code)
    form = NoteForm(request.POST, prefix="note")
    if not form.is_valid():
        return _show(request, team, ask, note_form=form, status=422)
    now = timezone.now()
    walk = walks.begin_walk(team, ask.condition, version=ask.version, now=now)
    try:
        walks.write_note(walk, code, form.cleaned_data["note"], by=request.user, based_on=form.based_on(), now=now)
    except StaleSave as stale:
        return merge(request, stale, labels={"note": _("What you talked about")}, prefix="note-")
    return redirect("question", team.pk, code)


@require_POST
@team_view
def decide(request: TeamRequest, team: Team, code: str) -> HttpResponse:
    """Record the decision point of a question, or amend it."""
    ask = asked(code)
    form = DecisionForm(request.POST, team=team, prefix="decision")
    if not form.is_valid():
        return _show(request, team, ask, decision_form=form, status=422)
    try:
        _decide(request, team, ask, form)
    except StaleSave as stale:
        labels = {"decided": _("What you decided"), "concerns": _("Open concerns")}
        return merge(request, stale, labels=labels, prefix="decision-")
    except NobodyPresent:
        form.add_error("present", _("Say who was there."))
        return _show(request, team, ask, decision_form=form, status=422)
    messages.success(request, _("Decided and kept."))
    return redirect("question", team.pk, code)


def _decide(request: TeamRequest, team: Team, ask: Asked, form: DecisionForm) -> None:
    now = timezone.now()
    walk = walks.begin_walk(team, ask.condition, version=ask.version, now=now)
    facts = {**form.words(), "present": list(form.cleaned_data["present"])}
    walks.decide(walk, ask.code, question=ask.text, by=request.user, based_on=form.based_on(), now=now, **facts)
