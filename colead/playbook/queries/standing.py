"""Where a team stands on the seven conditions, and one round of a self-assessment as a person sees it."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from colead.accounts.models import User
from colead.content.model import Condition, ConditionPage, Criterion, Dependency, Playbook, Rubric
from colead.playbook.models import Assessment, CriterionAnswer, CriterionLine
from colead.schools.models import Team


@dataclass(frozen=True)
class Standing:
    """What the team last agreed on for one condition: how many lines carry each tag. Not a score."""

    condition: Condition
    page: ConditionPage
    agreed_on: date | None
    growth: int
    mixed: int
    evidence: int
    open_round: Assessment | None
    chosen: bool
    hints: tuple[Dependency, ...]

    @property
    def lines(self) -> int:
        return self.growth + self.mixed + self.evidence


def standings(team: Team, playbook: Playbook) -> tuple[Standing, ...]:
    """Return the team's standing on each condition, in the playbook's order, in three queries."""
    rounds = defaultdict(list)
    for round_ in team.assessments.all():
        rounds[round_.condition].append(round_)
    tags: dict[int, Counter[str]] = defaultdict(Counter)
    for assessment_id, tag in CriterionLine.objects.filter(assessment__team=team).values_list("assessment_id", "tag"):
        tags[assessment_id][tag] += 1
    chosen = team.choices.first()
    return tuple(
        _standing(
            condition, playbook, rounds[condition.slug], tags, bool(chosen and chosen.condition == condition.slug)
        )
        for condition in playbook.conditions
    )


def _standing(
    condition: Condition, playbook: Playbook, rounds: list[Assessment], tags: dict[int, Counter[str]], chosen: bool
) -> Standing:
    agreed = [round_ for round_ in rounds if round_.agreed_on]
    counts: Counter[str] = tags[agreed[-1].pk] if agreed else Counter()
    return Standing(
        condition=condition,
        page=playbook.page(condition.slug),
        agreed_on=agreed[-1].agreed_on if agreed else None,
        growth=counts["growth"],
        mixed=counts["mixed"],
        evidence=counts["evidence"],
        open_round=next((round_ for round_ in rounds if not round_.agreed_on), None),
        chosen=chosen,
        hints=tuple(hint for hint in playbook.matrix.dependencies if hint.to == condition.slug),
    )


@dataclass(frozen=True)
class View:
    """What one person wrote for one criterion, revealed."""

    name: str
    initials: str
    growth: str
    evidence: str


@dataclass(frozen=True)
class CriterionState:
    """One criterion in a round: mine, everybody's once revealed, the team's line, and last time's line."""

    criterion: Criterion
    number: int
    of: int
    mine: CriterionAnswer | None
    views: tuple[View, ...]
    line: CriterionLine | None
    earlier: CriterionLine | None
    mine_earlier: CriterionAnswer | None


@dataclass(frozen=True)
class RoundPage:
    """All that the pages of one round show."""

    round: Assessment
    rubric: Rubric
    criteria: tuple[CriterionState, ...]
    written: int
    team_size: int
    i_wrote: bool
    saved_at: datetime | None  # when I last wrote in it

    @property
    def agreed(self) -> int:
        return sum(1 for state in self.criteria if state.line and state.line.line)


def round_page(round_: Assessment, rubric: Rubric, viewer: User) -> RoundPage:
    """Gather a round. Another's view is in it only once the round is revealed."""
    answers = [a for a in round_.answers.select_related("author") if a.growth.strip() or a.evidence.strip()]
    lines = {line.code: line for line in round_.lines.prefetch_related("evidence")}
    before = round_.team.assessments.filter(condition=round_.condition, number__lt=round_.number).last()
    earlier = _lines_of(before)
    mine_earlier = {view.code: view for view in before.answers.filter(author=viewer)} if before else {}
    joined = list(round_.team.members.values_list("user_id", flat=True))
    criteria = tuple(
        CriterionState(
            criterion=criterion,
            number=number,
            of=len(rubric.criteria),
            mine=next((a for a in answers if a.author_id == viewer.pk and a.code == criterion.code), None),
            views=_views(answers, criterion.code, joined) if round_.revealed_at else (),
            line=lines.get(criterion.code),
            earlier=earlier.get(criterion.code),
            mine_earlier=mine_earlier.get(criterion.code),
        )
        for number, criterion in enumerate(rubric.criteria, 1)
    )
    authors = {answer.author_id for answer in answers}
    saved_at = max((answer.written_at for answer in answers if answer.author_id == viewer.pk), default=None)
    size = round_.team.members.active().count()
    return RoundPage(round_, rubric, criteria, len(authors), size, viewer.pk in authors, saved_at)


def _lines_of(round_: Assessment | None) -> dict[str, CriterionLine]:
    return {line.code: line for line in round_.lines.select_related("assessment")} if round_ else {}


@dataclass(frozen=True)
class PastRound:
    """A round that is closed: its lines beside what they were about."""

    round: Assessment
    lines: tuple[tuple[Criterion, CriterionLine], ...]


def past_rounds(team: Team, condition: str, playbook: Playbook) -> tuple[PastRound, ...]:
    """Return a condition's closed rounds, newest first, in three queries."""
    rounds = team.assessments.filter(condition=condition).exclude(agreed_on=None)
    return tuple(_past(each, playbook) for each in reversed(rounds.prefetch_related("lines__evidence")))


def _past(round_: Assessment, playbook: Playbook) -> PastRound:
    lines = {line.code: line for line in round_.lines.all()}
    criteria = playbook.rubric(round_.condition, round_.rubric_version).criteria
    return PastRound(round_, tuple((each, lines[each.code]) for each in criteria if each.code in lines))


def _views(answers: list[CriterionAnswer], code: str, joined: list[int]) -> tuple[View, ...]:
    fitting = [answer for answer in answers if answer.code == code]
    fitting.sort(key=lambda answer: joined.index(answer.author_id) if answer.author_id in joined else len(joined))
    return tuple(View(str(a.author), a.author.initials, a.growth, a.evidence) for a in fitting)


def written_by(viewer: User, rounds: QuerySet[Assessment]) -> set[int]:
    """Return the ids of those of `rounds` in which the person has written."""
    written = CriterionAnswer.objects.filter(assessment__in=rounds, author=viewer)
    return set(written.exclude(growth="", evidence="").values_list("assessment_id", flat=True))
