"""The practices around the walk: what a school runs; today's timetable and what could be moved; open doors."""

from colead.practices.models.initiatives import Initiative, Inventory, SilentList
from colead.practices.models.observation import (
    DoorsRound,
    NameInTimetable,
    OpenDoor,
    PeerVisit,
    VisitNotes,
    VisitReflection,
    VisitWish,
)
from colead.practices.models.structures import Structure, StructureLook
from colead.practices.models.studios import SignUp, Studio, StudioDate
from colead.practices.models.timefinder import Comment, Scenario, Search, Timetable

__all__ = [
    "Comment",
    "DoorsRound",
    "Initiative",
    "Inventory",
    "NameInTimetable",
    "OpenDoor",
    "PeerVisit",
    "Scenario",
    "Search",
    "SignUp",
    "SilentList",
    "Structure",
    "StructureLook",
    "Studio",
    "StudioDate",
    "Timetable",
    "VisitNotes",
    "VisitReflection",
    "VisitWish",
]
