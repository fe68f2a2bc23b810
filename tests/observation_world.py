"""A round of open doors at North, on the tiny timetable, made through the real verbs."""

from datetime import date, timedelta
from typing import Any

from colead.accounts.models import User
from colead.practices.actions import observation as actions
from colead.practices.models import DoorsRound, PeerVisit
from tests.cast import NOW, Cast
from tests.practices_world import bring, tiny

MONDAY = date(2026, 11, 23)  # the one after NOW
ROUND: dict[str, Any] = {
    "title": "Open doors",
    "focus": "Who speaks?",
    "collect_until": date(2026, 11, 20),
    "begins_on": MONDAY,
    "weeks": 2,
    "days_off": [],
    "scenario": None,
}


def opened(cast: Cast, **facts: Any) -> DoorsRound:
    """Ada is Ana, Ben is Bo, Sam is Cy; Pat is not in the timetable."""
    made = actions.open_round(bring(cast, tiny()), **{**ROUND, **facts}, by=cast.ada, now=NOW)
    for user, name in ((cast.ada, "Ana"), (cast.ben, "Bo"), (cast.sam, "Cy")):
        actions.name_me(cast.north, by=user, name=name)
    actions.name_me(cast.north, by=cast.pat, role="administrator")
    return made


def door(round_: DoorsRound, user: User, **facts: Any) -> None:
    facts = {"look_for": "", "subjects": [], "most_a_week": 2, "at_once": 1, "shows": "", "slots": [], **facts}
    actions.open_door(round_, **facts, by=user, now=NOW)


def wish(round_: DoorsRound, user: User, **facts: Any) -> None:
    actions.wish(round_, **{"visits": 1, "hosts": [], "subjects": [], "not_at": [], **facts}, by=user, now=NOW)


def published(cast: Cast, **facts: Any) -> DoorsRound:
    """Ada's door is open, and Ben watches her once."""
    made = opened(cast, **facts)
    door(made, cast.ada)
    wish(made, cast.ben)
    actions.match_round(made, now=NOW)
    return actions.publish_round(made, now=NOW)


def visit_of(cast: Cast) -> PeerVisit:
    """Return Ben's visit to Ada."""
    return published(cast).visits.get()


def days(number: int) -> Any:
    return NOW + timedelta(days=number)
