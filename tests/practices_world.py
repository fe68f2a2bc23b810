"""Timetables for the tests of the practices: the sample school, and a tiny one that a search is done with at once."""

from dataclasses import replace
from typing import Any

from django.test import Client

from colead.accounts.models import User
from colead.practices import bringing
from colead.practices.actions import bringing as taking
from colead.practices.actions import scenarios, searching
from colead.practices.bringing import Brought
from colead.practices.finding import Found, offer_of
from colead.practices.models import Scenario, Search, Timetable
from colead.practices.queries.board import Place, drafted
from colead.practices.work import Reins
from colead.timetable import Day, Group, Lesson, Period, Person, Reading, Room, Rule, RuleKind, Schedule, Slot, Strength
from colead.timetable import Team as Together
from colead.timetable.shifts import Objective, Proposal
from colead.timetable.shifts.telling import moves
from colead.timetable.shifts.values import Served
from tests.cast import NOW, Cast

BY = dict[str, Any]


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def by(cast: Cast, **more: Any) -> BY:
    return {"by": cast.ada, "now": NOW, **more}


def tiny() -> Schedule:
    """Ana and Bo, one class each, two days of three periods; one swap of Bo's gives them an hour in common."""
    periods = tuple(Period(str(n + 1), 480 + 60 * n, 540 + 60 * n) for n in range(3))
    lessons = (
        Lesson("a1", "Math", ("Ana",), ("1A",), start=Slot(0, 0), room="R1"),
        Lesson("a2", "Reading", ("Ana",), ("1A",), start=Slot(0, 1), room="R1"),
        Lesson("b1", "Math", ("Bo",), ("1B",), start=Slot(0, 1), room="R2"),
        Lesson("b2", "Reading", ("Bo",), ("1B",), start=Slot(0, 2), room="R2"),
        Lesson("c1", "Art", ("Cy",), ("1B",), start=Slot(0, 0), room="R3", fixed_time=True),
        Lesson("a3", "Math", ("Ana",), ("1A",), start=Slot(1, 0), room="R1"),
        Lesson("b3", "Math", ("Bo",), ("1B",), start=Slot(1, 0), room="R2"),
    )
    return Schedule(
        "Tiny school",
        (Day("Mon", periods), Day("Tue", periods)),
        (Person("Ana"), Person("Bo"), Person("Cy")),
        (Group("1A"), Group("1B")),
        (Room("R1"), Room("R2"), Room("R3")),
        lessons,
        (Together("Grade 1", ("Ana", "Bo"), minutes=180),),
        (Rule("at most two", RuleKind.MOST_A_DAY, Strength.KEEP, people=("Ana", "Bo"), number=2),),
    )


def bring(cast: Cast, schedule: Schedule | None = None, **more: Any) -> Timetable:
    """Bring a timetable as Ada: the sample school, or one made up."""
    brought = Brought("csv", Reading(schedule), **more) if schedule else bringing.sample()
    return taking.take_timetable(cast.north_team, brought, **by(cast))


def think(cast: Cast, timetable: Timetable | None = None) -> Scenario:
    return scenarios.begin_scenario(timetable or bring(cast, tiny()), **by(cast))


def proposed(scenario: Scenario, **starts: tuple[int, int]) -> Proposal:
    """Make a proposal that puts lessons elsewhere."""
    before = drafted(scenario)
    put = {key: Slot(*start) for key, start in starts.items()}
    after = replace(before, lessons=tuple(replace(one, start=put.get(one.key, one.start)) for one in before.lessons))
    teams = tuple(Served(team.name, team.minutes, 120, 180) for team in before.teams)
    return Proposal(after, Objective.MOVES, moves(before, after), teams, 1, 1, True, 0.1)


def searched(cast: Cast, scenario: Scenario | None = None) -> Search:
    """Make a search that is done and found one proposal."""
    scenario = scenario or think(cast)
    search = searching.ask_search(scenario, **by(cast))
    claimed = searching.claim_search(now=NOW)
    assert claimed == search
    found = Found(offers=(offer_of(proposed(scenario, b2=(1, 1))),))
    searching.end_search(claimed, found, now=NOW)
    search.refresh_from_db()
    return search


FREE = Reins(lambda: False, lambda found: None)


def move(cast: Cast, scenario: Scenario, key: str, day: int, period: int, room: str = "R2") -> Scenario:
    return scenarios.move(scenario, {key: Place(Slot(day, period), room)}, **by(cast))
