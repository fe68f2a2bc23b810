"""Reading staff lists, without Django: bytes in, frozen lines and refusals out. Nothing here stores anything."""

from colead.schools.roster.lines import FileRefused, Line, Org, Reading, Reason, Refused
from colead.schools.roster.read import read_file

__all__ = ["FileRefused", "Line", "Org", "Reading", "Reason", "Refused", "read_file"]
