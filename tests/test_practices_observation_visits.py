"""A visit of two people: notes that change hands, another time, calling off, calendars; and counts that name nobody."""

import re
from datetime import date, time
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from icalendar import Calendar

from colead.practices.actions import observation_visits as verbs
from colead.practices.models import DoorsRound, PeerVisit, VisitNotes, VisitReflection
from colead.practices.queries import observation as queries
from colead.schools.actions import Refusal
from colead.texts.actions import StaleSave
from tests.cast import NOW, Cast
from tests.observation_world import MONDAY, ROUND, door, opened, visit_of, wish
from tests.practices_world import bring, client_of, tiny

pytestmark = pytest.mark.django_db


def at(cast: Cast, name: str, visit: PeerVisit, *more: str) -> str:
    return reverse(name, args=[cast.north.pk, visit.pk, *more])


def main_of(page: str) -> str:
    return re.sub(r'value="[^"]*"', "", page.split("<main")[1].split("</main>")[0])


def noted(visit: PeerVisit, cast: Cast, body: str = "Four hands") -> VisitNotes:
    return verbs.note(visit, body=body, by=cast.ben, based_on=0, now=NOW)


def test_notes_change_hands_and_leave_no_trace_behind(cast: Cast) -> None:
    visit = visit_of(cast)
    with pytest.raises(verbs.NothingNoted):
        verbs.hand_over(visit, now=NOW)
    noted(visit, cast, "crossed out")
    verbs.note(visit, body="Four hands", by=cast.ben, based_on=1, now=NOW)
    assert (queries.notes_for(visit, cast.ada), queries.notes_for(visit, cast.ben).body) == (None, "Four hands")
    verbs.hand_over(visit, now=NOW)
    assert (queries.notes_for(visit, cast.ada).body, queries.notes_for(visit, cast.ben)) == ("Four hands", None)
    assert not VisitNotes.history.exists()
    for verb in (lambda: noted(visit, cast), lambda: verbs.hand_over(visit, now=NOW)):
        with pytest.raises(verbs.HandedOver):
            verb()
    assert client_of(cast.ben).get(at(cast, "peer_notes", visit)).status_code == 302
    seen_by_ben = client_of(cast.ben).get(at(cast, "peer_visit", visit)).content.decode()
    client_of(cast.ada).post(at(cast, "peer_notes_erase", visit))
    assert VisitNotes.objects.get().body == ""
    assert not VisitNotes.history.exists()
    assert "thrown away" in client_of(cast.ada).get(at(cast, "peer_visit", visit)).content.decode()
    after = client_of(cast.ben).get(at(cast, "peer_visit", visit)).content.decode()
    assert main_of(after) == main_of(seen_by_ben), "what becomes of them is not the visitor's to know"


def test_a_visit_goes_all_the_way_over_the_pages(cast: Cast) -> None:
    visit, ada, ben = visit_of(cast), client_of(cast.ada), client_of(cast.ben)
    assert ada.post(at(cast, "peer_question", visit), {"question": ""}).status_code == 422
    ada.post(at(cast, "peer_question", visit), {"question": "Who speaks?", "look_for": "A tally", "version": 0})
    assert "Who speaks?" in ben.get(at(cast, "peer_notes", visit)).content.decode()
    ben.post(at(cast, "peer_notes", visit), {"body": "Front: 11", "version": 0})
    assert "Front: 11" not in ada.get(at(cast, "peer_visit", visit)).content.decode()
    ben.post(at(cast, "peer_notes_give", visit))
    ben.post(at(cast, "peer_talk", visit), {"debrief": "The pause", "version": 1})
    ada.post(at(cast, "peer_reflection", visit), {"body": "I look left", "goal": "Stand right", "version": 0})
    ada.post(at(cast, "peer_reflection", visit), {"body": "I look left", "goal": "Stand there", "version": 1})
    page = ada.get(at(cast, "peer_visit", visit)).content.decode()
    for said in ("Who speaks?", "A tally", "Front: 11", "The pause", "I look left", "Stand there"):
        assert said in page
    assert VisitReflection.objects.get().version == 2
    assert not re.search(r"(?i)rating|score|stars", page)


def test_both_write_about_the_talk_and_neither_loses_a_word(cast: Cast) -> None:
    visit = visit_of(cast)
    url = at(cast, "peer_talk", visit)
    client_of(cast.ada).post(url, {"debrief": "Mine", "version": 0})
    clash = client_of(cast.ben).post(url, {"debrief": "Theirs", "version": 0})
    assert clash.status_code == 409
    with pytest.raises(StaleSave):
        verbs.write_on_visit(visit, debrief="Theirs", by=cast.ben, based_on=0, now=NOW)


def test_either_of_the_two_calls_it_off(cast: Cast) -> None:
    visit = visit_of(cast)
    client_of(cast.ada).post(at(cast, "peer_off", visit))
    visit.refresh_from_db()
    assert (visit.off_by, visit.off_on) == (cast.ada, visit.school.today(visit.history.first().history_date))
    assert "Ada Reed called this visit off" in client_of(cast.ben).get(at(cast, "peer_visit", visit)).content.decode()
    for verb in (
        lambda: verbs.call_off(visit, by=cast.ben, now=NOW),
        lambda: noted(visit, cast),
        lambda: verbs.write_on_visit(visit, debrief="x", by=cast.ben, based_on=1, now=NOW),
        lambda: verbs.move_visit(visit, to={}, by=cast.ben, now=NOW),
    ):
        with pytest.raises(Refusal):
            verb()
    assert b"VEVENT" not in client_of(cast.ben).get(at(cast, "peer_calendar", visit)).content


def test_a_visit_moves_to_a_time_at_which_both_can(cast: Cast) -> None:
    visit = visit_of(cast)
    others = queries.other_times(visit, date(2026, 11, 16))
    assert [(one["on_day"], one["starts_at"]) for one in others.values()] == [
        (day, time(8)) for day in (MONDAY, date(2026, 11, 30)) if day != visit.on_day
    ], "Ben is free while Ana teaches in Monday's first period only"
    (key, facts), *_more = others.items()
    verbs.move_visit(visit, to=facts, by=cast.ben, now=NOW)
    visit.refresh_from_db()
    assert visit.on_day == facts["on_day"]
    assert "Ben Ortiz moved it" in client_of(cast.ada).get(at(cast, "peer_visit", visit)).content.decode()
    assert key not in queries.other_times(visit, date(2026, 11, 16))
    assert queries.other_times(visit, date(2026, 12, 30)) == {}
    visit.round.doors.all().delete()
    assert queries.other_times(visit, date(2026, 11, 16)) == {}


def test_a_time_that_was_not_offered_is_refused(cast: Cast) -> None:
    visit = visit_of(cast)
    answer = client_of(cast.ben).post(at(cast, "peer_move", visit), {"time": "2026-11-24-0-a3"})
    assert answer.status_code in (200, 422)
    visit.refresh_from_db()
    assert visit.moved_by is None


def test_the_calendar_has_the_visit_in_the_school_s_time(cast: Cast) -> None:
    visit = visit_of(cast)
    for name, url in (
        ("visit", at(cast, "peer_calendar", visit)),
        ("round", reverse("doors_calendar", args=[cast.north.pk, visit.round_id])),
    ):
        (event,) = Calendar.from_ical(client_of(cast.ben).get(url).content).walk("VEVENT")
        assert event["SUMMARY"] == "You watch Ada Reed", name
        assert event["DTSTART"].dt == visit.begins
        assert event["DTSTART"].dt.hour == 8
        assert event["SEQUENCE"] == 0
    assert not Calendar.from_ical(
        client_of(cast.pat).get(reverse("doors_calendar", args=[cast.north.pk, visit.round_id])).content
    ).walk("VEVENT")


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_observed_person_prints_what_is_theirs(cast: Cast, form: str) -> None:
    visit = visit_of(cast)
    noted(visit, cast)
    verbs.hand_over(visit, now=NOW)
    answer = client_of(cast.ada).get(at(cast, "peer_paper", visit, form))
    assert answer.status_code == 200
    assert answer.content[:4] in (b"%PDF", b"PK\x03\x04")


def test_what_waits_for_somebody_is_said_to_them(cast: Cast) -> None:
    visit = visit_of(cast)
    before, after = date(2026, 11, 16), date(2026, 12, 15)

    def waits(user: Any, day: date) -> list[str]:
        return [one.title for one in queries.todos(cast.north, user, day)]

    assert waits(cast.ada, before) == ["Write your question for Ben Ortiz"]
    assert waits(cast.ben, before) == []
    assert waits(cast.ben, after) == ["Hand your notes over to Ada Reed"]
    noted(visit, cast)
    verbs.hand_over(visit, now=NOW)
    assert (waits(cast.ben, after), waits(cast.ada, after)) == ([], ["Read what Ben Ortiz saw"])
    verbs.throw_notes_away(visit)
    assert waits(cast.ada, after) == []
    made = opened(cast)
    join = "Open your door, or say what you would like to see"
    assert waits(cast.sam, before) == [join]
    assert waits(cast.sam, after) == []
    wish(made, cast.sam)
    door(made, cast.ben)
    assert (waits(cast.sam, before), waits(cast.ben, before)) == ([], [])


# --- Counts ---------------------------------------------------------------------------------------------------------


def made(*pairs: tuple[int, int, str]) -> list[PeerVisit]:
    """Make up visits: visitor, host, and the roles as “t>a”."""
    role = {"t": "teacher", "a": "administrator", "s": "support"}
    return [
        PeerVisit(visitor_id=one, host_id=other, visitor_role=role[way[0]], host_role=role[way[2]])
        for one, other, way in pairs
    ]


MANY = tuple((n, 10 + n, "t>t") for n in range(6))
DIRECTIONS = [
    (MANY, ((("Teachers watch teachers", 6),), 0)),
    (MANY[:4], ((), 4)),  # too few visits
    (tuple((1, 10 + n, "a>t") for n in range(9)), ((), 9)),  # one administrator: it would be their own number
    (tuple((1 + n % 2, 10 + n, "a>t") for n in range(9)), ((), 9)),  # two: each would learn the other's
    (tuple((1 + n % 3, 10 + n, "a>t") for n in range(9)), ((("Administrators watch teachers", 9),), 0)),
    ((*MANY, (90, 20, "a>t")), ((), 7)),  # what is left over would be one person's
    ((*MANY, *((90 + n, 20 + n, "t>a") for n in range(3)), (95, 30, "a>t"), (96, 31, "s>t")),
     ((("Teachers watch teachers", 6),), 5)),
]  # fmt: skip


@pytest.mark.parametrize(("pairs", "told"), DIRECTIONS)
def test_a_direction_is_counted_only_where_it_points_at_nobody(pairs: Any, told: Any) -> None:
    assert queries.by_direction(made(*pairs)) == told


def test_notes_are_thrown_away_by_whose_they_are(cast: Cast) -> None:
    visit = visit_of(cast)
    noted(visit, cast)
    verbs.throw_notes_away(visit)
    assert VisitNotes.objects.get().body == "Four hands", "they are the visitor's until they are handed over"
    with pytest.raises(IntegrityError), transaction.atomic():
        VisitNotes.objects.update(body="")


def test_counts_say_what_is_done_and_what_was_called_off(cast: Cast) -> None:
    visit = visit_of(cast)
    counts = queries.counts_of(visit.round, date(2026, 11, 16))
    assert (counts.wished, counts.found, counts.done, counts.off) == (1, 1, 0, 0)
    assert queries.counts_of(visit.round, date(2026, 12, 16)).done == 1
    verbs.call_off(visit, by=cast.ada, now=NOW)
    counts = queries.counts_of(visit.round, date(2026, 12, 16))
    assert (counts.found, counts.done, counts.off) == (1, 0, 1)


# --- Over the pages, from a round to a match ------------------------------------------------------------------------


def test_from_an_empty_page_to_agreed_visits(cast: Cast) -> None:
    ada, ben, here = client_of(cast.ada), client_of(cast.ben), cast.north.pk
    assert "No round yet" in ben.get(reverse("doors", args=[here])).content.decode()
    place = f"today-{bring(cast, tiny()).pk}"
    sent = {**ROUND, "place": place, "days_off": "2026-11-30, 2026-12-01", "scenario": ""}
    late = ada.post(reverse("doors_new", args=[here]), {**sent, "collect_until": "2026-12-24", "days_off": "soon"})
    assert late.status_code == 422
    assert "before the first visit" in late.content.decode()
    assert "2027-01-18" in late.content.decode()
    soon = {"collect_until": "2100-01-01", "begins_on": "2100-01-04"}
    assert ada.post(reverse("doors_new", args=[here]), {**sent, **soon}).status_code == 302
    made = DoorsRound.objects.get()
    assert made.days_off == ["2026-11-30", "2026-12-01"]
    assert queries.days_off_of(cast.north, date(2026, 12, 1)) == ["2026-12-01"]
    assert queries.days_off_of(cast.south, date(2026, 11, 1)) == []
    assert "days_off" in ada.get(reverse("doors_new", args=[here])).context["form"].initial
    urls = {name: reverse(f"doors_{name}", args=[here, made.pk]) for name in ("round", "mine", "wish", "name", "edit")}
    asked = ada.get(urls["mine"])
    assert asked.headers["Location"] == urls["name"] + "?then=door"
    assert ada.post(urls["name"] + "?then=door", {"name": "Ana"}).headers["Location"] == urls["mine"]
    assert ben.post(urls["name"], {"name": "Ana"}).status_code == 422
    assert ben.post(urls["name"], {"name": "-"}).status_code == 422
    assert ben.post(urls["name"] + "?then=wish", {"name": "Bo"}).headers["Location"] == urls["wish"]
    ada.post(urls["mine"], {"look_for": "Who speaks?", "most_a_week": 2, "at_once": 1, "subjects": ["Math"]})
    sent = {"visits": 1, "different": "on", "hosts": [cast.ada.pk], "subjects": ["Math"], "not_at": ["1-2"]}
    ben.post(urls["wish"], sent)
    assert made.wishes.get().not_at == [[1, 2]]
    assert "Each is to somebody else." in ben.get(urls["round"]).content.decode()
    assert "Who speaks?" in ben.get(urls["round"]).content.decode()
    assert ada.get(urls["mine"]).status_code == 200
    assert ada.get(urls["edit"]).status_code == 200
    ada.post(reverse("doors_match", args=[here, made.pk]))
    assert "1 of 1 wished visit found" in ada.get(urls["round"]).content.decode()
    ada.post(reverse("doors_publish", args=[here, made.pk]))
    assert "Ben Ortiz watches you" in ada.get(urls["round"]).content.decode()


def test_who_has_no_lessons_opens_times_of_their_own(cast: Cast) -> None:
    made = opened(cast, collect_until=date(2100, 1, 1), begins_on=date(2100, 1, 4))
    url, pat = reverse("doors_mine", args=[cast.north.pk, made.pk]), client_of(cast.pat)
    assert "Mon 1, 08:00–09:00" in pat.get(url).content.decode()
    sent = {"look_for": "", "most_a_week": 1, "at_once": 1}
    assert pat.post(url, sent).status_code == 422
    pat.post(url, {**sent, "shows": "Data talk", "slots": ["0-2", "1-1"]})
    assert made.doors.get().slots == [[0, 2], [1, 1]]


def test_a_round_is_shown_with_a_fixed_number_of_queries(cast: Cast, django_assert_max_num_queries: Any) -> None:
    made = opened(cast)
    for user in (cast.ada, cast.ben, cast.sam):
        door(made, user)
        wish(made, user)
    ada = client_of(cast.ada)
    with django_assert_max_num_queries(24):
        ada.get(reverse("doors_round", args=[cast.north.pk, made.pk]))
