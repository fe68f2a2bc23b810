"""Say why a school may want a hand. Pure: facts in, sentences out; nobody is counted, compared or ranked."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

NO_CHECK_IN = timedelta(days=45)
NOTHING_MOVED = timedelta(days=75)

Kind = Literal["ask", "check-in", "visit", "still"]


@dataclass(frozen=True)
class Known:
    """What the office knows of a school: only what the school sent, agreed to or released.

    `since` is when it began in its cohort; `met_on` the last check-in that its cohort held; `moved_on` the last day on
    which anything reached the office. An ask that nobody has taken waits; one that is taken is under way.
    """

    since: date
    came_on: date | None = None
    met_on: date | None = None
    visit_due: bool = False
    visited_on: date | None = None
    asks: int = 0
    asked_on: date | None = None
    taken: bool = False
    moved_on: date | None = None


@dataclass(frozen=True)
class Reason:
    """One reason in a sentence."""

    kind: Kind
    words: str


def reasons(known: Known, today: date) -> tuple[Reason, ...]:
    """Return every reason to call a school, what it asked for first. None is a reason to judge it."""
    found = (_ask(known, today), _check_in(known, today), _visit(known, today), _still(known, today))
    return tuple(reason for reason in found if reason)


def _ask(known: Known, today: date) -> Reason | None:
    if not known.asked_on:
        return None
    days = (today - known.asked_on).days
    if known.taken:
        words = ngettext(
            "asked for help %(n)s day ago; it is under way", "asked for help %(n)s days ago; it is under way", days
        )
    elif days < 1:
        return Reason("ask", _("asked for help today"))
    else:
        words = ngettext("asked for help %(n)s day ago", "asked for help %(n)s days ago", days)
    return Reason("ask", words % {"n": days})


def _check_in(known: Known, today: date) -> Reason | None:
    """A school misses nothing while its cohort does not meet: in summer nobody is called."""
    from_day = known.came_on or known.since
    if today - from_day < NO_CHECK_IN or not known.met_on or known.met_on <= from_day:
        return None
    days = (today - from_day).days
    if known.came_on:
        return Reason("check-in", _("no check-in for %(n)s days") % {"n": days})
    return Reason("check-in", _("at no check-in yet, %(n)s days in") % {"n": days})


def _visit(known: Known, today: date) -> Reason | None:
    if not known.visit_due:
        return None
    if not known.visited_on:
        return Reason("visit", _("no visit yet, and none planned"))
    months = round((today - known.visited_on).days / 30.4)
    words = ngettext("last visit %(n)s month ago, none planned", "last visit %(n)s months ago, none planned", months)
    return Reason("visit", words % {"n": months})


def _still(known: Known, today: date) -> Reason | None:
    last = max(known.moved_on or known.since, known.since)
    if today - last < NOTHING_MOVED:
        return None
    weeks = (today - last).days // 7
    return Reason("still", _("nothing new from them for %(n)s weeks") % {"n": weeks})
