"""Findings as staff read them: what was found, what came of it, or by when an answer is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from colead.decisions.models import Decision
from colead.schools.models import School, Team
from colead.staffpage.models import FindingAnswer
from colead.staffpage.queries.telling import HeldBack, What, missing_in
from colead.staffpage.schooldays import Span, answer_due
from colead.surveys.models import Finding
from colead.surveys.queries.findings import findings_of


@dataclass(frozen=True)
class FindingShown:
    """One finding. `due` is the last school day in time; `decision` the one on the page that answers it, if any."""

    id: int
    team: Team
    sentence: str
    wave: str
    topic: str
    found_on: date
    due: date
    late: bool
    answered_on: date | None
    answer: str
    not_now: bool
    decision_id: int | None

    @property
    def waits(self) -> bool:
        return self.answered_on is None


def days_off(school: School) -> tuple[Span, ...]:
    """Return the school's own days off."""
    return tuple(school.days_off.values_list("first", "last"))


def findings_shown(school: School, held: HeldBack, *, today: date) -> tuple[FindingShown, ...]:
    """Return all findings of a school: late ones first, then those that wait, then the newest answers."""
    off = days_off(school)
    found = findings_of(school, today=today)
    rows = FindingAnswer.objects.filter(finding__team__school=school).select_related("decision")
    came = {row.finding_id: row for row in rows}
    everything = (*found.late, *found.waiting, *found.answered)
    shown = [_shown(finding, came.get(finding.pk), held, off, today) for finding in everything]
    waiting = sorted((one for one in shown if one.waits), key=lambda one: (one.due, one.id))
    return (*waiting, *(one for one in shown if not one.waits))


def _shown(
    finding: Finding, came: FindingAnswer | None, held: HeldBack, off: Iterable[Span], today: date
) -> FindingShown:
    due = answer_due(finding.found_on, off)
    decision = came.decision if came else None
    return FindingShown(
        id=finding.pk,
        team=finding.team,
        sentence=finding.sentence,
        wave=finding.wave.title,
        topic=finding.topic if finding.about else "",
        found_on=finding.found_on,
        due=due,
        late=finding.answered_on is None and today > due,
        answered_on=finding.answered_on,
        answer=finding.answer_text,
        not_now=bool(came and not came.decision_id),
        decision_id=decision.pk if decision and on_page(decision, held) else None,
    )


def on_page(decision: Decision, held: HeldBack) -> bool:
    """Say whether staff read a decision: its record is finished, and the team does not hold it back."""
    if decision.is_open or missing_in(decision):
        return False
    return not held.holds(decision.team_id, What.DECISION, decision.pk)
