"""Who enters the pages of peer observation, and that nobody but the two reads a word of a visit."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from colead.accounts.models import User
from colead.practices import observation_urls
from colead.practices.actions import observation_visits as verbs
from colead.practices.models import DoorsRound, PeerVisit
from colead.programme.leaving.write import write_school
from colead.schools import actions as schools
from tests import cast as people
from tests.addresses import url_of
from tests.cast import NOW, ROLE, Cast, join, person
from tests.observation_world import door, opened, published, wish
from tests.practices_world import client_of

pytestmark = pytest.mark.django_db(databases=["default", "ballots"])
urlpatterns = observation_urls.urlpatterns
SCHOOL = {"doors", "doors_round"}  # a coach too, who sees counts
STAFF = {"doors_mine", "doors_wish", "doors_name", "doors_calendar"}
STAFF_POSTS = {"doors_close", "doors_unwish"}
KEEP = {"doors_edit"}
KEEP_POSTS = {"doors_match", "doors_publish", "doors_drop"}
TWO = {"peer_visit", "peer_talk", "peer_move", "peer_calendar"}
HOST = {"peer_question", "peer_reflection", "peer_paper"}
HOST_POSTS = {"peer_notes_erase"}
VISITOR = {"peer_notes"}
VISITOR_POSTS = {"peer_notes_give"}
TWO_POSTS = {"peer_off"}
OPEN = {"doors_new"}  # who is on a team with a timetable, or principal
POSTS = STAFF_POSTS | KEEP_POSTS | HOST_POSTS | VISITOR_POSTS | TWO_POSTS


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[Cast, PeerVisit, DoorsRound]]:
    """Make a round that is published, in which Ben watches Ada, and one that is collecting: once, undone at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = people.everybody()
        visit = published(made).visits.get()
        yield made, visit, opened(made)
        transaction.set_rollback(True)


@pytest.fixture
def cast(world: tuple[Cast, PeerVisit, DoorsRound], db: None) -> Cast:
    return world[0]


@pytest.fixture
def visit(world: tuple[Cast, PeerVisit, DoorsRound], db: None) -> PeerVisit:
    return world[1]


@pytest.fixture
def numbers(cast: Cast, world: tuple[Cast, PeerVisit, DoorsRound]) -> dict[str, Any]:
    return {"school_id": cast.north.pk, "doors_id": world[2].pk, "peer_visit_id": world[1].pk, "form": "pdf"}


def ask(client: Client, name: str, numbers: dict[str, Any]) -> int:
    url = url_of(name, numbers)
    return (client.post(url) if name in POSTS else client.get(url)).status_code


def statuses(user: User, names: set[str], numbers: dict[str, Any]) -> set[int]:
    client = client_of(user)
    return {ask(client, name, numbers) for name in names}


def test_every_address_is_in_one_group() -> None:
    groups = [*SCHOOL, *STAFF, *KEEP, *TWO, *HOST, *VISITOR, *OPEN, *POSTS]
    assert sorted(groups) == sorted(one.name for one in urlpatterns)


def test_a_stranger_and_the_office_find_nothing(cast: Cast, numbers: dict[str, Any]) -> None:
    every = {one.name for one in urlpatterns}
    for user in (cast.cleo, cast.dana):
        assert statuses(user, every, numbers) == {404}
    assert {ask(Client(), name, numbers) for name in every} == {302}


def test_a_coach_reads_counts_and_enters_nothing_else(cast: Cast, numbers: dict[str, Any]) -> None:
    assert statuses(cast.kim, SCHOOL, numbers) == {200}
    every = {one.name for one in urlpatterns}
    assert statuses(cast.kim, every - SCHOOL, numbers) == {403}
    main = client_of(cast.kim).get(reverse("doors_round", args=[cast.north.pk, numbers["doors_id"]])).content.decode()
    assert "open doors" in main
    assert 'method="post"' not in main.split("<main")[1]


def test_all_staff_open_doors_and_wish(cast: Cast, numbers: dict[str, Any]) -> None:
    for user in (cast.ada, cast.ben, cast.pat, cast.sam):
        assert statuses(user, SCHOOL | STAFF, numbers) == {200}
        assert statuses(user, STAFF_POSTS, numbers) == {302}


def test_the_team_and_the_principal_keep_a_round(cast: Cast, numbers: dict[str, Any]) -> None:
    assert statuses(cast.sam, KEEP | KEEP_POSTS | OPEN, numbers) == {403}
    for user in (cast.ben, cast.pat):
        assert statuses(user, KEEP | OPEN, numbers) == {200}
        assert statuses(user, KEEP_POSTS - {"doors_drop"}, numbers) == {302}
    outside = person("Olga Principal")
    join(cast.north, outside, ROLE.PRINCIPAL, by=cast.ada)
    assert statuses(outside, KEEP | OPEN, numbers) == {200}
    assert statuses(cast.pat, {"doors_drop"}, numbers) == {302}


def test_a_visit_opens_to_the_two_alone(cast: Cast, numbers: dict[str, Any]) -> None:
    every = TWO | HOST | VISITOR | HOST_POSTS | VISITOR_POSTS | TWO_POSTS
    for user in (cast.pat, cast.sam):
        assert statuses(user, every, numbers) == {404}
    assert statuses(cast.ada, TWO | HOST, numbers) == {200}
    assert statuses(cast.ada, VISITOR | VISITOR_POSTS, numbers) == {403}
    assert statuses(cast.ben, TWO | VISITOR, numbers) == {200}
    assert statuses(cast.ben, HOST | HOST_POSTS, numbers) == {403}
    assert statuses(cast.ben, TWO_POSTS | VISITOR_POSTS, numbers) == {302}


def test_what_changes_something_is_posted(cast: Cast, numbers: dict[str, Any]) -> None:
    client = client_of(cast.ada)
    for name in POSTS:
        assert client.get(url_of(name, numbers)).status_code == 405, name


def test_another_school_s_numbers_open_nothing(cast: Cast, numbers: dict[str, Any]) -> None:
    foreign = {**numbers, "school_id": cast.south.pk}
    numbered = {one.name for one in urlpatterns if {"doors_id", "peer_visit_id"} & set(one.pattern.regex.groupindex)}
    assert statuses(cast.cleo, numbered, foreign) == {404}


def test_who_has_left_the_school_opens_no_visit_any_more(cast: Cast, numbers: dict[str, Any]) -> None:
    member = cast.north_team.members.get(user=cast.ben)
    schools.remove_member(member, by=cast.ada, now=NOW)
    schools.end_seat(cast.north.seats.held().get(user=cast.ben), by=cast.ada, now=NOW)
    assert statuses(cast.ben, TWO | VISITOR, numbers) == {404}
    assert statuses(cast.ada, TWO | HOST, numbers) == {200}


# --- Whose words they are -------------------------------------------------------------------------------------------

WORDS = {"question": "Q-CANARY", "look_for": "L-CANARY"}


@pytest.fixture
def written(cast: Cast, visit: PeerVisit) -> PeerVisit:
    """Let the whole way be walked: Ben watched Ada, handed over, they talked, she wrote for herself."""
    facts: dict[str, Any] = {"now": NOW, "based_on": 0}
    visit = verbs.write_on_visit(visit, **WORDS, by=cast.ada, **facts)
    verbs.note(visit, body="N-CANARY", by=cast.ben, **facts)
    verbs.hand_over(visit, now=NOW)
    verbs.reflect(visit, body="R-CANARY", goal="G-CANARY", by=cast.ada, **facts)
    return verbs.write_on_visit(visit, debrief="D-CANARY", by=cast.ben, based_on=1, now=NOW)


def everything(user: User, visit: PeerVisit) -> str:
    """Read every page of peer observation, and the pages around it, as somebody."""
    client = client_of(user)
    numbers = {"school_id": visit.school.pk, "doors_id": visit.round_id, "peer_visit_id": visit.pk, "form": "docx"}
    found = [f"/t/{visit.round.team_id}/", f"/schools/{visit.school.pk}/", "/home/", "/me/"]
    found += [f"/schools/{visit.school.pk}/programme/", f"/t/{visit.round.team_id}/staff/"]
    for one in urlpatterns:
        if one.name not in POSTS and one.name != "peer_paper":
            found.append(reverse(one.name, kwargs={key: numbers[key] for key in one.pattern.regex.groupindex}))
    return " ".join(client.get(url, follow=True).content.decode() for url in found)


@pytest.mark.parametrize("who", ["pat", "kim", "sam", "dana", "cleo"])
def test_nobody_else_reads_a_word_or_who_watched_whom(cast: Cast, written: PeerVisit, who: str) -> None:
    read = everything(getattr(cast, who), written)
    assert not re.search(r"\w-CANARY", read)
    assert "Ben Ortiz watches" not in read
    assert "You watch" not in read


def test_notes_are_the_observed_person_s_once_they_are_handed_over(cast: Cast, written: PeerVisit) -> None:
    host, visitor = everything(cast.ada, written), everything(cast.ben, written)
    assert set(re.findall(r"(\w)-CANARY", host)) == set("QLNRGD")
    assert set(re.findall(r"(\w)-CANARY", visitor)) == set("QLD")


def test_a_school_s_file_holds_the_invitation_and_no_visit(cast: Cast, written: PeerVisit) -> None:
    door(opened(cast), cast.ada, look_for="I-CANARY")
    wish(opened(cast), cast.ben)
    content = write_school(cast.north).decode()
    assert set(re.findall(r"(\w)-CANARY", content)) == {"I"}
    assert "peer_visit" not in content
