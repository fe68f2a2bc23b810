"""What a team agreed on for working together, and the meetings in which it does."""

from colead.meetings.models.meeting import WEEKDAYS, Clock, Item, Meeting, Mode, Rhythm
from colead.meetings.models.norms import Agreement, Mark, Norm, NormCheck, NormCount, NormView

__all__ = [
    "WEEKDAYS",
    "Agreement",
    "Clock",
    "Item",
    "Mark",
    "Meeting",
    "Mode",
    "Norm",
    "NormCheck",
    "NormCount",
    "NormView",
    "Rhythm",
]
