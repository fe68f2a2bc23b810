"""Note what the team knows, put it right, take it out for good."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.plans.models import Evidence
from colead.schools.actions import Refusal
from colead.schools.models import Team
from colead.texts.actions import save_new, save_text


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


def edit_evidence(evidence: Evidence, *, by: User, based_on: int, now: datetime, **changes: Any) -> Evidence:
    """Put a piece of evidence right. Refuses with NotYourWords to change what another person said."""
    said = changes.get("body", evidence.body)
    if evidence.said_by_id and evidence.said_by_id != by.pk and said != evidence.body:
        raise NotYourWords
    return save_text(evidence, based_on=based_on, by=by, now=now, **changes)


def erase_evidence(evidence: Evidence) -> None:
    """Take a piece out for good, with its whole history: for what should never have been written here."""
    with transaction.atomic():
        history = evidence.history
        pk = evidence.pk
        evidence.delete()
        history.model.objects.filter(id=pk).delete()  # the note that it was deleted would hold its words too
