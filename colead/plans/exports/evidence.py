"""What a team knows, as paper and as a list."""

from datetime import datetime

from django.utils.translation import gettext as _

from colead.documents import Block, Document, Sheet, Table
from colead.plans.exports.frame import day, label, sheet
from colead.plans.models import Evidence
from colead.schools.models import Team

COLUMNS = ("seen_on", "kind", "body", "source", "link", "origin", "said_by", "added_by")


def evidence_paper(team: Team, pieces: list[Evidence], *, now: datetime, filled: bool) -> Document:
    """Return what the team knows as a table; blank, the same table to write in."""
    headers = tuple(label(Evidence, name) for name in ("seen_on", "kind", "body", "source"))
    rows = tuple(
        (day(piece.seen_on), piece.get_kind_display(), piece.body, _source(piece)) for piece in pieces if filled
    )
    blocks: list[Block] = [Table(headers, rows, widths=(1.3, 1.6, 4.6, 2.5), blank_rows=0 if rows else 12, room=2)]
    return sheet(team, _("What we know"), blocks, now=now, filled=filled)


def _source(piece: Evidence) -> str:
    return "\n".join(part for part in (piece.source, piece.taken_from, piece.link) if part)


def evidence_list(pieces: list[Evidence]) -> Sheet:
    """Return what the team knows as a sheet."""
    rows = tuple(
        (
            piece.seen_on,
            piece.get_kind_display(),
            piece.body,
            piece.source,
            piece.link,
            piece.taken_from,
            str(piece.said_by or ""),
            str(piece.added_by),
        )
        for piece in pieces
    )
    return Sheet(_("What we know"), tuple(label(Evidence, name) for name in COLUMNS), rows)
