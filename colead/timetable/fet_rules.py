"""Turn FET's constraints into rules of ours, and count the kinds we do not know.

A weight below 100 % is a rule to keep where today's schedule keeps it. Constraints that are switched off, and the two
basic ones, say nothing. A starting time or room of one lesson with full weight is where the lesson is today; FET's
“permanently locked” makes it fixed.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from colead.timetable.model import Lesson, Rule, RuleKind, Slot, Source, Strength
from colead.timetable.reading import Report
from colead.timetable.words import mark
from colead.timetable.xml_tree import Node, refusal

_BASIC = {"ConstraintBasicCompulsoryTime", "ConstraintBasicCompulsorySpace"}
_PLACE = {"ConstraintActivityPreferredStartingTime": "time", "ConstraintActivityPreferredRoom": "room"}
# Kind, where the owner stands (“*people”, “*groups”: everyone), where the number stands.
_OWNED = {
    "ConstraintTeacherNotAvailableTimes": (RuleKind.AWAY, "Teacher", ""),
    "ConstraintStudentsSetNotAvailableTimes": (RuleKind.CLASS_AWAY, "Students", ""),
    "ConstraintRoomNotAvailableTimes": (RuleKind.ROOM_AWAY, "Room", ""),
    "ConstraintTeacherMaxDaysPerWeek": (RuleKind.MOST_DAYS, "Teacher_Name", "Max_Days_Per_Week"),
    "ConstraintTeachersMaxDaysPerWeek": (RuleKind.MOST_DAYS, "*people", "Max_Days_Per_Week"),
    "ConstraintTeacherMaxGapsPerWeek": (RuleKind.MOST_GAPS, "Teacher_Name", "Max_Gaps"),
    "ConstraintTeachersMaxGapsPerWeek": (RuleKind.MOST_GAPS, "*people", "Max_Gaps"),
    "ConstraintStudentsSetMaxGapsPerWeek": (RuleKind.MOST_GAPS, "Students", "Max_Gaps"),
    "ConstraintStudentsMaxGapsPerWeek": (RuleKind.MOST_GAPS, "*groups", "Max_Gaps"),
    "ConstraintTeacherMaxHoursDaily": (RuleKind.MOST_A_DAY, "Teacher_Name", "Maximum_Hours_Daily"),
    "ConstraintTeachersMaxHoursDaily": (RuleKind.MOST_A_DAY, "*people", "Maximum_Hours_Daily"),
    "ConstraintStudentsSetMaxHoursDaily": (RuleKind.MOST_A_DAY, "Students", "Maximum_Hours_Daily"),
    "ConstraintStudentsMaxHoursDaily": (RuleKind.MOST_A_DAY, "*groups", "Maximum_Hours_Daily"),
    "ConstraintTeacherMaxHoursContinuously": (RuleKind.MOST_IN_A_ROW, "Teacher_Name", "Maximum_Hours_Continuously"),
}
_LESSONS = {
    "ConstraintMinDaysBetweenActivities": RuleKind.DAYS_APART,
    "ConstraintActivitiesSameStartingTime": RuleKind.SAME_START,
    "ConstraintActivitiesNotOverlapping": RuleKind.NOT_AT_ONCE,
    "ConstraintActivityPreferredStartingTimes": RuleKind.START_AT,
    "ConstraintActivityPreferredRooms": RuleKind.IN_ROOMS,
    "ConstraintActivityPreferredStartingTime": RuleKind.START_AT,
    "ConstraintActivityPreferredRoom": RuleKind.IN_ROOMS,
}
_SUBJECTS = {"ConstraintSubjectPreferredRoom", "ConstraintSubjectPreferredRooms"}
_FULL = 100.0
MOST_NAMES = 500_000  # people, classes and lessons in all rules together
_NUMBER = re.compile(r"[0-9]{1,4}", re.ASCII)


class FetRules:
    """What the two lists of constraints say."""

    def __init__(
        self, file: str, report: Report, days: dict[str, int], hours: dict[str, int], lessons: dict[str, Lesson]
    ) -> None:
        self.file, self.report, self.days, self.hours = file, report, days, hours
        self.lessons = dict(lessons)
        self.rules: list[Rule] = []
        self.breaks: set[Slot] = set()
        self.unknown: Counter[str] = Counter()
        self.names = 0
        self.places: list[tuple[int, int, str, str]] = []

    def read(self, root: Node, people: list[str], groups: list[str], rooms: set[str]) -> None:
        """Read both lists, then tell which kinds were left out."""
        self.people, self.groups, self.rooms = dict.fromkeys(people), dict.fromkeys(groups), rooms
        self.everyone, self.every_group = tuple(self.people), tuple(self.groups)
        self.by_subject: dict[str, list[str]] = {}
        for key, lesson in self.lessons.items():
            self.by_subject.setdefault(lesson.subject, []).append(key)
        for listed in ("Time_Constraints_List", "Space_Constraints_List"):
            for node in root.first(listed).children:
                if node.tag not in _BASIC and node.said("Active") != "false":
                    self._take(node)
        for kind, count in sorted(self.unknown.items()):
            template = mark(
                "We do not know the rule %(kind)s (%(count)d times): results do not heed it; it stays in the file."
            )
            self.report.odd(self.file, 0, template, kind=kind, count=count)

    def _take(self, node: Node) -> None:
        if node.tag in _PLACE and _weight(node) >= _FULL:
            self._place(node, _PLACE[node.tag])
        elif node.tag == "ConstraintBreakTimes":
            self.breaks |= self._slots(node)
        elif node.tag in _OWNED:
            self._owned(node, *_OWNED[node.tag])
        elif node.tag in _LESSONS:
            self._rule(node, _LESSONS[node.tag], lessons=self._known(node.all("Activity_Id"), self.lessons))
        elif node.tag in _SUBJECTS:
            self._rule(node, RuleKind.IN_ROOMS, lessons=tuple(self.by_subject.get(node.said("Subject"), ())))
        else:
            self.unknown[node.tag] += 1

    def _place(self, node: Node, kind: str) -> None:
        """Put a lesson where it is today; a lesson that is switched off has no place."""
        key = node.said("Activity_Id")
        if lesson := self.lessons.get(key):
            fixed = node.said("Permanently_Locked") == "true"
            self.lessons[key] = (
                self._timed(node, lesson, fixed) if kind == "time" else self._roomed(node, lesson, fixed)
            )
            if not fixed:
                self.places.append((node.begin, node.end, key, kind))

    def _timed(self, node: Node, lesson: Lesson, fixed: bool) -> Lesson:
        slots = self._slots(node)
        if slots and min(slots).period + lesson.length <= len(self.hours):
            return replace(lesson, start=min(slots), fixed_time=fixed or lesson.fixed_time)
        self.report.wrong(
            self.file, node.line, mark("The activity %(key)s does not fit into this day."), key=lesson.key
        )
        return lesson

    def _roomed(self, node: Node, lesson: Lesson, fixed: bool) -> Lesson:
        if (room := node.said("Room")) in self.rooms:
            return replace(lesson, room=room, fixed_room=fixed or lesson.fixed_room)
        self._stranger(node, room)
        return lesson

    def _owned(self, node: Node, kind: RuleKind, owner: str, number: str) -> None:
        count = node.said(number) if number else "0"
        if not _NUMBER.fullmatch(count):
            return self.report.wrong(self.file, node.line, mark("“%(text)s” is no number we can use."), text=count)
        if owner == "*people":
            return self._rule(node, kind, people=self.everyone, number=int(count))
        if owner == "*groups":
            return self._rule(node, kind, groups=self.every_group, number=int(count))
        name = node.said(owner, owner.removesuffix("_Name"))
        if name in self.people and owner.startswith("Teacher"):
            self._rule(node, kind, people=(name,), number=int(count))
        elif name in self.groups and owner == "Students":
            self._rule(node, kind, groups=(name,), number=int(count))
        elif name in self.rooms and owner == "Room":
            self._rule(node, kind, rooms=(name,))
        else:
            self._stranger(node, name)
        return None

    def _stranger(self, node: Node, name: str) -> None:
        self.report.wrong(self.file, node.line, mark("“%(name)s” is on no list of the file."), name=name)

    def _known(self, names: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for name in names if name in known))

    def _rule(
        self,
        node: Node,
        kind: RuleKind,
        *,
        people: tuple[str, ...] = (),
        groups: tuple[str, ...] = (),
        rooms: tuple[str, ...] = (),
        lessons: tuple[str, ...] = (),
        number: int = 0,
    ) -> None:
        days = node.said("MinDays")
        self.names += 1 + len(people) + len(groups) + len(lessons)
        if self.names > MOST_NAMES:
            raise refusal(
                self.file, node, mark("The rules of the file name more than %(most)d things."), most=MOST_NAMES
            )
        self.rules.append(
            Rule(
                f"{self.file} {node.line}",
                kind,
                Strength.MUST if _weight(node) >= _FULL else Strength.KEEP,
                Source.FILE,
                people,
                groups,
                rooms or self._known((*node.all("Preferred_Room"), *node.all("Room")), self.rooms),
                lessons,
                frozenset(self._slots(node)),
                int(days) if _NUMBER.fullmatch(days) else number,
            )
        )

    def _slots(self, node: Node) -> set[Slot]:
        """Find the times a constraint names: they stand in it or one level below, under several names."""
        slots = set()
        for place in (node, *(child for child in node.children if child.children)):
            day, hour = place.said("Day", "Preferred_Day", "Preferred_Starting_Day"), _hour(place)
            if day in self.days and hour in self.hours:
                slots.add(Slot(self.days[day], self.hours[hour]))
            elif day or hour:
                self._stranger(place, f"{day} {hour}")
        return slots


def _hour(node: Node) -> str:
    return node.said("Hour", "Preferred_Hour", "Preferred_Starting_Hour")


def _weight(node: Node) -> float:
    """Read the weight in percent; without a number it counts in full, so that nothing is made softer than meant."""
    text = node.said("Weight_Percentage")
    return float(text) if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,9})?", text, re.ASCII) else _FULL
