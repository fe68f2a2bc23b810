"""Write down what a team found; answer it, for everybody to see."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.schools.actions import Refusal
from colead.schools.models import Team
from colead.surveys.models import Finding, Wave
from colead.texts.actions import StaleSave, save_new, save_text


class NotSealedYet(Refusal):
    """Refuse a finding from a wave that has no result yet."""

    reason = _("This survey has no result yet.")


class NotInThisSurvey(Refusal):
    """Refuse a finding about something the survey does not ask, or from another school's survey."""

    reason = _("This is no part of the survey.")


class Answered(Refusal):
    """Refuse to reword a finding that was answered: the answer would then stand under other words."""

    reason = _("This finding was answered. Write a new one if you see it differently now.")


@dataclass(frozen=True)
class Answer:
    """What came of a finding."""

    text: str
    on: date


def write_finding(
    team: Team, wave: Wave, *, about: str, sentence: str, answer_by: date, by: User, now: datetime
) -> Finding:
    """Put a finding where the whole school sees it waiting. `about` is the key of a part or an open line, or "".

    Refuses with NotSealedYet, NotInThisSurvey.
    """
    if wave.school_id != team.school_id:
        raise NotInThisSurvey
    if not wave.is_sealed:
        raise NotSealedYet
    if about and about not in wave.topics:
        raise NotInThisSurvey
    found = Finding(
        team=team,
        wave=wave,
        about=about,
        sentence=sentence,
        answer_by=answer_by,
        found_by=by,
        found_on=team.today(now),
    )
    return save_new(found, by=by, now=now)


def reword_finding(
    finding: Finding, *, sentence: str, answer_by: date, by: User, based_on: int, now: datetime
) -> Finding:
    """Say a finding better while it waits. Refuses with Answered, StaleSave."""
    if finding.answered_on:
        raise Answered
    return save_text(finding, based_on=based_on, by=by, now=now, sentence=sentence, answer_by=answer_by)


def mark_noted(finding: Finding, *, on: date | None) -> bool:
    """Say since when a finding is among the team's evidence, None: no longer; False if it was that way already."""
    free = Finding.objects.filter(pk=finding.pk, noted_on__isnull=on is not None)
    finding.noted_on = on
    return bool(free.update(noted_on=on))


def stale_words(stale: StaleSave) -> str:
    """Say what a colleague wrote in the meantime, so that nobody's sentence is lost."""
    theirs = next((str(clash.theirs) for clash in stale.clashes), "")
    return gettext("A colleague changed it in the meantime, to: “%(theirs)s”. Save again to keep yours.") % {
        "theirs": theirs
    }


def answer_finding(finding: Finding, *, text: str, by: User, now: datetime) -> Finding:
    """Answer a finding, or say the answer better; its day stays the day of the first answer."""
    on = finding.answered_on or finding.team.today(now)
    facts = {"answer_text": text, "answered_on": on, "state": Finding.State.ANSWERED}
    return save_text(finding, based_on=finding.version, by=by, now=now, **facts)
