"""Decisions as staff read them: the question, what was heard, what was decided and why, who saw it otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from colead.decisions.models import Decision, Dissent, Input, Option, Review
from colead.schools.models import School, Team
from colead.staffpage.queries.findings import on_page
from colead.staffpage.queries.telling import HeldBack, Names, What
from colead.staffpage.queries.voices import Replies, replies_at
from colead.staffpage.queries.voices_register import Voices


@dataclass(frozen=True)
class Heard:
    """What a group said, and where it went."""

    who: str
    said: str
    fate: str
    went: str


@dataclass(frozen=True)
class Otherwise:
    """Something that was said against it, and what became of that."""

    kind: str
    body: str
    outcome: str
    what_happened: str


@dataclass(frozen=True)
class Offered:
    """An option, and whether it is the one that was taken."""

    name: str
    speaks_for: str
    speaks_against: str
    taken: bool


@dataclass(frozen=True)
class Looked:
    """One look back at a decision."""

    on: date
    seen: str
    verdict: str


@dataclass(frozen=True)
class DecisionShown:
    """One decision. `owner` is empty where nobody is named, and `owner_left` where whoever it was has gone."""

    id: int
    team: Team
    question: str
    background: str
    heard: tuple[Heard, ...]
    options: tuple[Offered, ...]
    way: str
    decided: str
    because: str
    otherwise: tuple[Otherwise, ...]
    concerns: str
    follow_up: tuple[str, ...]  # questions that came out of it
    starts_on: date | None
    owner: str
    owner_left: bool
    decided_on: date | None
    review_on: date | None
    reviews: tuple[Looked, ...]
    message: str
    answers: tuple[str, ...]  # the findings it answers
    replies: Replies | None  # what staff replied, once enough had
    voices: Voices | None  # whose are in it


@dataclass(frozen=True)
class QuestionShown:
    """A question on which staff can still be heard."""

    id: int
    team: Team
    question: str
    background: str
    until: date
    decider: str


def decisions_shown(
    school: School, held: HeldBack, names: Names, voices: Mapping[int | None, Voices], *, today: date
) -> tuple[DecisionShown, ...]:
    """Return the school's decisions that are on the page, the newest first, in a fixed number of queries."""
    replies = replies_at(school, today=today)
    return tuple(
        _shown(each, held, names, replies.get(each.pk), voices.get(each.pk))
        for each in _all_of(school)
        if on_page(each, held)
    )


def _all_of(school: School) -> QuerySet[Decision]:
    parts = ("options", "inputs", "dissents", "reviews", "followed_by", "answers__finding")
    found = Decision.objects.filter(team__school=school).decided()
    return found.select_related("owner__user", "team").prefetch_related(*parts).order_by("-decided_on", "-id")


def _shown(
    decision: Decision, held: HeldBack, names: Names, replies: Replies | None, voices: Voices | None
) -> DecisionShown:
    named = decision.owner and decision.team_id not in held.nameless
    dissents = [dissent for dissent in decision.dissents.all() if dissent.outcome != Dissent.Outcome.OPEN]
    return DecisionShown(
        id=decision.pk,
        team=decision.team,
        question=decision.question,
        background=decision.background,
        heard=tuple(_heard(each, names) for each in decision.inputs.all() if each.said),
        options=tuple(_offered(option, decision) for option in decision.options.all()),
        way=decision.get_way_display(),
        decided=decision.decided,
        because=decision.because,
        otherwise=tuple(_otherwise(each) for each in dissents),
        concerns=decision.concerns,
        follow_up=tuple(each.question for each in decision.followed_by.all()),
        starts_on=decision.starts_on,
        owner=str(decision.owner) if named else "",
        owner_left=decision.owner_is_gone,
        decided_on=decision.decided_on,
        review_on=decision.review_on if decision.state == Decision.State.DECIDED else None,
        reviews=tuple(_looked(review) for review in decision.reviews.all()),
        message=decision.message,
        answers=tuple(row.finding.sentence for row in decision.answers.all()),
        replies=replies,
        voices=voices,
    )


def _heard(each: Input, names: Names) -> Heard:
    return Heard(names.role_only(each.who), each.said, each.get_fate_display(), each.went)


def _otherwise(dissent: Dissent) -> Otherwise:
    """Return what was said against it. Who said so stays in the team."""
    return Otherwise(dissent.get_kind_display(), dissent.body, dissent.get_outcome_display(), dissent.what_happened)


def _offered(option: Option, decision: Decision) -> Offered:
    return Offered(option.name, option.speaks_for, option.speaks_against, option.pk == decision.chosen_id)


def _looked(review: Review) -> Looked:
    return Looked(review.held_on, review.seen, review.get_verdict_display())


def questions_shown(school: School, held: HeldBack, *, today: date) -> tuple[QuestionShown, ...]:
    """Return the open questions on which people are asked for their view until a day that has not passed."""
    asked = Decision.objects.filter(team__school=school, input_until__gte=today).open()
    rows = asked.select_related("team", "decider__user").order_by("input_until", "id")
    return tuple(_question(each, held) for each in rows if not held.holds(each.team_id, What.QUESTION, each.pk))


def _question(decision: Decision, held: HeldBack) -> QuestionShown:
    assert decision.input_until is not None  # asked for in the query
    decider = "" if decision.team_id in held.nameless else str(decision.decider or "")
    return QuestionShown(
        decision.pk, decision.team, decision.question, decision.background, decision.input_until, decider
    )
