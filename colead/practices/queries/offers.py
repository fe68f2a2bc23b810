"""What a search has found, in words: offers side by side, the price of time, why a team is left out."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from colead.decisions.wording import in_words
from colead.practices.finding import Found, Offer, Tag, Why
from colead.timetable.shifts.telling import told_once
from colead.timetable.shifts.values import Objective, Reason

NAMES = {
    Objective.MOVES: gettext_lazy("Fewest moves"),
    Objective.PEOPLE: gettext_lazy("Fewest people touched"),
    Objective.FAIR: gettext_lazy("Fairest: nobody moves much more than others"),
}


MOST_SENTENCES = 60


@dataclass(frozen=True)
class TeamTold:
    team: str
    before: str
    after: str
    short: str


@dataclass(frozen=True)
class OfferTold:
    """One proposal: its key, its name, what it costs, what each team has then, each change as a sentence."""

    key: str
    name: str
    moved: int
    people: int
    served: int
    of: int
    best: str
    teams: tuple[TeamTold, ...]
    sentences: tuple[str, ...]
    more: int  # moves that are not told
    new: int  # lessons that get a time for the first time


@dataclass(frozen=True)
class PriceTold:
    """One step of the price curve in words; `can_take` where there is a proposal behind it."""

    key: str
    teams: str
    moves: str
    proof: str
    can_take: bool


@dataclass(frozen=True)
class WhyTold:
    """Why a team is left out: a sentence to begin with, the rules that clash, what would help."""

    team: str
    lead: str
    reasons: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Told:
    doing: str
    offers: tuple[OfferTold, ...]
    prices: tuple[PriceTold, ...]
    whys: tuple[WhyTold, ...]
    said: str


DOING = {
    "": gettext_lazy("Getting ready"),
    Objective.MOVES.value: gettext_lazy("Looking for the fewest moves"),
    Objective.PEOPLE.value: gettext_lazy("Looking for the fewest people touched"),
    Objective.FAIR.value: gettext_lazy("Looking for the fairest way"),
    "prices": gettext_lazy("Working out what each team’s time costs"),
    "why": gettext_lazy("Finding out why a team is left out"),
    "scratch": gettext_lazy("Making a timetable from scratch"),
}


def told(found: Found) -> Told:
    """Put what was found into words."""
    return Told(
        doing=str(DOING.get(found.doing, DOING[""])),
        offers=tuple(_offer(offer) for offer in found.offers),
        prices=tuple(_price(tag) for tag in found.tags),
        whys=tuple(_why(why) for why in found.whys),
        said=found.said,
    )


def _offer(offer: Offer) -> OfferTold:
    teams = tuple(
        TeamTold(
            one.team,
            in_words(one.before),
            in_words(one.after),
            in_words(one.asked - one.after) if one.after < one.asked else "",
        )
        for one in offer.teams
    )
    told = told_once(offer.moves)
    return OfferTold(
        key=offer.key,
        name=_("A whole new timetable") if offer.kind else str(NAMES[offer.objective]),
        moved=offer.moved,
        people=len(offer.people),
        served=offer.served,
        of=len(offer.teams),
        best=_best(offer),
        teams=teams,
        sentences=tuple(move.text.read(_) for move in told[:MOST_SENTENCES]),
        more=max(0, len(told) - MOST_SENTENCES),
        new=len(offer.new),
    )


def _best(offer: Offer) -> str:
    if offer.kind:
        return _("Every lesson may be elsewhere. Good for a new year, hard on people in the middle of one.")
    if offer.proven:
        return _("Proven: nothing better exists.")
    if offer.objective is Objective.MOVES and offer.served == len(offer.teams):
        return _("At least %(bound)s moves are needed for this; a better way may be found yet.") % {
            "bound": min(offer.bound, offer.moved)
        }
    return _("A better way may be found yet.")


def _price(tag: Tag) -> PriceTold:
    facts = {"teams": tag.teams, "of": tag.of, "least": tag.at_least}
    teams = _("%(teams)s of %(of)s") % facts
    proof = _("at least %(least)s are needed") % facts if tag.at_least else _("perhaps; not proven")
    if tag.moves is None:
        return PriceTold(tag.key, teams, _("no way found"), proof, False)
    proof = _("no, this is proven") if tag.proven else proof
    return PriceTold(tag.key, teams, str(tag.moves), proof, bool(tag.offer and tag.moves))


def _why(why: Why) -> WhyTold:
    asked = {"team": why.team, "time": in_words(why.minutes)}
    leads = {
        (True, False): _("%(team)s alone can have %(time)s. All teams at once are the hard part."),
        (True, None): _("We could not find out in time whether %(team)s can have %(time)s."),
        (True, True): _("%(team)s cannot have %(time)s, because these cannot all hold:"),
        (False, False): _("All teams can have what they ask for; the search ran out of time. Look once more."),
        (False, None): _("We could not find out in time whether all teams together can have what they ask for."),
        (False, True): _("Not all teams can have what they ask for, because these cannot all hold:"),
    }
    possible = why.verdict.possible
    lead = leads[bool(why.team), None if possible is None else not possible] % asked
    reasons = tuple((one.text.read(_), _helps(one)) for one in why.verdict.reasons)
    return WhyTold(why.team or _("All teams together"), lead, reasons)


def _helps(reason: Reason) -> str:
    if not reason.needed:
        return _("perhaps part of it")
    if reason.moves is None:
        return ""
    template = ngettext("without it: %s move", "without it: %s moves", reason.moves)
    return template % reason.moves
