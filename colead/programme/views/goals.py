"""An educator's own learning goals. Nobody opens them but they and the peer they name."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from colead.decisions.views.saving import answer, authored, facts_of, sent
from colead.programme.actions import goals as verbs
from colead.programme.forms.goals import ClosingForm, GoalForm, HalfwayForm
from colead.programme.models import LearningGoal
from colead.programme.queries import goals as queries
from colead.schools.doors import KnownRequest, school_view
from colead.schools.models import School
from colead.texts.actions import erase_text
from colead.texts.queries import changes
from colead.web.page import page


def _mine(request: KnownRequest, school: School, goal_id: int) -> LearningGoal:
    return get_object_or_404(queries.goals_seen_by(request.user, school), pk=goal_id, owner=request.user)


def _around(goal: LearningGoal, title: str, **more: Any) -> dict[str, Any]:
    back = {"back_url": reverse("goal", args=[goal.school_id, goal.pk]), "back_text": _("My goal")}
    return {"school": goal.school, "title": title, **back, **more}


@school_view()
def goals(request: KnownRequest, school: School) -> HttpResponse:
    """List one's own goals and those of colleagues who asked one along."""
    seen = list(queries.goals_seen_by(request.user, school))
    context = {
        "school": school,
        "mine": [goal for goal in seen if goal.owner_id == request.user.pk],
        "beside": [goal for goal in seen if goal.owner_id != request.user.pk],
        "share": queries.share_with_a_goal(school, today=school.today(timezone.now())),
        "fewest": queries.FEWEST,
    }
    return page(request, "programme/goals.html", context)


@school_view()
def goal_new(request: KnownRequest, school: School) -> HttpResponse:
    """Set a goal for the quarter."""
    today = school.today(timezone.now())
    initial = {"starts_on": today, "ends_on": today + queries.QUARTER}
    form = GoalForm(sent(request), school=school, owner=request.user, initial=initial)

    def save() -> LearningGoal:
        return verbs.set_goal(school, **form.words(), by=request.user, now=timezone.now())

    lead = _("Yours. It rates nobody, and your principal cannot open it.")
    back = {"back_url": reverse("goals", args=[school.pk]), "back_text": _("Learning goals")}
    context = {"school": school, "title": _("A goal for this quarter"), "lead": lead, **back}
    return answer(request, form, save, onward=lambda made: reverse("goal", args=[school.pk, made.pk]), context=context)


@school_view()
def goal(request: KnownRequest, school: School, goal_id: int) -> HttpResponse:
    """Show one goal, to its owner or the peer."""
    found = get_object_or_404(queries.goals_seen_by(request.user, school), pk=goal_id)
    is_mine = found.owner_id == request.user.pk
    context = {"school": school, "goal": found, "is_mine": is_mine, "changes": changes(found)}
    return page(request, "programme/goal.html", context)


@school_view()
def goal_edit(request: KnownRequest, school: School, goal_id: int) -> HttpResponse:
    """Change one's goal."""
    found = _mine(request, school, goal_id)
    form = GoalForm(sent(request), school=school, owner=request.user, initial=facts_of(GoalForm, found))

    def save() -> LearningGoal:
        return verbs.change_goal(found, **authored(request, form))

    context = _around(found, _("Change the goal"))
    return answer(request, form, save, onward=lambda _saved: context["back_url"], context=context)


@school_view()
def goal_halfway(request: KnownRequest, school: School, goal_id: int) -> HttpResponse:
    """Look at one's goal half-way."""
    found = _mine(request, school, goal_id)
    form = HalfwayForm(sent(request), initial=facts_of(HalfwayForm, found))

    def save() -> LearningGoal:
        return verbs.look_half_way(found, **authored(request, form))

    context = _around(found, _("Half-way"), quote=found.what)
    return answer(request, form, save, onward=lambda _saved: context["back_url"], context=context)


@school_view()
def goal_close(request: KnownRequest, school: School, goal_id: int) -> HttpResponse:
    """Close one's goal."""
    found = _mine(request, school, goal_id)
    form = ClosingForm(sent(request), initial=facts_of(ClosingForm, found))

    def save() -> LearningGoal:
        return verbs.close_goal(found, **authored(request, form))

    context = _around(found, _("At the end"), quote=found.what, submit=_("Close it"))
    return answer(request, form, save, onward=lambda _saved: context["back_url"], context=context)


@require_POST
@school_view()
def goal_drop(request: KnownRequest, school: School, goal_id: int) -> HttpResponse:
    """Throw one's goal away, with all that was written about it."""
    erase_text(_mine(request, school, goal_id))
    return redirect("goals", school.pk)
