"""The eight ways of working together on paper, and as a list for a spreadsheet."""

from datetime import datetime

from django.utils.translation import gettext as _

from colead.documents import Block, Document, Field, Sheet, Table, Text
from colead.plans.exports.frame import label, sheet
from colead.practices.models import Structure, StructureLook
from colead.practices.queries.structures import SERVES, StructureShown, StructuresPage
from colead.schools.models import Team

COLUMNS = ("kind", "state", "purpose", "who", "minutes", "every", "use")


def structures_sheet(page: StructuresPage | None) -> Sheet:
    """Return one row for each of the eight of which something is said."""
    headers = (*(label(Structure, name) for name in COLUMNS), _("Minutes a week"))
    said = [row.now for row in page.rows if row.now] if page else []
    rows = tuple((*(_shown(one, name) for name in COLUMNS), one.minutes_a_week or None) for one in said)
    return Sheet(_("Work structures"), headers, rows)


def _shown(structure: Structure, name: str) -> str | int | None:
    display = getattr(structure, f"get_{name}_display", None)
    return str(display()) if display else getattr(structure, name)


def structures_paper(team: Team, page: StructuresPage | None, *, now: datetime) -> Document:
    """Return one page that says how the eight stand; without a look, a sheet to fill in together."""
    title = _("Work structures")
    if not page:
        return sheet(team, title, _blank(), now=now, filled=False, landscape=True)
    headers = (_("Structure"), _("Now"), _("Last time"), _("What it is for"), _("Who"), _("Used"))
    table = Table(headers, tuple(_row(row) for row in page.rows), widths=(2.4, 1.8, 1.8, 3, 1.8, 1.6))
    blocks: list[Block] = [Text(" ".join(page.sentences)), table]
    blocks.append(Field(label(StructureLook, "first"), value=page.look.first, lines=2))
    return sheet(team, title, blocks, now=now, filled=True, landscape=True)


def _row(row: StructureShown) -> tuple[str, ...]:
    if not row.now:
        return (row.name, _("nothing said yet"), row.stood)
    stands = "\n".join(filter(None, [row.now.get_state_display(), row.time]))
    return (row.name, stands, row.stood, row.now.purpose, row.now.who, row.now.get_use_display())


def _blank() -> list[Block]:
    lead = _("Ten minutes together. Be honest about what the time is really used for.")
    headers = (
        _("Structure"),
        _("There, starting, or not"),
        _("What it is for here"),
        _("Who"),
        _("Minutes, how often"),
        _("Used for it"),
    )
    rows = tuple((f"**{name}**\n{SERVES[kind]}",) for kind, name in Structure.Kind.choices)
    first = Field(label(StructureLook, "first"), lines=1)
    return [Text(lead), Table(headers, rows, widths=(6, 1.4, 3, 1.8, 1.4, 1.4)), first]
