"""Decisions in short: the newest, the open ones, those to look at again, those without an owner, those searched for."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from colead.decisions.models import Decision
from colead.schools.models import Team

SEARCHED = ("question", "background", "decided", "because", "concerns", "message", "talk", "options__name")


@dataclass(frozen=True)
class Brief:
    """What a list shows of one decision. What is not known yet is empty."""

    id: int
    url: str
    state: str
    state_name: str
    question: str
    decided: str
    because: str
    way: str
    way_name: str
    owner: str
    owner_is_gone: bool
    opened_on: date
    decided_on: date | None
    review_on: date | None
    message: str
    due: bool


@dataclass(frozen=True)
class Listed:
    """Everything on the page of decisions, each decision once."""

    due: tuple[Brief, ...]
    open: tuple[Brief, ...]
    decided: tuple[Brief, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.due or self.open or self.decided)


def recent(team: Team, limit: int = 3) -> tuple[Brief, ...]:
    """Return what was decided last, the newest first."""
    return tuple(_brief(decision) for decision in _with_owner(team.decisions.decided())[:limit])


def open_questions(team: Team) -> tuple[Brief, ...]:
    """Return the questions on which nothing is decided, the oldest first."""
    return tuple(_brief(decision) for decision in _with_owner(team.decisions.open()).order_by("id"))


def due_for_review(team: Team, today: date) -> tuple[Brief, ...]:
    """Return the decisions whose review date has come, the longest waiting first."""
    due = _with_owner(team.decisions.due(today)).order_by("review_on", "id")
    return tuple(_brief(decision, today) for decision in due)


def without_owner(team: Team) -> tuple[Brief, ...]:
    """Return the decisions for which nobody on the team answers: no owner was named, or the owner has left."""
    nobody = Q(owner=None) | Q(owner__left_on__isnull=False)
    unowned = team.decisions.filter(nobody, state=Decision.State.DECIDED)
    return tuple(_brief(decision) for decision in _with_owner(unowned))


def listed(team: Team, *, today: date, search: str = "") -> Listed:
    """Return the team's decisions in three lists; with `search`, those in which every word of it is found."""
    found = _with_owner(_matching(team.decisions.all(), search))
    briefs = [_brief(decision, today) for decision in found]
    due = sorted((each for each in briefs if each.due), key=lambda each: each.review_on or today)
    return Listed(
        due=tuple(due),
        open=tuple(each for each in briefs if each.state in ("open", "talking")),
        decided=tuple(each for each in briefs if each.state in ("decided", "reviewed") and not each.due),
    )


def _matching(decisions: QuerySet[Decision], search: str) -> QuerySet[Decision]:
    for word in search.split()[:10]:
        somewhere = Q()
        for field in SEARCHED:
            somewhere |= Q(**{f"{field}__icontains": word})
        decisions = decisions.filter(pk__in=decisions.model.objects.filter(somewhere).values("pk"))
    return decisions


def _with_owner(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    return decisions.select_related("owner__user")


def _brief(decision: Decision, today: date | None = None) -> Brief:
    return Brief(
        id=decision.pk,
        url=reverse("decision", args=[decision.team_id, decision.pk]),
        state=decision.state,
        state_name=decision.get_state_display(),
        question=decision.question,
        decided=decision.decided,
        because=decision.because,
        way=decision.way,
        way_name=decision.get_way_display(),
        owner=str(decision.owner or ""),
        owner_is_gone=decision.owner_is_gone,
        opened_on=decision.opened_on,
        decided_on=decision.decided_on,
        review_on=decision.review_on,
        message=decision.message,
        due=bool(today and decision.is_due(today)),
    )
