"""An indicator as people read it: its values, the lines of its chart, and what the rules say in plain sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from colead.analysis import runchart
from colead.analysis.figures import Undefined
from colead.plans.models import Indicator, Point

FREEZE_FROM = 10  # values before the change, for the middle line to stay as it was
FEWEST_PEOPLE = 5


@dataclass(frozen=True)
class Dot:
    """One value as it is drawn; shares in per cent. `outside` its limits, where there are any."""

    pk: int
    on: date
    value: float
    shown: str
    of: str  # "14 of 20" for a share
    note: str
    outside: bool = False


@dataclass(frozen=True)
class Measure:
    """An indicator with everything a page, a paper and a chart need."""

    indicator: Indicator
    dots: tuple[Dot, ...]
    centre: float | None
    centre_name: str
    lower: tuple[float, ...]  # one for each dot, or none
    upper: tuple[float, ...]
    findings: tuple[str, ...]
    alarms: tuple[str, ...]  # how often the rules in use are wrong
    signal: bool

    @property
    def unit(self) -> str:
        return "%" if self.indicator.chart == Indicator.Chart.SHARE else self.indicator.unit

    @property
    def centre_shown(self) -> str:
        return shown(self.centre) if self.centre is not None else ""


@dataclass(frozen=True)
class _Reading:
    """What a kind of chart says."""

    centre: float | None = None
    centre_name: str = ""
    lower: tuple[float, ...] = ()
    upper: tuple[float, ...] = ()
    outside: tuple[int, ...] = ()
    findings: tuple[str, ...] = ()
    rules: tuple[runchart.Rule, ...] = ()
    signal: bool = False


def measure(indicator: Indicator) -> Measure:
    """Read an indicator; its points are read already."""
    points = sorted(indicator.points.all(), key=lambda point: point.on)
    share = indicator.chart == Indicator.Chart.SHARE
    if share:
        points = [point for point in points if point.n and point.n >= FEWEST_PEOPLE]
    values = [_value(point, share) for point in points]
    baseline = _baseline(indicator, points)
    reading = _read(indicator, points, values, baseline)
    drawn = enumerate(zip(points, values, strict=True))
    dots = tuple(_dot(point, value, i in reading.outside) for i, (point, value) in drawn)
    sentences = [*reading.findings, *_about_baseline(indicator, points, baseline), *_about_target(indicator, dots)]
    alarms = tuple(_alarm(rule, len(values)) for rule in reading.rules)
    return Measure(
        indicator, dots, reading.centre, reading.centre_name, reading.lower, reading.upper, tuple(sentences), alarms,
        reading.signal,
    )  # fmt: skip


def _value(point: Point, share: bool) -> float:
    return float(100 * point.value / point.n) if share and point.n else float(point.value)


def _dot(point: Point, value: float, outside: bool) -> Dot:
    of = ""
    if point.n:
        of = _("%(value)s of %(n)s") % {"value": shown(point.value), "n": point.n}
    return Dot(point.pk, point.on, value, shown(value), of, point.note, outside)


def shown(number: float | Decimal) -> str:
    """Write a number the way the reader's language does, with one decimal at most where it is large."""
    plain = float(number)
    rounded = round(plain, 1 if abs(plain) >= 10 else 2)
    return str(number_format(int(rounded) if rounded == int(rounded) else rounded))


def _baseline(indicator: Indicator, points: Sequence[Point]) -> int | None:
    changed = indicator.changed_on
    if not changed:
        return None
    before = len([point for point in points if point.on < changed])
    return before if before >= FREEZE_FROM else None


def _read(indicator: Indicator, points: Sequence[Point], values: list[float], baseline: int | None) -> _Reading:
    if not values:
        return _Reading(findings=(_("There is no value yet."),))
    match indicator.chart:
        case Indicator.Chart.XMR:
            return _read_xmr(indicator, values, baseline)
        case Indicator.Chart.SHARE:
            return _read_shares(points, values)
        case _:
            return _read_runs(indicator, points, values, baseline)


def _read_runs(indicator: Indicator, points: Sequence[Point], values: list[float], baseline: int | None) -> _Reading:
    found = runchart.runs(values, baseline=baseline)
    if isinstance(found, Undefined):
        return _Reading(findings=(_("All values are alike so far, so there is nothing to read from them."),))
    sentences = list(_run_sentences(indicator, found, points, values))
    rules: list[runchart.Rule] = ["anhoej"] if found.enough else []
    signal = found.signal
    if indicator.rules != Indicator.Rules.ANHOEJ and found.enough:
        extra = runchart.extra_rules(values, baseline=baseline)
        sentences += _ihi_sentences(extra)
        rules += ["shift", "trend"]
        signal = signal or extra.shift or extra.trend
    name = _("middle line (median)")
    return _Reading(found.centre, name, findings=tuple(sentences), rules=tuple(rules), signal=signal)


def _run_sentences(
    indicator: Indicator, found: runchart.Runs, points: Sequence[Point], values: list[float]
) -> Iterator[str]:
    if not found.enough:
        yield ngettext(
            "%(n)s value lies off the middle line. From %(from)s on, the rules can say whether something changed.",
            "%(n)s values lie off the middle line. From %(from)s on, the rules can say whether something changed.",
            found.useful,
        ) % {"n": found.useful, "from": runchart.RULES_FROM}  # fmt: skip
        return
    if found.long_run:
        yield _long_run(indicator, found, points, values)
    if found.few_crossings:
        yield ngettext(
            "The line crosses the middle %(n)s time; by luck alone it would nearly always be %(usual)s or more.",
            "The line crosses the middle %(n)s times; by luck alone it would nearly always be %(usual)s or more.",
            found.crossings,
        ) % {"n": found.crossings, "usual": found.crossings_needed}
    if not found.signal:
        yield _("This is the usual up and down: no sign that something has changed.")


def _long_run(indicator: Indicator, found: runchart.Runs, points: Sequence[Point], values: list[float]) -> str:
    start, end, above = _longest(values, found.centre)
    good = above == (indicator.better == Indicator.Better.UP)
    words = {
        (True, True): _("%(n)s values in a row lie above the middle, where you want them, from %(from)s to %(to)s."),
        (True, False): _("%(n)s values in a row lie above the middle, the side to avoid, from %(from)s to %(to)s."),
        (False, True): _("%(n)s values in a row lie below the middle, where you want them, from %(from)s to %(to)s."),
        (False, False): _("%(n)s values in a row lie below the middle, the side to avoid, from %(from)s to %(to)s."),
    }
    facts = {"n": found.longest, "from": _day(points[start].on), "to": _day(points[end].on)}
    luck = _("By luck alone there are rarely more than %s. What was different around the first of these days?")
    return words[above, good] % facts + " " + luck % found.longest_allowed


def _longest(values: list[float], centre: float) -> tuple[int, int, bool]:
    """Return where the longest run on one side begins and ends; values on the line neither count nor break it."""
    sides = [(i, value > centre) for i, value in enumerate(values) if value != centre]
    runs = [list(run) for _side, run in groupby(sides, key=lambda pair: pair[1])]
    longest = max(reversed(runs), key=len)  # the newest of equals
    return longest[0][0], longest[-1][0], longest[0][1]


def _ihi_sentences(extra: runchart.ExtraRules) -> Iterator[str]:
    if extra.shift:
        yield _("Rule of six: %s values in a row on one side.") % extra.longest_shift
    if extra.trend:
        yield _("Rule of five: %s values in a row go in one direction.") % extra.longest_trend
    if not extra.shift and not extra.trend:
        yield _("The rules of six and of five see nothing either.")


def _read_xmr(indicator: Indicator, values: list[float], baseline: int | None) -> _Reading:
    found = runchart.xmr(values, baseline=baseline)
    name = _("mean")
    if isinstance(found, Undefined):
        return _Reading(findings=(_("This chart takes at least two values."),))
    if len(values) < runchart.XMR_FROM:
        words = _("%(n)s values so far. From %(from)s on, the limits are worth reading; better still from 20.")
        return _Reading(found.mean, name, findings=(words % {"n": len(values), "from": runchart.XMR_FROM},))
    sentences, rules, signal = _limit_sentences(found.outside), ["outside"], bool(found.outside)
    if indicator.rules == Indicator.Rules.NHS:
        marks = runchart.nhs_marks(values, found)
        sentences += _nhs_sentences(marks)
        rules.append("seven")
        signal = signal or any(marks)
    lower, upper = (found.lower,) * len(values), (found.upper,) * len(values)
    return _Reading(found.mean, name, lower, upper, found.outside, tuple(sentences), tuple(rules), signal)  # type: ignore[arg-type]  # the names are those of Rule


def _limit_sentences(outside: Sequence[int]) -> list[str]:
    if not outside:
        return [_("All values lie within the limits: the usual up and down.")]
    words = ngettext(
        "%s value lies outside the limits. That is unlikely to be luck. What was different that day?",
        "%s values lie outside the limits. That is unlikely to be luck. What was different on those days?",
        len(outside),
    )
    return [words % len(outside)]


def _nhs_sentences(marks: Sequence[frozenset[runchart.Mark]]) -> list[str]:
    seen = {mark for one in marks for mark in one}
    names: dict[runchart.Mark, str] = {
        "seven on one side": _("Seven values in a row lie on one side of the mean."),
        "seven in one direction": _("Seven values in a row go in one direction."),
        "two of three far out": _("Two of three values in a row lie far out, near a limit."),
    }
    return [words for mark, words in names.items() if mark in seen]


def _read_shares(points: Sequence[Point], values: list[float]) -> _Reading:
    hits, of = [int(point.value) for point in points], [point.n or 0 for point in points]
    found = runchart.share_chart(hits, of)
    if isinstance(found, Undefined):
        return _Reading(findings=(_("All values are alike so far, so there is nothing to read from them."),))
    name = _("share over all")
    if len(values) < runchart.XMR_FROM:
        words = _("%(n)s values so far. From %(from)s on, the limits are worth reading.")
        return _Reading(100 * found.centre, name, findings=(words % {"n": len(values), "from": runchart.XMR_FROM},))
    lower, upper = tuple(100 * x for x in found.lower), tuple(100 * x for x in found.upper)
    sentences = tuple(_limit_sentences(found.outside))
    signal = bool(found.outside)
    return _Reading(100 * found.centre, name, lower, upper, found.outside, sentences, ("outside",), signal)


def _about_baseline(indicator: Indicator, points: Sequence[Point], baseline: int | None) -> Iterator[str]:
    if not indicator.changed_on or not points or indicator.chart == Indicator.Chart.SHARE:
        return
    day = _day(indicator.changed_on)
    if baseline:
        yield _("The middle line comes from the %(n)s values before the change began on %(day)s.") % {
            "n": baseline,
            "day": day,
        }
    else:
        yield _("There are fewer than %(n)s values from before %(day)s, so the middle line comes from all of them.") % {
            "n": FREEZE_FROM,
            "day": day,
        }


def _about_target(indicator: Indicator, dots: Sequence[Dot]) -> Iterator[str]:
    if indicator.target is None or not dots:
        return
    target, up = float(indicator.target), indicator.better == Indicator.Better.UP
    reached = [dot for dot in dots if (dot.value >= target if up else dot.value <= target)]
    if reached:
        facts = {"target": shown(target), "day": _day(reached[0].on), "n": len(reached), "of": len(dots)}
        yield _("You wanted %(target)s. It was reached first on %(day)s, and by %(n)s of %(of)s values.") % facts
    else:
        yield _("You wanted %s. No value has reached it yet.") % shown(target)


def _alarm(rule: runchart.Rule, points: int) -> str:
    names: dict[runchart.Rule, str] = {
        "anhoej": _("long runs and few crossings (Anhøj)"),
        "shift": _("six on one side (IHI)"),
        "trend": _("five in one direction (IHI)"),
        "outside": _("outside the limits"),
        "seven": _("seven on one side (NHS)"),
    }
    rate = round(100 * runchart.false_alarm(rule, points))
    often = _("in about %s of 100") % rate if rate else _("in fewer than 1 of 100")
    words = _("%(rule)s: wrong %(often)s charts of pure luck with this many values")
    return words % {"rule": names[rule], "often": often}


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
