"""Say figures over schools in sentences that somebody could read out in a meeting."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colead.analysis.charts import ForestRow, Picture, forest
from colead.analysis.figures import Undefined
from colead.analysis.programme_sentences import share_line
from colead.analysis.release import Hidden, HowManyResult
from colead.analysis.sentences import how_many_line
from colead.analysis.words import Line
from colead.programme.queries.outcomes import Agreeing, Movement, PartOutcome

VERDICTS = {
    "clear rise": gettext_lazy("rose clearly"),
    "clear fall": gettext_lazy("fell clearly"),
    "no clear change": gettext_lazy("no clear change"),
}


def verdict(part: PartOutcome) -> str:
    """Say in two words what happened."""
    return str(VERDICTS.get(part.verdict, _("not known")))


def risen_line(movement: Movement) -> Line:
    """Say how many of the conditions rose over all schools, how many clearly, and what luck alone gives."""
    found = movement.risen
    if isinstance(found, Undefined):
        return how_many_line(Hidden(why=_(found.why)), 0, _)
    result = HowManyResult(
        compared=found.shown,
        up=found.up,
        down=found.down,
        clear_up=found.clear_up,
        clear_down=found.clear_down,
        luck=round(found.luck, 2),
    )
    return how_many_line(result, len(movement.conditions), _)


def moved_sentence(part: PartOutcome) -> str:
    """Say where schools stood, where they stand, and how sure that is."""
    found = part.change
    if isinstance(found, Undefined):
        return _("Not shown, because %(why)s.") % {"why": _(found.why)}
    facts = {
        "before": f"{found.before.mean:.1f}",
        "after": f"{found.after.mean:.1f}",
        "moved": signed(found.difference),
        "low": signed(found.interval.low),
        "high": signed(found.interval.high),
    }
    return (
        _("The schools’ mean was %(before)s and is %(after)s: %(moved)s, very likely from %(low)s to %(high)s.") % facts
    )


def signed(value: float) -> str:
    """Write a change with its sign; a change that rounds to nothing has none."""
    rounded = round(value, 1)
    return "0.0" if not rounded else f"{rounded:+.1f}".replace("-", "−")


def share_words(part: PartOutcome) -> Line:
    """Say in how many schools it rose, with the range and what a coin would give."""
    return share_line(_(part.name), part.share, _)


def leaders_sentence(found: Agreeing | Undefined) -> str:
    """Say how many people see themselves as leaders, as what it is: their own word."""
    if isinstance(found, Undefined):
        return _("Not shown, because %(why)s.") % {"why": _(found.why)}
    facts = {
        "schools": found.schools,
        "then": round(100 * found.then[0] / found.then[1]),
        "then_of": found.then[1],
        "now": round(100 * found.now[0] / found.now[1]),
        "now_of": found.now[1],
        "low": round(100 * found.range_now.low),
        "high": round(100 * found.range_now.high),
    }
    return (
        _(
            "In %(schools)d schools, %(now)d in 100 of the %(now_of)d who answered say that they lead there "
            "(range %(low)d to %(high)d). At the first survey it was %(then)d in 100 of %(then_of)d."
        )
        % facts
    )


def forest_of(movement: Movement) -> Picture | None:
    """Draw how far each condition moved, with its range."""
    rows = [
        ForestRow(_(part.name), movement.schools, c.difference, c.interval.low, c.interval.high, None)
        for part in movement.conditions
        if not isinstance(c := part.change, Undefined)
    ]
    if not rows:
        return None
    return forest(rows, None, title=_("How the conditions moved"), low=-1.0, high=1.0, zero=0.0, translate=_)
