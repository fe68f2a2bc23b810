"""The whole page that staff read, as one value: made once, shown on the screen, on paper, in the feed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from colead.content.model import Playbook
from colead.decisions.models import LetGo
from colead.decisions.wording import in_words
from colead.plans.models import Trial
from colead.playbook.models import Choice
from colead.schools.models import School, Team
from colead.staffpage.models import Notice
from colead.staffpage.queries.decided import DecisionShown, QuestionShown, decisions_shown, questions_shown
from colead.staffpage.queries.findings import FindingShown, findings_shown
from colead.staffpage.queries.telling import HeldBack, What, held_back, names_at
from colead.staffpage.queries.voices_circle import took_part
from colead.staffpage.queries.voices_register import Voices, voices_at
from colead.surveys.models import Wave
from colead.surveys.queries.results import Result, result_of


@dataclass(frozen=True)
class Priority:
    """The one condition a team works on, why, and the test it is busy with."""

    team: Team
    condition: str  # slug; "" where the team has chosen none
    name: str
    reason: str
    since: date | None
    trial: Trial | None

    @property
    def running(self) -> bool:
        return bool(self.trial and self.trial.state == Trial.State.RUNNING)


@dataclass(frozen=True)
class Contents:
    """Everything on a school's page."""

    school: School
    today: date
    several_teams: bool
    visions: tuple[Notice, ...]
    priorities: tuple[Priority, ...]
    questions: tuple[QuestionShown, ...]
    findings: tuple[FindingShown, ...]
    decisions: tuple[DecisionShown, ...]
    let_gos: tuple[LetGo, ...]
    wins: tuple[Notice, ...]
    resources: tuple[Notice, ...]
    skills: tuple[Notice, ...]
    waves: tuple[Wave, ...]
    newest: Result | None  # of the first of `waves`
    vision_voices: Voices | None
    took_part: int  # at least so many have ever written in a team's work

    @property
    def late(self) -> tuple[FindingShown, ...]:
        return tuple(finding for finding in self.findings if finding.late)

    @property
    def waiting(self) -> tuple[FindingShown, ...]:
        return tuple(finding for finding in self.findings if finding.waits and not finding.late)

    @property
    def answered(self) -> tuple[FindingShown, ...]:
        return tuple(finding for finding in self.findings if not finding.waits)

    @property
    def given_back(self) -> str:
        """Say how much time a week is given back, all people together; "" for none."""
        minutes = sum(entry.minutes for entry in self.let_gos if not entry.back_since)
        return in_words(minutes) if minutes else ""

    @property
    def is_empty(self) -> bool:
        told = (*self.visions, *self.wins, *self.resources, *self.skills)
        done = (*self.priorities, *self.questions, *self.findings, *self.decisions, *self.let_gos, *self.waves)
        return not (told or done)


def contents(school: School, playbook: Playbook, *, today: date) -> Contents:
    """Gather a school's page, in a fixed number of queries."""
    held, teams = held_back(school), list(school.teams.order_by("pk"))
    notices = list(Notice.objects.filter(team__school=school).up().select_related("team"))
    waves, voices = _waves(school, teams, held), voices_at(school)
    return Contents(
        school=school,
        today=today,
        several_teams=len(teams) > 1,
        visions=_of_kind(notices, Notice.Kind.VISION),
        priorities=tuple(_priorities(school, teams, held, playbook)),
        questions=questions_shown(school, held, today=today),
        findings=findings_shown(school, held, today=today),
        decisions=decisions_shown(school, held, names_at(school), voices, today=today),
        let_gos=_let_gos(school, held),
        wins=_of_kind(notices, Notice.Kind.WIN),
        resources=_of_kind(notices, Notice.Kind.RESOURCE),
        skills=_of_kind(notices, Notice.Kind.SKILL),
        waves=waves,
        newest=result_of(waves[0]) if waves else None,
        vision_voices=voices.get(None),
        took_part=took_part(school),
    )


def _of_kind(notices: Iterable[Notice], kind: str) -> tuple[Notice, ...]:
    return tuple(notice for notice in notices if notice.kind == kind)


def _priorities(school: School, teams: list[Team], held: HeldBack, playbook: Playbook) -> Iterable[Priority]:
    chosen: dict[int, Choice] = {}
    for made in Choice.objects.filter(team__school=school).select_related("decision").order_by("id"):
        chosen[made.team_id] = made
    tests = {trial.team_id: trial for trial in Trial.objects.filter(team__school=school).active()}
    for team in teams:
        choice = None if held.holds(team.pk, What.PRIORITY) else chosen.get(team.pk)
        test = tests.get(team.pk)
        trial = None if test and held.holds(team.pk, What.TRIAL, test.pk) else test
        if choice or trial:
            yield _priority(team, choice, trial, playbook)


def _priority(team: Team, choice: Choice | None, trial: Trial | None, playbook: Playbook) -> Priority:
    if not choice:
        return Priority(team, "", "", "", None, trial)
    name = playbook.condition(choice.condition).name
    return Priority(team, choice.condition, name, choice.reason, choice.decision.decided_on, trial)


def _let_gos(school: School, held: HeldBack) -> tuple[LetGo, ...]:
    """Return what was let go: what stays gone before what crept back."""
    entries = LetGo.objects.filter(team__school=school).select_related("team")
    shown = [entry for entry in entries if not held.holds(entry.team_id, What.LET_GO, entry.pk)]
    return tuple(sorted(shown, key=lambda entry: bool(entry.back_since)))


def _waves(school: School, teams: list[Team], held: HeldBack) -> tuple[Wave, ...]:
    """Return the surveys whose results every team lets stand, the newest first."""
    sealed = school.waves.sealed()
    return tuple(wave for wave in sealed if not any(held.holds(team.pk, What.RESULT, wave.pk) for team in teams))


def wave_on_page(school: School, tag: str) -> Wave | None:
    """Return a survey of the school whose result is on its page, or None."""
    held, teams = held_back(school), list(school.teams.all())
    return next((wave for wave in _waves(school, teams, held) if wave.tag == tag.upper()), None)
