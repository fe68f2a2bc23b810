"""FET's names of constraints and which rule of ours each becomes."""

from colead.timetable.model import RuleKind

BASIC = {"ConstraintBasicCompulsoryTime", "ConstraintBasicCompulsorySpace"}
PLACE = {"ConstraintActivityPreferredStartingTime": "time", "ConstraintActivityPreferredRoom": "room"}

_AWAY = {
    "ConstraintTeacherNotAvailableTimes": (RuleKind.AWAY, "Teacher", ""),
    "ConstraintStudentsSetNotAvailableTimes": (RuleKind.CLASS_AWAY, "Students", ""),
    "ConstraintRoomNotAvailableTimes": (RuleKind.ROOM_AWAY, "Room", ""),
}
_COUNTS = {
    "MaxDaysPerWeek": (RuleKind.MOST_DAYS, "Max_Days_Per_Week"),
    "IntervalMaxDaysPerWeek": (RuleKind.MOST_DAYS_AT, "Max_Days_Per_Week"),
    "MaxGapsPerWeek": (RuleKind.MOST_GAPS, "Max_Gaps"),
    "MaxGapsPerDay": (RuleKind.GAPS_A_DAY, "Max_Gaps"),
    "MaxHoursDaily": (RuleKind.MOST_A_DAY, "Maximum_Hours_Daily"),
    "MinHoursDaily": (RuleKind.LEAST_A_DAY, "Minimum_Hours_Daily"),
    "MaxHoursContinuously": (RuleKind.MOST_IN_A_ROW, "Maximum_Hours_Continuously"),
    "EarlyMaxBeginningsAtSecondHour": (RuleKind.LATE_STARTS, "Max_Beginnings_At_Second_Hour"),
}
# Whom a count is about: the start of the name, and where the owner stands (“*people”, “*groups”: everyone).
_OWNERS = {"Teacher": "Teacher_Name", "Teachers": "*people", "StudentsSet": "Students", "Students": "*groups"}

# Kind, where the owner stands, where the number stands.
OWNED = _AWAY | {
    f"Constraint{who}{what}": (kind, owner, number)
    for who, owner in _OWNERS.items()
    for what, (kind, number) in _COUNTS.items()
}
# Lessons by their numbers.
LESSONS = {
    "ConstraintMinDaysBetweenActivities": RuleKind.DAYS_APART,
    "ConstraintMinGapsBetweenActivities": RuleKind.PAUSE,
    "ConstraintActivitiesSameStartingTime": RuleKind.SAME_START,
    "ConstraintActivitiesSameStartingDay": RuleKind.SAME_DAY,
    "ConstraintActivitiesNotOverlapping": RuleKind.NOT_AT_ONCE,
    "ConstraintActivityPreferredStartingTimes": RuleKind.START_AT,
    "ConstraintActivityPreferredTimeSlots": RuleKind.WITHIN,
    "ConstraintActivityPreferredRooms": RuleKind.IN_ROOMS,
    "ConstraintActivityPreferredStartingTime": RuleKind.START_AT,
    "ConstraintActivityPreferredRoom": RuleKind.IN_ROOMS,
    "ConstraintActivityEndsStudentsDay": RuleKind.END_OF_DAY,
}
PAIRS = {"ConstraintTwoActivitiesConsecutive": RuleKind.IN_TURN}
# Lessons by teacher, class, subject, tag and length.
FILTERED = {
    "ConstraintActivitiesPreferredStartingTimes": RuleKind.START_AT,
    "ConstraintActivitiesPreferredTimeSlots": RuleKind.WITHIN,
    "ConstraintActivitiesEndStudentsDay": RuleKind.END_OF_DAY,
    "ConstraintSubjectPreferredRoom": RuleKind.IN_ROOMS,
    "ConstraintSubjectPreferredRooms": RuleKind.IN_ROOMS,
    "ConstraintSubjectActivityTagPreferredRoom": RuleKind.IN_ROOMS,
    "ConstraintSubjectActivityTagPreferredRooms": RuleKind.IN_ROOMS,
    "ConstraintActivityTagPreferredRoom": RuleKind.IN_ROOMS,
    "ConstraintActivityTagPreferredRooms": RuleKind.IN_ROOMS,
}
# Rooms for lessons that no other rule gives one.
HOMES = {
    "ConstraintTeacherHomeRoom": "Teacher",
    "ConstraintTeacherHomeRooms": "Teacher",
    "ConstraintStudentsSetHomeRoom": "Students",
    "ConstraintStudentsSetHomeRooms": "Students",
}
