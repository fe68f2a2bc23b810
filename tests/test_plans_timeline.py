"""Steps: the same ones as a list, a timeline and a calendar, with everything that changed; and the weekly mail."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO, StringIO
from itertools import pairwise
from typing import Any

import openpyxl
import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import translation

from colead.plans.actions import reminders, trials
from colead.plans.actions.steps import add_step, mark_step, rework_step
from colead.plans.charts.lanes import lanes
from colead.plans.models import Reminder, Step
from colead.plans.queries.changes import step_changes
from colead.plans.queries.reminders import people_with_steps
from colead.plans.queries.timeline import groups, month, month_named, steps_of, timeline
from colead.plans.reminding import Chore, Person, letters
from colead.schools.models import Member
from colead.texts.actions import StaleSave
from tests.cast import NOW, Cast

TODAY = date(2026, 11, 16)


def member(cast: Cast, who: str) -> Member:
    return cast.north_team.members.get(user=getattr(cast, who))


def step(cast: Cast, what: str = "Ask both teams", *, days: int | None = 3, who: str = "ben", **facts: Any) -> Step:
    due = TODAY + timedelta(days=days) if days is not None else None
    return add_step(cast.north_team, what=what, due_on=due, owners=[member(cast, who)], by=cast.ada, now=NOW, **facts)


def page_of(cast: Cast, who: str = "ada") -> Client:
    client = Client()
    client.force_login(getattr(cast, who))
    return client


def rows(cast: Cast, **facts: Any) -> Any:
    return steps_of(cast.north_team, today=TODAY, **facts)


def test_a_list_says_what_waits_what_is_at_hand_and_what_comes_later(cast: Cast) -> None:
    step(cast, "late", days=-1)
    step(cast, "soon", days=14)
    step(cast, "later", days=15)
    step(cast, "begun", days=60, status="doing")
    step(cast, "some day", days=None)
    step(cast, "over", days=-30, status="done")
    found = {group.slug: [row.step.what for row in group.rows] for group in groups(rows(cast), today=TODAY)}
    assert found == {
        "waiting": ["late"],
        "now": ["soon", "begun"],
        "later": ["later"],
        "undated": ["some day"],
        "over": ["over"],
    }


def test_the_same_steps_stand_in_every_view(cast: Cast) -> None:
    dated = step(cast, "dated", starts_on=TODAY)
    step(cast, "some day", days=None)
    laid = timeline(rows(cast), today=TODAY)
    assert [row.step for row, _lane in laid.lanes] == [dated]
    assert [row.step.what for row in laid.undated] == ["some day"]
    days = month(rows(cast), [], first=TODAY.replace(day=1), today=TODAY).busy
    assert [(day.on.day, [mark.kind for mark in day.marks]) for day in days] == [(16, ["begins"]), (19, ["due"])]


def test_only_mine_are_mine(cast: Cast) -> None:
    step(cast, "Ben's", who="ben")
    step(cast, "Ada's", who="ada")
    mine = rows(cast, member=member(cast, "ada"), whose="mine")
    assert [row.step.what for row in mine] == ["Ada's"]
    assert mine[0].mine


def test_a_bar_lies_inside_its_scale_and_is_never_too_thin_to_see() -> None:
    spans = [(date(2026, 1, 1), date(2026, 1, 1)), (date(2026, 6, 1), date(2027, 5, 31))]
    scale, bars = lanes(spans, today=date(2026, 7, 1))
    assert scale is not None
    assert (bars[0].x, bars[0].width) == (0.0, 1.2)
    assert bars[1].x + bars[1].width == pytest.approx(100, abs=0.05)
    assert 0 < (scale.today or 0) < 100
    assert len(scale.ticks) <= 6


@pytest.mark.parametrize("day", [date.min, date.max, date(2026, 12, 31), date(2028, 2, 29)])
def test_a_scale_holds_the_first_and_the_last_day_there_are(day: date) -> None:
    scale, bars = lanes([(day, day)], today=TODAY)
    assert scale is not None
    assert scale.first <= day <= scale.last
    assert 0 <= bars[0].x <= 100


def test_without_a_dated_step_there_is_no_scale() -> None:
    assert lanes([], today=TODAY) == (None, ())


@pytest.mark.parametrize(
    ("first", "before", "after"),
    [
        (date(2026, 12, 1), date(2026, 11, 1), date(2027, 1, 1)),
        (date(2026, 1, 1), date(2025, 12, 1), date(2026, 2, 1)),
    ],
)
def test_the_months_beside_a_month_cross_the_year(first: date, before: date, after: date) -> None:
    found = month([], [], first=first, today=TODAY)
    assert (found.before, found.after) == (before, after)


def test_a_week_begins_as_the_language_has_it() -> None:
    with translation.override("en"):
        assert month([], [], first=date(2026, 11, 1), today=TODAY).weekdays[0].weekday() == 6
    with translation.override("es"):
        assert month([], [], first=date(2026, 11, 1), today=TODAY).weekdays[0].weekday() == 0


@pytest.mark.parametrize("typed", ["", "x", "2026-13", "2026-1", "0000-01", "<script>", "2026-11-01"])
def test_a_month_that_is_none_is_the_month_of_today(typed: str) -> None:
    assert month_named(typed, today=TODAY) == date(2026, 11, 1)


def test_done_is_dated_once_and_undone_again(cast: Cast) -> None:
    one = step(cast)
    done = mark_step(one, status="done", by=cast.ben, now=NOW)
    assert done.done_on == TODAY
    again = mark_step(done, status="done", by=cast.ben, now=NOW + timedelta(days=3))
    assert again.done_on == TODAY
    assert mark_step(again, status="doing", by=cast.ben, now=NOW).done_on is None


def test_what_changed_on_the_way_is_kept_with_who_and_when(cast: Cast) -> None:
    one = step(cast)
    facts = {"owners": [member(cast, "ada")], "evidence": []}
    rework_step(one, based_on=1, by=cast.ben, now=NOW + timedelta(hours=1), what="Ask all", due_on=TODAY, **facts)  # type: ignore[arg-type]
    newest, first = step_changes(cast.north_team)
    assert first.new
    assert newest.who == "Ben Ortiz"
    told = {change.label: (change.before, change.after) for change in newest.fields}
    assert told["Step"] == ("Ask both teams", "Ask all")
    assert told["By when"] == ("2026-11-19", "2026-11-16")
    assert told["Who sees to it"] == ("Ben Ortiz", "Ada Reed")


def test_a_stale_save_of_a_step_is_refused_and_nothing_of_it_is_written(cast: Cast) -> None:
    one = step(cast)
    facts: dict[str, Any] = {"owners": [], "evidence": []}
    rework_step(one, based_on=1, by=cast.ben, now=NOW, what="Ben's", **facts | {"owners": [member(cast, "ben")]})
    with pytest.raises(StaleSave):
        rework_step(one, based_on=1, by=cast.ada, now=NOW, what="Ada's", **facts)
    one.refresh_from_db()
    assert (one.what, one.owners.count()) == ("Ben's", 1)


def test_a_step_that_is_due_before_it_starts_is_refused_in_words(cast: Cast) -> None:
    facts = {"what": "x", "status": "open", "starts_on": "2026-12-02", "due_on": "2026-12-01"}
    answer = page_of(cast).post(f"/t/{cast.north_team.pk}/timeline/new/", facts)
    assert answer.status_code == 422
    assert "due before it starts" in answer.content.decode()


def test_where_a_step_stands_changes_in_one_press_and_only_its_line_comes_back(cast: Cast) -> None:
    one = step(cast)
    where = f"/t/{cast.north_team.pk}/timeline/{one.pk}/mark/"
    answer = page_of(cast, "ben").post(where, {"status": "stuck"}, headers={"HX-Request": "true"})
    assert answer.content.decode().strip().startswith("<li")
    one.refresh_from_db()
    assert one.status == "stuck"
    assert page_of(cast).post(where, {"status": "done"}).status_code == 302
    assert page_of(cast).post(where, {"status": "nonsense"}, headers={"HX-Request": "true"}).status_code == 422
    one.refresh_from_db()
    assert one.status == "done"


@pytest.mark.parametrize("query", ["", "?view=timeline", "?view=calendar&month=2026-11", "?view=x&whose=mine&month=9"])
def test_every_view_opens_with_and_without_steps(cast: Cast, query: str) -> None:
    where = f"/t/{cast.north_team.pk}/timeline/{query}"
    assert page_of(cast).get(where).status_code == 200
    step(cast, starts_on=TODAY)
    step(cast, "some day", days=None)
    assert "Ask both teams" in page_of(cast, "ben").get(where).content.decode()
    assert page_of(cast, "cleo").get(where).status_code == 404


def test_the_list_asks_equally_often_whatever_its_length(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for number in range(12):
        step(cast, f"Step {number}")
    client = page_of(cast)
    for view in ("list", "timeline", "calendar"):
        with django_assert_max_num_queries(14):
            client.get(f"/t/{cast.north_team.pk}/timeline/?view={view}")


def test_the_timeline_prints_and_goes_into_a_spreadsheet(cast: Cast) -> None:
    step(cast, '=HYPERLINK("x")', starts_on=TODAY, status="stuck", blocker="No cover")
    client, where = page_of(cast), f"/t/{cast.north_team.pk}/timeline"
    assert client.get(f"{where}/list.pdf").content.startswith(b"%PDF")
    assert client.get(f"{where}/list.docx").content.startswith(b"PK")
    assert client.get(f"{where}/blank.pdf").content.startswith(b"%PDF")
    assert client.get(f"{where}/list.exe").status_code == 404
    sheet = openpyxl.load_workbook(BytesIO(client.get(f"{where}/list.xlsx").content)).active
    assert sheet is not None
    assert sheet["A2"].value == '=HYPERLINK("x")'
    assert sheet["A2"].data_type == "s"
    assert "'=HYPERLINK" in client.get(f"{where}/list.csv").content.decode("utf-8-sig")


def test_somebody_who_left_still_stands_beside_their_steps(cast: Cast) -> None:
    one = step(cast, who="ben")
    Member.objects.filter(user=cast.ben).update(left_on=TODAY)
    shown = page_of(cast).get(f"/t/{cast.north_team.pk}/timeline/{one.pk}/").content.decode()
    assert "Ben Ortiz (has left)" in shown


# --- The weekly mail: first the decider, which knows no clock and no database. ---


def chore(days: int | None = 0, *, stuck: bool = False, text: str = "a step") -> Chore:
    due = TODAY + timedelta(days=days) if days is not None else None
    return Chore(text, "North", "https://x.example/", due, TODAY, stuck=stuck)


def somebody(*chores: Chore, last: datetime | None = None, off: bool = False) -> Person:
    return Person(1, "ben@example.org", "Ben", "en", last, off, chores)


@pytest.mark.parametrize(
    ("case", "person", "count"),
    [
        ("due today", somebody(chore(0)), 1),
        ("due in a week", somebody(chore(7)), 1),
        ("due in eight days", somebody(chore(8)), 0),
        ("its day has passed", somebody(chore(-40)), 1),
        ("stuck without a day", somebody(chore(None, stuck=True)), 1),
        ("without a day", somebody(chore(None)), 0),
        ("nothing at all", somebody(), 0),
        ("said no", somebody(chore(0), off=True), 0),
        ("had one six days ago", somebody(chore(0), last=NOW - timedelta(days=6)), 0),
        ("had one a week ago", somebody(chore(0), last=NOW - timedelta(days=7)), 1),
        ("a week ago, an hour later in the night", somebody(chore(0), last=NOW - timedelta(days=7, hours=-1)), 1),
        ("had one just now", somebody(chore(0), last=NOW), 0),
        ("the clock went back", somebody(chore(0), last=NOW + timedelta(days=1)), 0),
    ],
)
def test_a_letter_goes_out_at_most_once_a_week_and_never_without_a_reason(
    case: str, person: Person, count: int
) -> None:
    assert len(letters([person], now=NOW)) == count, case


def test_over_a_year_of_nightly_runs_nobody_gets_more_than_one_letter_in_seven_days() -> None:
    sent: list[datetime] = []
    for night in range(365):
        now = datetime(2026, 1, 1, 4, 0, (night * 7) % 60, tzinfo=UTC) + timedelta(days=night)
        if letters([somebody(chore(0), last=sent[-1] if sent else None)], now=now):
            sent.append(now)
    gaps = {(b.date() - a.date()).days for a, b in pairwise(sent)}
    assert gaps == {7}


def test_a_letter_names_what_passed_first(cast: Cast) -> None:
    letter = letters([somebody(chore(3, text="b"), chore(-1, text="c"), chore(None, stuck=True, text="a"))], now=NOW)
    assert [one.text for one in letter[0].chores] == ["c", "b", "a"]


def test_the_command_writes_once_and_the_second_run_is_silent(cast: Cast, mailbox: list[mail.EmailMessage]) -> None:
    step(cast, "Ask both teams", status="stuck", who="ben", days=None)
    out = StringIO()
    call_command("remind", stdout=out)
    call_command("remind", stdout=out)
    assert [letter.to for letter in mailbox] == [["ben.ortiz@example.org"]]
    assert "Ask both teams" in mailbox[0].body
    assert mailbox[0].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert out.getvalue() == "1 letters sent.\n0 letters sent.\n"


def test_a_dry_run_sends_nothing_and_claims_nothing(cast: Cast, mailbox: list[mail.EmailMessage]) -> None:
    step(cast, status="stuck")
    out = StringIO()
    call_command("remind", "--dry-run", stdout=out)
    assert (len(mailbox), Reminder.objects.count(), out.getvalue()) == (0, 0, "1 letters would go out.\n")


def test_a_letter_that_could_not_be_sent_is_tried_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    step(cast, status="stuck")

    def refuse(*args: Any) -> None:
        raise OSError("no mail server")

    monkeypatch.setattr("colead.plans.management.commands.remind.send_reminder", refuse)
    call_command("remind", stdout=StringIO())
    assert Reminder.objects.get().sent_at is None


def test_the_way_out_asks_first_and_stops_on_a_press(cast: Cast, mailbox: list[mail.EmailMessage]) -> None:
    step(cast, status="stuck")
    where = f"/mails/{reminders.way_out(cast.ben.pk)}/stop/"
    guest = Client(enforce_csrf_checks=True)
    assert guest.get(where).status_code == 200
    assert not Reminder.objects.filter(off_since__isnull=False).exists()
    assert guest.post(where, {"List-Unsubscribe": "One-Click"}).status_code == 200
    call_command("remind", stdout=StringIO())
    assert mailbox == []
    assert guest.post(where, {"again": "yes"}).status_code == 200
    assert Reminder.objects.get(user=cast.ben).off_since is None
    assert guest.get("/mails/nonsense/stop/").status_code == 404


def test_a_mail_can_be_turned_on_again(cast: Cast) -> None:
    reminders.turn(cast.ben, on=False, now=NOW)
    client = page_of(cast, "ben")
    client.post(f"/t/{cast.north_team.pk}/calendar/mails/", {"on": "yes"})
    assert Reminder.objects.get(user=cast.ben).off_since is None
    client.post(f"/t/{cast.north_team.pk}/calendar/mails/", {})
    assert Reminder.objects.get(user=cast.ben).off_since is not None


def test_nobody_who_left_and_nobody_of_the_demo_gets_a_letter(cast: Cast) -> None:
    step(cast, who="ben")
    step(cast, who="ada")
    Member.objects.filter(user=cast.ben).update(left_on=TODAY)
    cast.ada.is_demo = True
    cast.ada.save()
    assert people_with_steps(now=NOW) == ()


def test_finished_steps_are_no_reason_to_write(cast: Cast) -> None:
    step(cast, status="done")
    step(cast, status="dropped")
    assert people_with_steps(now=NOW) == ()


def test_steps_of_a_test_come_from_its_page_and_go_back_there(cast: Cast) -> None:
    trial = trials.plan_trial(cast.north_team, place="active", form="pilot", question="Q?", by=cast.ada, now=NOW)
    where = f"/t/{cast.north_team.pk}/timeline/new/?trial={trial.pk}"
    answer = page_of(cast).post(where, {"what": "x", "status": "open", "trial": trial.pk})
    assert answer["Location"] == f"/t/{cast.north_team.pk}/tests/{trial.pk}/"
