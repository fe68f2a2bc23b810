"""Say the figures of several schools in words: always with how many, the range, and what luck alone would give."""

from colead.analysis.changes import half_width
from colead.analysis.figures import Undefined
from colead.analysis.instrument import DEFAULTS, Constants
from colead.analysis.multilevel import OneWay, Trend, mean_reliability
from colead.analysis.omega import Omega
from colead.analysis.pooling import PooledScale
from colead.analysis.release import Hidden
from colead.analysis.reliability import Alpha
from colead.analysis.runchart import Runs
from colead.analysis.sentences import how, not_shown
from colead.analysis.several import SchoolShare, Together
from colead.analysis.words import Line, Translate, mark, one, percent, same, times

_ = mark

NOT_DEFINED = _("Not defined, because %(why)s.")

HOW_POOL = _("Each school's mean, weighed by its staff list. Range: ± 1.96 · √(Σ W² · error²).")
HOW_SHARE = _("Schools whose mean rose, out of all schools with both rounds. Range: Wilson's, for shares.")
HOW_ICC = _("(MSB − MSW) / (MSB + (n₀ − 1) · MSW), from the differences between and inside schools.")
HOW_ALPHA = _("k / (k − 1) · (1 − Σ item variances / variance of totals), people taken as clustered in schools.")
HOW_OMEGA = _("(Σ l)² / ((Σ l)² + Σ θ), from one factor fitted by maximum likelihood.")
HOW_TREND = _("A line through all rounds with schools free to differ (REML, from each school's mean, n and spread).")
HOW_TOGETHER = _("Correlation of school means with Fisher's range. It says what goes together, not what causes what.")
HOW_HOPE = _("t · √2 · √(s² / n · (1 − 0.4 · n / N)), with s = 0.7.")
HOW_RUNS = _("Longest run and crossings of the middle line, against what chance gives.")


def not_defined(number: Undefined, translate: Translate = same) -> Line:
    """Say that and why a figure does not exist."""
    text = translate(NOT_DEFINED) % {"why": translate(number.why)}
    return Line(text, how(_("The figure needs more than there is."), "", _("Colead statistics page"), translate))


def pool_line(name: str, scale: PooledScale, translate: Translate = same) -> Line:
    """Say where all staff of several schools stand."""
    if isinstance(scale.mean, Hidden):
        return not_shown(scale.mean, translate)
    assert not isinstance(scale.low, Hidden)
    assert not isinstance(scale.high, Hidden)
    facts = {
        "name": translate(name),
        "mean": one(scale.mean),
        "low": one(scale.low),
        "high": one(scale.high),
        "schools": scale.schools,
        "people": scale.people,
    }
    text = translate(
        _("%(name)s over %(schools)d schools: %(mean)s. With all staff it would be from %(low)s to %(high)s.")
    )
    if scale.low == scale.high:
        text = translate(_("%(name)s over %(schools)d schools: %(mean)s. With all staff it would hardly differ."))
    answers = translate(_("%(people)d people in %(schools)d schools")) % facts
    return Line(text % facts, how(HOW_POOL, answers, _("Cochran 1977, Sampling Techniques"), translate))


def share_line(name: str, share: SchoolShare | Undefined, translate: Translate = same) -> Line:
    """Say what share of schools rose: count, range, and what a coin would give."""
    if isinstance(share, Undefined):
        return not_defined(share, translate)
    facts = {
        "name": translate(name),
        "up": share.up,
        "of": share.schools,
        "percent": percent(share.up / share.schools),
        "low": percent(share.counted.low),
        "high": percent(share.counted.high),
        "luck": times(share.luck, translate),
        "clear": share.clear_up,
        "fell": share.clear_down,
        "unclear": share.no_clear_change,
        "unknown": share.unknown,
    }
    parts = [
        _("%(name)s went up in %(up)d of %(of)d schools (%(percent)s in 100)."),
        _("With so many schools the true share may be from %(low)s to %(high)s in 100."),
        _("Tossing a coin would give that many or more %(luck)s."),
        _("Clearly up: %(clear)d. Clearly down: %(fell)d. No clear change: %(unclear)d."),
    ]
    if share.unknown:
        parts.append(_("Not known, since a round is missing: %(unknown)d."))
    if not isinstance(share.modelled, Undefined):
        facts["model"] = percent(share.modelled)
        parts.append(_("Allowing for luck in small schools, about %(model)s in 100 truly rose."))
    text = " ".join(translate(part) % facts for part in parts)
    answers = translate(_("%(of)d schools")) % facts
    return Line(text, how(HOW_SHARE, answers, _("Wilson 1927; Paule & Mandel 1982"), translate))


def icc_line(name: str, way: OneWay, usual: int, translate: Translate = same) -> Line:
    """Say how much of the differences lies between schools, and how far a school mean can be relied on."""
    if isinstance(way.shown, Undefined):
        return not_defined(way.shown, translate)
    facts = {
        "name": translate(name),
        "percent": percent(way.shown),
        "n": usual,
        "dependable": f"{mean_reliability(way.shown, usual):.2f}",
        "people": way.people,
        "schools": way.groups,
    }
    text = translate(
        _(
            "%(name)s: %(percent)s in 100 of the differences between answers are differences between schools. "
            "With %(n)d answers a school mean can be relied on to %(dependable)s, where 1 is best."
        )
    )
    answers = translate(_("%(people)d people in %(schools)d schools")) % facts
    return Line(text % facts, how(HOW_ICC, answers, _("Bliese 2000"), translate))


def alpha_line(name: str, alpha: Alpha, translate: Translate = same) -> Line:
    """Say whether the questions of a scale hang together."""
    if isinstance(alpha.value, Undefined):
        return not_defined(alpha.value, translate)
    facts = {"name": translate(name), "alpha": f"{alpha.value:.2f}", "n": alpha.n}
    text = translate(ALPHA_WORDS[_band(alpha.value)]) % facts
    if not isinstance(alpha.interval, Undefined):
        facts |= {"low": f"{alpha.interval.low:.2f}", "high": f"{alpha.interval.high:.2f}"}
        rough = _("Rough range: %(low)s to %(high)s.") if alpha.rough else _("Range: %(low)s to %(high)s.")
        text += " " + translate(rough) % facts
    answers = translate(_("%(n)d people who answered every question")) % facts
    return Line(text, how(HOW_ALPHA, answers, _("Cronbach 1951; Maydeu-Olivares and others 2007"), translate))


ALPHA_WORDS = {
    "negative": _(
        "%(name)s: something is wrong (alpha %(alpha)s). Check the questions that are worded the other way round."
    ),
    "noisy": _("%(name)s: too noisy to read single schools (alpha %(alpha)s)."),
    "groups": _("%(name)s: good enough for groups of schools (alpha %(alpha)s)."),
    "good": _("%(name)s: the questions hang together well enough to average them (alpha %(alpha)s)."),
    "repeating": _("%(name)s: the questions repeat each other (alpha %(alpha)s)."),
}


def _band(alpha: float) -> str:
    limits = ((0.0, "negative"), (0.7, "noisy"), (0.8, "groups"), (0.95, "good"))
    return next((word for limit, word in limits if alpha < limit), "repeating")


def omega_line(name: str, omega: Omega, translate: Translate = same) -> Line:
    """Say omega for the research file, with its range."""
    if isinstance(omega.value, Undefined) or isinstance(omega.interval, Undefined):
        reason = omega.value if isinstance(omega.value, Undefined) else omega.interval
        assert isinstance(reason, Undefined)
        return not_defined(reason, translate)
    facts = {
        "name": translate(name),
        "omega": f"{omega.value:.2f}",
        "low": f"{omega.interval.low:.2f}",
        "high": f"{omega.interval.high:.2f}",
        "n": omega.n,
    }
    text = translate(_("%(name)s: omega %(omega)s, from %(low)s to %(high)s.")) % facts
    answers = translate(_("%(n)d people who answered every question")) % facts
    return Line(text, how(HOW_OMEGA, answers, _("McDonald 1999"), translate))


def trend_line(name: str, trend: Trend | Undefined, translate: Translate = same) -> Line:
    """Say how a scale moved per round over three and more rounds."""
    if isinstance(trend, Undefined):
        return not_defined(trend, translate)
    facts = {
        "name": translate(name),
        "slope": f"{trend.slope:+.2f}".replace("-", "−"),
        "low": f"{trend.slope - 1.96 * trend.error:+.2f}".replace("-", "−"),
        "high": f"{trend.slope + 1.96 * trend.error:+.2f}".replace("-", "−"),
        "schools": trend.groups,
    }
    text = translate(_("%(name)s moved by %(slope)s a round, very likely from %(low)s to %(high)s.")) % facts
    answers = translate(_("%(schools)d schools")) % facts
    return Line(text, how(HOW_TREND, answers, _("Laird & Ware 1982"), translate))


def together_line(found: Together | Undefined, translate: Translate = same) -> Line:
    """Say how far conditions and efficacy go together over schools."""
    if isinstance(found, Undefined):
        return not_defined(found, translate)
    facts = {
        "r": f"{found.correlation:.2f}".replace("-", "−"),
        "low": f"{found.interval.low:.2f}".replace("-", "−"),
        "high": f"{found.interval.high:.2f}".replace("-", "−"),
        "schools": found.schools,
    }
    text = translate(
        _("Over %(schools)d schools the two go together at %(r)s (from %(low)s to %(high)s). It does not say why.")
    )
    answers = translate(_("%(schools)d schools")) % facts
    return Line(text % facts, how(HOW_TOGETHER, answers, _("Fisher 1921"), translate))


def hope_line(n: int, roster: int, constants: Constants = DEFAULTS, translate: Translate = same) -> Line:
    """Say before a survey opens what change it could show."""
    facts = {"n": n, "all": roster, "half": one(half_width(n, roster, 0.7, constants))}
    text = translate(
        _("If %(n)d of your %(all)d people answer both times, only a change of about %(half)s or more will stand out.")
    )
    return Line(text % facts, how(HOW_HOPE, translate(_("a guess")), _("Colead statistics page"), translate))


def runs_line(runs: Runs | Undefined, translate: Translate = same) -> Line:
    """Say what a run chart shows."""
    if isinstance(runs, Undefined):
        return not_defined(runs, translate)
    facts = {"n": runs.useful, "longest": runs.longest, "crossings": runs.crossings}
    if not runs.enough:
        text = _("%(n)d points so far. From ten on we can tell a change from the usual up and down.")
    elif runs.long_run:
        text = _(
            "%(longest)d points in a row on one side of the middle line: that is unlikely to be luck. What changed?"
        )
    elif runs.few_crossings:
        text = _("The line crosses the middle only %(crossings)d times: that is unlikely to be luck. What changed?")
    else:
        text = _("The usual up and down so far.")
    answers = translate(_("%(n)d points")) % facts
    return Line(translate(text) % facts, how(HOW_RUNS, answers, _("Anhoej & Olesen 2014"), translate))
