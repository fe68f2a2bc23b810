"""Schedules: read them, check them, see who has time together, write them out. Pure: no Django, no solver, no clock.

What other rooms use stands in the list of names below. Workbooks are opened in the room above, which hands their rows
to `read_grid`. A solver gets a module of its own: it takes and gives a `Schedule`, and `check` judges what it found.
"""

from colead.timetable.ceiling import Ceiling, Limit, SetBy, ceilings
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
from colead.timetable.together import Block, PersonTime, TeamTime, heat, never_free_together, person_times, team_times
from colead.timetable.visits import directions, match_visits
from colead.timetable.wishes import (
    Door,
    Match,
    NotMatched,
    Opening,
    Unmet,
    Visit,
    Wish,
    free_slots,
    watched,
    with_openings,
)
from colead.timetable.wording import called, sentence
from colead.timetable.words import Said

__all__ = [
    "GOAL",
    "Block",
    "Broken",
    "CannotRead",
    "CannotWriteFet",
    "Ceiling",
    "Day",
    "Door",
    "FetFile",
    "Group",
    "Lesson",
    "LessonKind",
    "Limit",
    "Match",
    "NotASchedule",
    "NotMatched",
    "Opening",
    "Period",
    "PeriodKind",
    "Person",
    "PersonTime",
    "Reading",
    "Remark",
    "Role",
    "Room",
    "Rule",
    "RuleKind",
    "Said",
    "Schedule",
    "SetBy",
    "Slot",
    "Source",
    "Strength",
    "Team",
    "TeamTime",
    "Unmet",
    "Visit",
    "Weight",
    "Wish",
    "called",
    "ceilings",
    "check",
    "csv_set",
    "directions",
    "fet_bytes",
    "free_slots",
    "heat",
    "match_visits",
    "never_free_together",
    "newly_broken",
    "person_times",
    "read_csv_set",
    "read_fet",
    "read_grid",
    "rows_of",
    "sentence",
    "team_times",
    "watched",
    "with_openings",
]
