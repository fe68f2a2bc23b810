"""A first draft of a team's share, from its own moves since the last check-in. It is shown, and never stored."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from colead.plans.models import Indicator
from colead.plans.queries.measures import shown
from colead.schools.models import Team


def draft_share(team: Team, *, since: date) -> dict[str, str]:
    """Return a few lines for each part of a share; the team ticks, changes or drops them. Six queries."""
    return {
        "win": _win(team, since),
        "number": _number(team, since),
        "decided": _decided(team, since),
        "tested": _tested(team, since),
        "next_step": _next_step(team),
        "dilemma": "",
    }


def _win(team: Team, since: date) -> str:
    done = team.steps.filter(status="done", done_on__gte=since).order_by("-done_on", "-pk").first()
    return _("We did it: %s") % done.what if done else ""


def _number(team: Team, since: date) -> str:
    """Say how an indicator's last value differs from the one before it."""
    moved = team.indicators.filter(put_away_on=None, points__on__gte=since).order_by("-points__on", "-pk").first()
    return _from_to(moved) if moved else ""


def _from_to(indicator: Indicator) -> str:
    last, *before = indicator.points.order_by("-on")[:2]
    facts = {"name": indicator.name, "now": shown(last.value), "unit": indicator.unit, "on": date_format(last.on)}
    if not before:
        return (_("%(name)s: %(now)s %(unit)s on %(on)s") % facts).replace("  ", " ")
    facts["before"] = shown(before[0].value)
    return (_("%(name)s: from %(before)s to %(now)s %(unit)s on %(on)s") % facts).replace("  ", " ")


def _decided(team: Team, since: date) -> str:
    recent = team.decisions.decided().filter(decided_on__gte=since).order_by("-decided_on", "-pk")[:2]
    return "\n".join(decision.decided for decision in recent)


def _tested(team: Team, since: date) -> str:
    if running := team.trials.active().first():
        return running.question
    ended = team.trials.closed().filter(closed_on__gte=since).first()
    return _("We ended a test: %s") % ended.question if ended else ""


def _next_step(team: Team) -> str:
    step = team.steps.open().first()
    if step is None:
        return ""
    return f"{step.what} ({date_format(step.due_on)})" if step.due_on else step.what
