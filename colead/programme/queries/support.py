"""Asks for help: what a page is called without its words, what the team sees, what waits in the office."""

from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from colead.accounts.models import User
from colead.content.loader import load
from colead.content.model import UnknownCode
from colead.programme.models import Ask, AskStep
from colead.schools.models import Member, Office, Team

ROOMS: dict[str, Promise] = {
    "plans": gettext_lazy("Plans and tests"),
    "decisions": gettext_lazy("Decisions"),
    "surveys": gettext_lazy("Surveys"),
    "schools": gettext_lazy("School and people"),
    "playbook": gettext_lazy("The playbook"),
    "practices": gettext_lazy("Practices"),
    "meetings": gettext_lazy("Meetings"),
    "staffpage": gettext_lazy("The page for staff"),
    "programme": gettext_lazy("With other schools"),
}
PAGES: dict[str, Promise] = {
    "team_room": gettext_lazy("Team room"),
    "conditions": gettext_lazy("Where we stand"),
    "evidence": gettext_lazy("What we know"),
    "barriers": gettext_lazy("Barriers"),
    "barrier": gettext_lazy("A barrier"),
    "theory_page": gettext_lazy("A theory of action"),
    "map_page": gettext_lazy("A purpose map"),
    "trials": gettext_lazy("Small tests"),
    "trial": gettext_lazy("A small test"),
    "timeline": gettext_lazy("The timeline"),
    "impact": gettext_lazy("An impact assessment"),
    "decisions": gettext_lazy("Decisions"),
    "decision": gettext_lazy("A decision"),
    "stop_list": gettext_lazy("Stop list"),
    "surveys": gettext_lazy("Surveys"),
    "wave": gettext_lazy("A survey"),
    "team_people": gettext_lazy("People"),
    "assess": gettext_lazy("A self-assessment"),
    "gathering": gettext_lazy("A check-in or a module"),
    "visit": gettext_lazy("A visit"),
}
LONGEST = 300  # letters of an address


@dataclass(frozen=True)
class NamedPage:
    """A page by its address and by what it is; never by what stands on it."""

    path: str
    title: str


def page_named(path: str) -> NamedPage | None:
    """Say what a page of Colead is; None for what is no page of it.

    The title is ours: the kind of page, and the condition or the question of the playbook where it has one. Titles
    that people wrote stay on their page.
    """
    path = path.partition("?")[0].partition("#")[0]
    if not path.startswith("/") or len(path) > LONGEST:
        return None
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return NamedPage(path, " · ".join(filter(None, (_kind(match), _about(match)))))


def _kind(match: ResolverMatch) -> str:
    room = match.func.__module__.split(".")[1] if match.func.__module__.startswith("colead.") else ""
    return str(PAGES.get(match.url_name or "", "") or ROOMS.get(room, _("Colead")))


def _about(match: ResolverMatch) -> str:
    """Name the condition, and the question of the playbook, that an address holds."""
    book = load(get_language() or "en")
    try:
        if "code" in match.kwargs:
            place = book.where(match.kwargs["code"])
            return f"{place.condition.name}, {match.kwargs['code']}"
        return book.condition(match.kwargs["condition"]).name if "condition" in match.kwargs else ""
    except UnknownCode:
        return ""


def team_meant(user: User, path: str) -> Team | None:
    """Return the team somebody asks for: that of the page, or else the only one they are on."""
    mine = [member.team for member in Member.objects.active().filter(user=user).select_related("team__school")]
    named = page_named(path)
    wanted = resolve(named.path).kwargs.get("team_id") if named else None
    fitting = [team for team in mine if team.pk == wanted] or mine
    return fitting[0] if len(fitting) == 1 else None


def asks_for(team: Team) -> QuerySet[Ask]:
    """Return a team's asks, open ones first."""
    return team.asks.select_related("helper", "asked_by").order_by(F("closed_on").desc(nulls_first=True), "-pk")


def asks_of(office: Office) -> QuerySet[Ask]:
    """Return the asks that reach an office, of schools that let it see them; who waited longest comes first."""
    asks = Ask.objects.filter(programme__office=office, team__school__office=office)
    return asks.select_related("team__school", "helper", "programme").order_by("asked_on", "pk")


@dataclass(frozen=True)
class Inbox:
    """What lies in the office: asks that wait for a name, those in hand, those closed last."""

    new: tuple[Ask, ...]
    in_hand: tuple[Ask, ...]
    closed: tuple[Ask, ...]


def inbox(office: Office) -> Inbox:
    """Sort an office's asks, in two queries."""
    still_open = list(asks_of(office).open())  # type: ignore[attr-defined]  # an Asks queryset
    return Inbox(
        new=tuple(ask for ask in still_open if not ask.who_helps),
        in_hand=tuple(ask for ask in still_open if ask.who_helps),
        closed=tuple(asks_of(office).exclude(closed_on=None).order_by("-closed_on", "-pk")[:20]),
    )


def steps_of(ask: Ask) -> QuerySet[AskStep]:
    return ask.steps.select_related("by")
