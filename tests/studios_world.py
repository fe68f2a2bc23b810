"""A studio, made through the real verbs."""

from datetime import date, time
from typing import Any

from colead.accounts.models import User
from colead.practices.actions import studios as actions
from colead.practices.models import SignUp, Studio, StudioDate
from colead.practices.queries.studios import StudioSeen, studio_seen, with_people
from tests.cast import NOW, Cast

OFFER: dict[str, Any] = {"title": "One page", "question": "Which page makes all think?", "doing": "", "places": None}


def offered(cast: Cast, **facts: Any) -> Studio:
    """Let Ben offer a studio."""
    return actions.offer_studio(cast.north, **{**OFFER, **facts}, by=cast.ben, now=NOW)


def dated(studio: Studio) -> StudioDate:
    facts = {"held_on": date(2026, 12, 3), "starts_at": time(15, 20), "minutes": 50, "place": "the library"}
    return actions.add_date(studio, **facts)


def joined(studio: Studio, *users: User) -> list[SignUp]:
    return [actions.sign_up(studio, by=user) for user in users]


def seen(studio: Studio, user: User) -> StudioSeen:
    """Return a studio as somebody sees it now."""
    return studio_seen(with_people(studio.school).get(pk=studio.pk), user)
