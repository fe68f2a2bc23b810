"""Turn FET's constraints into rules of ours, and count the kinds we do not know.

A weight below 100 % is a rule to keep where today's schedule keeps it. Constraints that are switched off, and the two
basic ones, say nothing. A starting time or room of one lesson with full weight is where the lesson is today; FET's
“permanently locked” makes it fixed.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from colead.timetable.fet_kinds import BASIC, FILTERED, HOMES, LESSONS, OWNED, PAIRS, PLACE
from colead.timetable.model import Group, Lesson, Rule, RuleKind, Slot, Source, Strength
from colead.timetable.reading import Report
from colead.timetable.words import mark
from colead.timetable.xml_tree import Node, refusal

_FULL = 100.0
MOST_NAMES = 500_000  # people, classes and lessons in all rules together
_NUMBER = re.compile(r"[0-9]{1,4}", re.ASCII)


class FetRules:
    """What the two lists of constraints say."""

    def __init__(
        self,
        file: str,
        report: Report,
        days: dict[str, int],
        hours: dict[str, int],
        lessons: dict[str, Lesson],
        tags: Mapping[str, tuple[str, ...]],
    ) -> None:
        self.file, self.report, self.days, self.hours = file, report, days, hours
        self.lessons, self.tags = dict(lessons), tags
        self.homes: dict[tuple[str, str], set[str]] = {}
        self.rules: list[Rule] = []
        self.breaks: set[Slot] = set()
        self.unknown: Counter[str] = Counter()
        self.names = 0
        self.places: list[tuple[int, int, str, str]] = []

    def read(self, root: Node, people: list[str], groups: dict[str, Group], rooms: set[str]) -> None:
        """Read both lists, then tell which kinds were left out."""
        self.people, self.groups, self.rooms = dict.fromkeys(people), groups, rooms
        self.everyone = tuple(self.people)
        self.every_part = tuple(name for name, group in groups.items() if not group.parts)
        for listed in ("Time_Constraints_List", "Space_Constraints_List"):
            for node in root.first(listed).children:
                if node.tag not in BASIC and node.said("Active") != "false":
                    self._take(node)
        self._send_home()
        for kind, count in sorted(self.unknown.items()):
            template = mark(
                "We do not know the rule %(kind)s (%(count)d times): results do not heed it; it stays in the file."
            )
            self.report.odd(self.file, 0, template, kind=kind, count=count)

    def _take(self, node: Node) -> None:
        if node.tag in PLACE and _weight(node) >= _FULL:
            self._place(node, PLACE[node.tag])
        elif node.tag == "ConstraintBreakTimes":
            self.breaks |= self._slots(node)
        elif node.tag in OWNED:
            self._owned(node, *OWNED[node.tag])
        elif node.tag in LESSONS:
            self._rule(node, LESSONS[node.tag], lessons=self._known(node.all("Activity_Id"), self.lessons))
        elif node.tag in PAIRS:
            both = (node.said("First_Activity_Id"), node.said("Second_Activity_Id"))
            self._rule(node, PAIRS[node.tag], lessons=self._known(both, self.lessons))
        elif node.tag in FILTERED:
            self._rule(node, FILTERED[node.tag], lessons=tuple(self._filtered(node)))
        elif node.tag in HOMES and _weight(node) >= _FULL:
            owner = HOMES[node.tag], node.said(HOMES[node.tag])
            self.homes.setdefault(owner, set()).update(self._rooms(node))
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
            return self._rule(node, kind, groups=self.every_part, number=int(count))
        name = node.said(owner, owner.removesuffix("_Name"))
        if name in self.people and owner.startswith("Teacher"):
            self._rule(node, kind, people=(name,), number=int(count))
        elif name in self.groups and owner == "Students":
            # FET counts for each smallest part of a class; times away are the same for all of them.
            parts = sorted(self.groups[name].leaves & self.groups.keys()) if number else [name]
            self._rule(node, kind, groups=tuple(parts), number=int(count))
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
        count = node.said("MinDays", "MinGaps")
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
                rooms or self._rooms(node),
                lessons,
                frozenset(self._slots(node)),
                int(count) if _NUMBER.fullmatch(count) else number,
            )
        )

    def _rooms(self, node: Node) -> tuple[str, ...]:
        return self._known((*node.all("Preferred_Room"), *node.all("Room")), self.rooms)

    def _filtered(self, node: Node) -> Iterator[str]:
        """Find the lessons that a constraint describes; what it leaves empty counts for all."""
        who, subject = node.said("Teacher_Name", "Teacher"), node.said("Subject_Name", "Subject")
        tag, length = node.said("Activity_Tag_Name", "Activity_Tag"), node.said("Duration")
        group = self.groups.get(node.said("Students_Name", "Students"))
        for key, lesson in self.lessons.items():
            fits = [
                not who or who in lesson.people,
                not subject or subject == lesson.subject,
                not tag or tag in self.tags.get(key, ()),
                not length or length == str(lesson.length),
                group is None or any(self.groups[name].leaves & group.leaves for name in lesson.groups),
            ]
            if all(fits):
                yield key

    def _send_home(self) -> None:
        """Give the home rooms of its one teacher or one class to each lesson that no other rule gives a room."""
        roomed = {key for rule in self.rules if rule.kind is RuleKind.IN_ROOMS for key in rule.lessons}
        together: dict[tuple[str, ...], list[str]] = {}
        for key, lesson in self.lessons.items():
            owners = [("Teacher", lesson.people), ("Students", lesson.groups)]
            homes = [self.homes.get((kind, names[0]), set()) for kind, names in owners if len(names) == 1]
            if key not in roomed and lesson.room in (either := set[str]().union(*homes)):
                together.setdefault(tuple(sorted(either)), []).append(key)
        for rooms, keys in together.items():
            key = f"{self.file} home {' '.join(rooms)}"
            self.rules.append(Rule(key, RuleKind.IN_ROOMS, source=Source.FILE, rooms=rooms, lessons=tuple(keys)))

    def _slots(self, node: Node) -> set[Slot]:
        """Find the times a constraint names: they stand in it or one level below, under several names."""
        slots = self._interval(node)
        for place in (node, *(child for child in node.children if child.children)):
            day, hour = place.said("Day", "Preferred_Day", "Preferred_Starting_Day"), _hour(place)
            if day in self.days and hour in self.hours:
                slots.add(Slot(self.days[day], self.hours[hour]))
            elif day or hour:
                self._stranger(place, f"{day} {hour}")
        return slots

    def _interval(self, node: Node) -> set[Slot]:
        """Find the times on all days from an hour on; up to another one, or to the end of the day."""
        first, last = node.said("Interval_Start_Hour"), node.said("Interval_End_Hour")
        if not first:
            return set()
        if not {first, last} <= {"", *self.hours}:
            self._stranger(node, f"{first} {last}".strip())
            return set()
        hours = range(self.hours[first], self.hours[last] if last else len(self.hours))
        return {Slot(day, hour) for day in self.days.values() for hour in hours}


def _hour(node: Node) -> str:
    return node.said("Hour", "Preferred_Hour", "Preferred_Starting_Hour")


def _weight(node: Node) -> float:
    """Read the weight in percent; without a number it counts in full, so that nothing is made softer than meant."""
    text = node.said("Weight_Percentage")
    return float(text) if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,9})?", text, re.ASCII) else _FULL
