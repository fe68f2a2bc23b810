"""Note what the team knows."""

from datetime import date, datetime

from colead.accounts.models import User
from colead.plans.models import Evidence
from colead.schools.models import Team
from colead.texts.actions import save_new


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
) -> Evidence:
    """Add a quote, a number or a document to what the team knows."""
    evidence = Evidence(
        team=team, kind=kind, body=body, source=source, link=link, seen_on=seen_on or team.today(now), added_by=by
    )
    return save_new(evidence, by=by, now=now)
