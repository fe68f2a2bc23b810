"""Zips and workbooks that would harm us are refused before they are unpacked."""

import time
import zipfile
from io import BytesIO

import pytest

from colead.schools.roster import Reason, read_file
from tests.roster_sheets import book, refusal, zipped

USERS = "sourcedId,status,enabledUser,orgSourcedIds,role,givenName,familyName,email,grades\n"


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    begun = time.monotonic()
    assert refusal(zipped({"users.csv": b"\0" * 90_000_000})).reason == Reason.ZIP_BOMB
    assert time.monotonic() - begun < 5


def packs_well(lines: int) -> bytes:
    """Return text that packs about 50 to 1: dense, and not dense enough to look like a bomb."""
    return b"".join(b"%d and so on and so forth and so on and so forth and on\n" % (n // 3) for n in range(lines))


def test_a_file_that_unpacks_to_more_than_we_read_is_refused():
    assert len(big := packs_well(400_000)) > 20 * 1024 * 1024
    assert refusal(zipped({"users.csv": big})).reason == Reason.ZIP_BOMB


def test_more_than_a_hundred_megabytes_in_all_are_refused():
    data = zipped({"users.csv": USERS} | {f"{n}.csv": packs_well(270_000) for n in range(7)})
    assert len(data) < 5 * 1024 * 1024
    assert sum(entry.file_size for entry in zipfile.ZipFile(BytesIO(data)).infolist()) > 100 * 1024 * 1024
    assert refusal(data).reason == Reason.ZIP_BOMB


@pytest.mark.parametrize("number", [21, 101])
def test_more_than_twenty_files_are_refused(number):
    caught = refusal(zipped({f"{n}.csv": "a" for n in range(number)}))
    assert (caught.reason, caught.facts["found"]) == (Reason.ZIP_ENTRIES, number)


@pytest.mark.parametrize(
    "name", ["../users.csv", "/etc/users.csv", "a/../../users.csv", "C:\\users.csv", "..\\users.csv"]
)
def test_names_that_point_elsewhere_are_refused(name):
    assert refusal(zipped({name: USERS})).reason == Reason.ZIP_PATH


@pytest.mark.parametrize("name", ["inner.zip", "users.csv"])
def test_a_zip_in_a_zip_is_refused(name):
    assert refusal(zipped({name: zipped({"users.csv": USERS})})).reason == Reason.ZIP_INSIDE


def test_a_link_in_a_zip_is_refused():
    out = BytesIO()
    link = zipfile.ZipInfo("users.csv")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert refusal(out.getvalue()).reason == Reason.ZIP_LINK


def test_a_truncated_zip_is_refused():
    data = zipped({"users.csv": USERS * 50})
    for length in range(4, len(data) - 1, 7):
        assert refusal(data[:length]).reason == Reason.ZIP_BROKEN


def test_a_locked_zip_is_refused():
    data = bytearray(zipped({"users.csv": USERS}))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(data)).reason == Reason.ZIP_LOCKED


def test_a_zip_packed_in_an_unusual_way_is_refused():
    assert refusal(zipped({"users.csv": USERS}, zipfile.ZIP_LZMA)).reason == Reason.ZIP_METHOD


def test_a_zip_without_users_says_what_is_in_it():
    caught = refusal(zipped({"classes.csv": "a", "courses.csv": "b"}))
    assert (caught.reason, caught.facts) == (Reason.NO_USERS, {"found": "classes.csv, courses.csv"})


def sheet(xml: str) -> bytes:
    """Make a workbook whose first sheet is this XML."""
    source = zipfile.ZipFile(BytesIO(book([["Name"]])))
    files = {name: source.read(name) for name in source.namelist()}
    return zipped(files | {"xl/worksheets/sheet1.xml": xml.encode()})


def rows(inner: str, before: str = "") -> str:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?>{before}<worksheet xmlns="{main}"><sheetData>{inner}</sheetData></worksheet>'


def test_a_sheet_with_one_word_in_its_last_cell_is_refused_and_takes_no_memory():
    cell = '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    assert refusal(sheet(rows(cell))).reason == Reason.TOO_MANY_ROWS
    wide = '<row r="1"><c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row>'
    assert refusal(sheet(rows(wide))).reason == Reason.TOO_MANY_COLUMNS


def test_entities_in_a_sheet_are_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    inner = '<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>'
    assert refusal(sheet(rows(inner, bomb))).reason == Reason.SHEET_BROKEN


@pytest.mark.parametrize("inner", ['<row><c t="s"><v>99</v></c></row>', '<row><c t="s"><v>x</v></c></row>', "<row><c>"])
def test_a_broken_sheet_is_refused(inner):
    assert refusal(sheet(rows(inner))).reason == Reason.SHEET_BROKEN


def cells(*texts: str) -> str:
    return "<row>" + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts) + "</row>"


def test_an_empty_sheet_is_refused_as_empty():
    assert refusal(book([[]])).reason == Reason.EMPTY


def test_a_workbook_whose_list_of_sheets_is_torn_is_refused():
    source = zipfile.ZipFile(BytesIO(book([["Name"]])))
    files = {name: source.read(name) for name in source.namelist() if not name.startswith("xl/worksheets")}
    assert refusal(zipped(files)).reason == Reason.SHEET_BROKEN
    del files["xl/_rels/workbook.xml.rels"]
    assert refusal(zipped(files)).reason == Reason.SHEET_BROKEN


def test_a_formula_that_failed_counts_as_an_empty_cell():
    broken = '<row><c t="e"><v>#N/A</v></c><c t="inlineStr"><is><t>a@n.org</t></is></c></row>'
    reading = read_file(sheet(rows(cells("Name", "E-mail", "Role") + broken)))
    assert [one.reason for one in reading.refused] == [Reason.NO_NAME]


def test_readings_aloud_of_a_name_are_not_part_of_it():
    source = zipfile.ZipFile(BytesIO(book([["Name", "E-mail", "Role"], ["X", "a@n.org", "Teacher"]])))
    files = {name: source.read(name) for name in source.namelist()}
    strings = files["xl/sharedStrings.xml"]
    files["xl/sharedStrings.xml"] = strings.replace(b"<t>X</t>", "<t>山田</t><rPh><t>ヤマダ</t></rPh>".encode())
    assert read_file(zipped(files)).lines[0].name == "山田"


def test_blank_rows_far_below_do_no_harm():
    below = '<row r="1048576"><c r="A1048576" s="1"/></row>'
    xml = rows(cells("Name", "E-mail", "Role") + cells("Ada", "a@n.org", "Teacher") + below)
    assert read_file(sheet(xml)).lines[0].name == "Ada"


def test_a_workbook_bomb_is_refused_before_it_is_unpacked():
    xml = rows("<row><c><v>1</v></c></row>" * 3_000_000)
    assert refusal(sheet(xml)).reason == Reason.ZIP_BOMB


def test_a_long_cell_in_a_workbook_is_refused_with_its_line():
    long = " ".join(str(number * 7919) for number in range(3_000))
    data = book([["Name", "E-mail", "Role"], [long, "a@n.org", "Teacher"]])
    assert [(one.number, one.reason) for one in read_file(data).refused] == [(2, Reason.CELL_LONG)]
