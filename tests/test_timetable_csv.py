"""Schedules come in and go out as CSV; what is wrong is told with its file and line, and nothing is kept half."""

from dataclasses import replace
from pathlib import Path

import pytest

from colead.timetable import (
    CannotRead,
    Day,
    Group,
    Lesson,
    LessonKind,
    Role,
    Rule,
    RuleKind,
    Schedule,
    Slot,
    Source,
    Strength,
    Team,
    Weight,
    check,
    csv_set,
    read_csv_set,
    read_grid,
    rows_of,
)
from tests.timetable_school import lesson, periods, random_school, school, slots

SAMPLE = Path(__file__).parents[1] / "content" / "demo" / "schedule"
BELL = b"day,period,start,end,kind\nMon,1,08:00,08:45,\nMon,2,8.50,9:35,lesson\n"
BELL += b"Mon,Lunch,09:35,10:00,lunch\nTue,1,08:00,08:45,\n"
LESSONS = b"day,start,end,subject,teachers,groups\nMon,08:00,08:45,Math,Ada,1A\n"


def read(**files: bytes) -> Schedule:
    found = read_csv_set({"bell.csv": BELL, "lessons.csv": LESSONS} | _named(files), name="Ours")
    assert found.schedule, found.report
    return found.schedule


def _named(files: dict[str, bytes]) -> dict[str, bytes]:
    return {f"{name}.csv": data for name, data in files.items()}


def said(**files: bytes) -> list[str]:
    found = read_csv_set({"bell.csv": BELL, "lessons.csv": LESSONS} | _named(files), name="Ours")
    assert (found.schedule is None) == bool(found.wrong)
    return [f"{one.file} {one.row} {one.text}" for one in found.report]


def refused(**files: bytes) -> str:
    with pytest.raises(CannotRead) as refusal:
        read_csv_set({"bell.csv": BELL, "lessons.csv": LESSONS} | _named(files), name="Ours")
    assert refusal.value.file
    return str(refusal.value)


def test_the_sample_school_is_whole_and_keeps_its_rules() -> None:
    found = read_csv_set({path.name: path.read_bytes() for path in SAMPLE.glob("*.csv")}, name="Sample school")
    assert found.report == ()
    assert found.schedule
    assert check(found.schedule) == ()
    assert len(found.schedule.teams) == 8
    assert {person.role for person in found.schedule.people} == set(Role)


def test_two_files_are_enough() -> None:
    made = read()
    assert [person.name for person in made.people] == ["Ada"]
    assert made.lessons == (Lesson("row 2", "Math", ("Ada",), ("1A",), start=Slot(0, 0)),)
    assert [day.name for day in made.days] == ["Mon", "Tue"]


def test_lessons_are_placed_by_clock_or_by_the_name_of_the_period() -> None:
    rows = b"Mon,1,2,Art,Ada,\nMon,8:50,,Art,Ada,\nMON,08:00,09:35,Art,Ada,\n,,,Art,Ada,\n"
    made = read(lessons=LESSONS.splitlines(keepends=True)[0] + rows)
    assert [(one.start, one.length) for one in made.lessons] == [
        (Slot(0, 0), 2),
        (Slot(0, 1), 1),
        (Slot(0, 0), 2),
        (None, 1),
    ]


def test_everything_a_schedule_holds_comes_back_equal() -> None:
    team = Team("T; U", ("Ada",), ("Ben",), 200, 20, 90, 2, slots((0, 1)), 100)
    card = Rule("r", RuleKind.AWAY, Strength.KEEP, Source.WISH, ("Ada",), slots=slots((1, 3)), number=3, block=20)
    whole = school(
        lesson("a", length=2, room="R1", pool=("R1", "R2"), fixed_time=True, set_name="s", kind=LessonKind.SPECIAL),
        lesson("=b", at=None, fixed_room=True, subject="+1 'x"),
        lesson("c", at=(1, 1), fixed_time=True, fixed_room=True, team="T; U"),
        teams=(team,),
        rules=(card,),
        days=(Day("Mon", periods(lunch=2), "A"), Day("Mon", periods(), "B")),
    )
    back = read_csv_set(csv_set(whole), name="Sample").schedule
    assert back
    commas = replace(whole, teams=(), lessons=())
    assert replace(back, teams=(), lessons=()) == commas
    assert back.teams == (replace(team, name="T, U"),)
    assert back.lessons == (*whole.lessons[:2], replace(whole.lessons[2], team="T, U"))


@pytest.mark.parametrize("seed", range(40))
def test_random_schools_come_back_equal(seed: int) -> None:
    made = random_school(seed, weeks=("A", "B") if seed % 2 else ("",))
    assert read_csv_set(csv_set(made), name="Random").schedule == made


@pytest.mark.parametrize(
    ("file", "rows", "reason"),
    [
        ("bell", b"Mon,3,10:00,09:00,", "bell.csv 6 A period ends after it starts"),
        ("bell", b"Tue,2,08:40,09:00,", "bell.csv 6 A period ends after it starts"),
        ("bell", b"Tue,1,09:40,10:00,", "“1” is there twice"),
        ("bell", b"Tue;x,1,09:40,10:00,", "semicolon cannot stand in the name “Tue;x”"),
        ("bell", b"Tue,2,25:00,26:00,", "“25:00” in “start” is no time like 08:05"),
        ("bell", b"Tue,2,09:75,26:00,", "“09:75” in “start” is no time"),
        ("bell", b"Tue,2,nine,26:00,", "“nine” in “start” is no time"),
        ("bell", b"Tue,,09:00,10:00,", "The column “period” is empty."),
        ("bell", b"Tue,2,09:00,10:00,nap", "“nap” in “kind” is none of these: lesson, break"),
        ("bell", b"Tue,2,09:00,10:00,lesson,more", "more cells than there are headings"),
        ("lessons", b"Mon,08:00,08:45,,Ada,1A", "lessons.csv 3 The column “subject” is empty."),
        ("lessons", b"Mon,07:00,08:45,Art,Ada,1A", "No period starts or ends at “07:00” on “Mon”."),
        ("lessons", b"Mon,08:00,08:50,Art,Ada,1A", "No period starts or ends at “08:50”"),
        ("lessons", b"Mon,08:00,9,Art,Ada,1A", "No period starts or ends at “9”"),
        ("lessons", b"Wed,1,2,Art,Ada,1A", "No period starts or ends at “1” on “Wed”."),
        ("lessons", b"Mon,2,1,Art,Ada,1A", "The lesson ends before it starts."),
    ],
)
def test_a_wrong_row_is_told_with_its_line(file: str, rows: bytes, reason: str) -> None:
    before = {"bell": BELL, "lessons": LESSONS}[file]
    told = said(**{file: before + rows})
    assert len(told) == 1
    assert reason in told[0]


@pytest.mark.parametrize(
    ("file", "table", "reason"),
    [
        ("staff", "name\nAda\nAda\n", "staff.csv 3 “Ada” is there twice."),
        ("staff", "name\nBen\n", "lessons.csv 2 Nobody and nothing is called “Ada” (“teachers”)."),
        ("rooms", "name,capacity\nR1,many\n", "“many” in “capacity” is no number"),
        ("rooms", "name,capacity\nR1,99999\n", "“99999” in “capacity” is no number"),
        ("rooms", "name,capacity\nR1,²\n", "“²” in “capacity” is no number"),
        ("rooms", "name,capacity\nR1,1000000\n", "is no number"),
        ("teams", "team,members\nT,\n", "The column “members” is empty."),
        ("teams", "team,members\nT,;\n", "The team T has no members."),
        ("teams", "team,members,window\nT,Ada,Mon 9\n", "“Mon 9” in “window” is no time of the bell."),
        ("rules", "kind\n\nnap\n", "rules.csv 3 “nap” in “kind” is none of these"),
        ("rules", "kind,key\n,x\n", "The column “kind” is empty."),
        ("rules", "kind,key\naway,x\naway,x\n", "“x” is there twice."),
        ("rules", "kind,lessons\naway,x\n", "is called “x” (“lessons”)"),
        (
            "lessons",
            "day,start,end,subject,teachers,groups,fixed\nMon,1,1,Art,Ada,,maybe\n",
            "“maybe” in “fixed” is none",
        ),
        ("lessons", "day,start,end,subject,teachers,groups,team\nMon,1,1,Art,Ada,,T\n", "is called “T” (“team”)"),
    ],
)
def test_a_wrong_table_is_told_with_its_line(file: str, table: str, reason: str) -> None:
    assert reason in said(**{file: table.encode()})[0]


def test_every_wrong_row_is_told_at_once_and_times_may_be_whole_days() -> None:
    assert len(said(rooms=b"name,capacity\nR1,a\nR2,b\n")) == 2
    made = read(teams=b"team,members,window\nT,Ada,Mon\n")
    assert made.teams[0].window == slots((0, 0), (0, 1), (0, 2))


def test_unknown_files_and_columns_are_told_and_left_out() -> None:
    found = read_csv_set(
        {"bell.csv": BELL, "lessons.csv": LESSONS, "pupils.csv": b"x", "rooms.csv": b"name,,paint\n"}, name=""
    )
    assert [(one.weight, one.file) for one in found.report] == [(Weight.ODD, "pupils.csv"), (Weight.ODD, "rooms.csv")]
    assert found.schedule


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "lessons.csv: The file is empty."),
        (b"\n\n,,\n", "lessons.csv: The file is empty."),
        (b"\xff\xfeM\0", "lessons.csv, line 1: Save the file as CSV UTF-8"),
        (LESSONS + b"\xe9", "lessons.csv, line 3: Save the file as CSV UTF-8"),
        (LESSONS + b"Mon,\x00,", "line 3: There is a hidden sign in this line"),
        (LESSONS + "Mon,\u202eabc".encode(), "line 3: There is a hidden sign"),
        (LESSONS + b'Mon,"08:00\n', "line 3: A quotation mark is missing here"),
        (LESSONS + b'"' + b"x" * 140_000 + b'"', "line 3: A quotation mark is missing here, or a cell is huge"),
        (LESSONS + b"x" * 2_001, "line 3: A cell has more than 2000 characters"),
        (LESSONS + b"," * 300, "line 3: This row has more than 200 cells"),
        (LESSONS + b"Mon,1,1,Art,Ada,1A\n" * 20_001, "more than 20000 rows"),
        (b"x" * 5_000_001, "The file is larger than 5 MB."),
        (b"day,start\n", "line 1: The heading “end” is missing."),
        (b"day,start,end,subject,teachers,groups,day\n", "line 1: The heading “day” is there twice."),
    ],
)
def test_broken_huge_and_hostile_files_are_refused(data: bytes, reason: str) -> None:
    assert reason in refused(lessons=data)


def test_a_missing_file_is_named() -> None:
    with pytest.raises(CannotRead, match=r"bell.csv: This file is missing."):
        read_csv_set({"lessons.csv": LESSONS}, name="")


def test_a_bell_without_a_period_is_no_schedule() -> None:
    empty = b"day,start,end,subject,teachers,groups\n"
    assert said(bell=b"day,period,start,end\n", lessons=empty) == [
        " 0 A schedule needs at least one day with at least one period."
    ]


def test_semicolons_and_tabs_part_cells_too() -> None:
    assert rows_of("x", b"a;b\n1;2\n") == [(1, ["a", "b"]), (2, ["1", "2"])]
    assert rows_of("x", b"a\tb,c\td\n") == [(1, ["a", "b,c", "d"])]


GRID = "Teacher,Mon 1,Mon 2,Tue 08:00-08:45\nAda,Math / 1A+1B / R1,-,away\nBen,Math / 1A + 1B,Duty,\nCleo,,Duty\n"


def grid(text: str, **more: object) -> list[str]:
    found = read_grid(rows_of("grid.csv", text.encode()), name="Grid", file="grid.csv", **more)
    assert (found.schedule is None) == bool(found.wrong)
    return [f"{one.row} {one.text}" for one in found.report]


def test_a_wide_sheet_is_read_with_lessons_taught_together() -> None:
    made = read_grid(rows_of("grid.csv", GRID.encode()), name="Grid", file="grid.csv", minutes=40).schedule
    assert made
    assert made.lessons == (
        Lesson("1", "Math", ("Ada", "Ben"), ("1A", "1B"), start=Slot(0, 0), room="R1"),
        Lesson("2", "Duty", ("Ben",), start=Slot(0, 1)),
        Lesson("3", "Duty", ("Cleo",), start=Slot(0, 1)),
    )
    assert made.rules == (Rule("away 1", RuleKind.AWAY, source=Source.FILE, people=("Ada",), slots=slots((1, 0))),)
    assert [period.start for period in made.days[0].periods] == [480, 520]
    assert made.days[1].periods[0].minutes == 45
    assert made.groups == (Group("1A"), Group("1B"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (",Mon 1\n,Math\n", "2 The row has no name."),
        (",Mon 1\nAda,x\nAda,y\n", "3 “Ada” is there twice."),
        (",Mon 1\nAda,x,y\n", "2 The row has more cells than there are headings."),
        (",Mon 1\nAda,a/b/c/d\n", "2 “a/b/c/d” is not subject / classes / room."),
        (",Mon 1\nAda,/1A\n", "2 “/1A” is not subject / classes / room."),
    ],
)
def test_a_wrong_row_of_a_wide_sheet_is_told(text: str, reason: str) -> None:
    assert grid(text) == [reason]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("\n", "grid.csv: The file is empty."),
        ("Teacher\nAda\n", "line 1: There are no headings like “Mon 1”."),
        ("Teacher,Monday\nAda\n", "line 1: “Monday” is no day and period like “Mon 1”."),
        ("Teacher,Mon 1,Mon 1\n", "line 1: Period “1” does not follow the one before it."),
        ("Teacher,Mon 09:00-08:00\n", "does not follow the one before it."),
        ("Teacher," + ",".join(f"Mon {n}" for n in range(30)), "Period “21” does not follow"),
    ],
)
def test_a_wide_sheet_without_usable_headings_is_refused(text: str, reason: str) -> None:
    with pytest.raises(CannotRead, match=reason.replace("“", ".").replace("”", ".")):
        grid(text)


def test_rows_of_a_workbook_are_judged_like_rows_of_a_file() -> None:
    for rows in ([(1, ["x"] * 201)], [(1, ["x" * 2_001])], [(1, [""])] * 20_001):
        with pytest.raises(CannotRead):
            read_grid(rows, name="", file="grid.xlsx")
