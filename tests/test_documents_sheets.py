"""Lists become spreadsheets in which a text is never a formula, and come back as they went out."""

import csv as reader
import datetime
import io
from decimal import Decimal
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from colead.documents import CannotPrint, Cell, Sheet, csv, unguard, xlsx

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\0=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "=cmd|' /C calc'!A0",
]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def one(*cells: Cell) -> Sheet:
    return Sheet("Steps", tuple(f"column {n}" for n in range(len(cells))), (cells,))


def lines(file: bytes) -> list[list[str]]:
    return list(reader.reader(io.StringIO(file.decode("utf-8-sig"), newline="")))


def page(sheet: Sheet) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(xlsx([sheet]))).worksheets[0]


def test_a_csv_begins_with_the_mark_that_excel_needs() -> None:
    assert csv(one("señora")).startswith(b"\xef\xbb\xbfcolumn 0\r\nse\xc3\xb1ora")


@pytest.mark.parametrize("typed", FORMULAS)
def test_a_text_that_looks_like_a_formula_gets_a_guard(typed: str) -> None:
    assert lines(csv(Sheet("S", (typed,), ((typed,),)))) == [[f"'{typed}"], [f"'{typed}"]]
    assert unguard(f"'{typed}") == typed


@pytest.mark.parametrize("typed", ["plain", "'quoted'", "'tis", "a=1", "1-2", " =1", "", "'"])
def test_other_texts_go_out_as_they_are(typed: str) -> None:
    assert lines(csv(one(typed, "x")))[1] == [typed, "x"]
    assert unguard(typed) == typed


@given(st.lists(st.tuples(TEXTS, TEXTS | st.sampled_from(FORMULAS)), max_size=5))
def test_what_goes_out_comes_back(rows: list[tuple[str, str]]) -> None:
    back = lines(csv(Sheet("S", ("a", "b"), tuple(rows))))[1:]
    assert [tuple(map(unguard, row)) for row in back] == rows


@given(st.text("'=+-@\t\r\0a", max_size=6))
def test_the_guard_comes_off_exactly_once(typed: str) -> None:
    out = lines(csv(one(typed, "x")))[1][0]
    assert out[:1] not in ("=", "+", "-", "@", "\t", "\r", "\0")
    assert unguard(out) == typed


def test_numbers_dates_and_yes_or_no_keep_their_kind_in_csv() -> None:
    when = datetime.datetime(2027, 5, 3, 14, 5)
    cells = one(-3, -1.5, Decimal("2.50"), when, when.date(), True, False, None)
    assert lines(csv(cells))[1] == ["-3", "-1.5", "2.50", "2027-05-03 14:05", "2027-05-03", "true", "false", ""]


@pytest.mark.parametrize(
    "typed", [*FORMULAS, "https://example.org", "mailto:a@b.c", "internal:A1", "{=1}", "12", "1e5"]
)
def test_a_text_is_a_text_in_excel(typed: str) -> None:
    cell = page(Sheet("S", ("a",), ((typed,),)))["A2"]
    assert cell.data_type == "s"
    assert cell.value == typed.replace("\0", "").replace("\r", "\n")
    assert cell.hyperlink is None


def test_numbers_dates_and_yes_or_no_keep_their_kind_in_excel() -> None:
    when = datetime.datetime(2027, 5, 3, 14, 5, tzinfo=ZoneInfo("America/Chicago"))
    row = page(one(-3, 1.5, Decimal("2.5"), when, when.date(), True, None, ""))[2]
    assert [(cell.data_type, cell.value) for cell in row] == [
        ("n", -3),
        ("n", 1.5),
        ("n", 2.5),
        ("d", datetime.datetime(2027, 5, 3, 14, 5)),
        ("d", datetime.datetime(2027, 5, 3)),
        ("b", True),
        ("n", None),
        ("n", None),
    ]


def test_what_excel_would_get_wrong_is_written_as_text() -> None:
    old = datetime.datetime(1850, 5, 3, 14, 5)
    row = page(one(10**17 + 1, old, old.date(), Decimal(10**16)))[2]
    assert [cell.value for cell in row] == ["100000000000000001", "1850-05-03 14:05:00", "1850-05-03", str(10**16)]
    assert {cell.data_type for cell in row} == {"s"}


def test_headers_stay_in_sight_and_columns_fit_their_texts() -> None:
    rows = (("a", "a word or two, and more"), ("b", "x" * 500))
    sheet = page(Sheet("S", ("n", "What we said"), rows))
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B3"
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["A"].width < 10
    assert 55 < sheet.column_dimensions["B"].width < 65


def test_sheets_get_names_that_excel_takes() -> None:
    names = ["Steps", "steps", "a/b: [c]", "", "'", "History", "x" * 40, "x" * 41, "bell\x07"]
    book = openpyxl.load_workbook(io.BytesIO(xlsx([Sheet(name, ("a",), ()) for name in names])))
    assert book.sheetnames == [
        "Steps", "steps (2)", "a b c", "Sheet", "Sheet (2)", "History (2)", "x" * 31, "x" * 26 + " (2)", "bell",
    ]  # fmt: skip


def test_a_text_too_long_for_a_cell_is_refused_not_cut() -> None:
    with pytest.raises(CannotPrint, match=r"row 3 of “Steps” is longer than a spreadsheet cell can be \(32,767"):
        xlsx([Sheet("Steps", ("a",), (("x" * 32_767,), ("x" * 32_768,)))])
    assert b"x" * 200_000 in csv(one("x" * 200_000))


@pytest.mark.parametrize("sheet", [Sheet("S", ("a",) * 16_385, ()), Sheet("S", ("a",), ((1,),) * 1_048_576)])
def test_a_list_too_large_for_excel_is_refused_not_cut(sheet: Sheet) -> None:
    with pytest.raises(CannotPrint, match="larger than a spreadsheet can be"):
        xlsx([sheet])


def test_a_spreadsheet_needs_a_sheet() -> None:
    with pytest.raises(CannotPrint, match="at least one sheet"):
        xlsx([])


def test_the_same_sheets_give_the_same_bytes() -> None:
    assert xlsx([one("a", 1)]) == xlsx([one("a", 1)])
