"""One big question as a person sees it: what I wrote, who has written, and, once revealed, what everybody wrote."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime

from colead.accounts.models import User
from colead.decisions.models import Decision
from colead.playbook.asked import Asked, questions_of
from colead.playbook.models import OVERVIEW, Answer, Discussion, Walk
from colead.schools.models import Team


@dataclass(frozen=True)
class Mine:
    """One of my answers: to the question itself (no label) or to a sub-prompt."""

    code: str
    label: str
    body: str
    version: int
    wrong: str = ""  # what is wrong with it, when it could not be saved


@dataclass(frozen=True)
class Card:
    """What one person wrote, revealed: pairs of sub-prompt (or nothing) and words."""

    author: User
    name: str
    initials: str
    parts: tuple[tuple[str, str], ...]

    @property
    def words(self) -> str:
        """Return all that this person wrote, as one text."""
        return "\n\n".join(body.strip() for _label, body in self.parts)


@dataclass(frozen=True)
class Offer:
    """Words from an earlier guide that may serve again: mine, or the team's note."""

    condition: str
    code: str
    body: str
    from_team: bool

    @property
    def key(self) -> str:
        """The name by which a page asks for these words."""
        return f"{self.code}-team" if self.from_team else self.code


@dataclass(frozen=True)
class QuestionPage:
    """All that the page of a question shows."""

    asked: Asked
    mine: tuple[Mine, ...]
    saved_at: datetime | None
    i_wrote: bool
    written: int
    team_size: int
    discussion: Discussion | None
    cards: tuple[Card, ...]
    offers: tuple[Offer, ...]
    earlier: Decision | None  # what was decided on this question the last time the team walked this guide
    before: Asked | None
    after: Asked | None

    @property
    def wrote_prompts(self) -> bool:
        """Say whether I have written to a sub-prompt, so that they stand open."""
        return any(mine.body.strip() for mine in self.mine[1:])

    @property
    def wrong(self) -> bool:
        """Say whether something I typed could not be saved."""
        return any(mine.wrong for mine in self.mine)

    @property
    def revealed(self) -> bool:
        return bool(self.discussion and self.discussion.revealed_at)


def current_walk(team: Team, condition: str) -> Walk | None:
    """Return the team's newest walk through a condition (or the overview)."""
    return team.walks.filter(condition=condition).last()


def question_page(team: Team, asked: Asked, viewer: User) -> QuestionPage:
    """Gather a question's page. Another's words are in it only once the question is revealed."""
    walk = current_walk(team, asked.condition)
    answers = _answers(walk, asked)
    discussion = (
        walk.discussions.select_related("decision", "revealed_by").filter(code=asked.code).first() if walk else None
    )
    revealed = bool(discussion and discussion.revealed_at)
    mine = {answer.code: answer for answer in answers if answer.author_id == viewer.pk}
    authors = {answer.author_id for answer in answers if answer.body.strip()}
    siblings = questions_of(asked.condition)
    place = next((i for i, other in enumerate(siblings) if other.code == asked.code), None)
    return QuestionPage(
        asked=asked,
        mine=_mine(asked, mine),
        saved_at=max((answer.written_at for answer in mine.values()), default=None),
        i_wrote=viewer.pk in authors,
        written=len(authors),
        team_size=team.members.active().count(),
        discussion=discussion,
        cards=_cards(team, asked, answers) if revealed else (),
        offers=() if viewer.pk in authors else _offers(team, asked, viewer),
        earlier=_decided_before(walk, asked.code),
        before=siblings[place - 1] if place else None,
        after=siblings[place + 1] if place is not None and place + 1 < len(siblings) else None,
    )


def _decided_before(walk: Walk | None, code: str) -> Decision | None:
    """Return the newest decision on a question from earlier walks through the same guide."""
    if not walk or walk.number == 1:
        return None
    before = Discussion.objects.filter(walk__team=walk.team_id, walk__condition=walk.condition, code=code)
    found = before.exclude(walk=walk).exclude(decision=None).select_related("decision").order_by("walk_id").last()
    return found.decision if found else None


def _answers(walk: Walk | None, asked: Asked) -> list[Answer]:
    return list(walk.answers.filter(code__in=asked.codes).select_related("author")) if walk else []


def _mine(asked: Asked, answers: dict[str, Answer]) -> tuple[Mine, ...]:
    labelled = (("", asked.code), *((text, code) for code, text in asked.prompts))
    return tuple(
        Mine(
            code, label, answers[code].body if code in answers else "", answers[code].version if code in answers else 0
        )
        for label, code in labelled
    )


def _cards(team: Team, asked: Asked, answers: list[Answer]) -> tuple[Card, ...]:
    """Return the cards in joining order; those who have left the team since come last."""
    by_author: dict[int, dict[str, Answer]] = defaultdict(dict)
    for answer in answers:
        if answer.body.strip():
            by_author[answer.author_id][answer.code] = answer
    joined = list(team.members.values_list("user_id", flat=True))
    order = sorted(by_author, key=lambda author: joined.index(author) if author in joined else len(joined))
    labels = {asked.code: "", **dict(asked.prompts)}
    return tuple(_card(by_author[author], labels) for author in order)


def _card(answers: dict[str, Answer], labels: dict[str, str]) -> Card:
    author = next(iter(answers.values())).author
    parts = tuple((label, answers[code].body) for code, label in labels.items() if code in answers)
    return Card(author, str(author), author.initials, parts)


def _offers(team: Team, asked: Asked, viewer: User) -> tuple[Offer, ...]:
    """Return what I wrote, or the team noted, to the same kind of question elsewhere: newest first, at most three.

    Only the story and the equity question come back in every guide.
    """
    if asked.kind not in ("story", "equity"):
        return ()
    here = current_walk(team, asked.condition)
    others = team.walks.exclude(condition=OVERVIEW).order_by("-id")
    found: list[Offer] = []
    for walk in others.exclude(pk=here.pk) if here else others:
        found += _offers_from(walk, asked.kind, viewer)
    return tuple(found[:3])


def _offers_from(walk: Walk, kind: str, viewer: User) -> list[Offer]:
    twin = next((question for question in questions_of(walk.condition) if question.kind == kind), None)
    if not twin:
        return []
    mine = walk.answers.filter(author=viewer, code__in=twin.codes).exclude(body="").order_by("code")
    noted = walk.discussions.filter(code=twin.code).exclude(note="").values_list("note", flat=True)
    offers = [Offer(twin.condition_name, twin.code, "\n\n".join(answer.body for answer in mine), False)] if mine else []
    return offers + [Offer(twin.condition_name, twin.code, note, True) for note in noted]


def with_offer(page: QuestionPage, key: str) -> QuestionPage:
    """Return the page with offered words in the still empty answer. Nothing is saved by that."""
    taken = next((offer.body for offer in page.offers if offer.key == key), "")
    first, *others = page.mine
    return replace(page, mine=(replace(first, body=first.body or taken), *others))
