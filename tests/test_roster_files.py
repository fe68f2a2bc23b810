"""Staff lists as they come: good ones are read, bad ones are refused with line and reason, none brings us down."""

import subprocess
import sys
import time
from io import BytesIO

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from colead.schools.roster import FileRefused, Line, Reading, Reason, read_file
from colead.schools.roster.tables import MOST_ROWS
from tests.roster_sheets import HEAD, ROW, book, line_refusals, read, refusal

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
