"""The outcomes as a list for a spreadsheet: no school is named in it."""

from colead.analysis.figures import Undefined
from colead.documents import Sheet
from colead.documents.sheets import Cell
from colead.programme.queries.outcomes import Movement, Outcomes, PartOutcome

HEADERS = (
    *("survey", "part", "schools with both rounds", "schools without", "mean before", "mean after", "change"),
    *("low", "high", "verdict", "schools up", "share low", "share high", "chance by luck alone"),
    *("schools clearly up", "schools clearly down"),
)


def sheet(found: Outcomes) -> Sheet:
    """Return a line for every part of both surveys; where a figure may not be shown the cell is empty."""
    rows = [_row(movement, part) for movement in (found.conditions, found.efficacy) for part in movement.parts]
    return Sheet("Outcomes", HEADERS, tuple(rows))


def _row(movement: Movement, part: PartOutcome) -> tuple[Cell, ...]:
    return (
        movement.instrument.name,
        part.key,
        movement.schools,
        movement.unknown,
        *_change(part),
        part.verdict,
        *_share(part),
    )


def _change(part: PartOutcome) -> tuple[Cell, ...]:
    found = part.change
    if isinstance(found, Undefined):
        return (None,) * 5
    ends = (found.interval.low, found.interval.high)
    figures = (found.before.mean, found.after.mean, found.difference, *ends)
    return tuple(round(figure, 1) for figure in figures)


def _share(part: PartOutcome) -> tuple[Cell, ...]:
    found = part.share
    if isinstance(found, Undefined):
        return (None,) * 6
    ends = (round(found.counted.low, 2), round(found.counted.high, 2))
    return (found.up, *ends, round(found.luck, 3), found.clear_up, found.clear_down)
