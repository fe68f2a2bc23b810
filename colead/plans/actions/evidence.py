"""Note what the team knows, put it right, take it out for good."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Replace
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.plans.models import Adoption, Evidence, Theory
from colead.plans.queries.evidence import finding_of
from colead.schools.actions import Refusal
from colead.schools.models import Team
from colead.surveys.actions.findings import mark_noted
from colead.surveys.models import Finding
from colead.texts.actions import save_new, save_text

GONE = "[…]"  # what stands where words were taken out


class NotedAlready(Refusal):
    """Refuse to note a finding twice."""

    reason = _("This finding is among what you know already.")


class NotYourWords(Refusal):
    """Refuse to change what somebody else said."""

    reason = _("These are somebody else’s words. You can change everything around them, not the words.")


def note_evidence(
    team: Team,
    *,
    kind: str,
    body: str,
    by: User,
    now: datetime,
    source: str = "",
    link: str = "",
    seen_on: date | None = None,
    origin: str = "",
    said_by: User | None = None,
) -> Evidence:
    """Add a quote, a number or a document to what the team knows.

    What is taken from a guide carries the code of the question as `origin`, and whose words they are as `said_by`.
    """
    evidence = Evidence(
        team=team,
        kind=kind,
        body=body,
        source=source,
        link=link,
        seen_on=seen_on or team.today(now),
        origin=origin,
        said_by=said_by,
        added_by=by,
    )
    return save_new(evidence, by=by, now=now)


@transaction.atomic
def take_finding(finding: Finding, *, by: User, now: datetime) -> Evidence:
    """Note what a survey showed as something that people say. Refuses with NotedAlready."""
    if not mark_noted(finding, on=finding.team.today(now)):
        raise NotedAlready
    known = finding.as_evidence()
    return note_evidence(
        finding.team,
        kind=Evidence.Kind.PERCEPTION,
        body=known.body,
        source=known.source[:300],
        seen_on=known.seen_on,
        origin=known.origin,
        by=by,
        now=now,
    )


def edit_evidence(evidence: Evidence, *, by: User, based_on: int, now: datetime, **changes: Any) -> Evidence:
    """Put a piece of evidence right. Refuses with NotYourWords to change what another person said."""
    said = changes.get("body", evidence.body)
    if evidence.said_by_id and evidence.said_by_id != by.pk and said != evidence.body:
        raise NotYourWords
    return save_text(evidence, based_on=based_on, by=by, now=now, **changes)


def erase_evidence(evidence: Evidence) -> None:
    """Take a piece out for good, with its history and wherever its words were carried over by this house.

    For what should never have been written here. A theory that began with the quote keeps its other words.
    """
    with transaction.atomic():
        bodies = {evidence.body, *evidence.history.values_list("body", flat=True)}
        for body in bodies:
            _take_out_of_theories(evidence.team, body)
        history, pk = evidence.history.model, evidence.pk
        if finding := finding_of(evidence):
            mark_noted(finding, on=None)
        evidence.delete()
        history.objects.filter(id=pk).delete()  # the note that it was deleted would hold its words too


def _take_out_of_theories(team: Team, body: str) -> None:
    """Take a quote out of what theories learned from staff, now, before, and in adopted versions."""
    gone = Replace("learned", Value(body), Value(GONE))
    team.theories.filter(learned__contains=body).update(learned=gone)
    Theory.history.filter(team_id=team.pk, learned__contains=body).update(learned=gone)
    for adoption in Adoption.objects.filter(theory__team=team):
        adoption.words["learned"] = adoption.words["learned"].replace(body, GONE)
        for line in adoption.words["lines"]:
            line["evidence"] = [piece for piece in line["evidence"] if piece != body]
        adoption.save(update_fields=["words"])
