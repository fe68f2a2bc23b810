"""A team opens a scenario: colleagues read it, say what they think, copy it, compare; the team decides."""

from typing import Any

import pytest
from django.urls import reverse

from colead.accounts.actions import rename
from colead.practices.actions import scenarios
from colead.practices.models import Comment, Scenario, Search
from colead.practices.queries.board import board_of
from colead.practices.queries.colleagues import said_about
from colead.practices.queries.deciding import decision_facts
from tests.cast import NOW, Cast
from tests.practices_world import by, client_of, move, think

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(cast: Cast) -> Scenario:
    return scenarios.open_scenario(move(cast, think(cast), "b2", 1, 1), on=True, **by(cast))


def at(name: str, cast: Cast, *numbers: int) -> str:
    return reverse(name, args=[cast.north_team.pk, *numbers])


def read(user: Any, url: str) -> str:
    return client_of(user).get(url).content.decode()


def test_the_team_opens_and_closes_a_scenario(cast: Cast) -> None:
    scenario, ada = think(cast), client_of(cast.ada)
    listed = reverse("open_scenarios", args=[cast.north.pk])
    assert listed in read(cast.sam, reverse("school_page", args=[cast.north.pk]))
    assert scenario.title not in read(cast.sam, listed)
    ada.post(at("scenario_open", cast, scenario.pk), {"on": "yes"})
    assert at("scenario", cast, scenario.pk) in read(cast.sam, listed)
    assert "Open to everybody who works at the school since" in read(cast.ada, at("scenario", cast, scenario.pk))
    ada.post(at("scenario_open", cast, scenario.pk), {"on": "no"})
    assert scenario.title not in read(cast.sam, listed)


def test_a_colleague_reads_what_moves_and_what_moves_for_them(cast: Cast, opened: Scenario) -> None:
    rename(user=cast.sam, name="Bo", language="", now=NOW)
    page = read(cast.sam, at("scenario", cast, opened.pk))
    sentence = board_of(opened).changes[0].sentence
    assert page.count(sentence) == 2
    assert "What moves for you" in page
    assert "What moves for you" not in read(cast.ben, at("scenario", cast, opened.pk))


def test_a_colleague_is_offered_what_they_may_do_and_nothing_else(cast: Cast, opened: Scenario) -> None:
    page = read(cast.sam, at("scenario", cast, opened.pk))
    team_only = ("scenario_decide", "scenario_open", "scenario_drop", "scenario_ask", "scenario_find", "scenario_undo")
    for name in team_only:
        assert at(name, cast, opened.pk) not in page, name
    assert reverse("decisions", args=[cast.north_team.pk]) not in page
    assert at("time_seen", cast, opened.timetable_id) not in page
    assert at("scenario_comment", cast, opened.pk) in page
    assert at("scenario_copy", cast, opened.pk) in page


def test_what_was_said_to_the_team_stays_on_the_team(cast: Cast) -> None:
    scenario = think(cast)
    scenarios.say(scenario, stance="worry", body="Only among us.", based_on=0, by=cast.ben, now=NOW)
    opened = scenarios.open_scenario(scenario, on=True, **by(cast))
    url = at("scenario", cast, opened.pk)
    assert "Only among us." in read(cast.ada, url)
    assert "Only among us." not in read(cast.sam, url)
    said = scenarios.say(opened, stance="worry", body="To all of you.", based_on=1, by=cast.ben, now=NOW)
    assert said.to_staff
    assert "To all of you." in read(cast.sam, url)


def test_each_person_says_one_thing_and_may_say_it_anew(cast: Cast, opened: Scenario) -> None:
    sam, url = client_of(cast.sam), at("scenario_comment", cast, opened.pk)
    assert sam.post(url, {"stance": "cannot", "version": "0"}).status_code == 422
    sam.post(url, {"stance": "cannot", "body": "I leave at two.", "version": "0"})
    assert "Sam Doyle" in read(cast.ada, at("scenario", cast, opened.pk))
    assert "Sam Doyle: I leave at two." in decision_facts(opened, board_of(opened), now=NOW)["concerns"]
    sam.post(url, {"stance": "fine", "body": "Solved.", "version": "1"})
    assert Comment._default_manager.get().body == "Solved."


def test_a_colleague_s_copy_is_open_and_theirs_to_lay_out(cast: Cast, opened: Scenario) -> None:
    sam = client_of(cast.sam)
    answer = sam.post(at("scenario_copy", cast, opened.pk))
    copy = Scenario._default_manager.get(copied_from=opened)
    assert answer.headers["Location"] == at("scenario", cast, copy.pk)
    assert copy.made_by == cast.sam
    assert copy.opened_on
    asked = {"minutes_0": "60", "least_block_0": "0", "most_blocks_0": "0", "days_0": ["0", "1"]}
    sam.post(at("scenario_ask", cast, copy.pk), asked)
    copy.refresh_from_db()
    assert copy.asked["Grade 1"]["minutes"] == 60
    assert sam.post(at("scenario_find", cast, copy.pk)).status_code == 302
    assert Search.objects.get(scenario=copy).asked_by == cast.sam
    assert sam.post(at("scenario_decide", cast, copy.pk)).status_code == 403
    assert opened.title in read(cast.sam, at("scenario_compare", cast, copy.pk, opened.pk))
    assert client_of(cast.pat).get(at("scenario", cast, copy.pk)).status_code == 200


def test_a_member_s_copy_stays_on_the_team(cast: Cast, opened: Scenario) -> None:
    client_of(cast.ben).post(at("scenario_copy", cast, opened.pk))
    copy = Scenario._default_manager.get(copied_from=opened)
    assert copy.opened_on is None
    assert copy.title not in read(cast.sam, at("scenario", cast, opened.pk))
    assert client_of(cast.sam).get(at("scenario_compare", cast, opened.pk, copy.pk)).status_code == 404


def test_a_colleague_erases_what_they_made(cast: Cast, opened: Scenario) -> None:
    copy = scenarios.copy_scenario(opened, opened_on=NOW.date(), by=cast.sam, now=NOW)
    answer = client_of(cast.sam).post(at("scenario_drop", cast, copy.pk))
    assert answer.headers["Location"] == reverse("open_scenarios", args=[cast.north.pk])
    assert list(Scenario._default_manager.all()) == [opened]


def test_side_by_side_a_colleague_reads_only_what_was_said_to_them(cast: Cast, opened: Scenario) -> None:
    copy = scenarios.copy_scenario(opened, **by(cast))
    scenarios.say(copy, stance="cannot", body="Only among us.", based_on=0, by=cast.ben, now=NOW)
    scenarios.open_scenario(copy, on=True, **by(cast))
    url = at("scenario_compare", cast, opened.pk, copy.pk)
    assert "Only among us." in read(cast.ada, url)
    assert "Only among us." not in read(cast.sam, url)
    assert said_about(copy, as_colleague=True) == []


def test_what_is_decided_takes_no_more_comments_from_colleagues(cast: Cast, opened: Scenario) -> None:
    facts: dict[str, Any] = {"question": "Do we?", "decided": "Yes.", "because": "", "way": "consent", "concerns": ""}
    facts |= {"present": list(cast.north_team.members.all()), "decided_on": NOW.date()}
    facts |= {"starts_on": None, "owner": None, "review_on": None}
    scenarios.decide(opened, **by(cast), **facts)
    page = read(cast.sam, at("scenario", cast, opened.pk))
    assert "The team decided on this." in page
    assert at("scenario_comment", cast, opened.pk) not in page
    assert "/decisions/" not in page
