"""What stands in the forms before anybody types: the decision a scenario would be, the minutes it finds."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from colead.decisions.models import Way
from colead.practices.models import Comment, Scenario
from colead.practices.queries.board import Board

LOOK_AFTER = timedelta(weeks=8)  # long enough to live with it, short enough to remember why


def decision_facts(scenario: Scenario, board: Board, *, now: datetime) -> dict[str, Any]:
    """Draft the decision: the question, what changes, who could not live with it."""
    today = scenario.timetable.team.today(now)
    moves = len(board.changes)
    decided = ngettext(
        "We take over “%(title)s”: %(moves)s lesson moves, %(served)s of %(teams)s teams have the time they ask for.",
        "We take over “%(title)s”: %(moves)s lessons move, %(served)s of %(teams)s teams have the time they ask for.",
        moves,
    )
    facts = {"title": scenario.title, "moves": moves, "served": board.served, "teams": len(board.teams)}
    return {
        "question": _("Do we change our timetable as in “%s”?") % scenario.title,
        "decided": decided % facts,
        "because": scenario.note,
        "way": Way.CONSENT,
        "concerns": "\n".join(_concerns(scenario)),
        "decided_on": today,
        "review_on": today + LOOK_AFTER,
    }


def _concerns(scenario: Scenario) -> list[str]:
    said = scenario.comments.exclude(stance=Comment.Stance.FINE).select_related("said_by")
    return [f"{one.said_by}: {one.body}" for one in said]


def found_facts(scenario: Scenario, board: Board, *, now: datetime) -> dict[str, Any]:
    """Draft the entry on the stop list: what each gains who gains anything, rounded down."""
    gains = [gain for gain in board.gains if gain > 0]
    teams = ", ".join(team.team for team in board.teams if team.after > team.before)
    return {
        "what": _("Planning at times when nobody else on the team was free"),
        "since": scenario.timetable.team.today(now),
        "minutes_each": sum(gains) // len(gains) if gains else None,
        "people": len(gains) or None,
        "to_whom": teams[:200],
        "in_place": _("Time in common for: %s") % teams if teams else "",
    }
