"""Read a file of FET 5 or 6 (a free timetable program): its week, people, classes, rooms, lessons and rules.

What FET knows and we do not stays in the file's own bytes, which `fet_bytes` writes back untouched. FET has no clock
times and no teams: a period counts `minutes`, and teams are added later. Other modes of FET (mornings and afternoons,
blocks, terms) mean something else by a day and are refused.
"""

import re
from dataclasses import dataclass, replace

from colead.timetable.csv_set import finished
from colead.timetable.fet_rules import FetRules
from colead.timetable.model import Day, Group, Lesson, Period, PeriodKind, Person, Room, Schedule, Slot
from colead.timetable.reading import CannotRead, Reading, Report
from colead.timetable.words import mark, say
from colead.timetable.xml_tree import Node, refusal, tree_of

FIRST = 8 * 60  # FET names periods; the first one starts at eight
MOST_PERIODS, MOST_DAYS, MOST_LESSONS = 60, 60, 20_000
_NUMBER = re.compile(r"[0-9]{1,4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class FetFile:
    """What was read, the bytes it came from, and where the places of lessons stand in them.

    `places` holds (first byte, byte behind, key of the lesson, "time" or "room") of each element that only says where
    a lesson is today; `lists` the places where new ones can be added, before the end of both lists of constraints.
    """

    reading: Reading
    data: bytes
    places: tuple[tuple[int, int, str, str], ...]
    lists: dict[str, int]


def read_fet(file: str, data: bytes, *, minutes: int = 45) -> FetFile:
    """Try a .fet file; rules of an unknown kind are counted in `reading.left_out` and told.

    Refuses with `CannotRead` what is no FET file, a mode we do not read, or a file that is too large or hostile.
    """
    root = tree_of(file, data).first("fet")
    if not root.end:
        raise CannotRead(file, 1, say(mark("This is no FET file.")))
    if root.said("Mode") not in ("", "Official"):
        raise refusal(file, root.first("Mode"), mark("This mode of FET is not supported: only Official is."))
    reader = _Reader(file, root, minutes)
    reading = finished(reader.schedule if reader.report.good else None, root.said("Institution_Name"), reader.report)
    left_out = tuple(sorted(reader.rules.unknown.items()))
    lists = {
        kind: _end(data, root.first(f"{name}_Constraints_List")) for kind, name in (("time", "Time"), ("room", "Space"))
    }
    places = tuple((begin, _behind(data, end), key, kind) for begin, end, key, kind in reader.rules.places)
    return FetFile(replace(reading, left_out=left_out), data, places, lists)


def _end(data: bytes, node: Node) -> int:
    """Find where the closing tag of a list begins; -1 when the file has no such list."""
    return node.end if data[node.end : node.end + 2] == b"</" else -1


def _behind(data: bytes, end: int) -> int:
    """Find the byte behind an element and the line break after it; `end` is where its closing tag begins."""
    behind = data.index(b">", end) + 1
    while data[behind : behind + 1] in (b"\r", b"\n"):
        behind += 1
    return behind


class _Reader:
    def __init__(self, file: str, root: Node, minutes: int) -> None:
        self.file, self.root, self.minutes, self.report = file, root, minutes, Report()
        self.day_names = self._names("Days_List", "Day", MOST_DAYS)
        self.hour_names = self._names("Hours_List", "Hour", MOST_PERIODS)
        self.people = dict.fromkeys(self._named("Teachers_List", "Teacher"))
        self.groups = _groups(root)
        self.rooms = {
            room.said("Name"): Room(room.said("Name"), _whole(room.said("Capacity")))
            for room in root.first("Rooms_List").each("Room")
        }
        self.tags: dict[str, tuple[str, ...]] = {}
        self.lessons = self._lessons()
        self.rules = FetRules(file, self.report, self.day_names, self.hour_names, self.lessons, self.tags)
        self.rules.read(root, list(self.people), self.groups, set(self.rooms))

    def _named(self, listed: str, tag: str) -> list[str]:
        node = self.root.first(listed)
        return [one.said("Name") for one in node.each(tag)]

    def _names(self, listed: str, tag: str, most: int) -> dict[str, int]:
        node = self.root.first(listed)
        names = self._named(listed, tag) or list(node.all("Name"))
        if not 0 < len(names) <= most or len(set(names)) < len(names):
            raise refusal(self.file, node, mark("“%(list)s” holds no names, too many, or one twice."), list=listed)
        return {name: place for place, name in enumerate(names)}

    def _lessons(self) -> dict[str, Lesson]:
        lessons: dict[str, Lesson] = {}
        for node in self.root.first("Activities_List").each("Activity"):
            if node.said("Active") == "false":
                continue
            lesson = self._lesson(node)
            if lesson.key in lessons:
                self.report.wrong(self.file, node.line, mark("The activity %(key)s is there twice."), key=lesson.key)
            lessons[lesson.key] = lesson
            self.tags[lesson.key] = node.all("Activity_Tag")
            if len(lessons) > MOST_LESSONS:
                raise refusal(self.file, node, mark("The file has more than %(most)d activities."), most=MOST_LESSONS)
        return lessons

    def _lesson(self, node: Node) -> Lesson:
        people, groups = tuple(dict.fromkeys(node.all("Teacher"))), tuple(dict.fromkeys(node.all("Students")))
        for name in [*(one for one in people if one not in self.people), *(g for g in groups if g not in self.groups)]:
            self.report.wrong(self.file, node.line, mark("“%(name)s” is on no list of the file."), name=name)
        length = _whole(node.said("Duration"))
        if not 1 <= length <= len(self.hour_names):
            self.report.wrong(self.file, node.line, mark("The duration of this activity does not fit into a day."))
        key, group = node.said("Id"), node.said("Activity_Group_Id")
        return Lesson(key, node.said("Subject"), people, groups, length, set_name=group if group != "0" else "")

    def schedule(self, name: str) -> Schedule:
        self.report.note(
            self.file,
            0,
            mark("FET files have no clock times: each period counts %(minutes)d minutes, from 8:00 on."),
            minutes=self.minutes,
        )
        return Schedule(
            name,
            tuple(self._day(place, day) for day, place in self.day_names.items()),
            tuple(map(Person, self.people)),
            tuple(self.groups.values()),
            tuple(self.rooms.values()),
            tuple(self.rules.lessons.values()),
            rules=tuple(self.rules.rules),
        )

    def _day(self, place: int, name: str) -> Day:
        minutes = min(self.minutes, (24 * 60 - FIRST) // len(self.hour_names))
        return Day(
            name,
            tuple(
                Period(hour, FIRST + n * minutes, FIRST + (n + 1) * minutes, self._kind(Slot(place, n)))
                for hour, n in self.hour_names.items()
            ),
        )

    def _kind(self, slot: Slot) -> PeriodKind:
        return PeriodKind.BREAK if slot in self.rules.breaks else PeriodKind.LESSON


def _groups(root: Node) -> dict[str, Group]:
    """Read years, groups and subgroups; a group may stand in several years."""
    parts: dict[str, set[str]] = {}
    for year in root.first("Students_List").each("Year"):
        _leaves(year, ("Group", "Subgroup"), parts)
    return {name: Group(name, frozenset(leaves - {name})) for name, leaves in parts.items()}


def _leaves(node: Node, below: tuple[str, ...], parts: dict[str, set[str]]) -> set[str]:
    """Collect the smallest parts of a year or group, and of all in it, by their names."""
    name = node.said("Name")
    inner = [_leaves(child, below[1:], parts) for child in node.each(below[0])] if below else []
    leaves = set().union(*inner) or {name}
    parts.setdefault(name, set()).update(leaves)
    return leaves


def _whole(text: str) -> int:
    return int(text) if _NUMBER.fullmatch(text) else 0
