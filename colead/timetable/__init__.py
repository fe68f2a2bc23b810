"""Schedules: read them, check them, see who has time together, write them out. Pure: no Django, no solver, no clock.

What other rooms use stands in `__all__`. Workbooks are read in the room above: hand their rows to `read_grid`.
"""

from colead.timetable.checking import Broken, check, newly_broken
from colead.timetable.csv_out import csv_set
from colead.timetable.csv_set import read_csv_set
from colead.timetable.csvs import rows_of
from colead.timetable.fet_in import FetFile, read_fet
from colead.timetable.fet_out import CannotWriteFet, fet_bytes
from colead.timetable.grid import read_grid
from colead.timetable.model import (
    GOAL,
    Day,
    Group,
    Lesson,
    LessonKind,
    NotASchedule,
    Period,
    PeriodKind,
    Person,
    Role,
    Room,
    Rule,
    RuleKind,
    Schedule,
    Slot,
    Source,
    Strength,
    Team,
)
from colead.timetable.reading import CannotRead, Reading, Remark, Weight
from colead.timetable.wording import called, sentence
from colead.timetable.words import Said

__all__ = [
    "GOAL",
    "Broken",
    "CannotRead",
    "CannotWriteFet",
    "Day",
    "FetFile",
    "Group",
    "Lesson",
    "LessonKind",
    "NotASchedule",
    "Period",
    "PeriodKind",
    "Person",
    "Reading",
    "Remark",
    "Role",
    "Room",
    "Rule",
    "RuleKind",
    "Said",
    "Schedule",
    "Slot",
    "Source",
    "Strength",
    "Team",
    "Weight",
    "called",
    "check",
    "csv_set",
    "fet_bytes",
    "newly_broken",
    "read_csv_set",
    "read_fet",
    "read_grid",
    "rows_of",
    "sentence",
]
