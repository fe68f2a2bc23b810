"""Run a meeting: the clock is the server's, what was not reached comes back, minutes become decisions and steps."""

from datetime import UTC, datetime, timedelta

import pytest

from colead.content.loader import load
from colead.decisions.models import Decision
from colead.meetings.actions import outcomes, planning, running
from colead.meetings.agenda import Point, fit, in_turns, once
from colead.meetings.models import Clock, Item, Meeting
from colead.meetings.queries.meetings import meeting_page, reading
from colead.meetings.queries.points import points_for
from colead.playbook.asked import asked
from colead.schools.models import Member, Team
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
POINTS = (Point("Arrive", 3), Point("Which block?", 10, "question:E-W1"), Point("Money", 5), Point("Close", 4))


def everybody(team: Team) -> list[Member]:
    return list(team.members.active())


def planned(cast: Cast, points: tuple[Point, ...] = POINTS, **facts: object) -> Meeting:
    known = {"title": "Team meeting", "minutes": 45, "held_on": NOW.date(), "by": cast.ada, "now": NOW}
    return planning.make_meeting(cast.north_team, points, **{**known, **facts})


def begun(cast: Cast, points: tuple[Point, ...] = POINTS) -> Meeting:
    return running.start_meeting(planned(cast, points), present=everybody(cast.north_team), by=cast.ada, now=NOW)


def at(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def clock(meeting: Meeting) -> Clock:
    return Clock.objects.select_related("meeting", "item").get(meeting=meeting)


def press(meeting: Meeting, what: str, minutes: float) -> Clock:
    return running.press(meeting, what, beat=clock(meeting).beat, now=at(minutes))


def shows(meeting: Meeting, minutes: float) -> tuple[str, str, bool]:
    found = reading(clock(meeting), now=at(minutes))
    return (found.item.title if found.item else "", found.shown, found.over)


# --- The clock ------------------------------------------------------------------------------------------------------


def test_the_first_item_runs_down_from_the_start(cast: Cast) -> None:
    meeting = begun(cast)
    assert shows(meeting, 0) == ("Arrive", "3:00", False)
    assert shows(meeting, 1.5) == ("Arrive", "1:30", False)
    assert shows(meeting, 4) == ("Arrive", "1:00", True)


def test_a_pause_holds_the_time_and_going_on_goes_on_from_there(cast: Cast) -> None:
    meeting = begun(cast)
    press(meeting, "pause", 1)
    press(meeting, "pause", 5)
    assert shows(meeting, 60) == ("Arrive", "2:00", False)
    press(meeting, "go", 60)
    press(meeting, "go", 60.5)
    assert shows(meeting, 61) == ("Arrive", "1:00", False)


def test_two_more_minutes_are_two_more_minutes(cast: Cast) -> None:
    meeting = begun(cast)
    press(meeting, "more", 1)
    press(meeting, "more", 1)
    assert shows(meeting, 1) == ("Arrive", "6:00", False)


def test_next_keeps_the_time_taken_and_starts_the_next_one(cast: Cast) -> None:
    meeting = begun(cast)
    press(meeting, "next", 2)
    assert shows(meeting, 2) == ("Which block?", "10:00", False)
    assert [(item.state, item.spent) for item in meeting.items.all()][:2] == [("done", 120), ("open", 0)]


def test_back_goes_on_with_the_time_that_was_left(cast: Cast) -> None:
    meeting = begun(cast)
    press(meeting, "back", 0.5)
    assert shows(meeting, 0.5) == ("Arrive", "2:30", False)
    press(meeting, "next", 1)
    press(meeting, "next", 2)
    press(meeting, "back", 3)
    assert shows(meeting, 3) == ("Which block?", "9:00", False)


def test_after_the_last_item_the_clock_stands_still_and_back_finds_it_again(cast: Cast) -> None:
    meeting = begun(cast)
    for minutes in range(1, 6):
        press(meeting, "next", minutes)
    assert shows(meeting, 9) == ("", "0:00", False)
    press(meeting, "more", 9)
    press(meeting, "back", 9)
    assert shows(meeting, 9)[0] == "Close"


def test_of_two_people_who_press_at_once_one_is_told_to_look(cast: Cast) -> None:
    meeting = begun(cast)
    seen = clock(meeting).beat
    running.press(meeting, "next", beat=seen, now=at(1))
    with pytest.raises(running.PressedAlready):
        running.press(meeting, "next", beat=seen, now=at(1))
    assert shows(meeting, 1)[0] == "Which block?"


def test_a_clock_that_nobody_stopped_counts_no_longer_than_half_a_day(cast: Cast) -> None:
    meeting = begun(cast)
    running.end_meeting(meeting, by=cast.ada, now=NOW + timedelta(days=9))
    assert meeting.items.first().spent == 12 * 60 * 60


def test_a_clock_that_goes_backward_takes_nothing_away(cast: Cast) -> None:
    meeting = begun(cast)
    assert shows(meeting, -3) == ("Arrive", "3:00", False)
    press(meeting, "pause", -3)
    assert meeting.items.first().spent == 0


def test_what_is_not_under_way_has_no_clock_to_press(cast: Cast) -> None:
    meeting = planned(cast)
    with pytest.raises(running.NotRunning):
        press(meeting, "next", 0)
    with pytest.raises(running.NotRunning):
        running.end_meeting(meeting, by=cast.ada, now=NOW)


# --- Begin and end --------------------------------------------------------------------------------------------------


def test_a_meeting_begins_once_with_somebody_there_and_something_to_talk_about(cast: Cast) -> None:
    with pytest.raises(running.NobodyHere):
        running.start_meeting(planned(cast), present=[], by=cast.ada, now=NOW)
    with pytest.raises(running.NothingToTalkAbout):
        running.start_meeting(planned(cast, ()), present=everybody(cast.north_team), by=cast.ada, now=NOW)
    meeting = begun(cast)
    with pytest.raises(running.BegunAlready):
        running.start_meeting(meeting, present=everybody(cast.north_team), by=cast.ada, now=NOW)


def test_what_was_not_reached_is_parked_and_the_rest_is_done(cast: Cast) -> None:
    meeting = begun(cast)
    press(meeting, "next", 2)
    running.end_meeting(meeting, by=cast.ada, now=at(20))
    assert [item.state for item in meeting.items.all()] == ["done", "done", "parked", "done"]
    assert meeting.items.all()[1].spent == 18 * 60
    assert clock(meeting).item is None


def test_a_protocol_parks_none_of_its_steps(cast: Cast) -> None:
    meeting = planned(cast, protocol="whys")
    running.start_meeting(meeting, present=everybody(cast.north_team), by=cast.ada, now=NOW)
    running.end_meeting(meeting, by=cast.ada, now=at(1))
    assert {item.state for item in meeting.items.all()} == {"done"}


def test_parking_the_item_at_hand_goes_on_to_the_next(cast: Cast) -> None:
    meeting = begun(cast)
    press(meeting, "next", 1)
    beat = clock(meeting).beat
    running.park_item(meeting.items.all()[1], by=cast.ada, now=at(3))
    assert shows(meeting, 3) == ("Money", "5:00", False)
    assert clock(meeting).beat > beat
    running.take_up_item(meeting.items.all()[1], by=cast.ada, now=at(4))
    assert meeting.items.all()[1].state == Item.State.OPEN


def test_what_is_parked_stands_on_the_next_agenda_once(cast: Cast) -> None:
    meeting = begun(cast)
    running.park_item(meeting.items.all()[2], by=cast.ada, now=at(3))
    team, book, today = cast.north_team, load(), NOW.date()
    points = points_for(team, cast.ada, book, today=today)
    again = [point for point in points if point.came_from]
    assert [(point.title, point.minutes) for point in again] == [("Money", 5)]
    later = planned(cast, points)
    assert not [point for point in points_for(team, cast.ada, book, today=today) if point.came_from]
    planning.drop_meeting(later)
    assert [point.title for point in points_for(team, cast.ada, book, today=today) if point.came_from] == ["Money"]


# --- What comes of it -----------------------------------------------------------------------------------------------


def facts_of_a_decision(cast: Cast) -> dict[str, object]:
    here = everybody(cast.north_team)
    return {
        "decided": "Tuesdays at 1:10.",
        "because": "It needs the fewest covers.",
        "way": "consent",
        "present": here,
        "concerns": "",
        "decided_on": NOW.date(),
        "owner": here[0],
        "review_on": None,
        "by": cast.ada,
        "now": NOW,
    }


def test_a_minute_becomes_a_decision_of_the_team(cast: Cast) -> None:
    item = begun(cast).items.all()[2]
    decision = outcomes.decide_item(item, question="Where does the money go?", **facts_of_a_decision(cast))
    assert list(cast.north_team.decisions.all()) == [decision]
    assert list(item.decisions.all()) == [decision]


def test_a_guides_question_is_decided_where_the_guide_knows_it_and_can_be_decided_again(cast: Cast) -> None:
    item = begun(cast).items.all()[1]
    for because in ("It needs the fewest covers.", "Everybody is in the house."):
        facts = {**facts_of_a_decision(cast), "because": because}
        outcomes.decide_question(item, asked("E-W1"), question="Which block?", **facts)
    decision = Decision.objects.get()
    assert decision.about == "E-W1"
    assert decision.because == "Everybody is in the house."
    assert decision.owner == everybody(cast.north_team)[0]
    assert decision.discussions.get().code == "E-W1"


def test_a_minute_becomes_a_step_on_the_timeline(cast: Cast) -> None:
    meeting = begun(cast)
    ben = everybody(cast.north_team)[1]
    outcomes.add_step_to_item(
        meeting.items.all()[2], what="Ask the office", owners=[ben], due_on=NOW.date(), by=cast.ada, now=NOW
    )
    assert [str(step) for step in cast.north_team.steps.all()] == ["Ask the office"]
    assert [str(step) for step in meeting_page(meeting, load()).steps] == ["Ask the office"]


# --- The agenda -----------------------------------------------------------------------------------------------------


def test_an_agenda_never_asks_for_more_time_than_there_is_and_uses_all_of_it() -> None:
    points = [Point(str(number), number) for number in (8, 30, 6, 12, 5)]
    for minutes in (30, 45, 60):
        made = fit(points, minutes, opening=Point("o", 3), closing=Point("c", 4))
        assert sum(point.minutes for point in made) == minutes
        assert (made[0].title, made[-1].title) == ("o", "c")


def test_what_is_too_long_for_any_meeting_takes_the_time_there_is_and_an_empty_list_leaves_it_free() -> None:
    made = fit([Point("big", 90)], 30, opening=Point("o", 3), closing=Point("c", 4))
    assert [point.minutes for point in made] == [3, 23, 4]
    assert len(fit([], 30, opening=Point("o", 3), closing=Point("c", 4))) == 2


def test_kinds_take_turns() -> None:
    a, b, c = Point("a", 1), Point("b", 1), Point("c", 1)
    assert in_turns([a, a], [], [b], [c, c]) == (a, b, c, a, c)
    assert in_turns() == ()


def test_what_was_parked_stands_for_the_question_it_was_drawn_from() -> None:
    fresh, parked = Point("Which block?", 10, "question:E-W1"), Point("Which block?", 5, "question:E-W1", came_from=7)
    free = Point("Money", 5), Point("Bell", 5)
    assert once(fresh, parked, *free, fresh) == (parked, *free)


def test_the_agenda_is_drawn_from_where_the_team_stands(cast: Cast) -> None:
    team = cast.north_team
    step = {"what": "Ask the office", "owners": [], "due_on": NOW.date(), "by": cast.ada, "now": NOW}
    outcomes.add_step_to_item(begun(cast).items.first(), **step)
    points = points_for(team, cast.ada, load(), today=NOW.date())
    refs = [point.ref for point in points]
    assert refs[0].startswith("question:OV-")
    assert "steps" in refs
    assert next(point for point in points if point.ref == "steps").how == "- Ask the office"


def test_the_roles_go_around_and_can_be_swapped_among_the_team_only(cast: Cast) -> None:
    first, second = planned(cast), planned(cast)
    assert {first.facilitator, first.note_taker, first.time_keeper} == set(everybody(cast.north_team))
    assert first.facilitator != second.facilitator
    cleo = cast.south_team.members.get()
    roles = {"facilitator": cleo, "note_taker": None, "time_keeper": None}
    with pytest.raises(planning.NotOnTheTeam):
        planning.swap_roles(first, **roles, by=cast.ada, based_on=1, now=NOW)


def test_items_move_are_put_before_the_closing_and_stay_once_the_meeting_runs(cast: Cast) -> None:
    meeting = planned(cast)
    facts = {"minutes": 5, "by": cast.ada, "now": NOW}
    planning.add_item(meeting, title="Bell", **facts)
    assert [item.title for item in meeting.items.all()] == ["Arrive", "Which block?", "Money", "Bell", "Close"]
    planning.move_item(meeting.items.get(title="Bell"), up=True)
    planning.move_item(meeting.items.get(title="Arrive"), up=True)
    planning.move_item(meeting.items.get(title="Arrive"), up=False)
    assert [item.title for item in meeting.items.all()] == ["Which block?", "Arrive", "Bell", "Money", "Close"]
    planning.drop_item(meeting.items.get(title="Bell"))
    running.start_meeting(meeting, present=everybody(cast.north_team), by=cast.ada, now=NOW)
    planning.add_item(meeting, title="Fire drill", **facts)
    assert meeting.items.last().title == "Fire drill"
    with pytest.raises(planning.HasBegun):
        planning.drop_item(meeting.items.first())
    with pytest.raises(planning.HasBegun):
        planning.drop_meeting(meeting)


def test_begins_are_counted_from_the_schools_own_clock(cast: Cast) -> None:
    meeting = planned(cast, starts_at=datetime(2026, 1, 1, 15, 15, tzinfo=UTC).time())
    shown = meeting_page(meeting, load())
    assert [one.begins.strftime("%H:%M %Z") for one in shown.items if one.begins] == [
        "15:15 EST",
        "15:18 EST",
        "15:28 EST",
        "15:33 EST",
    ]
