"""The pages of meetings: one tap, a clock that answers in nothing while nobody presses, papers, protocols."""

import re
from datetime import date
from itertools import pairwise

import pytest
from django.test import Client
from django.urls import reverse

from colead.content.loader import load
from colead.decisions.models import Decision
from colead.meetings.actions import planning, running
from colead.meetings.models import Item, Meeting
from tests.cast import NOW, Cast
from tests.test_meetings_running import at, begun, everybody, planned, press

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Target": "clock"}


def browser(user: object) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words(answer: object) -> str:
    return answer.content.decode()


def url(name: str, cast: Cast, *numbers: object) -> str:
    return reverse(name, args=[cast.north_team.pk, *numbers])


# --- One tap --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("minutes", [30, 45, 60])
def test_one_tap_makes_a_meeting_that_fits_the_time(cast: Cast, minutes: int) -> None:
    answer = browser(cast.ada).post(url("meeting_new", cast), {"minutes": minutes})
    meeting = Meeting.objects.get()
    assert answer.headers["Location"] == url("meeting", cast, meeting.pk)
    assert sum(item.minutes for item in meeting.items.all()) == minutes
    assert meeting.facilitator
    page = words(browser(cast.ben).get(url("meeting", cast, meeting.pk)))
    assert "fits your time" in page


def test_a_length_that_is_none_makes_nothing(cast: Cast) -> None:
    browser(cast.ada).post(url("meeting_new", cast), {"minutes": "long"})
    assert not Meeting.objects.exists()


def test_the_usual_day_in_an_a_week_is_kept_and_each_day_is_taken_once(cast: Cast) -> None:
    sent = {"weekday": 1, "starts_at": "15:15", "minutes": 45, "every": "a", "place": "Library"}
    ada = browser(cast.ada)
    assert "Name a day in any A week" in words(ada.post(url("rhythm", cast), sent))
    ada.post(url("rhythm", cast), {**sent, "a_week": "2026-11-16"})
    for _press in range(3):
        ada.post(url("meeting_new", cast), {"minutes": 45})
    days = [meeting.held_on for meeting in Meeting.objects.order_by("held_on")]
    assert [day.weekday() for day in days] == [1, 1, 1]
    assert [(later - earlier).days for earlier, later in pairwise(days)] == [14, 14]
    assert {(day - date(2026, 11, 17)).days % 14 for day in days} == {0}
    assert "week A" in words(ada.get(url("meeting", cast, Meeting.objects.last().pk)))


def test_what_is_planned_can_be_changed_by_anybody_on_the_team(cast: Cast) -> None:
    meeting, ben = planned(cast), browser(cast.ben)
    facts = {"title": "Short one", "held_on": "2026-12-01", "starts_at": "07:30", "minutes": 20, "version": 1}
    ben.post(url("meeting_edit", cast, meeting.pk), facts)
    ben.post(url("meeting_roles", cast, meeting.pk), {"facilitator": everybody(cast.north_team)[2].pk, "version": 2})
    ben.post(url("item_new", cast, meeting.pk), {"title": "Bell", "minutes": 3, "mode": "silent"})
    item = Item.objects.get(title="Bell")
    ben.post(url("item_move", cast, meeting.pk, item.pk, "up"))
    ben.post(
        url("item_edit", cast, meeting.pk, item.pk), {"title": "Bells", "minutes": 4, "mode": "pairs", "version": 1}
    )
    ben.post(url("item_drop", cast, meeting.pk, meeting.items.first().pk))
    page = words(ben.get(url("meeting", cast, meeting.pk)))
    for text in ("Short one", "7:30", "Pat Green", "Bells", "In pairs", "3 minutes too long"):
        assert text in page, text
    ben.post(url("meeting_drop", cast, meeting.pk))
    assert not Meeting.objects.exists()


# --- The clock ------------------------------------------------------------------------------------------------------


def test_a_phone_that_knows_the_beat_gets_nothing_and_one_that_does_not_gets_the_clock(cast: Cast) -> None:
    meeting, kim = begun(cast), browser(cast.kim)
    asked = url("meeting_clock", cast, meeting.pk)
    first = kim.get(asked, headers=HTMX)
    assert first.status_code == 200
    beat = re.search(r"beat=(\d+)", words(first))
    assert beat
    assert kim.get(f"{asked}?beat={beat[1]}", headers=HTMX).status_code == 204
    press(meeting, "next", 1)
    again = kim.get(f"{asked}?beat={beat[1]}", headers=HTMX)
    assert again.status_code == 200
    assert "Which block?" in words(again)


def test_a_poll_asks_the_database_five_times(cast: Cast, django_assert_num_queries: object) -> None:
    meeting, ada = begun(cast), browser(cast.ada)
    asked = f"{url('meeting_clock', cast, meeting.pk)}?beat=1"
    ada.get(asked)
    with django_assert_num_queries(5):
        assert ada.get(asked).status_code == 204


def test_the_clock_works_without_scripts(cast: Cast) -> None:
    meeting, ada = begun(cast), browser(cast.ada)
    press_next = url("meeting_press", cast, meeting.pk, "next")
    assert ada.post(press_next, {"beat": 1}).headers["Location"] == url("meeting", cast, meeting.pk)
    page = words(ada.get(url("meeting", cast, meeting.pk)))
    assert "2 of 4" in page
    assert "See the time now" in page
    late = words(ada.post(press_next, {"beat": 1}, follow=True))
    assert "Somebody else pressed a moment before you." in late


def test_a_late_press_with_scripts_shows_the_clock_and_says_why(cast: Cast) -> None:
    meeting, ada = begun(cast), browser(cast.ada)
    press(meeting, "more", 0)
    answer = ada.post(url("meeting_press", cast, meeting.pk, "next"), {"beat": 1}, headers=HTMX)
    assert answer.status_code == 200
    assert "Somebody else pressed" in words(answer)
    assert "1 of 4" in words(answer)


def test_a_phone_that_asks_after_the_end_is_led_to_what_came_of_it(cast: Cast) -> None:
    meeting, ben = begun(cast), browser(cast.ben)
    browser(cast.ada).post(url("meeting_end", cast, meeting.pk))
    answer = words(ben.get(f"{url('meeting_clock', cast, meeting.pk)}?beat=1", headers=HTMX))
    assert "The meeting is over" in answer
    assert "hx-trigger" not in answer


def test_who_is_here_is_said_at_the_start(cast: Cast) -> None:
    meeting, ada = planned(cast), browser(cast.ada)
    assert "Say who is here." in words(ada.post(url("meeting_start", cast, meeting.pk), follow=True))
    ben = everybody(cast.north_team)[1]
    ada.post(url("meeting_start", cast, meeting.pk), {"present": [ben.pk]})
    assert list(meeting.present.all()) == [ben]


# --- Minutes --------------------------------------------------------------------------------------------------------


def test_minutes_are_kept_while_they_are_typed_and_two_note_takers_lose_nothing(cast: Cast) -> None:
    meeting = begun(cast)
    item = meeting.items.all()[1]
    note = url("item_note", cast, meeting.pk, item.pk)
    saved = browser(cast.ada).post(note, {"note": "Nine adults.", "version": 1}, headers=HTMX)
    assert 'name="version" value="2"' in words(saved)
    stale = browser(cast.ben).post(note, {"note": "Ten adults.", "version": 1}, headers=HTMX)
    assert "Somebody else wrote here, too." in words(stale)
    compared = browser(cast.ben).post(note, {"note": "Ten adults.", "version": 1})
    assert compared.status_code == 409
    assert {"Nine adults.", "Ten adults."} <= set(re.findall(r"(?:Nine|Ten) adults\.", words(compared)))
    long = browser(cast.ada).post(note, {"note": "x" * 20_001, "version": 2}, headers=HTMX)
    assert long.status_code == 422
    assert 'role="alert"' in words(long)
    assert browser(cast.ada).post(note, {"note": "Eleven.", "version": 2}).status_code == 302


@pytest.mark.parametrize(("at_item", "about"), [(1, "E-W1"), (2, "")])
def test_a_decision_begins_with_the_minutes_and_the_people_who_are_here(cast: Cast, at_item: int, about: str) -> None:
    meeting, ada = begun(cast), browser(cast.ada)
    item = meeting.items.all()[at_item]
    decide = url("item_decide", cast, meeting.pk, item.pk)
    ada.post(url("item_note", cast, meeting.pk, item.pk), {"note": "Tuesdays.", "version": 1})
    page = words(ada.get(decide))
    assert "Tuesdays.</textarea>" in page
    assert page.count("checked") == 3
    sent = {"question": item.title, "decided": "Tuesdays.", "way": "consent", "decided_on": NOW.date()}
    assert ada.post(decide, sent).status_code == 422
    answer = ada.post(decide, {**sent, "present": [one.pk for one in everybody(cast.north_team)]})
    assert answer.headers["Location"].endswith(f"#item-{item.pk}")
    assert Decision.objects.get().about == about
    assert list(item.decisions.all()) == [Decision.objects.get()]


def test_a_step_is_made_of_what_was_said(cast: Cast) -> None:
    meeting, ada = begun(cast), browser(cast.ada)
    item = meeting.items.first()
    step = url("item_step", cast, meeting.pk, item.pk)
    assert ada.post(step, {"due_on": "soon"}).status_code == 422
    ada.post(step, {"what": "Ask the office", "owners": [everybody(cast.north_team)[1].pk], "due_on": "2026-12-01"})
    page = words(ada.get(url("meeting", cast, meeting.pk)))
    assert "Ask the office" in page
    assert "Ben Ortiz" in page


def test_parking_and_taking_up_again_over_the_pages(cast: Cast) -> None:
    meeting, ada = begun(cast), browser(cast.ada)
    park = url("item_park", cast, meeting.pk, meeting.items.all()[2].pk)
    for state in ("parked", "open"):
        ada.post(park)
        assert meeting.items.all()[2].state == state


# --- Papers and calendar --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_agenda_and_what_came_of_it_print(cast: Cast, form: str) -> None:
    meeting, ada = planned(cast), browser(cast.ada)
    paper = url("meeting_paper", cast, meeting.pk, form)
    agenda = ada.get(paper)
    running.start_meeting(meeting, present=everybody(cast.north_team), by=cast.ada, now=NOW)
    item = meeting.items.all()[1]
    ada.post(url("item_step", cast, meeting.pk, item.pk), {"what": "Ask the office"})
    facts = {"question": "Which block?", "decided": "Tuesdays.", "way": "consent", "decided_on": NOW.date()}
    ada.post(url("item_decide", cast, meeting.pk, item.pk), {**facts, "present": [everybody(cast.north_team)[0].pk]})
    running.end_meeting(meeting, by=cast.ada, now=at(9))
    minutes = ada.get(paper)
    assert agenda.status_code == minutes.status_code == 200
    assert "agenda" in agenda.headers["Content-Disposition"]
    assert "minutes" in minutes.headers["Content-Disposition"]


def test_a_meeting_goes_into_a_calendar_at_its_hour_or_for_the_day(cast: Cast) -> None:
    meeting, ada = planned(cast), browser(cast.ada)
    calendar = url("meeting_calendar", cast, meeting.pk)
    day = words(ada.get(calendar))
    assert "DTSTART;VALUE=DATE:20261116" in day
    hour = NOW.replace(hour=15, minute=15).time()
    facts = {"starts_at": hour, "place": "Library", "by": cast.ada, "based_on": 1, "now": NOW}
    planning.change_meeting(meeting, **facts)
    entry = words(ada.get(calendar)).replace("\r\n ", "")
    assert "DTSTART;TZID=America/New_York:20261116T151500" in entry
    assert "DTEND;TZID=America/New_York:20261116T160000" in entry
    assert "Library" in entry
    assert "SEQUENCE:1" in entry


# --- Protocols ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", [protocol.slug for protocol in load().protocols])
def test_every_protocol_is_read_run_and_printed(cast: Cast, slug: str) -> None:
    ada, protocol = browser(cast.ada), load().protocol(slug)
    assert protocol
    assert protocol.steps[0].do in words(ada.get(url("protocol", cast, slug))).replace("&#x27;", "'")
    assert ada.get(url("protocol_paper", cast, slug, "pdf")).content.startswith(b"%PDF")
    ada.post(url("protocol_run", cast, slug))
    meeting = Meeting.objects.get()
    assert (meeting.protocol, meeting.minutes) == (slug, protocol.minutes)
    assert [item.title for item in meeting.items.all()] == [step.title for step in protocol.steps]
    running.start_meeting(meeting, present=everybody(cast.north_team), by=cast.ada, now=NOW)
    page = words(ada.get(url("meeting", cast, meeting.pk)))
    assert "For you who facilitate" in page
    assert "What comes out:" in page


def test_a_meeting_whose_protocol_is_gone_is_still_readable(cast: Cast) -> None:
    meeting = planned(cast, protocol="gone")
    Item.objects.filter(meeting=meeting).update(ref="tool:gone", step="gone")
    assert browser(cast.ada).get(url("meeting", cast, meeting.pk)).status_code == 200


@pytest.mark.parametrize(
    "ref", ["", "question:X-1", "decision:many", "decision:7", "nothing:1", "tool:", ":", "task:q"]
)
def test_an_item_that_leads_nowhere_breaks_nothing(cast: Cast, ref: str) -> None:
    meeting = planned(cast)
    Item.objects.filter(meeting=meeting).update(ref=ref)
    assert browser(cast.ada).get(url("meeting", cast, meeting.pk)).status_code == 200


def test_pages_ask_the_database_as_often_for_many_items_as_for_few(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    meeting = begun(cast)

    def ask(name: str, *numbers: object) -> int:
        with django_assert_max_num_queries(40) as asked:
            browser(cast.ada).get(url(name, cast, *numbers))
        return len(asked)

    few = ask("meeting", meeting.pk), ask("meetings")
    for number in range(6):
        planning.add_item(meeting, title=f"More {number}", minutes=2, by=cast.ada, now=NOW)
        planned(cast)
    assert (ask("meeting", meeting.pk), ask("meetings")) == few
