"""The practices around the walk: what a school runs; today's timetable and what could be moved in it."""

from colead.practices.models.initiatives import Initiative, Inventory, SilentList
from colead.practices.models.structures import Structure, StructureLook
from colead.practices.models.studios import SignUp, Studio, StudioDate
from colead.practices.models.timefinder import Comment, Scenario, Search, Timetable

__all__ = [
    "Comment",
    "Initiative",
    "Inventory",
    "Scenario",
    "Search",
    "SignUp",
    "SilentList",
    "Structure",
    "StructureLook",
    "Studio",
    "StudioDate",
    "Timetable",
]
