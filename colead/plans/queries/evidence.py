"""What a team knows, and what rests on it."""

import re
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from colead.plans.models import Evidence
from colead.schools.models import Team
from colead.surveys.models import Finding

_QUESTION = re.compile(r"([A-Z]-[WHI]|OV-)\d+[a-z]?")
_FINDING = re.compile(r"finding:(\d{1,18})")


@dataclass(frozen=True)
class Kind:
    """A kind of evidence that the team has, as a filter."""

    slug: str
    name: str | Promise
    here: bool


@dataclass(frozen=True)
class Log:
    """What the team knows, the newest first: all of it, or of one kind."""

    pieces: QuerySet[Evidence]
    kinds: tuple[Kind, ...]
    kind: str
    any: bool


@dataclass(frozen=True)
class Use:
    """Something that rests on a piece of evidence."""

    what: str | Promise
    text: str
    url: str


def evidence_log(team: Team, kind: str = "") -> Log:
    """Return what the team knows; a kind it has nothing of counts as none."""
    known = set(team.evidence.values_list("kind", flat=True))
    kind = kind if kind in known else ""
    pieces = team.evidence.select_related("added_by", "said_by")
    kinds = tuple(Kind(slug, name, slug == kind) for slug, name in Evidence.Kind.choices if slug in known)
    return Log(pieces.filter(kind=kind) if kind else pieces, kinds, kind, bool(known))


def question_of(evidence: Evidence) -> str:
    """Return the code of the question that a piece was taken from, without the letter of a sub-prompt; else nothing."""
    return evidence.origin.rstrip("abcdefgh") if _QUESTION.fullmatch(evidence.origin) else ""


def finding_of(evidence: Evidence) -> Finding | None:
    """Return the finding from a survey that a piece was taken from, if it was."""
    found = _FINDING.fullmatch(evidence.origin)
    return evidence.team.findings.select_related("wave").filter(pk=int(found[1])).first() if found else None


def evidence_of(finding: Finding) -> Evidence | None:
    """Return the piece of evidence that a finding became, if it did."""
    return finding.team.evidence.filter(origin=finding.as_evidence().origin).first() if finding.noted_on else None


def uses(evidence: Evidence) -> tuple[Use, ...]:
    """List what rests on a piece of evidence."""
    team = evidence.team_id
    barriers = {barrier.pk: barrier for barrier in evidence.barriers.all()}
    barriers |= {why.barrier_id: why.barrier for why in evidence.whys.select_related("barrier")}
    return (
        *(Use(_("barrier"), each.statement, reverse("barrier", args=[team, each.pk])) for each in barriers.values()),
        *(Use(_("board"), each.text, reverse("swot", args=[team])) for each in evidence.swot.all()),
        *(
            Use(_("theory of action"), each.text, reverse("theory_line", args=[team, each.pk]))
            for each in evidence.theory_lines.all()
        ),
    )
