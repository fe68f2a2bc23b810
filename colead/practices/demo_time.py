"""The time finder in the demo: a timetable, two scenarios (one open), what colleagues say, a search that is done.

Made through the verbs that people use; only the search itself is not run again, its finds stand in
`content/demo/time-finder.yaml`.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from django.db.models import Q

from colead.accounts.models import User
from colead.practices.actions import bringing, scenarios, searching
from colead.practices.bringing import sample
from colead.practices.finding import Found, Offer, Tag
from colead.practices.models import Scenario
from colead.practices.queries.board import Board, Place, drafted, moved
from colead.schools.models import Team
from colead.timetable import Slot
from colead.timetable.shifts import Objective, Served
from colead.timetable.shifts.telling import moves

FILE = Path(__file__).resolve().parents[2] / "content" / "demo" / "time-finder.yaml"


def load_time_finder(team: Team, *, now: datetime) -> None:
    """Let a demo team try the time finder with the sample school."""
    facts = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    here = User.objects.filter(Q(memberships__team=team) | Q(seats__school=team.school))
    people = {user.name.split()[0].lower(): user for user in here}
    ada = people["ada"]
    timetable = bringing.take_timetable(team, sample(), by=ada, now=now)
    first, second = (scenarios.begin_scenario(timetable, title="", by=ada, now=now) for _ in range(2))
    for scenario, told in ((first, facts["first"]), (second, facts["second"])):
        words = {"title": told["title"], "note": told["note"], "based_on": scenario.version}
        scenarios.word_scenario(scenario, **words, by=ada, now=now)
        for said in told["comments"]:
            _say(scenario, said, people, now=now)
    first = scenarios.open_scenario(first, on=True, by=ada, now=now)
    for said in facts["first"]["colleagues"]:
        _say(first, said, people, now=now)
    scenarios.move(second, _places(facts["second"]["places"]), by=ada, now=now)
    search = searching.ask_search(first, by=ada, now=now)
    searching.claim_search(now=now)
    search.refresh_from_db()
    searching.end_search(search, _found(first, facts), now=now)
    search.refresh_from_db()
    searching.take_offer(search, facts["first"]["taken"], by=ada, now=now)


def _say(scenario: Scenario, said: dict[str, str], people: dict[str, User], *, now: datetime) -> None:
    words = {"stance": said["stance"], "body": said.get("body", "")}
    scenarios.say(scenario, **words, based_on=0, by=people[said["who"]], now=now)


def _places(stored: dict[str, list[Any]]) -> dict[str, Place]:
    return {key: Place(Slot(day, period), room) for key, (day, period, room) in stored.items()}


def _found(scenario: Scenario, facts: dict[str, Any]) -> Found:
    offers = tuple(_offer(scenario, key, told) for key, told in facts["found"].items())
    prices = facts["prices"].items()
    tags = tuple(Tag(teams, max(facts["prices"]), fewest, least) for teams, (fewest, least) in prices)
    return Found(offers=offers, tags=tags)


def _offer(scenario: Scenario, key: str, told: dict[str, Any]) -> Offer:
    today = drafted(scenario)
    board = Board(today, moved(today, [told["places"]]))
    teams = tuple(Served(one.team, one.asked, one.before, one.after) for one in board.teams)
    proven = told["cost"] == told["bound"]
    return Offer(Objective(key), moves(board.today, board.then), teams, told["cost"], told["bound"], proven, 48.0)
