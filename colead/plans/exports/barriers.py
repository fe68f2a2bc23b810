"""Barriers, causes, ideas and the board, as paper and as lists."""

from datetime import datetime

from django.utils.translation import gettext as _

from colead.documents import Block, Columns, Document, Field, Flow, Heading, Note, Sheet, Table
from colead.documents.sheets import Cell
from colead.plans.exports.frame import choice, label, sheet, words
from colead.plans.forms.fields import condition_name
from colead.plans.models import Barrier, Idea, SwotItem, Why
from colead.plans.queries.barriers import BarrierPage, BarriersPage
from colead.plans.queries.swot import Board, Box
from colead.schools.models import Team


def barrier_paper(team: Team, found: BarrierPage | None, *, now: datetime) -> Document:
    """Return one barrier from what stands in the way to the approach; without one, the sheet to write on."""
    barrier = found.card.barrier if found else None
    blocks: list[Block] = [
        Heading(_("1. The barrier")),
        Columns((words(Barrier, "statement", barrier, lines=3),), (choice(Barrier, "reach", barrier),)),
        Heading(_("2. Why is that so?")),
        Flow(_surface(found), lines=2),
        *_chain(found),
        Columns(
            (Heading(_("3. What could be done")), _ideas(found)), (Heading(_("4. What you choose")), *_approach(found))
        ),
    ]
    condition = barrier.condition if barrier else ""
    title = _("Barrier, cause, ideas, approach")
    return sheet(team, title, blocks, now=now, filled=bool(found), one_page=True, condition=condition)


def _surface(found: BarrierPage | None) -> tuple[tuple[str, str], ...]:
    barrier = found.card.barrier if found else None
    return (
        (label(Barrier, "symptom"), barrier.symptom if barrier else ""),
        (label(Barrier, "pattern"), barrier.pattern if barrier else ""),
        (str(_("The cause")), found.card.cause if found else ""),
    )


def _chain(found: BarrierPage | None) -> list[Block]:
    headers = (label(Why, "because"), label(Why, "fact"))
    rows = tuple((why.because, _fact(why)) for why in found.chain) if found else ()
    rule = _("Go deep on one line. The last because is the cause when it lies within your reach and is not a person.")
    return [Table(headers, rows, widths=(1, 1), blank_rows=0 if rows else 4, room=1), Note(rule)]


def _fact(why: Why) -> str:
    return "\n".join(part for part in (why.fact, why.evidence.body if why.evidence else "") if part)


def _ideas(found: BarrierPage | None) -> Table:
    headers = (label(Idea, "text"), label(Idea, "tried_before"))
    rows = tuple((card.idea.text, card.idea.tried_before) for card in found.ideas) if found else ()
    return Table(headers, rows, widths=(1, 1), blank_rows=0 if rows else 3, room=1)


def _approach(found: BarrierPage | None) -> list[Block]:
    approach = found.approach if found else None
    return [
        Field(_("The approach"), approach.text if approach else "", lines=3),
        words(Idea, "reason", approach, lines=2),
    ]


def barrier_list(found: BarriersPage) -> Sheet:
    """Return every barrier as a row."""
    headers = (
        *(label(Barrier, name) for name in ("statement", "reach", "condition", "symptom", "pattern")),
        _("The cause"),
        _("The approach"),
        _("Votes"),
        label(Barrier, "chosen_on"),
        label(Barrier, "put_away_on"),
    )
    kept = tuple(
        (
            card.barrier.statement,
            card.barrier.get_reach_display(),
            card.condition,
            card.barrier.symptom,
            card.barrier.pattern,
            card.cause,
            card.approach,
            card.votes.given,
            card.barrier.chosen_on,
            None,
        )
        for card in found.cards
    )
    return Sheet(_("Barriers"), headers, (*kept, *map(_away, found.away)))


def _away(barrier: Barrier) -> tuple[Cell, ...]:
    name = condition_name(barrier.condition)
    facts = (barrier.statement, barrier.get_reach_display(), name, barrier.symptom, barrier.pattern)
    return (*facts, "", "", None, None, barrier.put_away_on)


def swot_paper(team: Team, found: Board, *, now: datetime, filled: bool) -> Document:
    """Return the board as four boxes on one page; blank, four boxes to write in."""
    strength, weakness, opportunity, threat = (_box(box, filled) for box in found.boxes)
    blocks: list[Block] = [Columns(strength, weakness), Columns(opportunity, threat)]
    title = _("Strengths, weaknesses, opportunities, threats")
    return sheet(team, title, blocks, now=now, filled=filled, one_page=True)


def _box(box: Box, filled: bool) -> tuple[Block, ...]:
    notes = "\n".join(f"- {card.note.text}" for card in box.notes) if filled else ""
    return (Field(str(box.name).capitalize(), notes, lines=8, hint=str(box.asks)),)


def swot_list(found: Board) -> Sheet:
    """Return every note on the board as a row."""
    headers = (label(SwotItem, "box"), label(SwotItem, "text"), _("Votes"), _("Became"), _("Evidence"))
    rows = tuple(
        (
            str(box.name),
            card.note.text,
            card.votes.given,
            str(card.note.barrier or card.note.idea or ""),
            "\n".join(piece.body for piece in card.note.evidence.all()),
        )
        for box in found.boxes
        for card in box.notes
    )
    return Sheet(_("Board"), headers, rows)
