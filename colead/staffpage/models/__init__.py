"""What all staff read: the school's page and what a team puts on it."""

from colead.staffpage.models.following import Follow, Nudge
from colead.staffpage.models.page import StaffPage
from colead.staffpage.models.told import DayOff, FindingAnswer, Held, Notice
from colead.staffpage.models.voices import Asking, CircleMonth, Message, Reaction, ReplyDesk, ReplyRound, ReplyTheme

__all__ = [
    "Asking",
    "CircleMonth",
    "DayOff",
    "FindingAnswer",
    "Follow",
    "Held",
    "Message",
    "Notice",
    "Nudge",
    "Reaction",
    "ReplyDesk",
    "ReplyRound",
    "ReplyTheme",
    "StaffPage",
]
