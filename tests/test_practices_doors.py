"""Who gets in where in the practices, and that another team's numbers open nothing."""

import json
import re

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from colead.practices import time_urls
from colead.practices.actions import scenarios, searching
from colead.practices.models import Scenario
from colead.practices.packing import packed, unpacked
from colead.schools.actions import start_team
from tests.addresses import url_of
from tests.cast import NOW, ROLE, Cast, join, person
from tests.practices_world import bring, by, client_of, proposed, searched, think, tiny

pytestmark = pytest.mark.django_db
urlpatterns = time_urls.urlpatterns
READ = {"time_finder", "time_seen", "time_file", "scenario", "scenario_compare", "scenario_week", "time_search"}
READ |= {"scenario_cards", "scenario_changes", "scenario_file", "scenario_calendar"}
SCHOOL = {"open_scenarios"}
WRITE = {"time_bring", "time_teams", "scenario_words", "scenario_ask", "scenario_rules", "scenario_decide"}
WRITE |= {"scenario_count", "lesson_try"}
POSTS = {"time_keep", "time_sample", "time_erase", "time_suggested", "time_team_drop", "time_begin", "scenario_find"}
POSTS |= {"scenario_copy", "scenario_drop", "scenario_comment", "scenario_open", "lesson_move", "lesson_pin"}
POSTS |= {"scenario_undo", "search_stop", "search_take"}
FORMS = {"time_file": "zip", "scenario_file": "zip", "scenario_changes": "csv", "scenario_cards": "docx"}
TYPED = {"lesson_try": "?lesson=a1", "scenario_calendar": "?kind=person&name=Ana&from=2026-11-16&until=2026-11-20"}


def address(name: str, numbers: dict[str, object]) -> str:
    facts = {"form": FORMS.get(name, "pdf"), "key": "fewest-moves", **numbers}
    return url_of(name, facts) + TYPED.get(name, "")


@pytest.fixture
def numbers(cast: Cast) -> dict[str, object]:
    one = think(cast)
    search = searched(cast, one)
    other = scenarios.copy_scenario(one, **by(cast))
    facts = {"team_id": cast.north_team.pk, "timetable_id": one.timetable_id, "scenario_id": one.pk}
    return {**facts, "school_id": cast.north.pk, "other_id": other.pk, "search_id": search.pk}


def test_every_address_is_in_one_group() -> None:
    assert sorted([*READ, *WRITE, *POSTS, *SCHOOL]) == sorted(one.name for one in urlpatterns)


def test_doors(cast: Cast, numbers: dict[str, object]) -> None:
    outside = {cast.cleo: 404, cast.dana: 404, cast.sam: 403}
    wanted = {
        **{name: {**outside, cast.kim: 200, cast.ben: 200, cast.ada: 200, cast.pat: 200} for name in READ},
        **{name: {**outside, cast.kim: 403, cast.ben: 200, cast.ada: 200, cast.pat: 200} for name in WRITE},
        **{name: {**outside, cast.sam: 200, cast.kim: 200, cast.ben: 200, cast.pat: 200} for name in SCHOOL},
        **{name: {**outside, cast.kim: 403, cast.ben: 302} for name in POSTS - {"scenario_comment", "lesson_move"}},
        "scenario_comment": {**outside, cast.kim: 403, cast.ben: 422},
        "lesson_move": {**outside, cast.kim: 403, cast.ben: 404},  # without a lesson and a time
    }
    clients = {user: client_of(user) for user in (*outside, cast.kim, cast.ben, cast.ada, cast.pat)}
    for name, people in wanted.items():
        for user, status in people.items():
            assert asked(clients[user], name, numbers) == status, (name, user.name)


def test_what_changes_something_is_posted(cast: Cast, numbers: dict[str, object]) -> None:
    client = client_of(cast.ada)
    for name in POSTS:
        assert client.get(address(name, numbers)).status_code == 405, name


def test_who_is_not_signed_in_is_asked_to(numbers: dict[str, object], client: object) -> None:
    for one in urlpatterns:
        url = address(one.name, numbers)
        answer = client.post(url) if one.name in POSTS else client.get(url)
        assert answer.headers["Location"].startswith("/enter/"), one.name


OPEN = {"scenario", "scenario_week", "time_search", "scenario_cards", "scenario_changes", "scenario_calendar"}
OWN = {"scenario_words", "scenario_ask", "scenario_rules", "lesson_try"}
OWN_POSTS = {"scenario_find", "scenario_drop", "lesson_pin", "scenario_undo", "search_stop", "search_take"}
SPEAK = {"scenario_copy": 302, "scenario_comment": 422, "scenario_compare": 404}  # the other one is not open


def test_doors_of_an_open_scenario(cast: Cast, numbers: dict[str, object]) -> None:
    """Colleagues read and say what they think; they lay out only what they made; the team alone decides."""
    found = Scenario._default_manager.get(pk=numbers["scenario_id"])
    pia = person("Pia Long")
    join(start_team(school=cast.north, name="Grade 3", by=cast.pat, now=NOW), pia, ROLE.MEMBER, by=cast.pat)
    scenarios.open_scenario(found, on=True, **by(cast))
    addressed = [one for one in urlpatterns if "timetable_id" not in one.pattern.regex.groupindex]
    for user in (cast.sam, pia, cast.cleo, cast.kim):
        client, works_here = client_of(user), user in (cast.sam, pia)
        for name in (one.name for one in addressed if one.name not in SCHOOL):
            wanted = (200 if name in OPEN else SPEAK.get(name, 403)) if works_here else refused(cast, user, name)
            assert asked(client, name, numbers) == wanted, (name, user.name)
    Scenario._default_manager.filter(pk=found.pk).update(made_by=cast.sam)
    own = {**dict.fromkeys(OPEN | OWN, 200), **dict.fromkeys(OWN_POSTS, 302), **SPEAK, "lesson_move": 404}
    sam = client_of(cast.sam)
    for name in (one.name for one in addressed if one.name not in SCHOOL):
        assert asked(sam, name, numbers) == own.get(name, 403), name
    scenarios.open_scenario(found, on=False, **by(cast))
    assert {asked(sam, name, numbers) for name in own} == {403}


def refused(cast: Cast, user: object, name: str) -> int:
    """What an open scenario answers those who do not work here: nothing new."""
    return (200 if name in READ else 403) if user == cast.kim else 404


def asked(client: Client, name: str, numbers: dict[str, object]) -> int:
    before, url = transaction.savepoint(), address(name, numbers)
    answer = client.post(url) if name in POSTS else client.get(url)
    transaction.savepoint_rollback(before)
    return answer.status_code


def test_another_team_s_numbers_open_nothing(cast: Cast, numbers: dict[str, object]) -> None:
    client = client_of(cast.cleo)
    foreign = {**numbers, "team_id": cast.south_team.pk}
    for one in urlpatterns:
        if {"timetable_id", "scenario_id", "search_id"} & set(one.pattern.regex.groupindex):
            url = address(one.name, foreign)
            answer = client.post(url) if one.name in POSTS else client.get(url)
            assert answer.status_code == 404, one.name


def test_a_scenario_of_another_team_cannot_be_compared_with(cast: Cast, numbers: dict[str, object]) -> None:
    own = think(cast, bring_south(cast))
    url = reverse("scenario_compare", args=[cast.south_team.pk, own.pk, numbers["scenario_id"]])
    assert client_of(cast.cleo).get(url).status_code == 404


def bring_south(cast: Cast) -> object:
    made = bring(cast, tiny())
    type(made)._default_manager.filter(pk=made.pk).update(team=cast.south_team)
    made.refresh_from_db()
    return made


def test_names_in_a_timetable_are_words_that_stay_in_the_school(cast: Cast) -> None:
    """Names stand in JSON, which the canary of tests/test_canary.py does not reach: here they sing."""
    text = re.sub(r'"(Ana|Bo|Cy|Grade 1|Math|Tiny school)"', r'"CANARY \1"', json.dumps(packed(tiny())))
    made = bring(cast, unpacked(json.loads(text)))
    scenario = think(cast, made)
    search, other = searching.ask_search(scenario, **by(cast)), scenarios.copy_scenario(scenario, **by(cast))
    facts = {"team_id": cast.north_team.pk, "timetable_id": made.pk, "scenario_id": scenario.pk}
    facts |= {"search_id": search.pk, "other_id": other.pk, "school_id": cast.north.pk}
    seen = 0
    clients = {user: client_of(user) for user in (cast.cleo, cast.dana, cast.sam, cast.ada)}
    for one in urlpatterns:
        url = address(one.name, facts)
        for user in (cast.cleo, cast.dana, cast.sam):
            client = clients[user]
            answer = client.post(url) if one.name in POSTS else client.get(url)
            assert b"CANARY" not in answer.content, (one.name, user.name)
        if one.name in READ:
            seen += b"CANARY" in clients[cast.ada].get(url).content
    assert seen >= 5, "the canary sings to its own team"
    assert Scenario._default_manager.count() == 2
    assert proposed(scenario, b2=(1, 1)).moves
