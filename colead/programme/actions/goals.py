"""Set a learning goal for a quarter, look at it half-way, close it."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.programme.models import LearningGoal
from colead.programme.queries.goals import colleagues
from colead.schools.actions import Refusal
from colead.schools.models import School
from colead.texts.actions import save_new, save_text


class NotAColleague(Refusal):
    """Refuse a peer who is not at this school, or oneself."""

    reason = _("Choose a colleague of your school, or nobody.")


class EndsBeforeItBegins(Refusal):
    """Refuse a quarter that ends before it begins."""

    reason = _("The last day has to come after the first.")


class GoalClosed(Refusal):
    """Refuse to go on with a goal that is closed."""

    reason = _("This goal is closed. Set a new one for the next quarter.")


def set_goal(school: School, *, by: User, now: datetime, **facts: Any) -> LearningGoal:
    """Set a goal of one's own: `what`, `evidence`, `support`, `peer`, `starts_on`, `ends_on`.

    Refuses with NotAColleague and EndsBeforeItBegins.
    """
    _check(school, by, facts)
    return save_new(LearningGoal(school=school, owner=by, **facts), by=by, now=now)


def change_goal(goal: LearningGoal, *, by: User, based_on: int, now: datetime, **facts: Any) -> LearningGoal:
    """Change one's goal. Refuses as `set_goal` does, and with GoalClosed."""
    _check_open(goal)
    _check(goal.school, goal.owner, facts)
    return save_text(goal, based_on=based_on, by=by, now=now, **facts)


def look_half_way(goal: LearningGoal, *, halfway: str, by: User, based_on: int, now: datetime) -> LearningGoal:
    """Write how it goes. Refuses with GoalClosed."""
    _check_open(goal)
    facts = {"halfway": halfway, "halfway_on": goal.school.today(now)}
    return save_text(goal, based_on=based_on, by=by, now=now, **facts)


def close_goal(goal: LearningGoal, *, closing: str, by: User, based_on: int, now: datetime) -> LearningGoal:
    """Close a goal with what one learned; nobody says whether it was reached. Refuses with GoalClosed."""
    _check_open(goal)
    facts = {"closing": closing, "closed_on": goal.school.today(now)}
    return save_text(goal, based_on=based_on, by=by, now=now, **facts)


def _check(school: School, owner: User, facts: dict[str, Any]) -> None:
    peer: User | None = facts["peer"]
    starts_on: date = facts["starts_on"]
    if peer and not colleagues(school, owner).filter(pk=peer.pk).exists():
        raise NotAColleague
    if facts["ends_on"] <= starts_on:
        raise EndsBeforeItBegins


def _check_open(goal: LearningGoal) -> None:
    if goal.closed_on:
        raise GoalClosed
