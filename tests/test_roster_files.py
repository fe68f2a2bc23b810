"""Staff lists as they come: good ones are read, bad ones are refused with line and reason, none brings us down."""

import subprocess
import sys
import time
import zipfile
from io import BytesIO

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from colead.schools.roster import FileRefused, Line, Reading, Reason, read_file
from colead.schools.roster.tables import MOST_ROWS

HEAD = "Name,E-mail,Role,Grades,Subjects\n"
ROW = "Ada Reed,ada@north.org,Teacher,3-4,Math\n"


def read(text: str, encoding: str = "utf-8") -> Reading:
    return read_file(text.encode(encoding))


def refusal(data: bytes | str) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        read_file(data.encode() if isinstance(data, str) else data)
    return caught.value


def line_refusals(text: str) -> list[tuple[int, Reason]]:
    return [(refused.number, refused.reason) for refused in read(text).refused]


def book(rows: list[list[object]], **options: object) -> bytes:
    out = BytesIO()
    workbook = xlsxwriter.Workbook(out, {"strings_to_formulas": False, **options})
    sheet = workbook.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    workbook.close()
    return out.getvalue()


def zipped(files: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


# Good files


def test_a_plain_list_is_read():
    assert read(HEAD + ROW).lines == (Line(2, "ada@north.org", "Ada Reed", "teacher", "3,4", "Math"),)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_commas_semicolons_and_tabs_are_told_apart(delimiter):
    text = f"Last name{delimiter}First name{delimiter}E-mail{delimiter}Job title\n"
    text += delimiter.join(["Reed", "Ada", "ada@north.org", "Teacher"])
    assert read(text).lines[0].name == "Ada Reed"


def test_a_hint_about_the_delimiter_is_believed():
    assert read("sep=;\nName;E-mail;Role\nAda Reed;ada@north.org;Teacher\n").lines[0].number == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_usual_encodings_give_the_same_names(encoding):
    reading = read(HEAD + "Íñigo O’Núñez,inigo@north.org,Teacher,K,\n", encoding)
    assert reading.lines[0].name == "Íñigo O’Núñez"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way(ending):
    assert len(read((HEAD + ROW + ROW.replace("ada", "ben")).replace("\n", ending)).lines) == 2


@pytest.mark.parametrize(
    "headings",
    [
        "Full Name,Email Address,Position",
        "Staff Name,Work Email,Job Title",
        "Nombre completo,Correo electrónico,Puesto",
        "name,EMAIL,role",
        "Employee,E-Mail,Assignment",
    ],
)
def test_headings_are_known_in_several_spellings(headings):
    assert read(headings + "\nAda Reed,ada@north.org,Teacher\n").lines[0].name == "Ada Reed"


def test_a_name_beside_a_family_name_is_the_first_name():
    assert read("Nombre,Apellidos,Correo,Cargo\nAda,Reed Li,a@n.org,Maestra\n").lines[0].name == "Ada Reed Li"


def test_a_title_above_the_headings_does_no_harm():
    assert read("Staff list 2026,,,,\n,,,,\n" + HEAD + ROW).lines[0].number == 4


def test_grades_and_subjects_may_share_a_column():
    text = "Name,E-mail,Role,Grades/Subjects\nAda,a@n.org,Teacher,3-4\nBen,b@n.org,Teacher,Math and science\n"
    assert [(line.grades, line.subjects) for line in read(text).lines] == [("3,4", ""), ("", "Math and science")]


def test_columns_the_file_lacks_are_left_alone():
    line = read("Name,E-mail,Role\nAda,a@n.org,Teacher\n").lines[0]
    assert (line.grades, line.subjects) == (None, None)


def test_a_role_we_do_not_know_is_other_staff_and_keeps_its_words():
    line = read("Name,E-mail,Role\nAda,a@n.org,Title I Wizard\n").lines[0]
    assert (line.job, line.title) == ("other", "Title I Wizard")


def test_a_workbook_is_read_like_a_list():
    rows = [
        ["Name", "E-mail", "Role", "Grade"],
        ["Ada Reed", "ada@north.org", "Teacher", 3],
        [],
        ["B", "b@n.org", "Nurse"],
    ]
    reading = read_file(book(rows))
    assert [(line.number, line.name, line.grades) for line in reading.lines] == [(2, "Ada Reed", "3"), (4, "B", "")]


def test_a_workbook_with_inline_text_is_read():
    rows = [["Name", "E-mail", "Role"], ["Ada Reed", "ada@north.org", "Teacher"]]
    assert read_file(book(rows, constant_memory=True)).lines[0].email == "ada@north.org"


def test_a_calculated_name_counts_as_what_it_shows():
    out = BytesIO()
    workbook = xlsxwriter.Workbook(out)
    sheet = workbook.add_worksheet()
    sheet.write_row(0, 0, ["Name", "E-mail", "Role"])
    sheet.write_formula(1, 0, '=A9&" "&B9', None, "Ada Reed")
    sheet.write_row(1, 1, ["ada@north.org", "Teacher"])
    workbook.close()
    assert read_file(out.getvalue()).lines[0].name == "Ada Reed"


# Pupils


def test_pupils_and_families_are_counted_and_nothing_of_them_is_kept():
    text = HEAD + ROW + "Tiny Tim,tim@north.org,Student,3,\nMa Tim,ma@home.org,Parent/Guardian,,\n"
    reading = read(text)
    assert reading.pupils == 2
    assert [line.name for line in reading.lines] == ["Ada Reed"]
    assert "Tim" not in repr(reading)
    assert "home.org" not in repr(reading)


def test_a_broken_line_about_a_pupil_is_still_only_counted():
    reading = read(HEAD + ROW + "=Tiny Tim,not-an-address,student,purple,,,,extra\n")
    assert (reading.pupils, reading.refused) == (1, ())


def test_a_list_of_pupils_is_refused_by_its_headings():
    caught = refusal("Student ID,Name,E-mail,Role\n1,Tiny Tim,tim@north.org,\n")
    assert caught.reason == Reason.PUPIL_HEADINGS
    assert caught.facts == {"found": "Student ID"}


def test_a_list_without_roles_is_refused_because_pupils_could_hide_in_it():
    caught = refusal("Name,E-mail\nTiny Tim,tim@north.org\n")
    assert caught.reason == Reason.HEADINGS
    assert caught.facts == {"found": "Name, E-mail"}


# Bad lines


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",ada@north.org,Teacher,,", Reason.NO_NAME),
        ("=HYPERLINK(1),ada@north.org,Teacher,,", Reason.NAME_FORMULA),
        ("+cmd|x,ada@north.org,Teacher,,", Reason.NAME_FORMULA),
        ("-2+3,ada@north.org,Teacher,,", Reason.NAME_FORMULA),
        ("@SUM(A1),ada@north.org,Teacher,,", Reason.NAME_FORMULA),
        ("'=guarded,ada@north.org,Teacher,,", Reason.NAME_FORMULA),
        ("Ada,,Teacher,,", Reason.NO_EMAIL),
        ("Ada,ada at north,Teacher,,", Reason.BAD_EMAIL),
        ("Ada,=a@north.org,Teacher,,", Reason.BAD_EMAIL),
        ("Ada,ada@north,Teacher,,", Reason.BAD_EMAIL),
        ("Ada,a@north.org b@north.org,Teacher,,", Reason.BAD_EMAIL),
        ("Ada,ada@north.org,,,", Reason.NO_ROLE),
        ("Ada,ada@north.org,Teacher,purple,", Reason.GRADE_UNKNOWN),
        ("Ada,ada@north.org,Teacher,4-Mar,", Reason.GRADE_DATE),
        ("Ada,ada@north.org,Teacher,3,Math,extra", Reason.TOO_MANY_CELLS),
        ("Ada \x07bell,ada@north.org,Teacher,3,", Reason.CONTROL),
        ("A" * 1001 + ",ada@north.org,Teacher,3,", Reason.CELL_LONG),
        ("Ada", Reason.NO_EMAIL),
    ],
)
def test_a_bad_line_is_refused_with_its_number_and_the_rest_is_read(row, reason):
    text = HEAD + ROW.replace("ada@", "first@") + row + "\n" + ROW.replace("ada@", "last@")
    assert line_refusals(text) == [(3, reason)]
    assert len(read(text).lines) == 2


def test_formulas_elsewhere_are_kept_as_text():
    assert read(HEAD + "Ada,ada@north.org,Teacher,3,=1+1\n").lines[0].subjects == "=1+1"


def test_an_address_twice_keeps_the_first_line_and_names_it():
    refused = read(HEAD + ROW + ROW.replace("ada@", "ADA@")).refused
    assert [(one.number, one.reason, one.facts["first"]) for one in refused] == [(3, Reason.DUPLICATE, 2)]


def test_invisible_marks_and_doubled_spaces_are_tidied():
    assert read(HEAD + "\u202eAda \u00a0 Reed\u200b,ada@north.org,Teacher,,\n").lines[0].name == "Ada Reed"


# Bad files


@pytest.mark.parametrize("data", [b"", b"  \n \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(data):
    assert refusal(data).reason == Reason.EMPTY


def test_a_file_over_five_megabytes_is_refused():
    assert refusal(HEAD + ROW * 140_000).reason == Reason.TOO_BIG


def test_fifty_thousand_rows_are_refused_within_five_seconds():
    begun = time.monotonic()
    caught = refusal(HEAD + "".join(f"P {n},p{n}@n.org,Teacher,3,Math\n" for n in range(50_000)))
    assert time.monotonic() - begun < 5
    assert caught.reason == Reason.TOO_MANY_STAFF
    assert caught.facts["line"] == 3002


def test_fifty_thousand_pupils_are_refused_too():
    caught = refusal(HEAD + "".join(f"P {n},p{n}@n.org,Student,3,\n" for n in range(50_000)))
    assert caught.reason == Reason.TOO_MANY_ROWS
    assert caught.facts == {"line": MOST_ROWS + 1, "most": MOST_ROWS}


def test_fifty_thousand_rows_in_a_workbook_are_refused_within_five_seconds():
    data = book([["Name", "E-mail", "Role"], *([f"P {n}", f"p{n}@n.org", "Teacher"] for n in range(50_000))])
    begun = time.monotonic()
    assert refusal(data).reason == Reason.TOO_MANY_ROWS
    assert time.monotonic() - begun < 5


def test_a_cell_of_200_kilobytes_is_refused_with_its_line():
    caught = refusal(HEAD + ROW + "A" * 200_000 + ",b@n.org,Teacher,,\n")
    assert (caught.reason, caught.facts) == (Reason.CELL_HUGE, {"line": 3})


def test_a_quotation_mark_left_open_is_refused_with_its_line():
    caught = refusal(HEAD + ROW + 'Ada "Addie,"b@n.org,Teacher,,\n' + ROW)
    assert (caught.reason, caught.facts) == (Reason.QUOTES, {"line": 3})


def test_nul_bytes_are_refused_with_their_line():
    caught = refusal(HEAD + ROW + "Ben\0,b@n.org,Teacher,,\n")
    assert (caught.reason, caught.facts) == (Reason.NUL, {"line": 3})


@pytest.mark.parametrize(
    "data",
    [
        (HEAD + ROW).encode() + b"Jos\x8d,j@n.org,Teacher,,\n",  # no such character in Windows-1252
        (HEAD + ROW).encode() + "Пётр,p@n.org,Teacher,,\n".encode("koi8-r")[:0] + b"\xa4\xb5,p@n.org,Teacher,,\n",
        (HEAD + ROW).encode() + "José,j@n.org,Teacher,,\n".encode("mac-roman").replace(b"\x8e", b"\x87"),
    ],
)
def test_an_encoding_we_cannot_be_sure_of_is_refused_with_its_line(data):
    caught = refusal(data)
    assert (caught.reason, caught.facts) == (Reason.ENCODING, {"line": 3})


def test_missing_headings_say_what_was_found():
    caught = refusal("Who,Mail us,What\nAda,ada@north.org,Teacher\n")
    assert (caught.reason, caught.facts) == (Reason.HEADINGS, {"found": "Who, Mail us, What"})


@pytest.mark.parametrize("start", [b"%PDF-1.7", b"\x89PNG\r\n", b"<html><table>"])
def test_a_file_of_another_kind_is_refused(start):
    assert refusal(start + b"...").reason == Reason.NOT_A_TABLE


def test_an_old_or_locked_workbook_is_refused():
    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512).reason == Reason.OLD_OR_LOCKED_EXCEL


def test_a_table_of_a_thousand_columns_is_refused():
    assert refusal(HEAD + ROW + "," * 1000 + "x\n").reason == Reason.TOO_MANY_COLUMNS


# Zips and workbooks that mean harm


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


def test_reading_needs_nothing_of_django():
    asked = "import sys, colead.schools.roster; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0


# Anything at all


def is_answered(data: bytes) -> bool:
    """Say whether the file was read or refused; any other exception fails the test."""
    try:
        return isinstance(read_file(data), Reading)
    except FileRefused as refused:
        return refused.reason in Reason


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_bring_the_reader_down(data):
    for begin in (b"", b"PK\x03\x04", HEAD.encode(), b"\xff\xfe"):
        assert is_answered(begin + data)


GOOD_BOOK = book([["Name", "E-mail", "Role"], ["Ada", "a@n.org", "Teacher"]])


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_damage_to_a_workbook_brings_the_reader_down(data):
    good = bytearray(GOOD_BOOK)
    for _ in range(data.draw(st.integers(1, 5))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    assert is_answered(bytes(good))
