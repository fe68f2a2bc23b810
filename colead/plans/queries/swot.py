"""The board, box by box."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from colead.plans.models import SwotItem
from colead.plans.queries.barriers import Votes, votes_of
from colead.schools.models import Member, Team

ASKS = {
    "strength": _("What goes well here, and who makes it go well?"),
    "weakness": _("What holds you back from inside?"),
    "opportunity": _("What could help you that is not yours yet?"),
    "threat": _("What could get in the way from outside?"),
}


@dataclass(frozen=True)
class NoteCard:
    """A note on the board."""

    note: SwotItem
    votes: Votes


@dataclass(frozen=True)
class Box:
    """One of the four boxes; `amplify` says that its notes rather become ideas than barriers."""

    slug: str
    name: str | Promise
    asks: str | Promise
    notes: tuple[NoteCard, ...]
    amplify: bool


@dataclass(frozen=True)
class Board:
    """Four boxes, and what was taken down."""

    boxes: tuple[Box, ...]
    away: tuple[SwotItem, ...]

    @property
    def empty(self) -> bool:
        return not any(box.notes for box in self.boxes)


def board(team: Team, member: Member | None) -> Board:
    """Gather the board in a fixed number of queries."""
    notes = list(team.swot.prefetch_related("voters", "evidence").select_related("barrier", "idea"))
    up = [NoteCard(note, votes_of(note, member)) for note in notes if not note.put_away_on]
    boxes = tuple(
        Box(slug, name, ASKS[slug], tuple(c for c in up if c.note.box == slug), slug in ("strength", "opportunity"))
        for slug, name in SwotItem.Box.choices
    )
    return Board(boxes, tuple(note for note in notes if note.put_away_on))
