"""Who gets in where, in the room of meetings; another team's numbers open nothing."""

import pytest
from django.test import Client

from colead.meetings import urls
from colead.meetings.actions import norms, running
from tests.addresses import url_of
from tests.cast import NOW, Cast
from tests.test_meetings_running import begun, everybody, planned

pytestmark = pytest.mark.django_db
# What each address asks for: READ is open to the coach too, WRITE is a form for members, PRESS takes a POST alone.
DOORS = {
    "READ": {"norms", "norms_paper", "meetings", "meeting", "meeting_clock", "meeting_calendar", "meeting_paper"}
    | {"protocols", "protocol", "protocol_paper"},
    "WRITE": {"norms_agree", "norms_changes", "rhythm", "meeting_edit", "meeting_roles", "item_new", "item_edit"}
    | {"item_decide", "item_step"},
    "PRESS": {"norms_begin", "norms_look", "norms_reveal", "meeting_new", "meeting_drop", "meeting_start"}
    | {"meeting_press", "meeting_end", "item_move", "item_drop", "item_park", "item_note", "protocol_run"},
}
EVERY = sorted(name for names in DOORS.values() for name in names)


def browser(user: object) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def numbers(cast: Cast) -> dict[str, object]:
    meeting = begun(cast)
    agreement = norms.agree_norms(
        cast.north_team, ["We end on time."], present=everybody(cast.north_team), agreed_on=NOW.date(), based_on=0
    )
    return {
        "team_id": cast.north_team.pk,
        "meeting_id": meeting.pk,
        "item_id": meeting.items.all()[2].pk,
        "check_id": norms.begin_look(agreement, by=cast.ada, now=NOW).pk,
        "way": "up",
        "what": "next",
        "slug": "whys",
        "form": "pdf",
    }


def test_every_address_has_its_door_in_this_table() -> None:
    assert sorted(one.name for one in urls.urlpatterns) == EVERY


@pytest.mark.parametrize("door", DOORS)
def test_doors(cast: Cast, numbers: dict[str, object], door: str) -> None:
    member = 405 if door == "PRESS" else 200
    wanted = {"cleo": 404, "dana": 404, "sam": 403, "kim": 200 if door == "READ" else 403}
    wanted |= dict.fromkeys(("ada", "ben", "pat"), member)
    for name in sorted(DOORS[door]):
        url = url_of(name, numbers)
        for who, status in wanted.items():
            got = browser(getattr(cast, who)).get(url).status_code
            assert got == (405 if door == "PRESS" and got == 405 else status), (name, who, got)
        assert Client().get(url).status_code in (302, 405), name


@pytest.mark.parametrize("name", EVERY)
def test_nobody_writes_from_outside(cast: Cast, numbers: dict[str, object], name: str) -> None:
    url = url_of(name, numbers)
    allowed = (405,) if name == "meeting_clock" else ()
    assert browser(cast.cleo).post(url).status_code in (404, *allowed)
    assert browser(cast.dana).post(url).status_code in (404, *allowed)
    assert browser(cast.sam).post(url).status_code in (403, *allowed)
    assert browser(cast.kim).post(url).status_code in (403, *allowed)
    assert Client().post(url).status_code in (302, *allowed)


@pytest.mark.parametrize(
    "name", [name for name in EVERY if {"meeting_", "item_", "norms_"} & {name.split("_")[0] + "_"}]
)
def test_another_teams_numbers_open_nothing(cast: Cast, numbers: dict[str, object], name: str) -> None:
    pattern = next(one for one in urls.urlpatterns if one.name == name)
    if not {"meeting_id", "check_id"} & set(pattern.pattern.regex.groupindex):
        pytest.skip("names no record")
    url = url_of(name, {**numbers, "team_id": cast.south_team.pk})
    press = name in DOORS["PRESS"]
    client = browser(cast.cleo)
    assert (client.post(url) if press else client.get(url)).status_code == 404


def test_an_item_is_not_found_under_another_meeting(cast: Cast, numbers: dict[str, object]) -> None:
    other = planned(cast)
    for name in EVERY:
        if name.startswith("item_") and name != "item_new":
            url = url_of(name, {**numbers, "meeting_id": other.pk})
            assert browser(cast.ada).post(url).status_code == 404, name


@pytest.mark.parametrize("what", ["stop", "next-item"])
def test_a_press_that_is_none_is_not_found(cast: Cast, numbers: dict[str, object], what: str) -> None:
    url = url_of("meeting_press", {**numbers, "what": what})
    assert browser(cast.ada).post(url, {"beat": 1}).status_code == 404


def test_a_press_without_its_beat_and_an_unknown_way_form_or_protocol_are_not_found(
    cast: Cast, numbers: dict[str, object]
) -> None:
    ada = browser(cast.ada)
    assert ada.post(url_of("meeting_press", numbers)).status_code == 404
    assert ada.post(url_of("item_move", {**numbers, "way": "sideways"})).status_code == 404
    for name in ("norms_paper", "meeting_paper", "protocol_paper"):
        assert ada.get(url_of(name, {**numbers, "form": "exe"})).status_code == 404
    for name in ("protocol", "protocol_paper"):
        assert ada.get(url_of(name, {**numbers, "slug": "gone"})).status_code == 404
    assert ada.post(url_of("protocol_run", {**numbers, "slug": "gone"})).status_code == 404


def test_a_coach_finds_nothing_to_press(cast: Cast, numbers: dict[str, object]) -> None:
    pages = [
        url_of(name, numbers) for name in ("norms", "meetings", "meeting", "meeting_clock", "protocols", "protocol")
    ]
    meeting = cast.north_team.meetings.get()
    pages.append(url_of("meeting", {**numbers, "meeting_id": planned(cast).pk}))
    for url in pages:
        assert 'method="post"' not in inside(browser(cast.kim).get(url).content.decode()), url
    running.end_meeting(meeting, by=cast.ada, now=NOW)
    assert 'method="post"' not in inside(browser(cast.kim).get(url_of("meeting", numbers)).content.decode())


def inside(page: str) -> str:
    return page.split("<main", 1)[-1]
