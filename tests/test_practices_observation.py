"""A round of open doors: who opens one, who wishes, what a match finds and says, and when."""

from datetime import date

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.formats import date_format

from colead.plans.actions.reminders import turn
from colead.practices import emails
from colead.practices.actions import bringing as taking
from colead.practices.actions import observation as actions
from colead.practices.actions import scenarios
from colead.practices.models import DoorsRound, NameInTimetable, OpenDoor, PeerVisit, VisitWish
from colead.practices.queries import observation as queries
from colead.practices.queries.observation_plan import dates_of, plan_of, schedule_of
from colead.schools import actions as schools
from tests.cast import NOW, Cast
from tests.observation_world import MONDAY, ROUND, days, door, opened, published, wish
from tests.practices_world import bring, client_of, move, think, tiny

pytestmark = pytest.mark.django_db


def lines(round_: object) -> list[tuple[str, str, date]]:
    return [(one.visitor.name, one.host.name, one.on_day) for one in PeerVisit.objects.filter(round=round_)]


def test_a_match_finds_visits_on_days_of_the_calendar(cast: Cast) -> None:
    made = opened(cast)
    door(made, cast.ada, most_a_week=5)
    wish(made, cast.ben, visits=2)
    found = actions.match_round(made, now=NOW)
    assert (found.wished, found.found) == (2, 2)
    for one in found.visits.all():
        assert (one.visitor, one.host, one.what) == (cast.ben, cast.ada, "Math · 1A · R1")
        assert one.on_day in (MONDAY, date(2026, 11, 30)), "Bo teaches when Ana does, but for Monday's first period"
        assert (one.begins.isoformat()[10:], one.visitor_role) == ("T08:00:00-05:00", "teacher")


def test_what_cannot_be_met_says_why_to_whose_wish_it_is(cast: Cast) -> None:
    made = opened(cast, weeks=1)
    door(made, cast.ada)
    wish(made, cast.ben, visits=3)
    actions.match_round(made, now=NOW)
    actions.publish_round(made, now=NOW)
    page = client_of(cast.ben).get(reverse("doors_round", args=[cast.north.pk, made.pk])).content.decode()
    assert "1 of 3 wished visits found" in page
    assert "2 visits you wished for could not be found" in page
    assert "Times when Ben Ortiz is free and such a door is open: 1." in page
    assert VisitWish.objects.get(visitor=cast.ben).missing == 2
    assert "could not be found" not in client_of(cast.ada).get(page_of(cast, made)).content.decode()


def test_each_visit_is_to_somebody_else_where_that_is_wished(cast: Cast) -> None:
    made = opened(cast)
    door(made, cast.ada, most_a_week=5)
    door(made, cast.pat, shows="Data talk", slots=[[0, 0]])
    wish(made, cast.ben, visits=3, different=True)
    found = actions.match_round(made, now=NOW)
    assert (found.found, found.proven) == (2, True)
    assert {one.host for one in found.visits.all()} == {cast.ada, cast.pat}
    actions.publish_round(made, now=NOW)
    page = client_of(cast.ben).get(page_of(cast, made)).content.decode()
    assert "Colleagues with a door open when Ben Ortiz is free: 2. Each can be seen once." in page
    assert "no choice on this timetable gives more" in page


def test_a_match_that_ran_out_of_time_does_not_claim_to_be_the_most(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("colead.timetable.visits.most_to_others", lambda *_, **__: None)
    made = opened(cast)
    door(made, cast.ada, most_a_week=5)
    wish(made, cast.ben, visits=2, different=True)
    found = actions.match_round(made, now=NOW)
    assert (found.found, found.proven) == (1, False)
    actions.publish_round(made, now=NOW)
    page = client_of(cast.ben).get(page_of(cast, made)).content.decode()
    assert "no choice on this timetable gives more" not in page
    assert "Perhaps another choice gives one or two more" in page


def page_of(cast: Cast, made: object) -> str:
    return reverse("doors_round", args=[cast.north.pk, made.pk])  # type: ignore[attr-defined]


def test_administrators_watch_and_are_watched(cast: Cast) -> None:
    made = opened(cast)
    door(made, cast.ada)
    door(made, cast.pat, shows="Data talk", slots=[[1, 2]])
    wish(made, cast.pat)
    wish(made, cast.ada, hosts=[cast.pat])
    actions.match_round(made, now=NOW)
    found = {(one.visitor.name, one.visitor_role, one.host_role, one.what) for one in PeerVisit.objects.all()}
    assert ("Ada Reed", "teacher", "administrator", "Data talk") in found
    assert {(one[1], one[2]) for one in found} == {("administrator", "teacher"), ("teacher", "administrator")}


def test_who_turns_out_to_teach_at_a_time_they_opened_is_not_in_two_places(cast: Cast) -> None:
    made = opened(cast)
    door(made, cast.pat, shows="Data talk", slots=[[0, 0], [1, 2]])
    wish(made, cast.ben, visits=9)
    actions.name_me(cast.north, by=cast.sam, role="support")
    actions.name_me(cast.north, by=cast.pat, name="Cy")
    actions.match_round(made, now=NOW)
    assert {one.what for one in made.visits.all() if one.begins.hour == 8} == {"Art · 1B · R3"}


def test_a_wish_for_one_colleague_never_becomes_one_for_any(cast: Cast) -> None:
    made = opened(cast)
    door(made, cast.ada)
    wish(made, cast.ben, hosts=[cast.sam])
    assert actions.match_round(made, now=NOW).found == 0


def test_days_without_school_and_days_gone_by_have_no_visit(cast: Cast) -> None:
    made = opened(cast, days_off=["2026-11-23"])
    door(made, cast.ada)
    wish(made, cast.ben, visits=2)
    actions.match_round(made, now=NOW)
    assert [on for _who, _whom, on in lines(made)] == [date(2026, 11, 30)]
    assert actions.match_round(made, now=days(14)).found == 0


def test_a_changed_door_wish_or_name_takes_the_match_back_with_every_trace(cast: Cast) -> None:
    made = opened(cast)
    door(made, cast.ada)
    wish(made, cast.ben)
    for change in (
        lambda: door(made, cast.ada, at_once=2),
        lambda: wish(made, cast.ben, visits=2),
        lambda: actions.name_me(cast.north, by=cast.ben, name="Bo"),
        lambda: actions.change_round(made, title="Doors"),
        lambda: actions.close_door(made, by=cast.ben, now=NOW),
        lambda: actions.drop_wish(made, by=cast.sam, now=NOW),
    ):
        actions.match_round(made, now=NOW)
        assert made.visits.exists()
        change()
        made.refresh_from_db()
        assert not made.visits.exists()
        assert made.matched_on is None
        assert not PeerVisit.history.exists()
    with pytest.raises(actions.NotMatchedYet):
        actions.publish_round(made, now=NOW)


def test_nobody_sees_a_visit_before_it_is_published(cast: Cast) -> None:
    made = opened(cast)
    door(made, cast.ada)
    wish(made, cast.ben)
    actions.match_round(made, now=NOW)
    visit = made.visits.get()
    assert client_of(cast.ben).get(reverse("peer_visit", args=[cast.north.pk, visit.pk])).status_code == 404
    assert "You watch" not in client_of(cast.ben).get(page_of(cast, made)).content.decode()
    actions.publish_round(made, now=NOW)
    assert "You watch Ada Reed" in client_of(cast.ben).get(page_of(cast, made)).content.decode()


def test_what_was_published_stays(cast: Cast) -> None:
    made = published(cast)
    for verb in (
        lambda: actions.match_round(made, now=NOW),
        lambda: actions.publish_round(made, now=NOW),
        lambda: actions.change_round(made, title="x"),
        lambda: actions.drop_round(made),
    ):
        with pytest.raises(actions.RoundIsPublished):
            verb()
    with pytest.raises(actions.NotCollecting):
        door(made, cast.ben)
    actions.name_me(cast.north, by=cast.ben, name="Bo")
    assert made.visits.count() == 1


def test_doors_and_wishes_come_in_until_the_day_that_was_said(cast: Cast) -> None:
    made = opened(cast)
    late = {"by": cast.ben, "now": days(5)}
    for verb in (
        lambda: actions.close_door(made, **late),
        lambda: actions.wish(made, hosts=[], visits=1, **late),
        lambda: actions.drop_wish(made, **late),
    ):
        with pytest.raises(actions.NotCollecting):
            verb()
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.change_round(made, collect_until=date(2026, 12, 24))


def test_without_doors_wishes_or_a_timetable_there_is_nothing_to_match(cast: Cast) -> None:
    made = opened(cast)
    door(made, cast.ada)
    with pytest.raises(actions.NothingToMatch):
        actions.match_round(made, now=NOW)
    taking.erase_timetable(made.timetable)
    with pytest.raises(actions.TimetableErased):
        actions.match_round(made, now=NOW)
    assert OpenDoor.objects.filter(round=made).exists()
    url = reverse("doors_mine", args=[cast.north.pk, made.pk])
    assert client_of(cast.ben).get(url).headers["Location"] == page_of(cast, made)


def test_who_has_left_the_school_is_not_matched(cast: Cast) -> None:
    made = opened(cast)
    door(made, cast.ada)
    wish(made, cast.sam, visits=2)
    wish(made, cast.ben)
    schools.end_seat(cast.north.seats.get(user=cast.sam), by=cast.ada, now=NOW)
    found = actions.match_round(made, now=NOW)
    assert found.wished == 1
    assert VisitWish.objects.get(visitor=cast.sam).missing == 0


def test_one_name_is_one_person_s(cast: Cast) -> None:
    opened(cast)
    with pytest.raises(actions.NameTaken):
        actions.name_me(cast.north, by=cast.pat, name="Bo")
    actions.name_me(cast.north, by=cast.ben, role="support")
    assert actions.name_me(cast.north, by=cast.pat, name="Bo").role == ""
    assert NameInTimetable.objects.get(user=cast.ben).role == "support"


def test_a_name_is_suggested_from_one_s_own(cast: Cast) -> None:
    names = ("Reed, Ada", "Rede, Adam", "B. Ortis", "Cy")
    assert queries.suggested_name(cast.north, cast.ada, names) == "Reed, Ada"
    assert queries.suggested_name(cast.north, cast.ben, names) == "B. Ortis"
    assert queries.suggested_name(cast.north, cast.sam, names) == ""
    actions.name_me(cast.north, by=cast.ben, name="Reed, Ada")
    assert queries.suggested_name(cast.north, cast.ada, names) == "Rede, Adam"


def test_a_round_on_a_decided_scenario_takes_its_times(cast: Cast) -> None:
    scenario = move(cast, think(cast), "b2", 1, 1)
    today = (f"today-{scenario.timetable_id}", "Tiny school, as it is today")
    assert queries.places_of([cast.north_team]) == [today]
    facts = {"question": "Do we?", "decided": "We do.", "because": "Time", "way": "consent", "decided_on": NOW.date()}
    scenarios.decide(scenario, **facts, present=list(cast.north_team.members.all()), by=cast.ada, now=NOW)
    places = queries.places_of([cast.north_team])
    assert [key for key, _said in places] == [today[0], f"then-{scenario.pk}"]
    timetable, decided = queries.place_of(places[1][0])
    made = actions.open_round(timetable, **{**ROUND, "scenario": decided}, by=cast.ada, now=NOW)
    assert schedule_of(made).by_key["b2"].start == (1, 1)
    assert queries.place_of(today[0]) == (timetable, None)
    assert queries.places_of([]) == []


def test_who_has_the_same_name_as_somebody_in_the_timetable_is_still_somebody_else(cast: Cast) -> None:
    made = opened(cast)
    cast.pat.name = "Ana"
    cast.pat.save()
    door(made, cast.ada)
    wish(made, cast.pat)
    plan = plan_of(made, schedule_of(made))
    assert len(set(plan.names.values())) == 2
    assert actions.match_round(made, now=NOW).found == 1


def test_a_new_round_of_the_cycle_begins_where_its_days_start_over() -> None:
    found = dates_of(tiny(), date(2026, 11, 24), date(2026, 12, 1))
    assert found == {
        (0, 1): date(2026, 11, 24),
        (1, 0): date(2026, 11, 30),
        (1, 1): date(2026, 12, 1),
    }


def test_a_round_that_nobody_has_visits_from_can_be_erased(cast: Cast) -> None:
    made = opened(cast)
    door(made, cast.ada)
    wish(made, cast.ben)
    actions.match_round(made, now=NOW)
    actions.drop_round(made)
    assert not PeerVisit.objects.exists()
    assert not PeerVisit.history.exists()
    assert bring(cast, tiny()).pk


def told(cast: Cast) -> dict[str, str]:
    """Publish a round in which Ben and Pat watch Ada, and Sam wishes for a visit to Pat, who opened no door."""
    made = opened(cast)
    door(made, cast.ada)
    wish(made, cast.ben)
    wish(made, cast.pat)
    wish(made, cast.sam, hosts=[cast.pat])
    actions.match_round(made, now=NOW)
    for _time in range(2):
        client_of(cast.ada).post(reverse("doors_publish", args=[cast.north.pk, made.pk]))
    assert all(page_of(cast, made) in letter.body for letter in mail.outbox)
    assert len({letter.to[0] for letter in mail.outbox}) == len(mail.outbox), "publishing twice wrote twice"
    return {letter.to[0]: letter.body for letter in mail.outbox}


def test_publishing_writes_once_to_each_of_their_own_visits(cast: Cast) -> None:
    letters = told(cast)
    assert set(letters) == {one.email for one in (cast.ada, cast.ben, cast.pat, cast.sam)}
    assert letters[cast.ada.email].count("watches you") == 2
    for own, other in ((cast.ben, cast.pat), (cast.pat, cast.ben)):
        visit = PeerVisit.objects.get(visitor=own)
        assert f"You watch Ada Reed\n  {visit.on_day:%A}, {date_format(visit.on_day, 'N j')}" in letters[own.email]
        assert visit.what in letters[own.email]
        assert other.name not in letters[own.email]


def test_whose_wish_lacks_visits_reads_what_their_page_says(cast: Cast) -> None:
    letters = told(cast)
    words = letters[cast.sam.email]
    assert "You have no visit in “Open doors”." in words
    assert "1 visit you wished for could not be found." in words
    assert "Ada" not in words
    assert "could not be found" not in letters[cast.ben.email]


def test_who_stopped_our_mails_or_left_the_school_gets_no_letter(cast: Cast) -> None:
    turn(cast.ben, on=False, now=NOW)
    schools.end_seat(cast.north.seats.get(user=cast.sam), by=cast.ada, now=NOW)
    assert set(told(cast)) == {cast.ada.email, cast.pat.email}


def test_letters_that_cannot_be_sent_leave_the_round_published(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_facts: object, **_more: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(emails, "send_stoppable", fail)
    assert told(cast) == {}
    assert caplog.messages == ["A letter about visits could not be sent: ConnectionRefusedError"] * 4
    assert DoorsRound.objects.get().published_on
