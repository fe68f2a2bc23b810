"""Find what an address of the time finder names."""

from django.shortcuts import get_object_or_404

from colead.practices.models import Scenario, Timetable
from colead.schools.models import Team


def timetable_of(team: Team, timetable_id: int) -> Timetable:
    """Return a timetable of the team, or not found."""
    return get_object_or_404(team.timetables, pk=timetable_id)


def scenario_of(team: Team, scenario_id: int) -> Scenario:
    """Return a scenario of the team, or not found."""
    found = Scenario._default_manager.select_related("timetable", "decision", "made_by", "let_go")
    return get_object_or_404(found, pk=scenario_id, timetable__team=team)
