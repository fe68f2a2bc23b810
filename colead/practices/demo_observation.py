"""Open doors in the demo: a round in which people visit each other, and one that collects doors and wishes.

Made through the verbs that people use. Words stand in `content/demo/open-doors.yaml`.
"""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from colead.accounts.models import User
from colead.practices.actions import observation as actions
from colead.practices.actions import observation_visits as visits
from colead.practices.models import DoorsRound, PeerVisit
from colead.schools.models import Team

FILE = Path(__file__).resolve().parents[2] / "content" / "demo" / "open-doors.yaml"
BEFORE = timedelta(days=20)  # doors and wishes of the round under way came in so long before it began


def load_open_doors(team: Team, *, now: datetime) -> None:
    """Let a demo team's school watch each other on the timetable of the time finder."""
    facts = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    members = team.members.active().select_related("user")
    people = {str(member).split()[0].lower(): member.user for member in members}
    for key, name in facts["names"].items():
        actions.name_me(team.school, by=people[key], name=name)
    begins = _monday(team.today(now) + timedelta(days=facts["past"]["begins"]))
    then = now - (team.today(now) - begins) - BEFORE
    past = _collect(team, facts["past"], people, begins=begins, until=begins - timedelta(days=3), now=then)
    actions.match_round(past, now=then)
    actions.publish_round(past, now=then)
    _one_visit(past, facts["past"], people["ada"], now=now)
    begins = _monday(team.today(now) + timedelta(days=facts["next"]["begins"]))
    until = team.today(now) + timedelta(days=facts["next"]["until"])
    _collect(team, facts["next"], people, begins=begins, until=until, now=now)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _collect(
    team: Team, told: dict[str, Any], people: dict[str, User], *, begins: date, until: date, now: datetime
) -> DoorsRound:
    """Open a round, with the doors and wishes that came in."""
    facts = {name: told[name] for name in ("title", "focus", "weeks")}
    facts |= {"begins_on": begins, "collect_until": until, "scenario": None, "days_off": []}
    made = actions.open_round(team.timetables.get(), **facts, by=people["ada"], now=now)
    for key, door in told["doors"].items():
        slots = [[day, door["period"]] for day in range(2)] if "period" in door else []
        more = {name: value for name, value in door.items() if name != "period"}
        actions.open_door(made, **more, slots=slots, by=people[key], now=now)
    for key, number in told["wishes"].items():
        different = key in told.get("each_to_somebody_else", ())
        actions.wish(made, visits=number, different=different, hosts=[], by=people[key], now=now)
    return made


def _one_visit(round_: DoorsRound, told: dict[str, Any], host: User, *, now: datetime) -> PeerVisit:
    """Let one visit go all the way: question, notes handed over, talk, reflection."""
    visit = round_.visits.filter(host=host).select_related("visitor").earliest("on_day", "starts_at")
    after: dict[str, Any] = {"now": visit.begins if visit.begins < now else now}
    visit = visits.write_on_visit(visit, **told["asked"], by=host, based_on=0, **after)
    visits.note(visit, body=told["notes"], by=visit.visitor, based_on=0, **after)
    visits.hand_over(visit, **after)
    visits.reflect(visit, **told["reflection"], by=host, based_on=0, **after)
    return visits.write_on_visit(visit, debrief=told["debrief"], by=host, based_on=visit.version, **after)
