"""Small shifts: the smallest change of today's schedule that gives teams their time. Needs the extra `timefinder`.

    propose(schedule, [Ask("Grade 3", 300)], on_better=show)    # -> Proposal, better and better while you look
    price_curve(schedule, asks, on_better=show)                 # -> (Price, ...): “6 of 8 teams: 9 moves; ...”
    why_not(schedule, [Ask("Grade 3", 300)], prices=True)       # -> WhyNot: the few things that clash
    place(schedule)                                             # -> Placed: a time for each lesson that has none
    moves(before, after)                                        # -> (Move, ...): what differs, told in sentences

A `Proposal` holds the new `Schedule`, its `Move`s (each with a sentence), what each team gets (`Served`), its cost, and
the bound that no schedule can beat. It keeps every rule that today's schedule keeps: `newly_broken` finds nothing.
A lesson dragged elsewhere is a `Pin`: `propose` with it and no asks finds the cheapest repair.
Everything here can be imported without OR-Tools; a search then refuses with `SolverMissing`. Pure: no Django.
Searches run as long as `seconds` say: call them in a worker and hand in `should_stop`.
"""

from colead.timetable.shifts.engine import AVAILABLE
from colead.timetable.shifts.pricing import price_curve
from colead.timetable.shifts.proposing import propose
from colead.timetable.shifts.reasons import why_not
from colead.timetable.shifts.scratch import place
from colead.timetable.shifts.telling import moves
from colead.timetable.shifts.values import (
    Ask,
    BadAsk,
    CannotShift,
    Move,
    NothingFound,
    NotPlaced,
    Objective,
    Pin,
    Placed,
    Price,
    Proposal,
    Reason,
    Served,
    SolverMissing,
    WhyNot,
)

__all__ = [
    "AVAILABLE",
    "Ask",
    "BadAsk",
    "CannotShift",
    "Move",
    "NotPlaced",
    "NothingFound",
    "Objective",
    "Pin",
    "Placed",
    "Price",
    "Proposal",
    "Reason",
    "Served",
    "SolverMissing",
    "WhyNot",
    "moves",
    "place",
    "price_curve",
    "propose",
    "why_not",
]
