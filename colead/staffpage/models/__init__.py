"""What all staff read: the school's page and what a team puts on it."""

from colead.staffpage.models.page import StaffPage

__all__ = ["StaffPage"]
