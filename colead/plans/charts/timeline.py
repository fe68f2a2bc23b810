"""The timeline as one SVG for paper: a name and a bar for each step, the state told by pattern and not by colour."""

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from colead.plans.queries.timeline import StepRow, Timeline

WIDTH, ROW, TOP, NAMES = 900, 34, 36, 300
INK, SOFT = "#1c2422", "#857f72"
FILLS = {"open": "#ffffff", "doing": "#c9c4b8", "stuck": "#ffffff", "done": INK}
DASHES = {"stuck": "5 4"}
LONGEST = 44


def picture(laid: Timeline) -> str:
    """Draw the lanes of a timeline that has a scale, at a fixed width, with its own colours."""
    scale = laid.scale
    assert scale
    height = TOP + ROW * len(laid.lanes) + 8
    ticks = format_html_join(
        "",
        '<line x1="{0}" y1="24" x2="{0}" y2="{1}" stroke="{2}" stroke-width="0.7"/>'
        '<text x="{3}" y="16" font-size="13" fill="{4}">{5}</text>',
        ((_x(t.x), height - 6, SOFT, _x(t.x) + 3, INK, date_format(t.on, "YEAR_MONTH_FORMAT")) for t in scale.ticks),
    )
    today = format_html(
        '<line x1="{0}" y1="22" x2="{0}" y2="{1}" stroke="{2}" stroke-width="1.5" stroke-dasharray="2 3"/>',
        _x(scale.today or 0),
        height - 6,
        INK,
    )
    rows = [_row(number, row, _x(lane.x), lane.width) for number, (row, lane) in enumerate(laid.lanes)]
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}"'
        ' font-family="Atkinson Hyperlegible, sans-serif">{2}{3}{4}</svg>',
        WIDTH,
        height,
        ticks,
        today if scale.today is not None else "",
        format_html_join("", "{}", ((row,) for row in rows)),
    )


def _x(per_cent: float) -> float:
    return round(NAMES + per_cent * (WIDTH - NAMES) / 100, 1)


def _row(number: int, row: StepRow, x: float, width: float) -> SafeString:
    y = TOP + ROW * number
    name = " ".join(row.step.what.split())
    return format_html(
        '<text x="0" y="{}" font-size="13" fill="{}">{}</text>'
        '<rect x="{}" y="{}" width="{}" height="16" rx="4" fill="{}" stroke="{}" stroke-width="1.5"{}/>',
        y + 13,
        INK,
        name if len(name) <= LONGEST else name[: LONGEST - 1] + "…",
        x,
        y,
        round(width * (WIDTH - NAMES) / 100, 1),
        FILLS.get(row.step.status, "#ffffff"),
        INK,
        format_html(' stroke-dasharray="{}"', DASHES[row.step.status]) if row.step.status in DASHES else "",
    )
