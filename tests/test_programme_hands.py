"""Why a school may want a hand, the days of a calendar, and the rows of a file: reckoned without a database."""

from datetime import date, timedelta

import pytest

from colead.content.loader import load_programme
from colead.programme.almanac import days_of
from colead.programme.bulk import NoNames, Row, judged, read_schools
from colead.programme.hands import Known, reasons

TODAY = date(2026, 11, 22)
SINCE = date(2025, 8, 1)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


FINE = {"since": SINCE, "came_on": ago(10), "met_on": ago(10), "moved_on": ago(10)}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, []),
        ({"came_on": ago(51)}, ["no check-in for 51 days"]),
        ({"came_on": ago(45)}, ["no check-in for 45 days"]),
        ({"came_on": ago(44)}, []),
        ({"came_on": ago(90), "met_on": ago(90)}, []),  # summer: its cohort has not met since
        ({"came_on": None}, ["at no check-in yet, 478 days in"]),
        ({"came_on": None, "met_on": None}, []),
        ({"visit_due": True}, ["no visit yet, and none planned"]),
        ({"visit_due": True, "visited_on": ago(180)}, ["last visit 6 months ago, none planned"]),
        ({"moved_on": ago(80)}, ["nothing new from them for 11 weeks"]),
        ({"moved_on": None, "since": ago(20)}, []),
        ({"asks": 1, "asked_on": ago(3)}, ["asked for help 3 days ago"]),
        ({"asks": 1, "asked_on": TODAY}, ["asked for help today"]),
        ({"asks": 2, "asked_on": ago(1), "taken": True}, ["asked for help 1 day ago; it is under way"]),
        (
            {"asks": 1, "asked_on": ago(2), "came_on": ago(60), "visit_due": True},
            ["asked for help 2 days ago", "no check-in for 60 days", "no visit yet, and none planned"],
        ),
    ],
)
def test_reasons_are_sentences_and_what_was_asked_for_comes_first(changes: dict[str, object], said: list[str]) -> None:
    known = Known(**(FINE | changes))  # type: ignore[arg-type]
    assert [reason.words for reason in reasons(known, TODAY)] == said


def test_a_calendar_follows_the_first_day_in_every_year_and_keeps_to_school_days() -> None:
    lines = load_programme().dates
    first = {day.key: day for day in days_of(lines, date(2026, 8, 3))}
    later = {day.key: day for day in days_of(lines, date(2026, 9, 7))}
    assert first.keys() == later.keys()
    assert first["workshop:1:0"].starts_on == date(2026, 8, 12)
    assert later["workshop:1:0"].starts_on == date(2026, 9, 9)
    assert first["check-in:3:9"].starts_on == date(2029, 5, 10)
    assert first["apply:1:-5"].starts_on < date(2026, 8, 3)
    assert all(day.starts_on.weekday() < 5 and day.ends_on >= day.starts_on for day in first.values())


def test_in_its_own_month_nothing_lies_before_the_first_day() -> None:
    days = {day.key: day for day in days_of(load_programme().dates, date(2026, 8, 28))}
    assert days["workshop:1:0"].starts_on == date(2026, 9, 2)


CSV = "School name,NCES ID,City,Time zone\nMaple,450000100001,Harlow,America/New_York\nBirch,45 0000 1000 02,,\n"


def test_a_file_is_read_whatever_its_columns_are_called() -> None:
    rows = read_schools(CSV.encode())
    assert rows == (
        Row(2, "Maple", "450000100001", "Harlow", "America/New_York"),
        Row(3, "Birch", "450000100002", "", "America/New_York"),
    )


def test_a_file_without_names_is_refused() -> None:
    with pytest.raises(NoNames):
        read_schools(b"NCES ID\n450000100001\n")
    assert read_schools(b"name\n") == ()
    assert read_schools(b"") == ()


ZONES = frozenset({"America/New_York"})


@pytest.mark.parametrize(
    ("row", "word"),
    [
        (Row(2, "", "", "", "America/New_York"), "name is missing"),
        (Row(2, "=1+1", "", "", "America/New_York"), "formula"),
        (Row(2, "Maple", "4.5E+11", "", "America/New_York"), "12 digits"),
        (Row(2, "Maple", "", "", "EST5"), "time zone"),
        (Row(2, "Maple", "450000100009", "", "America/New_York"), "follows no office, or another"),
    ],
)
def test_a_row_that_cannot_come_in_says_why(row: Row, word: str) -> None:
    (found,) = judged([row], zones=ZONES, ours=frozenset(), taken=frozenset({"450000100009"}))
    assert word in found.problem
    assert not found.here


def test_a_school_that_stands_twice_is_refused_once() -> None:
    one = Row(2, "Maple", "", "Harlow", "America/New_York")
    other = Row(3, "maple", "", "harlow", "America/New_York")
    elsewhere = Row(4, "Maple", "", "Ashby", "America/New_York")
    found = judged([one, other, elsewhere], zones=ZONES, ours=frozenset(), taken=frozenset())
    assert [bool(row.problem) for row in found] == [False, True, False]


def test_a_school_that_the_office_sees_already_is_told_apart() -> None:
    rows = [Row(2, "Maple", "450000100001", "", "America/New_York")]
    (found,) = judged(rows, zones=ZONES, ours=frozenset({"450000100001"}), taken=frozenset())
    assert found.here
    assert not found.problem
