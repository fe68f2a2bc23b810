"""The impact assessment as paper: blank, or with what the team wrote and counted."""

from datetime import datetime

from django.utils.translation import gettext as _

from colead.documents import Block, Document, Field, Figure, Heading, Sheet, Table, Text
from colead.plans.charts.runchart import picture
from colead.plans.exports.frame import choice, day, sheet, words
from colead.plans.models import Impact, Theme
from colead.plans.queries.impact import ImpactPage
from colead.plans.queries.measures import Measure
from colead.schools.models import Team


def impact_paper(team: Team, page: ImpactPage | None, *, now: datetime) -> Document:
    """Return an impact assessment; without one, the same sheet to write on."""
    impact = page.impact if page else None
    blocks: list[Block] = [
        Heading(_("What you meant")),
        *_meant(page),
        Heading(_("What you gathered")),
        words(Impact, "gathered", impact),
        *[block for one in (page.measures if page else ()) for block in measure_blocks(one)],
        Heading(_("What happened")),
        words(Impact, "as_planned", impact),
        words(Impact, "changed", impact),
        choice(Impact, "finding", impact),
        words(Impact, "for_whom", impact, lines=2),
        choice(Impact, "confidence", impact),
        words(Impact, "surprises", impact, lines=2),
        Heading(_("What people said, and your response")),
        _themes(page),
        Heading(_("What stays")),
        words(Impact, "celebration", impact, lines=2),
        words(Impact, "carry_on", impact, lines=2),
        Heading(_("What you decide")),
        choice(Impact, "verdict", impact),
        choice(Impact, "onward", impact),
        Field(_("Because"), value=impact.decision.because if impact and impact.decision else "", lines=3),
    ]
    return sheet(team, _("Impact assessment"), blocks, now=now, filled=bool(page))


def _meant(page: ImpactPage | None) -> list[Block]:
    success = words(Impact, "success", page.impact if page else None)
    if not page:
        names = (_("Goal"), _("Your theory of action in one sentence"), _("Burning questions"))
        return [*(Field(name, lines=2) for name in names), success]
    told: list[Block] = [Field(one.label, value=one.text, lines=0) for one in (*page.meant, *page.questions)]
    return [*told, *([Text(page.read_out)] if page.read_out else []), success]


def measure_blocks(measure: Measure) -> list[Block]:
    """Return one indicator: its picture with the numbers, and what the rules say."""
    indicator = measure.indicator
    title = f"{indicator.name} ({measure.unit})" if measure.unit else indicator.name
    said = " ".join((*measure.findings, *(f"{alarm}." for alarm in measure.alarms)))
    rows = tuple((day(dot.on), dot.shown, dot.of, dot.note) for dot in measure.dots)
    table = Table((_("Date"), _("Value"), _("Out of"), _("Note")), rows, widths=(1.2, 1, 1, 3), caption=title)
    drawn = picture(measure, title=title, said=said, paper=True)
    figure: list[Block] = [Figure(drawn, said, table)] if drawn else []
    return [Heading(title, level=3), Text(said), *figure]


def _themes(page: ImpactPage | None) -> Table:
    headers = (_("What people said"), _("Response"), _("What you do, or why not"), _("When"))
    rows = tuple(_theme(theme) for theme in page.themes) if page else ()
    return Table(headers, rows, widths=(3, 1.4, 3, 1.2), blank_rows=0 if rows else 4, room=2)


def _theme(theme: Theme) -> tuple[str, ...]:
    return (theme.text, theme.get_response_display(), theme.answer, day(theme.answered_on))


def value_sheet(measure: Measure) -> Sheet:
    """Return the values of an indicator as rows for a spreadsheet."""
    headers = (_("Date"), _("Value"), _("Out of"), _("Note"))
    rows = tuple((dot.on, dot.value, dot.of, dot.note) for dot in measure.dots)
    return Sheet(measure.indicator.name, headers, rows)
