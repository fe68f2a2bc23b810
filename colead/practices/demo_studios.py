"""North's studios in the demo, made through the verbs that people use. Words stand in `content/demo/studios.yaml`."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml

from colead.accounts.models import User
from colead.practices.actions import studios as actions
from colead.schools.models import Team

FILE = Path(__file__).resolve().parents[2] / "content" / "demo" / "studios.yaml"
FRIDAY = 4


def load_studios(team: Team, *, now: datetime) -> None:
    """Let colleagues of a demo team offer studios: one to sign up for, one that is full, one that is over."""
    people = {str(member).split()[0].lower(): member.user for member in team.members.active().select_related("user")}
    for told in yaml.safe_load(FILE.read_text(encoding="utf-8"))["studios"]:
        _offer(team, told, people, now=now)


def _offer(team: Team, told: dict[str, Any], people: dict[str, User], *, now: datetime) -> None:
    leader, today = people[told["leader"]], team.today(now)
    words = {"title": told["title"], "question": told["question"], "doing": told["doing"], "places": told.get("places")}
    studio = actions.offer_studio(team.school, **words, by=leader, now=now + timedelta(days=told["offered"]))
    for day in told["dates"]:
        facts = {"minutes": day["minutes"], "place": day["place"], "starts_at": time.fromisoformat(day["starts_at"])}
        actions.add_date(studio, held_on=_workday(today + timedelta(days=day["held"])), **facts)
    for one in told["sign_ups"]:
        own = {name: value for name, value in one.items() if name != "who"}
        actions.write_own(actions.sign_up(studio, by=people[one["who"]]), **own)
    if told.get("closing"):
        then = now + timedelta(days=told["closed"])
        actions.close_studio(studio, closing=told["closing"], by=leader, based_on=studio.version, now=then)


def _workday(day: date) -> date:
    """Return the day, or the Monday after it where it falls on a weekend."""
    return day + timedelta(days=7 - day.weekday() if day.weekday() > FRIDAY else 0)
