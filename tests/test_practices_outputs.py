"""What the time finder hands out: cards, calendars, lists and files; and a timetable made from scratch."""

import csv
import io
import zipfile
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from icalendar import Calendar

from colead.practices.actions import scenarios, searching
from colead.practices.actions.bringing import name_team, take_timetable
from colead.practices.exports import timefinder as exports
from colead.practices.exports.calendars import days_of, events_of
from colead.practices.models import Search
from colead.practices.queries.board import Place, board_of
from colead.practices.work import run
from colead.timetable import Day, Period, Slot, csv_set, read_csv_set
from tests.cast import NOW, Cast
from tests.practices_world import FREE, bring, by, client_of, move, searched, think, tiny
from tests.test_practices_bringing import FET, read

pytestmark = pytest.mark.django_db


# --- handing out


def test_the_list_of_changes_put_over_the_old_files_gives_the_new_ones(cast: Cast) -> None:
    scenario = searching.take_offer(searched(cast), "fewest-moves", **by(cast))
    scenario = move(cast, scenario, "a3", 1, 2, "R3")
    client, args = client_of(cast.ada), [cast.north_team.pk, scenario.pk]
    old = csv_set(board_of(scenario).today)
    changes = client.get(reverse("scenario_changes", args=[*args, "csv"])).content
    rows = list(csv.DictReader(io.StringIO(old["lessons.csv"].decode("utf-8-sig"))))
    over = {row["key"]: row for row in csv.DictReader(io.StringIO(changes.decode("utf-8-sig")))}
    for row in rows:
        row |= {name: over[row["key"]][name] for name in exports.CHANGED if row["key"] in over}
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    files = {**old, "lessons.csv": out.getvalue().encode("utf-8-sig")}
    new = client.get(reverse("scenario_file", args=[*args, "zip"])).content
    with zipfile.ZipFile(io.BytesIO(new)) as packed:
        wanted = {name: packed.read(name) for name in packed.namelist()}
    assert files == wanted
    assert read_csv_set(wanted, name="Tiny school").schedule == board_of(scenario).then


def test_the_cards_name_everybody_touched_exactly_once(cast: Cast) -> None:
    scenario = move(cast, move(cast, think(cast), "b2", 1, 1), "a3", 1, 2, "R1")
    board = board_of(scenario)
    heads = [
        block.title for block in exports.cards(scenario, board, "person", now=NOW).blocks if hasattr(block, "title")
    ]
    assert heads == ["Ana: 1 change", "Bo: 1 change"]
    rooms = exports.cards(scenario, board, "room", now=NOW).blocks
    assert [block.title for block in rooms if hasattr(block, "title")] == ["R1: 1 change", "R2: 1 change"]


def test_a_calendar_keeps_the_time_of_the_wall_when_the_clocks_change(cast: Cast) -> None:
    scenario = think(cast)
    args = [cast.north_team.pk, scenario.pk]
    asked = {"kind": "person", "name": "Ana", "from": "2026-10-26", "until": "2026-11-08"}
    calendar = Calendar.from_ical(client_of(cast.ada).get(reverse("scenario_calendar", args=args), asked).content)
    math = [event for event in calendar.walk("VEVENT") if event["SUMMARY"] == "Math"]
    mondays = [event.decoded("DTSTART") for event in math if event.decoded("DTSTART").weekday() == 0]
    assert [(time.day, time.hour) for time in mondays] == [(26, 8), (2, 8)]
    assert [time.utcoffset().total_seconds() / 3600 for time in mondays] == [-4, -5]
    lessons = [event for event in calendar.walk("VEVENT") if not event["SUMMARY"].startswith("Time for")]
    assert len(lessons) == 2 * 3
    assert [str(event["SUMMARY"]) for event in calendar.walk("VEVENT")].count("Time for Grade 1") == 2
    assert (
        client_of(cast.ada).get(reverse("scenario_calendar", args=args), {**asked, "until": "2030-01-01"}).status_code
        == 302
    )


def test_weeks_take_turns_and_a_cycle_without_weekdays_runs_on() -> None:
    periods = (Period("1", 480, 540),)
    weeks = tuple(Day(name, periods, week) for week in "AB" for name in ("Mon", "Tue"))
    schedule = tiny()
    turns = type(schedule)("X", weeks, schedule.people)
    monday = date(2026, 11, 16)
    found = [(day.day, place) for day, place in days_of(turns, monday, monday + timedelta(8))]
    assert found == [(16, 0), (17, 1), (23, 2), (24, 3)]
    cycle = type(schedule)("X", tuple(Day(f"Day {n}", periods) for n in range(6)), schedule.people)
    run_on = [place for _day, place in days_of(cycle, monday, monday + timedelta(9))]
    assert run_on == [0, 1, 2, 3, 4, 5, 0, 1]


def test_a_team_s_calendar_is_its_time_in_common(cast: Cast) -> None:
    scenario = think(cast)
    days = {"first": date(2026, 11, 17), "last": date(2026, 11, 17), "stamp": NOW}
    [event] = events_of(scenario, tiny(), "team", "Grade 1", **days)
    assert (event.summary, event.first.hour, event.last.hour) == ("Time for Grade 1", 9, 11)


def test_a_timetable_that_was_no_fet_file_does_not_go_out_as_one(cast: Cast) -> None:
    url = reverse("scenario_file", args=[cast.north_team.pk, think(cast).pk, "fet"])
    page = client_of(cast.ada).get(url, follow=True).content.decode()
    assert "did not come from a FET file" in page


def test_a_fet_file_goes_out_with_the_new_times_and_all_it_had(cast: Cast) -> None:
    made = take_timetable(cast.north_team, read({"x.fet": FET}), **by(cast))
    name_team(made, name="Both", members=["Ada", "Ben"], minutes=60, least_block=0)
    made.refresh_from_db()
    scenario = scenarios.move(think(cast, made), {"1": Place(Slot(0, 1), "")}, **by(cast))
    out = client_of(cast.ada).get(reverse("scenario_file", args=[cast.north_team.pk, scenario.pk, "fet"])).content
    assert b"ConstraintNobodyKnows" in out
    again = read({"y.fet": out}).reading.schedule
    assert again
    assert again.by_key["1"].start == Slot(0, 1)


def test_every_week_can_be_looked_at(cast: Cast) -> None:
    scenario = move(cast, think(cast), "b2", 1, 1)
    for kind, name, word in (
        ("person", "Bo", "moved"),
        ("class", "1B", "Reading"),
        ("room", "R3", "Art"),
        ("team", "Grade 1", "Math"),
    ):
        url = reverse("scenario_week", args=[cast.north_team.pk, scenario.pk])
        assert word in client_of(cast.ada).get(url, {"kind": kind, "name": name}).content.decode()


def test_pages_of_a_large_timetable_ask_the_database_a_few_times(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    scenario = think(cast, bring(cast))
    client = client_of(cast.ada)
    for name, number in (
        ("scenario", scenario.pk),
        ("time_seen", scenario.timetable_id),
        ("scenario_week", scenario.pk),
    ):
        with django_assert_max_num_queries(16):
            assert client.get(reverse(name, args=[cast.north_team.pk, number])).status_code == 200


def test_a_timetable_from_scratch_keeps_what_is_fixed_and_breaks_no_must(cast: Cast) -> None:
    scenario = scenarios.pin(think(cast), "a3", on=True, **by(cast))
    search = searching.ask_search(scenario, aim="scratch", **by(cast))
    search.seconds = 8
    found = run(search, FREE, workers=1)
    offer = found.offer("scratch")
    assert offer
    assert not {"c1", "a3"} & offer.places.keys()
    assert offer.teams[0].after >= 120
    taken = scenarios.take_places(scenario, offer.places, **by(cast))
    assert board_of(taken).broken == ()


def test_lessons_without_a_time_get_one_and_the_others_stay(cast: Cast) -> None:
    first, *others = tiny().lessons
    made = bring(cast, replace(tiny(), lessons=(replace(first, start=None), *others)))
    search = searching.ask_search(think(cast, made), aim="scratch", **by(cast))
    Search.objects.filter(pk=search.pk).update(seconds=6)
    call_command("find_time", "--once", "--workers", "1")
    search.refresh_from_db()
    page = client_of(cast.ada).get(reverse("time_search", args=[cast.north_team.pk, search.pk])).content.decode()
    assert "A whole new timetable" in page
    assert "1 lesson gets a time" in page
    taken = searching.take_offer(search, "scratch", **by(cast))
    board = board_of(taken)
    assert board.then.by_key["a1"].start
    assert "a1" in [change.lesson.key for change in board.changes]
    assert board.broken == ()


def test_a_search_from_scratch_is_asked_for_on_the_page(cast: Cast) -> None:
    scenario = think(cast)
    find = reverse("scenario_find", args=[cast.north_team.pk, scenario.pk])
    client_of(cast.ada).post(find, {"aim": "scratch"})
    assert scenario.searches.get().aim == "scratch"
    begin = reverse("time_begin", args=[cast.north_team.pk, scenario.timetable_id])
    client_of(cast.ada).post(begin, {"aim": "anything"})
    assert Search.objects.first().aim == "shift"
