"""What reading a file yields: a schedule or none, a report line by line; and how a whole file is refused."""

from dataclasses import dataclass
from enum import StrEnum

from colead.timetable.model import Schedule
from colead.timetable.words import Said, say


class Weight(StrEnum):
    """How much a line of a report matters: it stops the import, it is odd, it is only told."""

    WRONG = "wrong"
    ODD = "odd"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Remark:
    """One line of a report; `row` is the line in the file, 0 for the file as a whole."""

    weight: Weight
    file: str
    row: int
    text: Said


@dataclass(frozen=True, slots=True)
class Reading:
    """A dry run: the schedule as it would be (none when anything is wrong), and what there is to say, in order.

    `left_out` counts the kinds of rules in the file that nobody here understands; results do not heed them.
    """

    schedule: Schedule | None
    report: tuple[Remark, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()

    @property
    def wrong(self) -> tuple[Remark, ...]:
        return tuple(remark for remark in self.report if remark.weight is Weight.WRONG)


class CannotRead(ValueError):
    """Refuse a whole file: its name, the line where reading stopped (0: none), the reason."""

    def __init__(self, file: str, row: int, reason: Said) -> None:
        super().__init__(f"{file}, line {row}: {reason}" if row else f"{file}: {reason}")
        self.file, self.row, self.reason = file, row, reason


class Report:
    """Collect remarks while reading."""

    def __init__(self) -> None:
        self.remarks: list[Remark] = []

    def wrong(self, file: str, row: int, template: str, **facts: str | int) -> None:
        self.remarks.append(Remark(Weight.WRONG, file, row, say(template, **facts)))

    def odd(self, file: str, row: int, template: str, **facts: str | int) -> None:
        self.remarks.append(Remark(Weight.ODD, file, row, say(template, **facts)))

    def note(self, file: str, row: int, template: str, **facts: str | int) -> None:
        self.remarks.append(Remark(Weight.NOTE, file, row, say(template, **facts)))

    @property
    def good(self) -> bool:
        return all(remark.weight is not Weight.WRONG for remark in self.remarks)
