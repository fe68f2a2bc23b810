"""What a school runs: listed in silence, opened together, decided row by row, stopped once, in and out of a table."""

import csv
import io
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from colead.decisions.actions.records import NobodyPresent
from colead.documents import csv as as_csv
from colead.documents import docx, pdf, xlsx
from colead.practices.actions import initiatives as actions
from colead.practices.exports.initiatives import inventory_paper, inventory_sheet
from colead.practices.models import Initiative, Inventory, SilentList
from colead.practices.pasting import COLUMNS, CannotRead, read_rows
from colead.practices.queries.initiatives import inventory_page, next_undecided
from colead.practices.sorting import Facts, Hint, hints, plain_name
from tests.cast import NOW, Cast
from tests.initiatives_world import browser, by, decided, members, opened, silent, stopped

pytestmark = pytest.mark.django_db
# --- Silence, then together -----------------------------------------------------------------------------------------


def test_a_list_is_its_authors_alone_until_all_are_opened(cast: Cast) -> None:
    inventory = silent(cast)
    actions.write_list(inventory, body="Ada’s own secret binder", by=cast.ada)
    url = reverse("initiatives", args=[cast.north_team.pk])
    assert "secret binder" in browser(cast.ada).get(url).content.decode()
    for other in (cast.ben, cast.pat, cast.kim):
        page = browser(other).get(url).content.decode()
        assert "secret binder" not in page
        assert "1 of 3 have written" in page
    for form in ("csv", "pdf"):
        assert b"secret" not in browser(cast.ben).get(f"{url}list.{form}").content


def test_opening_makes_one_row_for_each_name_however_it_was_written_and_forgets_who_wrote(cast: Cast) -> None:
    inventory = silent(cast)
    actions.write_list(inventory, body="- Data binder\n\nHomework  club\nData Binder", by=cast.ada)
    actions.write_list(inventory, body="data-binder\nLunch duty", by=cast.ben)
    opened = actions.reveal_lists(inventory, **by(cast))
    assert [(row.name, row.named_by) for row in opened.rows.all()] == [
        ("Data binder", 2),
        ("Homework club", 1),
        ("Lunch duty", 1),
    ]
    assert not SilentList.objects.exists()
    with pytest.raises(actions.ListsAreOpen):
        actions.write_list(inventory, body="late", by=cast.pat)
    with pytest.raises(actions.ListsAreOpen):
        actions.reveal_lists(inventory, **by(cast))


def test_empty_lists_are_not_opened_and_no_school_runs_four_hundred_things(cast: Cast) -> None:
    inventory = silent(cast)
    actions.write_list(inventory, body=" \n - \n", by=cast.ada)
    with pytest.raises(actions.NothingListed):
        actions.reveal_lists(inventory, **by(cast))
    actions.write_list(inventory, body="\n".join(f"Program {n}" for n in range(401)), by=cast.ada)
    with pytest.raises(actions.TooManyRows):
        actions.reveal_lists(inventory, **by(cast))
    assert not inventory.rows.exists()


def test_one_list_at_a_time(cast: Cast) -> None:
    silent(cast)
    with pytest.raises(actions.OneIsOpen):
        silent(cast)


def test_nothing_is_filled_or_decided_while_lists_are_silent_or_once_it_is_closed(cast: Cast) -> None:
    with pytest.raises(actions.NotOpen):
        actions.add_row(silent(cast), name="Early", **by(cast))


# --- Row by row -----------------------------------------------------------------------------------------------------


def test_a_row_put_into_another_fills_only_what_that_one_does_not_know(cast: Cast) -> None:
    binder, club = opened(cast).rows.all()
    actions.fill_row(binder, purpose="Numbers", hours=Decimal(7), based_on=1, **by(cast))
    club = actions.fill_row(club, purpose="A quiet hour", based_on=1, **by(cast))
    merged = actions.merge_rows(Initiative.objects.get(pk=binder.pk), into=club, **by(cast))
    assert (merged.purpose, merged.hours) == ("A quiet hour", 7)
    assert list(merged.inventory.rows.all().standing()) == [merged]
    with pytest.raises(actions.MergedWithItself):
        actions.merge_rows(merged, into=merged, **by(cast))
    with pytest.raises(actions.MergedWithItself):
        actions.merge_rows(merged, into=Initiative.objects.get(pk=binder.pk), **by(cast))
    actions.part_row(Initiative.objects.get(pk=binder.pk), **by(cast))
    assert merged.inventory.rows.all().standing().count() == 2


def test_the_same_name_is_not_added_twice(cast: Cast) -> None:
    inventory = opened(cast)
    with pytest.raises(actions.OnTheListAlready):
        actions.add_row(inventory, name="data BINDER", **by(cast))
    assert actions.add_row(inventory, name="Bus duty", **by(cast)).name == "Bus duty"


def test_a_verdict_needs_a_reason_and_the_next_row_that_waits_comes_after(cast: Cast) -> None:
    inventory = opened(cast, "A", "B", "C")
    first, second, third = inventory.rows.all()
    with pytest.raises(actions.NoReason):
        actions.decide_row(first, verdict="stop", reason=" ", based_on=1, **by(cast))
    assert next_undecided(decided(cast, second)) == third
    assert next_undecided(decided(cast, third)) == first
    assert next_undecided(decided(cast, first)) is None


def test_what_ends_goes_on_the_stop_list_once_with_the_time_it_gives_back(cast: Cast) -> None:
    binder, club = opened(cast).rows.all()
    with pytest.raises(actions.NothingEnds):
        stopped(cast, binder)
    binder = decided(cast, binder)
    stopped(cast, binder)
    with pytest.raises(actions.CountedAlready):
        stopped(cast, binder)
    with pytest.raises(actions.NothingEnds):
        stopped(cast, decided(cast, club, "protect"))
    entry = cast.north_team.let_gos.get()
    assert (entry.what, entry.minutes, entry.note) == ("Data binder", 420, "Nobody reads it.")
    assert inventory_page(binder.inventory, cast.ada).freed == "7 h"


@pytest.mark.parametrize(
    ("verdict", "what"), [("reduce", "Less of: Data binder"), ("replace", "Data binder, replaced"), ("merge", None)]
)
def test_the_stop_list_says_how_it_ended(cast: Cast, verdict: str, what: str | None) -> None:
    entry = stopped(cast, decided(cast, opened(cast).rows.first(), verdict))
    assert entry.what == (what or "Data binder, merged")


def test_closing_makes_one_decision_of_all_rows_and_the_next_list_begins_with_what_stays(cast: Cast) -> None:
    inventory = opened(cast, "Binder", "Club", "Duty")
    with pytest.raises(actions.NothingDecided):
        actions.close_inventory(inventory, way="consent", present=members(cast), **by(cast))
    binder, club, _duty = inventory.rows.all()
    decided(cast, binder)
    actions.fill_row(club, purpose="A quiet hour", based_on=1, **by(cast))
    decided(cast, Initiative.objects.get(pk=club.pk), "keep")
    with pytest.raises(NobodyPresent):
        actions.close_inventory(inventory, way="consent", present=[], **by(cast))
    closed = actions.close_inventory(inventory, way="consent", present=members(cast), **by(cast))
    assert closed.decision
    assert closed.decision.decided == "Stop: Binder\nKeep: Club"
    with pytest.raises(actions.NotOpen):
        decided(cast, inventory.rows.get(name="Duty"))
    entry = stopped(cast, Initiative.objects.get(name="Binder"))
    assert entry.decision == closed.decision
    later = actions.start_inventory(cast.north_team, by=cast.ada, now=NOW + timedelta(days=200))
    assert [(row.name, row.purpose, row.verdict) for row in later.rows.all()] == [
        ("Club", "A quiet hour", ""),
        ("Duty", "", ""),
    ]
    actions.write_list(later, body="club", by=cast.ben)
    opened_again = actions.reveal_lists(later, **by(cast))
    assert [(row.name, row.named_by) for row in opened_again.rows.all()] == [("Club", 1), ("Duty", 0)]


def test_sums_are_sums(cast: Cast) -> None:
    binder, club = opened(cast).rows.all()
    actions.fill_row(binder, hours=Decimal("7.25"), money=Decimal(100), based_on=1, **by(cast))
    actions.fill_row(club, hours=Decimal("4"), fte=Decimal("0.5"), based_on=1, **by(cast))
    decided(cast, Initiative.objects.get(pk=binder.pk))
    page = inventory_page(binder.inventory, cast.ada)
    assert (page.total.hours, page.total.money, page.total.fte) == (Decimal("11.25"), 100, Decimal("0.5"))
    assert {group.verdict: group.hours for group in page.groups} == {"": 4, "stop": Decimal("7.25")}


# --- What a row asks ------------------------------------------------------------------------------------------------

PLAIN = Facts("for reading", "moves up", "grade 1", "last year’s check", "school", 2, 3.0, filled=True)


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        (PLAIN, ()),
        (replace(PLAIN, purpose=" "), (Hint.NO_PURPOSE,)),
        (replace(PLAIN, outcome=""), (Hint.NO_OUTCOME,)),
        (replace(PLAIN, vision=0), (Hint.NO_LINK,)),
        (replace(PLAIN, vision=None), ()),
        (replace(PLAIN, source="habit"), (Hint.HABIT,)),
        (replace(PLAIN, evidence="", hours=5.0), (Hint.NO_EVIDENCE,)),
        (replace(PLAIN, evidence="", hours=4.9), ()),
        (replace(PLAIN, purpose="", filled=False), ()),
    ],
)
def test_a_row_asks_about_what_it_lacks_and_an_untouched_one_asks_nothing(
    facts: Facts, asked: tuple[Hint, ...]
) -> None:
    assert hints(facts, ()) == asked


def test_two_rows_that_want_the_same_for_the_same_people_say_so() -> None:
    assert hints(PLAIN, [replace(PLAIN, outcome="Moves  UP.", audience="Grade 1")]) == (Hint.SAME,)
    assert hints(PLAIN, [replace(PLAIN, audience="grade 2")]) == ()
    assert plain_name("  Data-Binder! ") == "data binder"


# --- In and out of a spreadsheet ------------------------------------------------------------------------------------


def test_what_goes_out_to_a_spreadsheet_comes_back_equal(cast: Cast) -> None:
    row = opened(cast, "=Binder, weekly").rows.get()
    facts = {"kind": "report", "source": "law", "audience": "all", "purpose": "two\nlines", "outcome": "“seen”"}
    facts |= {"hours": Decimal("7.25"), "money": Decimal("1200.50"), "vision": 0, "overlap": "-"}
    actions.fill_row(row, **facts, based_on=1, **by(cast))
    page = inventory_page(Inventory.objects.get(), cast.ada)
    read = read_rows(as_csv(inventory_sheet(page)).decode("utf-8-sig"))
    assert read == [{"name": "=Binder, weekly", **facts}]


def test_tabs_semicolons_and_our_own_headings_are_read_in_any_order() -> None:
    assert read_rows("Hours a week, everybody together\tName\tNonsense\n2,5\tBinder\tx") == [
        {"hours": Decimal("2.5"), "name": "Binder"}
    ]
    assert read_rows("Binder;program;district") == [{"name": "Binder", "kind": "program", "source": "district"}]
    assert read_rows("") == []


def test_every_wrong_line_is_named_with_its_column() -> None:
    with pytest.raises(CannotRead) as wrong:
        read_rows("name\tkind\thours\nBinder\tthing\tmany\n\tprogram\t-1\n\tprogram\t")
    assert wrong.value.lines[0].startswith("Line 2, What it is: “thing” is none of: program, mandate")
    assert wrong.value.lines[1] == "Line 2, Hours a week, everybody together: “many” is not a number"
    assert wrong.value.lines[2] == "Line 3, Hours a week, everybody together: “-1” cannot be right"
    assert wrong.value.lines[3] == "Line 4: the name is missing"


@pytest.mark.parametrize("text", ["x" * 201, "\n".join("ab" for _ in range(401))])
def test_what_is_too_long_is_refused(text: str) -> None:
    with pytest.raises(CannotRead) as refused:
        read_rows(text)
    assert len(refused.value.lines) == 1


@pytest.mark.parametrize(("text", "name"), [("a,\n", "a"), ("a\0\t", "a"), ("\n\n a \n", "a"), ('"a, b",duty', "a, b")])
def test_odd_pastes_are_read_without_breaking(text: str, name: str) -> None:
    assert [row["name"] for row in read_rows(text)] == [name]


def test_pasted_rows_come_in_whole_or_not_at_all_and_fill_gaps_of_rows_that_are_there(cast: Cast) -> None:
    inventory = opened(cast)
    url = reverse("initiatives_paste", args=[cast.north_team.pk])
    answer = browser(cast.ada).post(url, {"rows": "Bus duty\tduty\nBinder\tnonsense"})
    assert answer.status_code == 422
    assert "Line 2, What it is" in answer.content.decode()
    assert inventory.rows.count() == 2
    page = browser(cast.ada).post(url, {"rows": "Bus duty\tduty\nData binder\treport"}, follow=True).content.decode()
    assert "1 new row, 1 filled in." in page
    assert {row.name: row.kind for row in inventory.rows.all()} == {
        "Data binder": "report",
        "Homework club": "",
        "Bus duty": "duty",
    }


def test_the_list_goes_out_as_table_and_paper_filled_and_blank(cast: Cast) -> None:
    row = opened(cast).rows.first()
    actions.fill_row(row, hours=Decimal(7), money=Decimal(1200), vision=1, based_on=1, **by(cast))
    stopped(cast, decided(cast, Initiative.objects.get(pk=row.pk)))
    page = inventory_page(row.inventory, cast.ada)
    for shown in (page, None):
        paper = inventory_paper(cast.north_team, shown, now=NOW)
        assert pdf(paper).startswith(b"%PDF")
        assert docx(paper).startswith(b"PK")
    assert xlsx([inventory_sheet(page)]).startswith(b"PK")
    lines = list(csv.reader(io.StringIO(as_csv(inventory_sheet(page)).decode("utf-8-sig"))))
    assert len(lines) == 3
    assert len(lines[0]) == len(COLUMNS) + 5
