"""Two scenarios side by side: minutes, moves, people, what breaks, what colleagues say."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from colead.practices.models import Comment, Scenario
from colead.practices.queries.board import Board, Change, Gain, board_of
from colead.practices.queries.colleagues import said_about


@dataclass(frozen=True)
class Side:
    """One of the two."""

    scenario: Scenario
    board: Board
    only: tuple[Change, ...]  # what the other does not do
    cannot: tuple[Comment, ...]


@dataclass(frozen=True)
class Compared:
    """Both, and what they share."""

    sides: tuple[Side, Side]
    teams: tuple[tuple[Gain, Gain], ...]
    rows: tuple[tuple[str, str, str], ...]
    shared: tuple[Change, ...]


def compared(one: Scenario, other: Scenario, *, as_colleague: bool = False) -> Compared:
    """Lay two scenarios of one timetable beside each other."""
    boards = board_of(one), board_of(other)
    same = {_where(change) for change in boards[0].changes} & {_where(change) for change in boards[1].changes}
    comments = [said_about(each, as_colleague=as_colleague) for each in (one, other)]
    sides = _side(one, boards[0], same, comments[0]), _side(other, boards[1], same, comments[1])
    shared = tuple(change for change in boards[0].changes if _where(change) in same)
    known = {gain.team: gain for gain in boards[1].teams}
    teams = tuple((gain, known[gain.team]) for gain in boards[0].teams if gain.team in known)
    return Compared(sides, teams, tuple(_rows(sides)), shared)


def _where(change: Change) -> tuple[object, ...]:
    return change.lesson.key, change.lesson.start, change.lesson.room


def _side(scenario: Scenario, board: Board, same: set[tuple[object, ...]], comments: list[Comment]) -> Side:
    cannot = tuple(one for one in comments if one.stance == Comment.Stance.CANNOT)
    only = tuple(change for change in board.changes if _where(change) not in same)
    return Side(scenario, board, only, cannot)


def _rows(sides: tuple[Side, Side]) -> Iterable[tuple[str, str, str]]:
    facts = (
        (_("Teams with the time they ask for"), lambda side: side.board.served),
        (_("Lessons that move"), lambda side: len(side.board.changes)),
        (_("People with something new"), lambda side: len(side.board.people)),
        (_("Rules that break"), lambda side: len(side.board.broken)),
        (_("Colleagues who could not live with it"), lambda side: len(side.cannot)),
    )
    for name, fact in facts:
        yield name, str(fact(sides[0])), str(fact(sides[1]))
