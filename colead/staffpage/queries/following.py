"""Who follows a school's page, and what the team is asked for."""

from dataclasses import dataclass
from datetime import date, datetime

from colead.accounts.models import User
from colead.schools.models import Member, School
from colead.staffpage.actions.following import stop_key
from colead.staffpage.digesting import Reader, may_write
from colead.staffpage.models import Follow, Nudge
from colead.staffpage.queries.findings import days_off
from colead.staffpage.schooldays import after_school_days, answer_due
from colead.surveys.models import Finding

SOON = 3  # school days before an answer is due, a lead is told


def schools_followed() -> tuple[School, ...]:
    """Return the schools whose page somebody follows and whose link works."""
    live = School.objects.exclude(staff_page=None).exclude(staff_page__token_hash="")
    followed = live.filter(follows__confirmed_at__isnull=False).distinct()
    return tuple(followed.select_related("staff_page").order_by("pk"))


def readers_of(school: School) -> tuple[Reader, ...]:
    """Return everybody who follows a school's page or one of its findings, each address once."""
    by_email: dict[str, list[Follow]] = {}
    for follow in school.follows.confirmed():
        by_email.setdefault(follow.email, []).append(follow)
    return tuple(_reader(follows) for follows in by_email.values())


def _reader(follows: list[Follow]) -> Reader:
    first, told = follows[0], [follow.told_at for follow in follows if follow.told_at]
    said_yes = [(follow.finding_id, follow.confirmed_at) for follow in follows if follow.confirmed_at]
    return Reader(
        first.school_id, first.email, first.language, tuple(said_yes), max(told, default=None), stop_key(first)
    )


def finding_of(school: School, finding_id: int) -> Finding | None:
    """Return a finding of the school, or None."""
    return Finding.objects.filter(team__school=school, pk=finding_id).select_related("wave").first()


@dataclass(frozen=True)
class Nudged:
    """A lead whose team owes answers: which, and when we last said so."""

    user: User
    last: datetime | None
    findings: tuple[tuple[Finding, date], ...]  # with the day the answer is due


def leads_with_findings(*, now: datetime) -> tuple[Nudged, ...]:
    """Return the leads to be told of findings that are late or due within days; nobody told within a week."""
    owed = _owed(now)
    leads = Member.objects.active().filter(is_lead=True, team__in=owed, user__is_active=True, user__is_demo=False)
    mine: dict[User, list[tuple[Finding, date]]] = {}
    for member in leads.select_related("user"):
        mine.setdefault(member.user, []).extend(owed[member.team_id])
    said = {nudge.user_id: nudge.sent_at for nudge in Nudge.objects.filter(user__in=mine)}
    found = (Nudged(user, said.get(user.pk), tuple(findings)) for user, findings in mine.items())
    return tuple(nudged for nudged in found if may_write(nudged.last, now=now))


def _owed(now: datetime) -> dict[int, list[tuple[Finding, date]]]:
    """Return the findings that want an answer by now or soon, by team."""
    waiting = Finding.objects.filter(answered_on=None).select_related("team__school").order_by("found_on", "pk")
    found: dict[int, list[tuple[Finding, date]]] = {}
    off = {school: days_off(school) for school in {finding.team.school for finding in waiting}}
    for finding in waiting:
        due = answer_due(finding.found_on, off[finding.team.school])
        if due <= after_school_days(finding.team.today(now), SOON, off[finding.team.school]):
            found.setdefault(finding.team_id, []).append((finding, due))
    return found
