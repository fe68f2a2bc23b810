"""FET files come in with what they say, go out with what was moved, and keep all else byte for byte."""

from dataclasses import replace
from itertools import count

import pytest

from colead.timetable import (
    CannotRead,
    CannotWriteFet,
    FetFile,
    Lesson,
    PeriodKind,
    RuleKind,
    Schedule,
    Slot,
    Strength,
    check,
    fet_bytes,
    fet_in,
    fet_rules,
    read_fet,
    xml_tree,
)
from tests.timetable_school import slots

TIMES = """
<ConstraintBasicCompulsoryTime><Weight_Percentage>100</Weight_Percentage></ConstraintBasicCompulsoryTime>
<ConstraintBreakTimes><Break_Time><Day>Mon</Day><Hour>4</Hour></Break_Time></ConstraintBreakTimes>
<ConstraintActivityPreferredStartingTime>
\t<Weight_Percentage>100</Weight_Percentage><Activity_Id>1</Activity_Id>
\t<Preferred_Day>Mon</Preferred_Day><Preferred_Hour>1</Preferred_Hour>
\t<Permanently_Locked>false</Permanently_Locked>
</ConstraintActivityPreferredStartingTime>
<ConstraintActivityPreferredStartingTime>
\t<Activity_Id>2</Activity_Id><Day>Tue</Day><Hour>2</Hour><Permanently_Locked>true</Permanently_Locked>
</ConstraintActivityPreferredStartingTime>
<ConstraintSecret  odd = "x"><!-- keep me --></ConstraintSecret >
"""
SPACES = """
<ConstraintActivityPreferredRoom>
\t<Activity_Id>1</Activity_Id><Room>R1</Room><Permanently_Locked>false</Permanently_Locked>
</ConstraintActivityPreferredRoom>
<ConstraintActivityPreferredRoom>
\t<Activity_Id>2</Activity_Id><Room>R1</Room><Permanently_Locked>true</Permanently_Locked>
</ConstraintActivityPreferredRoom>
"""


def activity(key: str, teacher: str, students: str, more: str = "<Duration>1</Duration>") -> str:
    return (
        f"<Activity><Teacher>{teacher}</Teacher><Subject>Math</Subject><Students>{students}</Students>{more}"
        f"<Id>{key}</Id><Activity_Group_Id>7</Activity_Group_Id></Activity>"
    )


LESSONS = activity("1", "Ada &amp; Co", "1A") + activity("2", "Zoë", "1A x") + activity("3", "Zoë", "1B")
OFF = activity("4", "Nobody", "1A", "<Active>false</Active>")


def fet(times: str = TIMES, spaces: str = SPACES, lessons: str = LESSONS + OFF, **more: str) -> bytes:
    """Write a small school as FET 6 does; `more` replaces pieces of it."""
    text = f"""<?xml version="1.0" encoding="UTF-8"?>
<fet version="6.8.5">
<Mode>Official</Mode><Institution_Name>Ours</Institution_Name>
<Days_List><Number_of_Days>2</Number_of_Days><Day><Name>Mon</Name></Day><Day><Name>Tue</Name></Day></Days_List>
<Hours_List><Name>1</Name><Name>2</Name><Name>3</Name><Name>4</Name></Hours_List>
<Teachers_List><Teacher><Name>Ada &amp; Co</Name></Teacher><Teacher><Name>Zoë</Name></Teacher></Teachers_List>
<Students_List><Year><Name>1</Name>
<Group><Name>1A</Name><Subgroup><Name>1A x</Name></Subgroup><Subgroup><Name>1A y</Name></Subgroup></Group>
<Group><Name>1B</Name></Group></Year></Students_List>
<Activities_List>{lessons}</Activities_List>
<Rooms_List><Room><Name>R1</Name><Capacity>20</Capacity></Room><Room><Name>R2</Name></Room></Rooms_List>
<Time_Constraints_List>{times}</Time_Constraints_List>
<Space_Constraints_List>{spaces}</Space_Constraints_List>
</fet>
"""
    for old, new in more.items():
        text = text.replace({"mode": "Official", "version": "6.8.5", "hours": "<Name>4</Name>"}[old], new)
    return "\ufeff".encode() + text.encode()


def read(data: bytes) -> tuple[FetFile, Schedule]:
    file = read_fet("ours.fet", data)
    assert file.reading.schedule, file.reading.report
    return file, file.reading.schedule


def told(data: bytes) -> list[str]:
    reading = read_fet("ours.fet", data).reading
    assert reading.schedule is None
    return [f"{one.row} {one.text}" for one in reading.wrong]


def test_a_file_says_who_is_where_and_when() -> None:
    _, made = read(fet())
    assert made.name == "Ours"
    assert made.lessons == (
        Lesson("1", "Math", ("Ada & Co",), ("1A",), start=Slot(0, 0), room="R1", set_name="7"),
        Lesson(
            "2",
            "Math",
            ("Zoë",),
            ("1A x",),
            start=Slot(1, 1),
            room="R1",
            fixed_time=True,
            fixed_room=True,
            set_name="7",
        ),
        Lesson("3", "Math", ("Zoë",), ("1B",), set_name="7"),
    )
    assert made.leaves["1"] == {"1A x", "1A y", "1B"}
    assert made.leaves["1B"] == {"1B"}
    assert made.days[0].periods[3].kind is PeriodKind.BREAK
    assert (made.days[0].periods[1].start, made.rooms[0].capacity, made.rooms[1].capacity) == (525, 20, 0)
    assert check(made) == ()


def test_unknown_rules_are_counted_and_told() -> None:
    reading = read(fet())[0].reading
    assert reading.left_out == (("ConstraintSecret", 1),)
    assert "We do not know the rule ConstraintSecret (1 times)" in str(reading.report[0].text)
    assert "45 minutes" in str(reading.report[1].text)


def test_a_file_of_fet_5_without_a_mode_is_read_too() -> None:
    assert read(fet(mode="", version="5.41.0"))[1].name == "Ours"


@pytest.mark.parametrize(
    ("constraint", "inside", "kind", "more"),
    [
        ("TeacherNotAvailableTimes", "<Teacher>Zoë</Teacher>", RuleKind.AWAY, {"people": ("Zoë",)}),
        ("StudentsSetNotAvailableTimes", "<Students>1A</Students>", RuleKind.CLASS_AWAY, {"groups": ("1A",)}),
        ("RoomNotAvailableTimes", "<Room>R1</Room>", RuleKind.ROOM_AWAY, {"rooms": ("R1",)}),
        (
            "TeacherMaxDaysPerWeek",
            "<Teacher>Zoë</Teacher><Max_Days_Per_Week>4</Max_Days_Per_Week>",
            RuleKind.MOST_DAYS,
            {"number": 4},
        ),
        (
            "TeacherIntervalMaxDaysPerWeek",
            "<Teacher>Zoë</Teacher><Interval_Start_Hour>2</Interval_Start_Hour><Interval_End_Hour></Interval_End_Hour>"
            "<Max_Days_Per_Week>1</Max_Days_Per_Week>",
            RuleKind.MOST_DAYS_AT,
            {"number": 1, "slots": slots(*((day, hour) for day in range(2) for hour in (1, 2, 3)))},
        ),
        ("TeachersMaxGapsPerWeek", "<Max_Gaps>3</Max_Gaps>", RuleKind.MOST_GAPS, {"people": ("Ada & Co", "Zoë")}),
        (
            "StudentsMaxGapsPerWeek",
            "<Max_Gaps>0</Max_Gaps>",
            RuleKind.MOST_GAPS,
            {"groups": ("1A x", "1A y", "1B")},
        ),
        (
            "MinDaysBetweenActivities",
            "<Activity_Id>1</Activity_Id><Activity_Id>4</Activity_Id><MinDays>2</MinDays>",
            RuleKind.DAYS_APART,
            {"lessons": ("1",), "number": 2},
        ),
        (
            "ActivityPreferredRooms",
            "<Activity_Id>1</Activity_Id><Preferred_Room>R2</Preferred_Room>",
            RuleKind.IN_ROOMS,
            {"rooms": ("R2",)},
        ),
        (
            "SubjectPreferredRoom",
            "<Subject>Math</Subject><Room>R1</Room>",
            RuleKind.IN_ROOMS,
            {"lessons": ("1", "2", "3")},
        ),
        (
            "StudentsSetMinHoursDaily",
            "<Students>1A</Students><Minimum_Hours_Daily>3</Minimum_Hours_Daily>",
            RuleKind.LEAST_A_DAY,
            {"groups": ("1A x", "1A y"), "number": 3},
        ),
        (
            "MinGapsBetweenActivities",
            "<Activity_Id>1</Activity_Id><Activity_Id>3</Activity_Id><MinGaps>2</MinGaps>",
            RuleKind.PAUSE,
            {"lessons": ("1", "3"), "number": 2},
        ),
        (
            "TwoActivitiesConsecutive",
            "<First_Activity_Id>3</First_Activity_Id><Second_Activity_Id>1</Second_Activity_Id>",
            RuleKind.IN_TURN,
            {"lessons": ("3", "1")},
        ),
        (
            "ActivitiesEndStudentsDay",
            "<Teacher_Name>Zoë</Teacher_Name><Students_Name>1A</Students_Name><Duration>1</Duration>",
            RuleKind.END_OF_DAY,
            {"lessons": ("2",)},
        ),
        (
            "SubjectActivityTagPreferredRooms",
            "<Subject>Math</Subject><Activity_Tag>Lab</Activity_Tag><Preferred_Room>R2</Preferred_Room>",
            RuleKind.IN_ROOMS,
            {"lessons": (), "rooms": ("R2",)},
        ),
        (
            "ActivityPreferredStartingTimes",
            "<Activity_Id>3</Activity_Id><T><Preferred_Starting_Day>Tue</Preferred_Starting_Day>"
            "<Preferred_Starting_Hour>3</Preferred_Starting_Hour></T>",
            RuleKind.START_AT,
            {"slots": slots((1, 2))},
        ),
    ],
)
def test_the_common_rules_are_understood(constraint: str, inside: str, kind: RuleKind, more: dict[str, object]) -> None:
    tag = f"Constraint{constraint}"
    for weight, strength in (("100", Strength.MUST), ("95.5", Strength.KEEP), ("?", Strength.MUST)):
        text = f"<{tag}><Weight_Percentage>{weight}</Weight_Percentage>{inside}</{tag}>"
        rule = read(fet(times=text))[1].rules[0]
        assert (rule.kind, rule.strength) == (kind, strength)
        assert {name: getattr(rule, name) for name in more} == more
    assert read(fet(times=f"<{tag}><Active>false</Active>{inside}</{tag}>"))[1].rules == ()


def test_an_interval_ends_before_its_last_hour_and_names_hours_of_the_file() -> None:
    tag = "ConstraintStudentsIntervalMaxDaysPerWeek"
    hours = "<Interval_Start_Hour>2</Interval_Start_Hour><Interval_End_Hour>{}</Interval_End_Hour>"
    text = f"<{tag}>{hours}<Max_Days_Per_Week>0</Max_Days_Per_Week></{tag}>"
    (rule,) = read(fet(times=text.format("4")))[1].rules
    assert rule.slots == slots(*((day, hour) for day in range(2) for hour in (1, 2)))
    reading = read_fet("ours.fet", fet(times=text.format("9"))).reading
    assert "“2 9” is on no list" in str(reading.report[0].text)


def test_a_home_room_is_for_lessons_that_no_other_rule_gives_a_room() -> None:
    homes = (
        "<ConstraintTeacherHomeRoom><Teacher>Zoë</Teacher><Room>R1</Room></ConstraintTeacherHomeRoom>"
        "<ConstraintStudentsSetHomeRooms><Students>1A</Students><Preferred_Room>R1</Preferred_Room>"
        "<Preferred_Room>R2</Preferred_Room></ConstraintStudentsSetHomeRooms>"
    )
    first, second = read(fet(spaces=SPACES + homes))[1].rules
    assert (first.lessons, first.rooms) == (("1",), ("R1", "R2"))
    assert (second.lessons, second.rooms) == (("2",), ("R1",))
    other = "<ConstraintSubjectPreferredRoom><Subject>Math</Subject><Room>R1</Room></ConstraintSubjectPreferredRoom>"
    assert len(read(fet(spaces=SPACES + homes + other))[1].rules) == 1


def test_a_starting_time_of_less_than_full_weight_is_a_rule_to_keep() -> None:
    text = TIMES.replace("100</Weight_Percentage><Activity_Id>1<", "90</Weight_Percentage><Activity_Id>1<")
    made = read(fet(times=text))[1]
    assert made.lessons[0].start is None
    assert made.rules[0].slots == slots((0, 0))


def test_an_activity_that_is_switched_off_has_no_place() -> None:
    text = TIMES.replace("<Activity_Id>1<", "<Activity_Id>4<")
    assert read(fet(times=text))[1].lessons[0].start is None


@pytest.mark.parametrize(
    ("pieces", "reason"),
    [
        ({"lessons": LESSONS + activity("1", "Zoë", "1B")}, "The activity 1 is there twice."),
        ({"lessons": LESSONS + activity("5", "Nobody", "1B")}, "“Nobody” is on no list of the file."),
        ({"lessons": LESSONS + activity("5", "Zoë", "9Z")}, "“9Z” is on no list"),
        ({"lessons": LESSONS + activity("5", "Zoë", "1B", "<Duration>5</Duration>")}, "duration of this activity"),
        ({"lessons": LESSONS + activity("5", "Zoë", "1B", "<Duration>²</Duration>")}, "duration of this activity"),
        ({"times": TIMES.replace("<Preferred_Hour>1<", "<Preferred_Hour>9<")}, "“Mon 9” is on no list"),
        (
            {
                "times": TIMES.replace("<Preferred_Hour>1<", "<Preferred_Hour>4<"),
                "lessons": LESSONS.replace(">1<", ">2<", 1),
            },
            "does not fit into this day",
        ),
        ({"spaces": SPACES.replace("R1", "R9")}, "“R9” is on no list of the file."),
        (
            {"times": "<ConstraintTeacherMaxGapsPerWeek><Max_Gaps>x</Max_Gaps></ConstraintTeacherMaxGapsPerWeek>"},
            "“x” is no number",
        ),
        (
            {"times": "<ConstraintTeacherNotAvailableTimes><Teacher>R1</Teacher></ConstraintTeacherNotAvailableTimes>"},
            "“R1” is on no list",
        ),
    ],
)
def test_what_does_not_fit_is_told_with_its_line(pieces: dict[str, str], reason: str) -> None:
    assert any(reason in one and int(one.split()[0]) > 7 for one in told(fet(**pieces)))


def test_a_teacher_who_is_listed_without_a_name_is_no_schedule() -> None:
    assert (
        "A person has no name." in told(fet().replace("<Name>Zoë</Name>".encode(), b"").replace("Zoë".encode(), b""))[0]
    )


def test_nothing_moved_gives_the_very_same_file() -> None:
    file, made = read(fet())
    assert fet_bytes(file, made) == fet()


def test_moves_change_only_the_places_of_the_moved() -> None:
    file, made = read(fet())
    first, second, third = made.lessons
    moved = (replace(first, start=Slot(1, 0), room=""), second, replace(third, start=Slot(0, 1), room="R2"))
    data = fet_bytes(file, replace(made, lessons=moved))
    assert b'<ConstraintSecret  odd = "x"><!-- keep me --></ConstraintSecret >' in data
    again, back = read(data)
    assert back.lessons == moved
    assert back.rules == made.rules
    assert fet_bytes(again, replace(back, lessons=made.lessons)).count(b"<Permanently_Locked>false") == 2
    taken_out = replace(made, lessons=(replace(first, start=None), second, third))
    assert read(fet_bytes(file, taken_out))[1].lessons[0].start is None


def test_other_lessons_and_moved_fixed_ones_are_not_written() -> None:
    file, made = read(fet())
    first, second, third = made.lessons
    with pytest.raises(CannotWriteFet, match="not those of the file"):
        fet_bytes(file, replace(made, lessons=(first,)))
    for wrong in (replace(second, start=Slot(0, 2)), replace(second, room="R2")):
        with pytest.raises(CannotWriteFet, match="lesson 2 is fixed"):
            fet_bytes(file, replace(made, lessons=(first, wrong, third)))
    with pytest.raises(CannotWriteFet, match="not those of the file"):
        fet_bytes(read_fet("x.fet", fet(spaces=SPACES.replace("R1", "R9"))), made)


def test_a_file_without_lists_of_rules_is_read_but_takes_no_moves() -> None:
    bare = fet(times="", spaces="").replace(
        b"<Time_Constraints_List></Time_Constraints_List>", b"<Time_Constraints_List/>"
    )
    file, made = read(bare)
    assert fet_bytes(file, made) == bare
    with pytest.raises(CannotWriteFet, match="no list for new times"):
        fet_bytes(file, replace(made, lessons=(replace(made.lessons[0], start=Slot(0, 0)), *made.lessons[1:])))


BOMB = b'<?xml version="1.0"?><!DOCTYPE fet [<!ENTITY a "b">]><fet>&a;</fet>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", r"ours.fet, line 1: The file is broken here"),
        (b"PK\x03\x04", r"line 1: The file is broken here"),
        (b"<html></html>", r"line 1: This is no FET file."),
        (b"<fet>\n<open>\n</fet>", r"line 3: The file is broken here"),
        ("<fet>ä</fet>".encode("latin-1"), r"line 1: The file is broken here"),
        (BOMB, r"line 1: The file declares a document type"),
        (b"<fet>" + b"\n<a>" * 60, r"line 51: The file is nested more than 50 deep"),
        (b" " * 8_000_001, "larger than 8 MB"),
        (b"<fet><Mode>Terms</Mode></fet>", "This mode of FET is not supported"),
        (b"<fet><Days_List></Days_List></fet>", "Days_List. holds no names"),
        (fet(hours="<Name>3</Name>"), "line 5: .Hours_List. holds no names, too many, or one twice"),
        (fet(hours="".join(f"<Name>n{n}</Name>" for n in range(60))), "Hours_List"),
    ],
)
def test_broken_huge_and_hostile_files_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(CannotRead, match=reason):
        read_fet("ours.fet", data)


def test_too_many_elements_and_too_long_a_time_stop_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CannotRead, match="takes too long"):
        xml_tree.tree_of("x", fet(), clock=map(float, count(0, 6)).__next__)
    monkeypatch.setattr(xml_tree, "MOST_ELEMENTS", 5)
    with pytest.raises(CannotRead, match="more than 5 elements"):
        read_fet("ours.fet", fet())


def test_too_many_activities_and_too_many_names_stop_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fet_rules, "MOST_NAMES", 2)
    with pytest.raises(CannotRead, match="name more than 2 things"):
        read_fet(
            "x.fet",
            fet(times="<ConstraintTeachersMaxGapsPerWeek><Max_Gaps>3</Max_Gaps></ConstraintTeachersMaxGapsPerWeek>"),
        )
    monkeypatch.setattr(fet_in, "MOST_LESSONS", 2)
    with pytest.raises(CannotRead, match="more than 2 activities"):
        read_fet("x.fet", fet())
