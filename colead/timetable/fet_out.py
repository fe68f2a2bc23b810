"""Write a schedule back into the .fet file it came from: only the places of moved lessons change.

All else keeps its bytes: rules we do not know, comments, even spaces. Nothing moved gives the very same file.
"""

from xml.sax.saxutils import escape

from colead.timetable.fet_in import FetFile
from colead.timetable.model import Lesson, Schedule

_TIME = """<ConstraintActivityPreferredStartingTime>
\t<Weight_Percentage>100</Weight_Percentage>
\t<Activity_Id>{key}</Activity_Id>
\t<Preferred_Day>{day}</Preferred_Day>
\t<Preferred_Hour>{hour}</Preferred_Hour>
\t<Permanently_Locked>false</Permanently_Locked>
\t<Active>true</Active>
\t<Comments></Comments>
</ConstraintActivityPreferredStartingTime>
"""
_ROOM = """<ConstraintActivityPreferredRoom>
\t<Weight_Percentage>100</Weight_Percentage>
\t<Activity_Id>{key}</Activity_Id>
\t<Room>{room}</Room>
\t<Permanently_Locked>false</Permanently_Locked>
\t<Active>true</Active>
\t<Comments></Comments>
</ConstraintActivityPreferredRoom>
"""


class CannotWriteFet(ValueError):
    """Refuse to write: the schedule holds something that the file has no place for; the text says what."""


def fet_bytes(file: FetFile, schedule: Schedule) -> bytes:
    """Write the file with the times and rooms of `schedule` as locks that FET may lift.

    Lessons must be those of the file; refuses with `CannotWriteFet` others, and a fixed lesson that was moved.
    """
    before = file.reading.schedule
    if before is None or before.by_key.keys() != schedule.by_key.keys():
        raise CannotWriteFet("The lessons are not those of the file.")
    moved = {
        "time": [one for one in schedule.lessons if one.start != _fixed(before, one).start],
        "room": [one for one in schedule.lessons if one.room != before.by_key[one.key].room],
    }
    return _spliced(file, {kind: {one.key for one in some} for kind, some in moved.items()}, _added(schedule, moved))


def _fixed(before: Schedule, lesson: Lesson) -> Lesson:
    old = before.by_key[lesson.key]
    if (old.fixed_time and old.start != lesson.start) or (old.fixed_room and old.room != lesson.room):
        raise CannotWriteFet(f"The lesson {lesson.key} is fixed in the file and was moved.")
    return old


def _added(schedule: Schedule, moved: dict[str, list[Lesson]]) -> dict[str, str]:
    return {
        "time": "".join(_time(schedule, lesson) for lesson in moved["time"]),
        "room": "".join(_ROOM.format(key=escape(one.key), room=escape(one.room)) for one in moved["room"] if one.room),
    }


def _time(schedule: Schedule, lesson: Lesson) -> str:
    if lesson.start is None:
        return ""
    day, hour = schedule.days[lesson.start.day].name, schedule.period(lesson.start).name
    return _TIME.format(key=escape(lesson.key), day=escape(day), hour=escape(hour))


def _spliced(file: FetFile, gone: dict[str, set[str]], added: dict[str, str]) -> bytes:
    cuts = [(begin, behind, b"") for begin, behind, key, kind in file.places if key in gone[kind]]
    for kind, text in added.items():
        if text and file.lists[kind] < 0:
            raise CannotWriteFet("The file has no list for new times or rooms.")
        cuts.append((file.lists[kind], file.lists[kind], text.encode()))
    pieces: list[bytes] = []
    done = 0
    for begin, behind, new in sorted(cut for cut in cuts if cut[0] >= 0):
        pieces += [file.data[done:begin], new]
        done = behind
    return b"".join([*pieces, file.data[done:]])
