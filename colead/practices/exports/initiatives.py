"""The inventory as paper, and as a list for a spreadsheet."""

from datetime import datetime
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from colead.documents import Block, Cell, Document, Field, Heading, Sheet, Table, Text
from colead.plans.exports.frame import day, sheet
from colead.practices.models import Initiative
from colead.practices.pasting import COLUMNS, column, label_of
from colead.practices.queries.initiatives import Group, InventoryPage, RowShown
from colead.schools.models import Team

DECIDED = ("verdict", "reason", "owner", "review_on", "tell")


def inventory_sheet(page: InventoryPage | None) -> Sheet:
    """Return every row with every column, so that it can be pasted in again."""
    headers = tuple(label_of(name) for name in (*COLUMNS, *DECIDED))
    rows = tuple(
        tuple(_cell(shown.row, name) for name in (*COLUMNS, *DECIDED)) for shown in (page.rows if page else ())
    )
    return Sheet(_("What we run"), headers, rows)


def _cell(row: Initiative, name: str) -> Cell:
    field = column(name)
    value = getattr(row, name)
    if field.is_relation:
        return str(value or "")
    return str(dict(field.flatchoices).get(value, "")) if field.flatchoices else value


def inventory_paper(team: Team, page: InventoryPage | None, *, now: datetime) -> Document:
    """Return what was decided row by row, with sums; without rows, a sheet to fill in together."""
    title = _("What we run: keep, change, let go")
    if not page or not page.rows:
        return sheet(team, title, _blank(), now=now, filled=False, landscape=True)
    blocks: list[Block] = [Text(_sums(page.total)), *(block for group in page.groups for block in _group(group))]
    if page.freed:
        blocks.append(Field(_("Given back so far"), value=_("%s a week") % page.freed, lines=0))
    return sheet(team, title, blocks, now=now, filled=True, landscape=True)


def _group(group: Group) -> list[Block]:
    name = str(capfirst(group.name)) if group.verdict else _("Not decided yet")
    headers = (
        _("What"),
        _("For whom, what for"),
        _("Takes"),
        _("Shows that it works"),
        _("Vision 0-3"),
        _("Because"),
        _("Who, until when"),
    )
    rows = tuple(_row(shown) for shown in group.rows)
    table = Table(headers, rows, widths=(2.4, 3, 1.7, 2.4, 1, 2.8, 1.7))
    takes = _takes(group.hours, group.money, group.fte).replace("\n", ", ")
    return [Heading(" · ".join(part for part in (name, takes) if part)), table]


def _row(shown: RowShown) -> tuple[str, ...]:
    row = shown.row
    name = "\n".join(filter(None, [row.name, row.get_kind_display(), row.get_source_display()]))
    what_for = "\n".join(filter(None, [row.audience, row.purpose, row.outcome]))
    owner = "\n".join(filter(None, [str(row.owner or ""), day(row.review_on), row.tell and _("tell: %s") % row.tell]))
    vision = "" if row.vision is None else str(row.vision)
    return (name, what_for, _takes(row.hours, row.money, row.fte), row.evidence, vision, row.reason, owner)


def _takes(hours: Decimal | None, money: Decimal | None, fte: Decimal | None) -> str:
    parts = [
        _("%s h a week") % _plain(hours) if hours else "",
        _("$%s a year") % _plain(money) if money else "",
        _("%s FTE") % _plain(fte) if fte else "",
    ]
    return "\n".join(part for part in parts if part)


def _sums(group: Group) -> str:
    takes = _takes(group.hours, group.money, group.fte).replace("\n", ", ") or _("no figures yet")
    return _("%(rows)s on the list; together %(takes)s.") % {"rows": len(group.rows), "takes": takes}


def _plain(number: Decimal) -> str:
    """Write a number without decimals that say nothing."""
    whole = number == number.to_integral_value()
    return number_format(number, 0 if whole else 2, use_l10n=True, force_grouping=True)


def _blank() -> list[Block]:
    headers = (
        _("What"),
        _("Who asks for it"),
        _("For whom, what for"),
        _("Hours, money"),
        _("Shows that it works"),
        _("Vision 0-3"),
        _("Keep, protect, adapt, merge, reduce, replace, stop: because"),
    )
    lead = _("List in silence first. Then open the lists, put doubles together, fill in, and decide row by row.")
    return [Text(lead), Table(headers, (), widths=(2.2, 1.5, 2.6, 1.4, 2, 0.9, 3), blank_rows=9, room=2)]
