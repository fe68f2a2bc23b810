"""What colleagues find of a team's scenarios, and what they read there."""

from django.db.models import QuerySet

from colead.practices.models import Comment, Scenario
from colead.practices.queries.board import Board, Change
from colead.schools.models import School


def open_scenarios(school: School) -> QuerySet[Scenario]:
    """Return what the teams of a school have open to colleagues, the latest first."""
    found = Scenario._default_manager.filter(timetable__team__school=school, opened_on__isnull=False)
    return (
        found.select_related("timetable__team", "made_by")
        .defer("timetable__schedule", "timetable__fet")
        .order_by("-pk")
    )


def beside(scenario: Scenario, *, as_colleague: bool) -> QuerySet[Scenario]:
    """Return the other scenarios of the timetable; a colleague finds those that are open."""
    others = scenario.timetable.scenarios.exclude(pk=scenario.pk)
    return others.exclude(opened_on=None) if as_colleague else others


def said_about(scenario: Scenario, *, as_colleague: bool) -> list[Comment]:
    """List what was said; a colleague reads what was said while the scenario was open."""
    said = scenario.comments.select_related("said_by")
    return list(said.filter(to_staff=True) if as_colleague else said)


def changes_of(board: Board, name: str) -> list[Change] | None:
    """List what moves for the person of that name; None where the timetable does not know the name."""
    if not any(person.name == name for person in board.today.people):
        return None
    return [change for change in board.changes if name in change.lesson.people]
