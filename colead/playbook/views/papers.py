"""Type up what stands on paper: a part of a guide, or the agreed lines of a self-assessment, in one go."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from colead.content.model import Rubric
from colead.playbook.actions import assessments, paper, walks
from colead.playbook.asked import Asked, playbook, questions_of
from colead.playbook.forms import AnswerForm, PaperDecisionForm, PaperForm, PaperLineForm
from colead.playbook.queries.questions import current_walk
from colead.playbook.views.assessments import rubric_of
from colead.playbook.views.guides import guide_of
from colead.schools.doors import TeamRequest, team_view
from colead.schools.models import Team
from colead.web.page import page

Row = tuple[Asked, list[tuple[str, AnswerForm]], PaperDecisionForm | str]  # a question that is decided shows its words


@team_view
def guide_part(request: TeamRequest, team: Team, condition: str, part: str) -> HttpResponse:
    """Type up a part's filled-in sheet: all of it is saved, or nothing."""
    found = guide_of(condition)
    sent = request.POST if request.method == "POST" else None
    rows = _rows(team, condition, part, sent)
    head = PaperForm(sent, team=team, initial={"decided_on": team.today(timezone.now())})
    if sent is not None and _is_fine(head, rows):
        walk = walks.begin_walk(team, condition, version=found.version, now=timezone.now())
        _type_up(request, walk, head, rows)
        messages.success(request, _("Typed up. Nothing that stood there before was replaced."))
        return redirect("guide", team.pk, condition)
    context = {"team": team, "condition": playbook().page(condition), "part": found.part(part), "rows": rows}
    return page(request, "playbook/paper.html", {**context, "head": head}, status=422 if sent is not None else 200)


def _rows(team: Team, condition: str, part: str, sent: Any) -> list[Row]:
    questions = [question for question in questions_of(condition) if question.part == part]
    if not questions:
        raise Http404
    walk = current_walk(team, condition)
    decided = dict(walk.discussions.exclude(decision=None).values_list("code", "decision__decided")) if walk else {}
    return [_row(question, decided.get(question.code, ""), sent) for question in questions]


def _row(question: Asked, decided: str, sent: Any) -> Row:
    labelled = [(question.text, question.code), *((text, code) for code, text in question.prompts)]
    answers = [(label, AnswerForm(sent, prefix=code)) for label, code in labelled]
    return question, answers, decided or PaperDecisionForm(sent, prefix=f"{question.code}-decision")


def _is_fine(head: PaperForm, rows: list[Row]) -> bool:
    """Judge every form on the page, so that all mistakes show at once."""
    answers = [form.is_valid() for _question, forms, _decision in rows for _label, form in forms]
    points = [row[2] for row in rows if isinstance(row[2], PaperDecisionForm)]
    decisions = [form.is_valid() for form in points]
    fine = head.is_valid() and all(answers) and all(decisions)
    if any(form.cleaned_data.get("decided") for form in points):
        return head.ask_for_a_meeting() and fine
    return fine


def _type_up(request: TeamRequest, walk: Any, head: PaperForm, rows: list[Row]) -> None:
    facts = head.cleaned_data
    paper.type_up(
        walk,
        [_typed(*row) for row in rows],
        ours=facts["whose"] == "ours",
        present=list(facts["present"]),
        decided_on=facts["decided_on"],
        by=request.user,
        now=timezone.now(),
    )


def _typed(question: Asked, forms: list[tuple[str, AnswerForm]], decision: PaperDecisionForm | str) -> paper.Typed:
    point = decision.cleaned_data if isinstance(decision, PaperDecisionForm) else {}
    return paper.Typed(
        code=question.code,
        question=question.text,
        words=tuple((form.prefix or "", form.cleaned_data["body"].strip()) for _label, form in forms),
        labels=dict(question.prompts),
        decided=point.get("decided", ""),
        way=point.get("way", ""),
        concerns=point.get("concerns", ""),
    )


@team_view
def rubric(request: TeamRequest, team: Team, condition: str) -> HttpResponse:
    """Type up the agreed lines of a filled-in self-assessment."""
    found = rubric_of(condition)
    round_ = team.assessments.filter(condition=condition, agreed_on=None).last()
    agreed = {line.code: line for line in round_.lines.all()} if round_ else {}
    sent = request.POST if request.method == "POST" else None
    rows = [(each, agreed.get(each.code) or PaperLineForm(sent, prefix=each.code)) for each in found.criteria]
    forms = [form for _criterion, form in rows if isinstance(form, PaperLineForm)]
    fine = [form.is_valid() for form in forms]  # every one, so that all mistakes show at once
    if sent is not None and all(fine):
        return _keep_lines(request, team, found, forms)
    written = assessments.written_views(round_).exists() if round_ and not round_.revealed_at else False
    context = {"team": team, "condition": playbook().page(condition), "rows": rows, "written": written}
    return page(request, "playbook/rubric_paper.html", context, status=422 if sent is not None else 200)


def _keep_lines(request: TeamRequest, team: Team, found: Rubric, forms: list[PaperLineForm]) -> HttpResponse:
    lines = {form.prefix or "": (form.cleaned_data["line"], form.cleaned_data["tag"]) for form in forms}
    lines = {code: words for code, words in lines.items() if words[0]}
    if lines:
        assessments.type_up_lines(
            team, found.condition, lines, version=found.version, by=request.user, now=timezone.now()
        )
        messages.success(request, _("Typed up. Nothing that stood there before was replaced."))
    return redirect("assess", team.pk, found.condition)
