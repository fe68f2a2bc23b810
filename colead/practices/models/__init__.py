"""The practices around the walk: today's timetable and what could be moved in it."""

from colead.practices.models.timefinder import Comment, Scenario, Search, Timetable

__all__ = ["Comment", "Scenario", "Search", "Timetable"]
