"""Barriers with their causes, ideas and votes."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from colead.plans.forms.fields import condition_name
from colead.plans.models import Barrier, Idea, SwotItem, Theory, Why
from colead.plans.queries.tried import Tried, search_tried
from colead.schools.models import Member, Team


@dataclass(frozen=True)
class Votes:
    """How many votes something has, and whether mine is among them."""

    given: int
    mine: bool


@dataclass(frozen=True)
class BarrierCard:
    """A barrier in a list: what shows, the pattern, the cause, the approach chosen."""

    barrier: Barrier
    votes: Votes
    condition: str
    cause: str
    approach: str


@dataclass(frozen=True)
class BarriersPage:
    """All barriers of a team, or of one condition; what was put away stands apart."""

    cards: tuple[BarrierCard, ...]
    away: tuple[Barrier, ...]
    condition: str
    condition_name: str


@dataclass(frozen=True)
class IdeaCard:
    """An idea in a list."""

    idea: Idea
    votes: Votes


@dataclass(frozen=True)
class BarrierPage:
    """One barrier, from what stands in the way to the approach."""

    card: BarrierCard
    chain: tuple[Why, ...]
    cause: Why | None
    ideas: tuple[IdeaCard, ...]
    approach: Idea | None
    away: tuple[Why | Idea, ...]
    tried: tuple[Tried, ...]
    theory: Theory | None


def votes_of(thing: Barrier | Idea | SwotItem, member: Member | None) -> Votes:
    """Count votes that were prefetched; nobody sees whose they are."""
    voters = list(thing.voters.all())
    return Votes(len(voters), member in voters)


def whys_of(team: Team) -> QuerySet[Why]:
    """Return every link of every chain of the team."""
    return Why._default_manager.filter(barrier__team=team).select_related("barrier__team__school")


def barriers_page(team: Team, member: Member | None, condition: str = "") -> BarriersPage:
    """Gather barriers with their causes and approaches, in a fixed number of queries."""
    barriers = team.barriers.prefetch_related("voters", "whys", "ideas")
    if condition:
        barriers = barriers.filter(condition=condition)
    found = list(barriers)
    return BarriersPage(
        cards=tuple(_card(barrier, member) for barrier in found if not barrier.put_away_on),
        away=tuple(barrier for barrier in found if barrier.put_away_on),
        condition=condition,
        condition_name=condition_name(condition),
    )


def _card(barrier: Barrier, member: Member | None) -> BarrierCard:
    cause = next((why.because for why in barrier.whys.all() if why.is_cause), "")
    approach = next((idea.text for idea in barrier.ideas.all() if idea.chosen_on), "")
    return BarrierCard(barrier, votes_of(barrier, member), condition_name(barrier.condition), cause, approach)


def barrier_page(barrier: Barrier, member: Member | None) -> BarrierPage:
    """Gather one barrier's chain, ideas and what was tried about it before."""
    whys = list(barrier.whys.select_related("evidence"))
    ideas = list(barrier.ideas.prefetch_related("voters"))
    chain = tuple(why for why in whys if not why.put_away_on)
    cause = next((why for why in chain if why.is_cause), None)
    both: tuple[Why | Idea, ...] = (*whys, *ideas)
    return BarrierPage(
        card=_card(barrier, member),
        chain=chain,
        cause=cause,
        ideas=tuple(IdeaCard(idea, votes_of(idea, member)) for idea in ideas if not idea.put_away_on),
        approach=next((idea for idea in ideas if idea.chosen_on), None),
        away=tuple(each for each in both if each.put_away_on),
        tried=_tried_about(barrier, cause, ideas),
        theory=barrier.theories.first(),
    )


def _tried_about(barrier: Barrier, cause: Why | None, ideas: Iterable[Idea]) -> tuple[Tried, ...]:
    """Look for what was tried about this barrier, leaving out the ideas that stand on its own page."""
    own = {idea.text for idea in ideas}
    found = search_tried(barrier.team, f"{barrier.statement} {cause.because if cause else ''}", most=8 + len(own))
    return tuple(tried for tried in found if tried.what not in own)[:5]
