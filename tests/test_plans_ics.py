"""Calendars that phones subscribe to: read back by icalendar, and by a strict reader of our own after RFC 5545."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from colead.documents import CannotSchedule, Event, ical
from colead.plans.actions import trials
from colead.plans.actions.feeds import make_feed, revoke_feeds
from colead.plans.actions.steps import add_step, mark_step
from colead.plans.models import Feed
from colead.schools.models import Member
from tests.cast import NOW, Cast

STAMP = datetime(2026, 11, 16, 15, 0, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")
Line = tuple[str, dict[str, str], str]


def unfold(content: bytes) -> list[str]:
    """Take lines apart as RFC 5545 3.1 has it, and complain about each thing it forbids."""
    assert content.endswith(b"\r\n")
    raw = content.split(b"\r\n")[:-1]
    lines: list[bytes] = []
    for line in raw:
        assert b"\n" not in line, f"a bare line end in {line!r}"
        assert b"\r" not in line, f"a bare return in {line!r}"
        assert len(line) <= 75, f"{len(line)} octets: {line!r}"
        line.decode("utf-8")  # a fold never splits a letter
        assert not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", line), f"a control character in {line!r}"
        if line.startswith(b" "):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    return [line.decode("utf-8") for line in lines]


def take_apart(line: str) -> Line:
    found = re.fullmatch(r'([A-Z0-9-]+)((?:;[A-Z-]+=(?:"[^"]*"|[^;:",]*))*):(.*)', line)
    assert found, f"no content line: {line}"
    parameters = dict(re.findall(r';([A-Z-]+)=("[^"]*"|[^;:",]*)', found[2]))
    return found[1], parameters, found[3]


def plain(text: str) -> str:
    """Undo the escapes of TEXT (3.3.11); a stray backslash or an unescaped mark is an error."""
    assert re.fullmatch(r"(?:[^\\;,]|\\[\\;,nN])*", text, re.S), f"wrongly escaped: {text}"
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)


TEXTS = {"SUMMARY", "DESCRIPTION", "NAME", "X-WR-CALNAME", "UID", "PRODID"}
ONCE = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "LAST-MODIFIED", "TRANSP", "DESCRIPTION", "URL"}


def events_in(content: bytes) -> list[dict[str, Line]]:
    """Read the entries; check nesting, what must be there and what may be there once."""
    open_parts: list[str] = []
    events: list[dict[str, Line]] = []
    for line in unfold(content):
        name, parameters, value = take_apart(line)
        if name == "BEGIN":
            open_parts.append(value)
            if value == "VEVENT":
                events.append({})
            continue
        if name == "END":
            assert open_parts.pop() == value
            continue
        shown = plain(value) if name in TEXTS else value
        if open_parts[-1] == "VEVENT":
            assert name in ONCE, f"unexpected {name}"
            assert name not in events[-1], f"{name} stands twice"
            events[-1][name] = (name, parameters, shown)
    assert not open_parts
    for event in events:
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= event.keys()
        assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"][2])
    return events


def all_day(uid: str = "one@example.org", day: date = date(2026, 12, 31), **facts: str) -> Event:
    return Event(uid, STAMP, facts.pop("summary", "A step"), day, day, **facts)


def test_an_all_day_entry_ends_on_the_day_after_also_over_new_year() -> None:
    (event,) = events_in(ical("Ours", [all_day(day=date(2026, 12, 31))]))
    assert event["DTSTART"][1:] == ({"VALUE": "DATE"}, "20261231")
    assert event["DTEND"][1:] == ({"VALUE": "DATE"}, "20270101")


@pytest.mark.parametrize(
    "day",
    [date(2026, 3, 8), date(2026, 11, 1), date(2028, 2, 29), date(2026, 1, 1)],
    ids=["spring", "autumn", "leap", "new year"],
)
def test_an_all_day_entry_has_no_clock_so_that_no_change_of_it_moves_the_day(day: date) -> None:
    content = ical("Ours", [all_day(day=day)])
    assert b"VTIMEZONE" not in content
    (read,) = Calendar.from_ical(content).walk("VEVENT")
    assert (read.decoded("DTSTART"), read.decoded("DTEND")) == (day, day + timedelta(days=1))


def test_several_days_include_the_last_one() -> None:
    (read,) = Calendar.from_ical(
        ical("Ours", [Event("x@x", STAMP, "Two days", date(2026, 12, 31), date(2027, 1, 1))])
    ).walk("VEVENT")
    assert read.decoded("DTEND") == date(2027, 1, 2)


@pytest.mark.parametrize(
    ("local", "utc_hour"),
    [
        (datetime(2026, 3, 7, 15), 20),  # the day before the clocks go forward
        (datetime(2026, 3, 8, 15), 19),  # the day they do
        (datetime(2026, 10, 31, 15), 19),
        (datetime(2026, 11, 1, 15), 20),
        (datetime(2026, 12, 31, 15), 20),
    ],
)
def test_three_o_clock_stays_three_o_clock_across_the_change_of_the_clocks(local: datetime, utc_hour: int) -> None:
    begins = local.replace(tzinfo=NEW_YORK)
    content = ical("Ours", [Event("x@x", STAMP, "Meeting", begins, begins + timedelta(hours=1))])
    (event,) = events_in(content)
    assert event["DTSTART"][1:] == ({"TZID": "America/New_York"}, local.strftime("%Y%m%dT%H%M%S"))
    (read,) = Calendar.from_ical(content).walk("VEVENT")
    assert read.decoded("DTSTART").astimezone(UTC).hour == utc_hour


def offsets(content: bytes) -> list[tuple[datetime, int]]:
    """Read a VTIMEZONE after RFC 5545 3.6.5: each part begins on the clock that was, and gives the offset from then."""
    found = []
    for part in re.findall(r"BEGIN:(?:STANDARD|DAYLIGHT)\n(.*?)\nEND", "\n".join(unfold(content)), re.S):
        facts = dict(line.split(":", 1) for line in part.splitlines())
        onset = datetime.strptime(facts["DTSTART"], "%Y%m%dT%H%M%S") - minutes(facts["TZOFFSETFROM"])
        found.append((onset.replace(tzinfo=UTC), int(minutes(facts["TZOFFSETTO"]).total_seconds() // 60)))
    return sorted(found)


def minutes(offset: str) -> timedelta:
    sign = -1 if offset[0] == "-" else 1
    return sign * timedelta(hours=int(offset[1:3]), minutes=int(offset[3:5]))


@pytest.mark.parametrize(
    "zone",
    ["America/New_York", "America/Phoenix", "Australia/Lord_Howe", "Asia/Kolkata", "Europe/Dublin", "America/St_Johns"],
)
def test_the_zone_in_the_file_agrees_with_the_clocks_of_the_place_at_every_hour_of_the_year(zone: str) -> None:
    place = ZoneInfo(zone)
    begins = datetime(2026, 6, 1, 9, tzinfo=place)
    known = offsets(ical("Ours", [Event("x@x", STAMP, "M", begins, begins + timedelta(hours=1))]))
    hour = datetime(2026, 1, 1, tzinfo=UTC)
    while hour.year == 2026:
        told = [offset for onset, offset in known if onset <= hour][-1]
        real = hour.astimezone(place).utcoffset()
        assert real is not None
        assert told == real.total_seconds() // 60, hour
        hour += timedelta(hours=1)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_any_words_come_back_as_they_were(summary: str, description: str) -> None:
    try:
        content = ical("Ours", [all_day(summary=summary, description=description)])
    except ValueError:
        assert any("\ud800" <= letter <= "\udfff" for letter in summary + description)
        return
    (event,) = events_in(content)
    (read,) = Calendar.from_ical(content).walk("VEVENT")
    assert str(read["SUMMARY"]) == event["SUMMARY"][2]


def test_long_words_with_marks_and_letters_of_many_octets_are_folded_between_letters() -> None:
    words = "Größe, Maß; \\ " + "é" * 90 + "🌱" * 40
    (event,) = events_in(ical("N, ü; x", [all_day(summary=words, description="one\ntwo\r\nthree")]))
    assert event["SUMMARY"][2] == words
    assert event["DESCRIPTION"][2] == "one\ntwo\nthree"


def test_the_same_events_give_the_same_bytes_in_whatever_order() -> None:
    events = [all_day(f"{number}@x", date(2026, 12, 1 + number % 5)) for number in range(9)]
    assert ical("Ours", events) == ical("Ours", events[::-1])


def test_an_empty_calendar_is_a_calendar() -> None:
    assert events_in(ical("Ours", [])) == []


@pytest.mark.parametrize(
    ("event", "why"),
    [
        (Event("a", datetime(2026, 1, 1), "x", date(2026, 1, 1), date(2026, 1, 1)), "without a time zone"),
        (Event("a", STAMP, "x", date(2026, 1, 2), date(2026, 1, 1)), "ends before"),
        (Event("a", STAMP, "x", date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=NEW_YORK)), "a time and ends|begins"),
        (Event("a", STAMP, "x", datetime(2026, 1, 1), datetime(2026, 1, 1)), "time zone with a name"),
    ],
)
def test_what_cannot_stand_in_a_calendar_is_refused_with_a_reason(event: Event, why: str) -> None:
    with pytest.raises(CannotSchedule, match=why):
        ical("Ours", [event])


def test_two_entries_never_share_a_uid() -> None:
    with pytest.raises(CannotSchedule, match="same uid"):
        ical("Ours", [all_day(), all_day()])


# --- The feed of a team, and of one person. ---


def a_step(cast: Cast, what: str = "Ask both teams", who: str = "ben") -> int:
    owner = cast.north_team.members.get(user=getattr(cast, who))
    facts = {"due_on": date(2026, 12, 31), "owners": [owner]}
    return add_step(cast.north_team, what=what, by=cast.ada, now=NOW, **facts).pk


def member(cast: Cast, who: str) -> Member:
    return cast.north_team.members.get(user=getattr(cast, who))


def summaries(token: str) -> list[str]:
    answer = Client().get(f"/calendar/{token}.ics")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return sorted(event["SUMMARY"][2] for event in events_in(answer.content))


def test_a_team_feed_has_all_steps_and_tests_and_a_personal_one_only_my_steps(cast: Cast) -> None:
    a_step(cast, "Ben's", "ben")
    a_step(cast, "Ada's", "ada")
    trials.plan_trial(
        cast.north_team, place="active", form="pilot", question="Q?", ends_on=date(2026, 12, 1), by=cast.ada, now=NOW
    )
    ours = make_feed(cast.north_team, member=None, by=cast.ada, now=NOW)
    mine = make_feed(cast.north_team, member=member(cast, "ben"), by=cast.ben, now=NOW)
    assert summaries(ours.token) == ["A test ends: Q?", "Ada's", "Ben's"]
    assert summaries(mine.token) == ["Ben's"]


def test_a_feed_says_when_a_step_was_changed_not_when_it_was_asked_for(cast: Cast) -> None:
    pk = a_step(cast)
    made = make_feed(cast.north_team, member=None, by=cast.ada, now=NOW)
    first = Client().get(f"/calendar/{made.token}.ics").content
    assert Client().get(f"/calendar/{made.token}.ics").content == first
    (event,) = events_in(first)
    assert (event["UID"][2].split("@")[0], event["DTSTAMP"][2]) == (f"step-{pk}", "20261116T150000Z")
    later = NOW + timedelta(days=1)
    mark_step(cast.north_team.steps.get(), status="done", by=cast.ben, now=later)
    (event,) = events_in(Client().get(f"/calendar/{made.token}.ics").content)
    assert (event["DTSTAMP"][2], event["SEQUENCE"][2]) == ("20261117T150000Z", "1")
    assert event["SUMMARY"][2] == "Done: Ask both teams"


def test_only_the_hash_of_an_address_is_kept_and_it_is_shown_once(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.ben)
    shown = client.post(f"/t/{cast.north_team.pk}/calendar/mine/make/").content.decode()
    found = re.search(r"/calendar/([\w-]{22})\.ics", shown)
    assert found
    assert found[1] not in str(Feed.objects.values_list())
    assert found[1] not in client.get(f"/t/{cast.north_team.pk}/calendar/").content.decode()
    assert Client().get(f"/calendar/{found[1]}.ics").status_code == 200


def test_wrong_stopped_and_replaced_addresses_are_not_found_alike(cast: Cast) -> None:
    old = make_feed(cast.north_team, member=None, by=cast.ada, now=NOW)
    stopped = make_feed(cast.north_team, member=member(cast, "ben"), by=cast.ben, now=NOW)
    make_feed(cast.north_team, member=None, by=cast.ben, now=NOW)
    revoke_feeds(cast.north_team, member=member(cast, "ben"), now=NOW)
    bodies = set()
    for token in (old.token, stopped.token, "nonsense", "A" * 22):
        answer = Client().get(f"/calendar/{token}.ics")
        assert answer.status_code == 404
        bodies.add(re.sub(rb"/calendar/\S*?\.ics", b"", answer.content))
    assert len(bodies) == 1


def test_the_address_of_somebody_who_left_the_team_stops(cast: Cast) -> None:
    mine = make_feed(cast.north_team, member=member(cast, "ben"), by=cast.ben, now=NOW)
    Member.objects.filter(user=cast.ben).update(left_on=date(2026, 11, 16))
    assert Client().get(f"/calendar/{mine.token}.ics").status_code == 404


def test_making_and_stopping_is_for_the_team_only(cast: Cast) -> None:
    for who, status in {"ben": 200, "kim": 403, "sam": 403, "cleo": 404}.items():
        client = Client()
        client.force_login(getattr(cast, who))
        assert client.post(f"/t/{cast.north_team.pk}/calendar/team/make/").status_code == status
    client.force_login(cast.ben)
    assert client.get(f"/t/{cast.north_team.pk}/calendar/team/make/").status_code == 405
    assert client.post(f"/t/{cast.north_team.pk}/calendar/others/make/").status_code == 404
    assert client.post(f"/t/{cast.north_team.pk}/calendar/team/stop/").status_code == 302
    assert not Feed.objects.filter(revoked_at=None).exists()
