"""The pages of what a school runs: who may enter, and the way from silence to the stop list."""

import pytest
from django.urls import reverse

from colead.practices import initiative_urls
from colead.practices.actions import initiatives as actions
from colead.practices.models import Initiative
from tests.addresses import url_of
from tests.cast import NOW, Cast
from tests.initiatives_world import TODAY, browser, by, knock, members, opened

pytestmark = pytest.mark.django_db


# --- Pages and doors ------------------------------------------------------------------------------------------------

DOORS = {
    "READ": {"initiatives", "initiative", "initiatives_list", "initiatives_blank"},
    "WRITE": {"initiative_add", "initiatives_paste", "initiatives_close", "initiative_decide", "initiative_merge"}
    | {"initiative_stop"},
    "PRESS": {"initiatives_start", "initiatives_mine", "initiatives_reveal", "initiative_part"},
    "GONE": {"initiatives_past"},  # of a list that is not closed yet
}


def test_every_address_has_its_door() -> None:
    names = sorted(name for names in DOORS.values() for name in names)
    assert sorted(one.name for one in initiative_urls.urlpatterns) == names


@pytest.mark.parametrize("door", DOORS)
def test_doors(cast: Cast, door: str) -> None:
    row = opened(cast).rows.first()
    numbers = {"team_id": cast.north_team.pk, "row_id": row.pk, "number": 1, "form": "csv"}
    for name in sorted(DOORS[door]):
        knock(cast, door, url_of(name, **{**numbers, "form": "pdf" if name == "initiatives_blank" else "csv"}))


def test_another_teams_row_is_not_found(cast: Cast) -> None:
    row = opened(cast).rows.first()
    actions.start_inventory(cast.south_team, by=cast.cleo, now=NOW)
    for name in ("initiative", "initiative_decide", "initiative_merge", "initiative_part", "initiative_stop"):
        url = url_of(name, team_id=cast.south_team.pk, row_id=row.pk)
        assert browser(cast.cleo).post(url).status_code == 404, name


def test_a_coach_finds_nothing_to_press(cast: Cast) -> None:
    urls = [reverse("initiatives", args=[cast.north_team.pk])]
    assert 'method="post"' not in browser(cast.kim).get(urls[0]).content.decode().split("<main")[1]
    row = opened(cast).rows.first()
    for url in (*urls, url_of("initiative", team_id=cast.north_team.pk, row_id=row.pk)):
        assert 'method="post"' not in browser(cast.kim).get(url).content.decode().split("<main")[1], url


def test_from_silence_to_the_stop_list_over_the_pages(cast: Cast) -> None:
    ada, team = browser(cast.ada), cast.north_team.pk
    home = reverse("initiatives", args=[team])
    assert "No list yet" in ada.get(home).content.decode()
    ada.post(reverse("initiatives_start", args=[team]))
    ada.post(reverse("initiatives_mine", args=[team]), {"body": "Binder\nClub"})
    saved = ada.post(reverse("initiatives_mine", args=[team]), {"body": "Binder\nClub"}, headers={"HX-Request": "true"})
    assert "only you see this" in saved.content.decode()
    ada.post(reverse("initiatives_reveal", args=[team]))
    late = ada.post(reverse("initiatives_mine", args=[team]), {"body": "late"}, headers={"HX-Request": "true"})
    assert late.status_code == 422
    assert "The lists are open already." in late.content.decode()
    binder, club = Initiative.objects.all()
    ada.post(reverse("initiative_add", args=[team]), {"name": "Duty"})
    ada.post(
        reverse("initiative", args=[team, binder.pk]), {"name": "Binder", "hours": "7", "vision": "0", "version": 1}
    )
    page = ada.get(home).content.decode()
    assert "You see no link to your vision." in page
    decide = reverse("initiative_decide", args=[team, binder.pk])
    refused = ada.post(decide, {"verdict": "stop", "version": 2})
    assert refused.status_code == 422
    sent = {"verdict": "stop", "reason": "Nobody reads it.", "version": 2}
    assert ada.post(decide, sent).headers["Location"] == reverse("initiative_decide", args=[team, club.pk])
    ada.post(reverse("initiative_merge", args=[team, club.pk]), {"into": Initiative.objects.get(name="Duty").pk})
    ada.post(reverse("initiative_part", args=[team, club.pk]))
    sent = {"since": TODAY, "minutes_each": 30, "people": 14, "to_whom": "teachers", "in_place": "teams"}
    stop = reverse("initiative_stop", args=[team, binder.pk])
    assert ada.post(stop, sent).status_code in (302, 422)
    ada.post(stop, {**sent, "since": "2026-01-05"})
    assert ada.post(stop, {**sent, "since": "2026-01-05"}).status_code == 422
    closed = ada.post(reverse("initiatives_close", args=[team]), {"way": "consent", "present": [members(cast)[0].pk]})
    assert closed.status_code == 302
    page = ada.get(home).content.decode()
    assert "Decided together on" in page
    assert "Begin the next list" in page
    ada.post(reverse("initiatives_start", args=[team]))
    assert "Nobody reads it." in ada.get(reverse("initiatives_past", args=[team, 1])).content.decode()


def test_two_people_who_fill_one_row_lose_nothing(cast: Cast) -> None:
    row = opened(cast).rows.first()
    url = reverse("initiative", args=[cast.north_team.pk, row.pk])
    browser(cast.ada).post(url, {"name": row.name, "purpose": "Ada’s words", "version": 1})
    answer = browser(cast.ben).post(url, {"name": row.name, "purpose": "Ben’s words", "version": 1})
    assert answer.status_code == 409
    assert "Ada’s words" in answer.content.decode()
    assert "Ben’s words" in answer.content.decode()


def test_the_page_asks_the_database_as_often_for_many_rows_as_for_one(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    inventory = opened(cast, "One")

    def ask() -> int:
        with django_assert_max_num_queries(40) as asked:
            browser(cast.ada).get(reverse("initiatives", args=[cast.north_team.pk]))
        return len(asked)

    few = ask()
    for number in range(6):
        actions.add_row(inventory, name=f"More {number}", **by(cast))
    assert ask() == few
