"""A purpose map on one page of paper, and the maps of a team as a list."""

from datetime import datetime

from django.utils.translation import gettext as _

from colead.documents import Block, Columns, Document, Field, Heading, Sheet, Table
from colead.plans.exports.frame import label, sheet
from colead.plans.forms.purpose import PARTS, MapPart
from colead.plans.models import PurposeMap, Shift
from colead.plans.queries.purpose import shown
from colead.schools.models import Team
from colead.texts.fields import label_of

LEFT, RIGHT = ("idea", "first", "signs"), ("people", "means", "room", "risks")


def map_paper(team: Team, map_: PurposeMap | None, *, now: datetime) -> Document:
    """Return a map on one page; without one, the page to write on."""
    by_key = {part.key: part for part in PARTS}
    columns = Columns(*(tuple(block for key in side for block in _part(map_, by_key[key])) for side in (LEFT, RIGHT)))
    blocks: list[Block] = [columns, *_shifts(map_)]
    condition = map_.theory.condition if map_ and map_.theory else ""
    return sheet(team, _("Purpose map"), blocks, now=now, filled=bool(map_), one_page=True, condition=condition)


def _part(map_: PurposeMap | None, part: MapPart) -> list[Block]:
    fields = [Field(str(label_of(PurposeMap, name)), shown(map_, name), lines=_lines(name)) for name in part.fields]
    return [Heading(str(part.title)), *fields]


def _lines(name: str) -> int:
    return 2 if name in ("idea", "vision", "first_steps", "signs") else 1


def _shifts(map_: PurposeMap | None) -> list[Block]:
    shifts = list(map_.shifts.filter(put_away_on=None)) if map_ else []
    if map_ and not shifts:
        return []
    headers = tuple(label(Shift, name) for name in ("group", "today", "then"))
    rows = tuple((shift.group, shift.today, shift.then) for shift in shifts)
    return [Table(headers, rows, widths=(1, 2, 2), caption=_("Who does what differently"), blank_rows=0 if rows else 2)]


def map_list(maps: list[PurposeMap]) -> Sheet:
    """Return every map of a team as a row."""
    names = [name for part in PARTS for name in part.fields]
    headers = (*(str(label_of(PurposeMap, name)) for name in names), label(PurposeMap, "put_away_on"))
    rows = tuple((*(shown(map_, name) for name in names), map_.put_away_on) for map_ in maps)
    return Sheet(_("Purpose maps"), headers, rows)
