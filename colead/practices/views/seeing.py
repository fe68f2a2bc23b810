"""See at once what each team has in common, what it could have at most, and who is free when."""

from django.http import HttpResponse

from colead.practices.packing import unpacked, unpacked_remarks
from colead.practices.queries.reports import lines
from colead.practices.queries.seeing import heat_map, seen
from colead.practices.views.naming import timetable_of
from colead.schools.doors import TeamRequest, team_page
from colead.schools.models import Team
from colead.web.page import page


@team_page
def timetable(request: TeamRequest, team: Team, timetable_id: int) -> HttpResponse:
    """Show a timetable: time in common, ceilings, the map of free time. `team` in the address chooses whose map."""
    found = timetable_of(team, timetable_id)
    schedule = unpacked(found.schedule)
    wanted = request.GET.get("whose", "")
    whose = next((one for one in schedule.teams if one.name == wanted), None)
    context = {
        "team": team,
        "timetable": found,
        "schedule": schedule,
        "seen": seen(schedule),
        "map": heat_map(schedule, whose),
        "odd": list(lines(unpacked_remarks(found.remarks))),
        "scenarios": found.scenarios.select_related("made_by", "decision"),
    }
    return page(request, "practices/seen.html", context, parts=("map",))
