"""Pack what the pure room knows into JSON for a column, and back. What was packed by us is trusted to be whole."""

from typing import Any

from pydantic import TypeAdapter

from colead.timetable import Remark, Schedule

_SCHEDULE = TypeAdapter(Schedule)
_REMARKS = TypeAdapter(tuple[Remark, ...])


def packed(schedule: Schedule) -> Any:
    """Return a schedule as JSON holds it."""
    return _SCHEDULE.dump_python(schedule, mode="json")


def unpacked(stored: Any) -> Schedule:
    """Return the schedule that was packed; refuses with pydantic's ValidationError what is none."""
    return _SCHEDULE.validate_python(stored)


def packed_remarks(remarks: tuple[Remark, ...]) -> Any:
    """Return the lines of a report as JSON holds them."""
    return _REMARKS.dump_python(remarks, mode="json")


def unpacked_remarks(stored: Any) -> tuple[Remark, ...]:
    """Return the lines of a report that were packed."""
    return _REMARKS.validate_python(stored)
