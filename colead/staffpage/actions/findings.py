"""Answer a finding so that everybody sees what came of it: a decision, or a reason why not now."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.decisions.models import Decision
from colead.schools.actions import Refusal
from colead.staffpage.models import FindingAnswer
from colead.surveys.actions.findings import answer_finding
from colead.surveys.models import Finding


class NotDecided(Refusal):
    """Refuse an answer that rests on a question nobody has decided, or on another team's decision."""

    reason = _("This is not decided yet, so it answers nothing.")


class NoWords(Refusal):
    """Refuse an answer without words."""

    reason = _("Say it in a sentence: staff read these words.")


@transaction.atomic
def say_what_came(
    finding: Finding,
    *,
    text: str,
    by: User,
    now: datetime,
    decision: Decision | None = None,
    based_on: int | None = None,
) -> FindingAnswer:
    """Answer a finding with a decision, or without one: `text` then says why not now.

    Refuses with NotDecided, NoWords; with StaleSave where somebody answered since version `based_on`.
    """
    if not text.strip():
        raise NoWords
    if decision and (decision.is_open or decision.team_id != finding.team_id):
        raise NotDecided
    if based_on is not None:
        finding.version = min(based_on, finding.version)
    answer_finding(finding, text=text, by=by, now=now)
    FindingAnswer.objects.filter(finding=finding).delete()
    return FindingAnswer.objects.create(finding=finding, decision=decision)
