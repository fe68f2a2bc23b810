"""What all staff read: the school's page and what a team puts on it."""

from colead.staffpage.models.following import Follow, Nudge
from colead.staffpage.models.page import StaffPage
from colead.staffpage.models.told import DayOff, FindingAnswer, Held, Notice

__all__ = ["DayOff", "FindingAnswer", "Follow", "Held", "Notice", "Nudge", "StaffPage"]
