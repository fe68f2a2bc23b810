"""The pages of the studios: who may enter, and the way from an offer to what people take along."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from colead.plans.actions.reminders import turn
from colead.practices import studio_urls
from colead.practices.actions import studios as actions
from colead.practices.models import SignUp, Studio
from tests.addresses import url_of
from tests.cast import NOW, Cast
from tests.initiatives_world import browser
from tests.studios_world import dated, joined, offered
from tests.test_canary import words_of

pytestmark = pytest.mark.django_db

DOORS = {
    "SCHOOL": {"studios", "studio_new", "studios_board", "studio", "studio_calendar"},
    "LEADER": {"studio_edit", "studio_date_add", "studio_close"},
    "OWN": {"studio_question", "studio_take_away"},  # of whoever has signed up
    "JOIN": {"studio_join", "studio_take_over"},  # taking over is refused in words while somebody leads
    "LEAVE": {"studio_leave"},
    "LEADER_PRESSES": {"studio_date_drop", "studio_take_back"},
}
PRESSED = {"JOIN", "LEAVE", "LEADER_PRESSES"}
INSIDE = {"ada", "ben", "pat", "sam", "kim"}  # Ben leads the studio, Sam has signed up


def wanted(door: str) -> dict[str, int]:
    """Return what each person of the school gets; everybody else is told that nothing is there."""
    rules = {
        "SCHOOL": dict.fromkeys(INSIDE, 200),
        "LEADER": {**dict.fromkeys(INSIDE, 403), "ben": 200},
        "OWN": {**dict.fromkeys(INSIDE, 404), "sam": 200},
        "JOIN": dict.fromkeys(INSIDE, 302),
        "LEAVE": {**dict.fromkeys(INSIDE, 404), "sam": 302},
        "LEADER_PRESSES": {**dict.fromkeys(INSIDE, 403), "ben": 302},
    }
    return {**rules[door], "cleo": 404, "dana": 404}


def test_every_address_has_its_door() -> None:
    names = sorted(name for names in DOORS.values() for name in names)
    assert sorted(one.name for one in studio_urls.urlpatterns) == names


@pytest.mark.parametrize("door", DOORS)
def test_doors(cast: Cast, door: str) -> None:
    for name in sorted(DOORS[door]):
        studio = offered(cast)
        day = dated(studio)
        joined(studio, cast.sam)
        url = url_of(name, school_id=cast.north.pk, studio_id=studio.pk, date_id=day.pk, form="pdf")
        for who, status in wanted(door).items():
            client = browser(getattr(cast, who))
            assert (client.post(url) if door in PRESSED else client.get(url)).status_code == status, (name, who)
            if door in PRESSED and who in INSIDE:
                assert client.get(url).status_code == 405, (name, who)
        assert (Client().post(url) if door in PRESSED else Client().get(url)).status_code == 302, name


def test_a_studio_of_another_school_is_not_found(cast: Cast) -> None:
    studio = offered(cast)
    day = dated(studio)
    numbers = {"school_id": cast.south.pk, "studio_id": studio.pk, "date_id": day.pk, "form": "pdf"}
    for name in sorted(set.union(*DOORS.values()) - {"studios", "studio_new", "studios_board"}):
        assert browser(cast.cleo).post(url_of(name, **numbers)).status_code == 404, name


def test_only_whoever_leads_changes_an_offer(cast: Cast) -> None:
    studio = offered(cast)
    url = url_of("studio_edit", school_id=cast.north.pk, studio_id=studio.pk)
    for other in (cast.pat, cast.ada):
        assert browser(other).post(url, {"title": "Mine now", "question": "?", "version": 1}).status_code == 403
    studio.refresh_from_db()
    assert studio.title == "One page"


def test_from_an_offer_to_what_people_take_along(cast: Cast) -> None:
    ben, sam, school = browser(cast.ben), browser(cast.sam), cast.north.pk
    home = reverse("studios", args=[school])
    assert "Nothing on offer yet" in ben.get(home).content.decode()
    new = reverse("studio_new", args=[school])
    assert ben.post(new, {"title": "One page"}).status_code == 422
    place = ben.post(new, {"title": "One page", "question": "Which page?", "places": "1"})["Location"]
    facts = {"held_on": "2026-12-03", "starts_at": "15:20", "minutes": "50", "place": "the library"}
    ben.post(f"{place}dates/", facts)
    assert "Thursday, Dec. 3, 3:20 p.m., 50 min, the library" in sam.get(place).content.decode()
    assert "1 place, 1 free" in sam.get(home).content.decode()
    sam.post(f"{place}join/")
    assert "You have a place." in sam.get(home).content.decode()
    browser(cast.ada).post(f"{place}join/")
    assert "You are on the waiting list, at place 1." in browser(cast.ada).get(place).content.decode()
    sam.post(f"{place}question/", {"question": "Who never speaks?", "question_for": "me"})
    assert "Who never speaks?" in sam.get(place).content.decode()
    assert "Who never speaks?" not in ben.get(place).content.decode()
    assert sam.post(f"{place}question/", {"question": "Who?", "question_for": "school"}).status_code == 422
    ben.post(f"{place}close/", {"closing": "We read less and think more.", "version": 1})
    sam.post(f"{place}take-away/", {"take_away": "I cut pages in half.", "take_away_for": "school"})
    shown = browser(cast.pat).get(home).content.decode()
    assert "We read less and think more." in shown
    assert "I cut pages in half." in shown
    assert sam.post(f"{place}join/", follow=True).content.decode().count("This studio is closed.") == 1
    sam.post(f"{place}leave/")
    assert "I cut pages in half." not in browser(cast.pat).get(home).content.decode()
    assert not SignUp.objects.filter(user=cast.sam).exists()


def test_an_offer_is_taken_back_and_a_date_is_taken_off(cast: Cast) -> None:
    studio = offered(cast)
    numbers = {"school_id": cast.north.pk, "studio_id": studio.pk, "date_id": dated(studio).pk}
    browser(cast.ben).post(url_of("studio_date_drop", **numbers))
    assert not studio.dates.exists()
    browser(cast.ben).post(url_of("studio_take_back", **numbers))
    assert not Studio.objects.exists()


def test_the_calendar_holds_the_days_on_the_clock_of_the_school(cast: Cast) -> None:
    studio = offered(cast)
    day = dated(studio)
    url = url_of("studio_calendar", school_id=cast.north.pk, studio_id=studio.pk)
    lines = browser(cast.sam).get(url).content.decode().replace("\r\n ", "").splitlines()
    assert "DTSTART;TZID=America/New_York:20261203T152000" in lines
    assert "DTEND;TZID=America/New_York:20261203T161000" in lines
    assert any(line.startswith(f"UID:studio-date-{day.pk}@") for line in lines)


def test_the_board_names_offers_and_nobody_who_signed_up(cast: Cast) -> None:
    studio = offered(cast, places=3)
    dated(studio)
    joined(studio, cast.sam)
    joined(offered(cast, title="Full house", places=1), cast.sam)
    over = offered(cast, title="Over and done")
    actions.close_studio(over, closing="", by=cast.ben, based_on=1, now=over.history.first().history_date)
    docx = url_of("studios_board", school_id=cast.north.pk, form="docx")
    words = words_of(browser(cast.sam).get(docx))
    assert "One page, with Ben Ortiz" in words
    assert "3, 2 still free" in words
    assert "1, all taken at the moment" in words
    assert "Sam Doyle" not in words
    assert "Over and done" not in words


def test_the_list_asks_the_database_a_fixed_number_of_times(cast: Cast, django_assert_max_num_queries: object) -> None:
    for number in range(4):
        studio = offered(cast, title=f"Studio {number}")
        dated(studio)
        joined(studio, cast.sam, cast.ada)
    client = browser(cast.pat)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        client.get(reverse("studios", args=[cast.north.pk]))


def test_whoever_moves_up_is_told_by_mail_unless_they_stopped_our_mails(cast: Cast) -> None:
    studio = offered(cast, places=1)
    joined(studio, cast.sam, cast.ada, cast.pat, cast.kim)
    numbers = {"school_id": cast.north.pk, "studio_id": studio.pk}
    browser(cast.kim).post(url_of("studio_leave", **numbers))
    assert mail.outbox == []
    browser(cast.sam).post(url_of("studio_leave", **numbers))
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([cast.ada.email], "You have a place: One page")
    assert url_of("studio", **numbers) in letter.body
    turn(cast.pat, on=False, now=NOW)
    changed = {"title": "One page", "question": "Which page?", "places": "5", "version": 1}
    browser(cast.ben).post(url_of("studio_edit", **numbers), changed)
    assert len(mail.outbox) == 1
