"""What a dry run has to say, line by line, and what is in the timetable it read."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from colead.timetable import Reading, Remark, Schedule, Weight

MOST_LINES = 200  # of a kind; a file that is all wrong is not printed whole


@dataclass(frozen=True)
class Line:
    """One line: the file and row it is about (empty: the whole), what there is to say."""

    where: str
    text: str


@dataclass(frozen=True)
class Report:
    """What is wrong, odd or only told, and how much of it is not shown."""

    wrong: tuple[Line, ...]
    odd: tuple[Line, ...]
    notes: tuple[Line, ...]
    left_out: tuple[tuple[str, int], ...]
    more: int


def report_of(reading: Reading) -> Report:
    """Sort the remarks of a dry run."""
    parts = {weight: [one for one in reading.report if one.weight is weight] for weight in Weight}
    more = sum(max(0, len(part) - MOST_LINES) for part in parts.values())
    shown = {weight: tuple(lines(part)) for weight, part in parts.items()}
    return Report(shown[Weight.WRONG], shown[Weight.ODD], shown[Weight.NOTE], reading.left_out, more)


def lines(remarks: Iterable[Remark]) -> Iterable[Line]:
    """Say remarks in the reader's language, as many as one can read."""
    return (Line(_where(one), one.text.read(_)) for one in islice(remarks, MOST_LINES))


def _where(remark: Remark) -> str:
    if not remark.file:
        return ""
    return _("%(file)s, line %(row)s") % {"file": remark.file, "row": remark.row} if remark.row else remark.file


def facts_of(schedule: Schedule | None) -> tuple[tuple[str, int], ...]:
    """Count what is in a timetable."""
    if not schedule:
        return ()
    return (
        (_("Days in the cycle"), len(schedule.days)),
        (_("People"), len(schedule.people)),
        (_("Classes and groups"), len(schedule.groups)),
        (_("Rooms"), len(schedule.rooms)),
        (_("Lessons, duties and meetings"), len(schedule.lessons)),
        (_("Teams"), len(schedule.teams)),
        (_("Rules"), len(schedule.rules)),
    )
