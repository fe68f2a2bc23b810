"""Write a schedule as the set of CSV files that `read_csv_set` reads; what comes back is equal."""

from collections.abc import Iterable, Iterator

from colead.timetable.csv_set import COLUMNS
from colead.timetable.csvs import csv_bytes
from colead.timetable.model import Lesson, Schedule, Slot
from colead.timetable.words import clock

Cells = list[str | int]


def csv_set(schedule: Schedule) -> dict[str, bytes]:
    """Write the seven files by their names. A semicolon in a name becomes a comma, since it parts lists."""
    rows: dict[str, Iterable[Cells]] = {
        "bell.csv": _bell(schedule),
        "staff.csv": ([_one(person.name), person.role.value] for person in schedule.people),
        "groups.csv": ([_one(group.name), _list(sorted(group.parts))] for group in schedule.groups),
        "rooms.csv": ([_one(room.name), room.capacity, room.kind] for room in schedule.rooms),
        "teams.csv": _teams(schedule),
        "lessons.csv": (_lesson(schedule, lesson) for lesson in schedule.lessons),
        "rules.csv": _rules(schedule),
    }
    return {file: csv_bytes([*COLUMNS[file][0], *COLUMNS[file][1]], rows[file]) for file in COLUMNS}


def _one(name: str) -> str:
    return name.replace(";", ",")


def _list(names: Iterable[str]) -> str:
    return "; ".join(_one(name) for name in names)


def _bell(schedule: Schedule) -> Iterator[Cells]:
    for day in schedule.days:
        for period in day.periods:
            yield [
                _one(day.name),
                _one(period.name),
                clock(period.start),
                clock(period.end),
                day.week,
                period.kind.value,
            ]


def _times(schedule: Schedule, slots: Iterable[Slot]) -> str:
    return _list(schedule.when(slot) for slot in sorted(slots))


def _teams(schedule: Schedule) -> Iterator[Cells]:
    for team in schedule.teams:
        blocks = [team.minutes, team.least_block, team.longest_block, team.most_blocks]
        floor = "" if team.planning_floor is None else team.planning_floor
        window = _times(schedule, team.window)
        yield [_one(team.name), _list(team.members), _list(team.guests), *blocks, window, floor]


def _lesson(schedule: Schedule, lesson: Lesson) -> Cells:
    return [
        *_place(schedule, lesson),
        lesson.subject,
        _list(lesson.people),
        _list(lesson.groups),
        schedule.days[lesson.start.day].week if lesson.start else "",
        lesson.key,
        _one(lesson.room),
        _list(lesson.pool),
        lesson.kind.value,
        {(0, 0): "", (1, 0): "time", (0, 1): "room", (1, 1): "yes"}[lesson.fixed_time, lesson.fixed_room],
        lesson.length,
        lesson.set_name,
        _one(lesson.team),
    ]


def _place(schedule: Schedule, lesson: Lesson) -> Cells:
    if not lesson.slots:
        return ["", "", ""]
    first, last = schedule.period(lesson.slots[0]), schedule.period(lesson.slots[-1])
    return [_one(schedule.days[lesson.slots[0].day].name), clock(first.start), clock(last.end)]


def _rules(schedule: Schedule) -> Iterator[Cells]:
    for rule in schedule.rules:
        lists = [_list(names) for names in (rule.people, rule.groups, rule.rooms, rule.lessons)]
        words = [rule.kind.value, rule.key, rule.strength.value, rule.source.value]
        yield [*words, *lists, _times(schedule, rule.slots), rule.number, rule.block]
