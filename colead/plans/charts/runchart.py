"""Draw a measure over time: dots, a line, the middle, limits where there are any. It reads in grey."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from colead.plans.queries.measures import Measure, shown

LEFT, RIGHT, TOP, BOTTOM, HEIGHT = 15.0, 96.0, 24.0, 210.0, 250
PAPER = (
    'xmlns="http://www.w3.org/2000/svg" width="720" viewBox="0 0 720 250"'
    ' font-family="Atkinson Hyperlegible, sans-serif"'
)
PAGE = 'class="chart" width="100%"'


def picture(measure: Measure, *, title: str, said: str, paper: bool = False) -> str:
    """Return the chart as SVG; for a page it is as wide as its place, for paper it brings its size and colours.

    Across, everything is in per cent, so that letters keep their size on a phone. Without values nothing is drawn.
    """
    if not measure.dots:
        return ""
    plot = _Plot(measure)
    key = f"chart-{measure.indicator.pk}"
    drawn = format_html(
        '<svg {} height="{}" role="img" aria-labelledby="{}-t {}-d">'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>'
        '<g fill="currentColor" stroke="none" font-size="13">{}{}{}{}{}{}</g></svg>',
        SafeString(PAPER if paper else PAGE),
        HEIGHT, key, key, key, title, key, said,
        plot.grid(), plot.limits(), plot.line(), plot.dots(), plot.centre(), plot.target(),
    )  # fmt: skip
    return drawn.replace("currentColor", "#1c2422").replace("Canvas", "#ffffff") if paper else drawn


class _Plot:
    """Where things lie: across in per cent of the width, down in pixels."""

    def __init__(self, measure: Measure) -> None:
        self.measure = measure
        self.days = [dot.on.toordinal() for dot in measure.dots]
        values = [dot.value for dot in measure.dots]
        values += [float(measure.indicator.target)] if measure.indicator.target is not None else []
        values += [*measure.lower, *measure.upper] + ([measure.centre] if measure.centre is not None else [])
        low, high = min(values), max(values)
        room = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
        self.low, self.high = low - room, high + room

    def x(self, day: int) -> float:
        first, last = self.days[0], self.days[-1]
        return round(LEFT + (RIGHT - LEFT) * ((day - first) / (last - first) if last > first else 0.5), 2)

    def y(self, value: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * (value - self.low) / (self.high - self.low), 1)

    def grid(self) -> SafeString:
        """Draw the lower edge, the days and the values beside it."""
        edge = format_html(
            '<line x1="{}%" y1="{}" x2="100%" y2="{}" stroke="currentColor" stroke-width="1" opacity="0.5"/>',
            LEFT - 3, BOTTOM + 6, BOTTOM + 6,
        )  # fmt: skip
        days = format_html_join(
            "",
            '<text x="{}%" y="{}" text-anchor="{}">{}</text>',
            ((self.x(day), BOTTOM + 26, anchor, _short(day)) for day, anchor in _ends(self.days)),
        )
        ticks = sorted({min(self._values()), max(self._values())})
        beside = format_html_join(
            "", '<text x="{}%" y="{}" text-anchor="end">{}</text>', ((LEFT - 4, self.y(v) + 4, shown(v)) for v in ticks)
        )
        return format_html("{}{}{}", edge, days, beside)

    def _values(self) -> list[float]:
        return [dot.value for dot in self.measure.dots]

    def centre(self) -> SafeString:
        if self.measure.centre is None:
            return SafeString("")
        return self._across(self.measure.centre, self.measure.centre_name, "")

    def target(self) -> SafeString:
        indicator = self.measure.indicator
        if indicator.target is None:
            return SafeString("")
        return self._across(float(indicator.target), _("you want"), "2 5")

    def _across(self, value: float, name: str, dashes: str) -> SafeString:
        """Draw a line across with its name above its end."""
        y = self.y(value)
        return format_html(
            '<line x1="{}%" y1="{}" x2="100%" y2="{}" stroke="currentColor" stroke-width="1.5"{}/>'
            '<text class="chart-name" x="100%" y="{}" text-anchor="end" font-size="12">{} {}</text>',
            LEFT - 3, y, y, format_html(' stroke-dasharray="{}"', dashes) if dashes else "",
            y - 5, name, shown(value),
        )  # fmt: skip

    def limits(self) -> SafeString:
        """Draw both limits as steps, one for each value."""
        pairs = [*zip(self.days, self.measure.lower), *zip(self.days, self.measure.upper)]  # noqa: B905  # none or all
        half = (RIGHT - LEFT) / max(len(self.days), 2) / 2
        return format_html_join(
            "",
            '<line x1="{}%" y1="{}" x2="{}%" y2="{}" stroke="currentColor" stroke-width="1.5"'
            ' stroke-dasharray="6 4" opacity="0.7"/>',
            ((round(self.x(day) - half, 2), self.y(v), round(self.x(day) + half, 2), self.y(v)) for day, v in pairs),
        )

    def line(self) -> SafeString:
        dots = self.measure.dots
        return format_html_join(
            "",
            '<line x1="{}%" y1="{}" x2="{}%" y2="{}" stroke="currentColor" stroke-width="1.5" opacity="0.6"/>',
            (
                (self.x(a.on.toordinal()), self.y(a.value), self.x(b.on.toordinal()), self.y(b.value))
                for a, b in pairwise(dots)
            ),
        )

    def dots(self) -> SafeString:
        """Draw each value as a filled dot; one outside its limits is larger, with a white heart."""
        return format_html_join(
            "",
            '<circle cx="{}%" cy="{}" r="{}" fill="{}" stroke="currentColor" stroke-width="{}"/>',
            (
                (self.x(dot.on.toordinal()), self.y(dot.value), 7 if dot.outside else 4.5,
                 "Canvas" if dot.outside else "currentColor", 3 if dot.outside else 0)
                for dot in self.measure.dots
            ),
        )  # fmt: skip


def _ends(days: Sequence[int]) -> list[tuple[int, str]]:
    """Return the first and the last day, and how their names stand."""
    return [(days[0], "start"), (days[-1], "end")] if days[-1] > days[0] else [(days[0], "middle")]


def _short(day: int) -> str:
    return date_format(date.fromordinal(day), "SHORT_DATE_FORMAT")
