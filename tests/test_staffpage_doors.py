"""Who gets in where, in the room of the staff page; another school's numbers open nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from colead.staffpage import urls
from colead.staffpage.actions.days import add_days_off
from colead.staffpage.actions.following import ask_to_follow, stop_key, yes_key
from colead.staffpage.actions.notices import write_notice
from colead.staffpage.urls_voices import urlpatterns as voices
from colead.web.doors import door_of
from tests.addresses import url_of
from tests.cast import Cast
from tests.staffpage_world import FOUND, decided, found, freeze, linked
from tests.surveys_world import BOTH, sealed

pytestmark = pytest.mark.django_db(databases=BOTH)
OURS = [one for one in urls.urlpatterns if one not in voices]  # voices: tests/test_staffpage_voices_doors.py

READERS = {"staff_page", "staff_bulletin", "staff_feed", "staff_result", "follow_page", "follow_finding"}
LETTERS = {"follow_yes", "follow_stop"}
CARE = {"staff_link", "staff_link_make", "staff_link_off", "staff_poster", "day_off_drop"}
READ = {"staff_room", "staff_preview"}
TEAM = {"staff_hold", "notice_new", "notice", "notice_off", "finding_came"}
POSTS = {"staff_link_make", "staff_link_off", "day_off_drop", "staff_hold", "notice_off"}
TAKES_AWAY = {"day_off_drop", "notice_off", "staff_link_off"}
SAFE = READERS - {"follow_page", "follow_finding"}  # a POST is refused there
#         ada  ben  pat  sam  kim  cleo dana newt
ASKED = {
    "CARE": (200, 403, 200, 403, 403, 404, 404),
    "READ": (200, 200, 200, 403, 200, 404, 404),
    "TEAM": (200, 200, 200, 403, 403, 404, 404),
}
GROUPS = {"CARE": CARE, "READ": READ, "TEAM": TEAM}
SENT = {"what": "names", "hold": "on"}


@pytest.fixture
def numbers(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    freeze(monkeypatch, FOUND)
    wave, token = sealed(cast), linked(cast)
    by = {"by": cast.ada, "now": FOUND}
    notice = write_notice(cast.north_team, kind="win", text="Words", on=FOUND.date(), **by)
    follow = ask_to_follow(cast.north, email="sam@home.example", finding=None, language="en", now=FOUND)
    decided(cast)
    return {
        "token": token,
        "tag": wave.tag,
        "finding_id": found(cast, wave).pk,
        "notice_id": notice.pk,
        "day_id": add_days_off(cast.north, first=FOUND.date()).pk,
        "kind": "win",
        "follow_yes:key": yes_key(follow),
        "follow_stop:key": stop_key(follow),
        "school_id": cast.north.pk,
        "team_id": cast.north_team.pk,
    }


def address(name: str, numbers: dict[str, object]) -> str:
    mine = {key.partition(":")[2]: value for key, value in numbers.items() if key.startswith(f"{name}:")}
    return url_of(name, numbers, **mine)


def opened(client: Client, name: str, numbers: dict[str, object]) -> int:
    url = address(name, numbers)
    answer = client.post(url, SENT) if name in POSTS else client.get(url)
    return 200 if answer.status_code == 302 and name in POSTS else answer.status_code


def test_every_address_is_in_one_group() -> None:
    assert sorted([*READERS, *LETTERS, *CARE, *READ, *TEAM]) == sorted(str(one.name) for one in OURS)
    assert {door_of(one.callback) for one in OURS if one.name in READERS} == {"staff_page"}
    assert {door_of(one.callback) for one in OURS if one.name in LETTERS} == {"letter"}


@pytest.mark.parametrize("group", GROUPS)
def test_doors(cast: Cast, numbers: dict[str, object], group: str) -> None:
    people = (cast.ada, cast.ben, cast.pat, cast.sam, cast.kim, cast.cleo, cast.dana)
    for name in sorted(GROUPS[group], key=lambda name: (name in TAKES_AWAY, name)):
        for user, status in reversed([*zip(people, ASKED[group], strict=True)]):
            if name in TAKES_AWAY and status == 200 and user != cast.ada:
                continue  # what the first takes away is not there for the second
            client = Client()
            client.force_login(user)
            assert opened(client, name, numbers) == status, (name, user.name)


def test_who_is_not_signed_in_is_asked_to(cast: Cast, numbers: dict[str, object]) -> None:
    for name in sorted(CARE | READ | TEAM):
        url = address(name, numbers)
        answer = Client().post(url) if name in POSTS else Client().get(url)
        assert answer.headers["Location"].startswith("/enter/"), name


def test_the_link_is_all_a_reader_needs(cast: Cast, numbers: dict[str, object]) -> None:
    for name in [*sorted(READERS), "follow_yes", "follow_stop"]:
        url = address(name, numbers)
        assert Client().get(url).status_code == 200, name
        assert Client().head(url).status_code == 200, name
        assert Client(enforce_csrf_checks=True).post(url).status_code == (405 if name in SAFE else 200), name
        assert Client().put(url).status_code == 405, name
        assert Client().delete(url).status_code == 405, name


def test_another_schools_numbers_open_nothing(cast: Cast, numbers: dict[str, object]) -> None:
    cleo = Client()
    cleo.force_login(cast.cleo)
    foreign = {**numbers, "school_id": cast.south.pk, "team_id": cast.south_team.pk}
    for name in ("notice", "notice_off", "finding_came", "day_off_drop"):
        assert opened(cleo, name, foreign) == 404, name
    assert cast.north_team.notices.up().count() == 1
    assert cast.north.days_off.count() == 1
    for number in (numbers["finding_id"], 10**9):
        decision = {"what": "decision", "number": number, "hold": "on"}
        assert cleo.post(address("staff_hold", foreign), decision).status_code == 404
    token = linked(cast)  # North's: a link of one school opens no record of another
    assert Client().get(reverse("follow_finding", args=[token, 10**9])).status_code == 404
    assert Client().get(reverse("staff_result", args=[token, "ZZZZZZ"])).status_code == 404


@pytest.mark.parametrize("sent", [{}, {"what": "names", "number": "-1"}, {"what": "x" * 99}, {"what": "trial"}])
def test_broken_switches_change_nothing(cast: Cast, numbers: dict[str, object], sent: dict[str, str]) -> None:
    ada = Client()
    ada.force_login(cast.ada)
    answer = ada.post(address("staff_hold", numbers), {**sent, "hold": "on"})
    assert answer.status_code == 404
    assert not cast.north_team.held_back.exists()
