"""Findings as everybody at the school sees them: those that wait first, those that are late before all."""

from dataclasses import dataclass
from datetime import date

from colead.schools.models import School, Team
from colead.surveys.models import Finding


@dataclass(frozen=True)
class Findings:
    """A school's findings: waiting (the late ones first), and answered (the newest first)."""

    late: tuple[Finding, ...]
    waiting: tuple[Finding, ...]
    answered: tuple[Finding, ...]

    @property
    def any(self) -> bool:
        return bool(self.late or self.waiting or self.answered)


def findings_of(school: School, *, today: date) -> Findings:
    """Return all findings of a school, in a fixed number of queries."""
    found = list(Finding.objects.filter(team__school=school).select_related("team", "wave", "found_by"))
    waiting = [finding for finding in found if finding.answered_on is None]
    answered = [finding for finding in found if finding.answered_on]
    return Findings(
        late=tuple(finding for finding in waiting if finding.is_late(today)),
        waiting=tuple(finding for finding in waiting if not finding.is_late(today)),
        answered=tuple(sorted(answered, key=lambda one: (one.answered_on, one.pk), reverse=True)),
    )


def themes_of(team: Team, code: str) -> tuple[Finding, ...]:
    """Return what the team found in staff's own words on one question of a guide, the newest inquiry first."""
    waves = [wave for wave in team.school.waves.sealed() if code in wave.codes_of_lines.values()]
    lines = {(wave.pk, key) for wave in waves for key, value in wave.codes_of_lines.items() if value == code}
    found = team.findings.filter(wave__in=waves).select_related("wave").order_by("-found_on", "-pk")
    return tuple(finding for finding in found if (finding.wave_id, finding.about) in lines)
