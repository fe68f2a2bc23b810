"""Look at one condition together: write first, reveal, agree on a line each."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet

from colead.accounts.models import User
from colead.plans.models import Evidence
from colead.playbook.models import Assessment, CriterionAnswer, CriterionLine
from colead.schools.models import Team
from colead.texts.actions import save_text


class NobodyHasWritten(Exception):
    """Refuse to reveal a round in which nobody has written."""


class NotRevealed(Exception):
    """Refuse to agree on lines before the round is revealed."""


class RoundClosed(Exception):
    """Refuse to change the lines of a round that is closed; the next round stands beside it."""


class LinesMissing(Exception):
    """Refuse to finish a round while no line is agreed."""


def start_assessment(team: Team, condition: str, *, version: int, now: datetime) -> Assessment:
    """Return the condition's open round, or begin the next one."""
    rounds = team.assessments.filter(condition=condition)
    number = (rounds.aggregate(Max("number"))["number__max"] or 0) + 1
    facts = {"number": number, "rubric_version": version, "started_on": team.today(now)}
    try:
        with transaction.atomic():
            round_, _ = rounds.get_or_create(team=team, condition=condition, agreed_on=None, defaults=facts)
    except IntegrityError:  # somebody began it in the same moment
        round_ = rounds.get(agreed_on=None)
    return round_


def write_view(
    round_: Assessment, code: str, *, growth: str, evidence: str, by: User, based_on: int, now: datetime
) -> CriterionAnswer | None:
    """Save what `by` sees for one criterion. Two empty texts where none was begun make no row."""
    views = CriterionAnswer.objects.filter(assessment=round_, author=by, code=code)
    if not (growth.strip() or evidence.strip()) and not views.exists():
        return None
    view, _ = views.get_or_create(assessment=round_, author=by, code=code, defaults={"written_at": now})
    return save_text(view, based_on=based_on, by=by, now=now, growth=growth, evidence=evidence, written_at=now)


def written_views(round_: Assessment) -> QuerySet[CriterionAnswer]:
    """Views with words in them."""
    return round_.answers.exclude(growth__regex=r"^\s*$", evidence__regex=r"^\s*$")


def reveal_assessment(round_: Assessment, *, by: User, now: datetime) -> None:
    """Show everybody's views side by side. Refuses with NobodyHasWritten."""
    if not written_views(round_).exists():
        raise NobodyHasWritten
    _reveal(round_, by, now)


def _reveal(round_: Assessment, by: User, now: datetime) -> None:
    Assessment.objects.filter(pk=round_.pk, revealed_at=None).update(revealed_at=now, revealed_by=by)
    round_.refresh_from_db()


def agree_line(
    round_: Assessment,
    code: str,
    *,
    line: str,
    tag: str,
    evidence: list[Evidence],
    by: User,
    based_on: int,
    now: datetime,
) -> CriterionLine:
    """Save the team's one line for a criterion, its tag and the evidence it rests on.

    Refuses with NotRevealed and RoundClosed.
    """
    if not round_.revealed_at:
        raise NotRevealed
    if round_.agreed_on:
        raise RoundClosed
    with transaction.atomic():
        agreed, _ = CriterionLine.objects.get_or_create(assessment=round_, code=code)
        agreed = save_text(agreed, based_on=based_on, by=by, now=now, line=line, tag=tag)
        agreed.evidence.set(evidence)
    return agreed


def type_up_lines(
    team: Team, condition: str, lines: dict[str, tuple[str, str]], *, version: int, by: User, now: datetime
) -> Assessment:
    """Enter the lines and tags a team agreed on over a printed sheet: all of them, or nothing.

    The team has talked already, so the round is revealed with it. A line that stands there is not replaced.
    """
    with transaction.atomic():
        round_ = start_assessment(team, condition, version=version, now=now)
        if not round_.revealed_at:
            _reveal(round_, by, now)
        for code, (line, tag) in lines.items():
            if not round_.lines.filter(code=code).exists():
                agree_line(round_, code, line=line, tag=tag, evidence=[], by=by, based_on=0, now=now)
    return round_


def finish_assessment(round_: Assessment, *, now: datetime) -> None:
    """Close the round, so that a later one stands beside it. Refuses with LinesMissing where there is no line yet."""
    if not round_.lines.exclude(line="").exists():
        raise LinesMissing
    Assessment.objects.filter(pk=round_.pk, agreed_on=None).update(agreed_on=round_.team.today(now))
    round_.refresh_from_db()
