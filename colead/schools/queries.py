"""Questions about people and places that no single record answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from colead.accounts.models import User
from colead.schools.models import Invitation, Member, Office, RosterEntry, School, Seat, Team
from colead.schools.roster.plan import Entry
from colead.schools.roster.words import GRADES
from colead.schools.secrets import hash_of

Job = RosterEntry.Job


@dataclass(frozen=True)
class Person:
    """A member of a team with what the school's roster and seats say of them."""

    member: Member
    role: str  # the seat's, in words; "" for plain staff
    job: str
    grades: tuple[str, ...]
    subjects: str
    is_me: bool


@dataclass(frozen=True)
class Gaps:
    """Who of the staff has nobody like them on the team. `unlisted` are members whose address is not on the roster."""

    grades: tuple[str, ...] = ()
    jobs: tuple[Job, ...] = ()
    unlisted: tuple[str, ...] = ()
    has_roster: bool = True

    @property
    def any(self) -> bool:
        return bool(self.grades or self.jobs)


@dataclass(frozen=True)
class People:
    """Everybody who is, was, or may soon be on a team."""

    here: tuple[Person, ...]
    waiting: tuple[Member, ...]
    gone: tuple[Member, ...]
    invitations: tuple[Invitation, ...]
    gaps: Gaps


def people(team: Team, *, reader: User, now: datetime) -> People:
    """Gather a team's people in the order they joined, in a fixed number of queries."""
    everybody = list(team.members.select_related("user", "removed_by"))
    here = [member for member in everybody if member.left_on is None and not member.waiting]
    roster = list(team.school.roster.here())
    lines = {entry.email: entry for entry in roster}
    seats = {seat.user_id: seat for seat in team.school.seats.held()}
    return People(
        here=tuple(_person(m, lines.get(m.user.email.lower()), seats.get(m.user_id), reader) for m in here),
        waiting=tuple(member for member in everybody if member.left_on is None and member.waiting),
        gone=tuple(member for member in everybody if member.left_on and not member.waiting),
        invitations=tuple(team.invitations.open(now).select_related("made_by")),
        gaps=_gaps(here, roster, seats),
    )


def _person(member: Member, line: RosterEntry | None, seat: Seat | None, reader: User) -> Person:
    special = seat is not None and seat.role != Seat.Role.STAFF
    return Person(
        member=member,
        role=seat.get_role_display() if seat and special else "",
        job=line.get_job_display() if line else "",
        grades=tuple(filter(None, line.grades.split(","))) if line else (),
        subjects=line.subjects if line else "",
        is_me=member.user_id == reader.pk,
    )


def gaps(team: Team) -> Gaps:
    """Compare the team with the school's roster: which grades and which kinds of work have nobody at the table."""
    members = list(team.members.active().select_related("user"))
    seats = {seat.user_id: seat for seat in team.school.seats.held()}
    return _gaps(members, list(team.school.roster.here()), seats)


def _gaps(members: list[Member], roster: list[RosterEntry], seats: dict[int, Seat]) -> Gaps:
    by_email = {entry.email: entry for entry in roster}
    lines = [by_email[member.user.email.lower()] for member in members if member.user.email.lower() in by_email]
    jobs = {entry.job for entry in lines} | {Job.OTHER}
    if any(member.user_id in seats and seats[member.user_id].role == Seat.Role.PRINCIPAL for member in members):
        jobs.add(Job.ADMINISTRATOR)
    missing_jobs = {entry.job for entry in roster} - jobs
    missing_grades = _grades(roster) - _grades(lines)
    return Gaps(
        grades=tuple(grade for grade in GRADES if grade in missing_grades),
        jobs=tuple(job for job in Job if job in missing_jobs),
        unlisted=tuple(str(member) for member in members if member.user.email.lower() not in by_email),
        has_roster=bool(roster),
    )


def _grades(entries: Iterable[RosterEntry]) -> set[str]:
    return {grade for entry in entries for grade in entry.grades.split(",") if grade}


def open_invitation(secret: str, *, now: datetime) -> Invitation | None:
    """Return the invitation that this secret opens for a person; the same query for every kind of wrong one."""
    openable = Invitation.objects.open(now).exclude(role=Invitation.Role.LINK)
    return openable.select_related("school", "team", "office", "made_by").filter(secret_hash=hash_of(secret)).first()


def may_keep(school: School, user: User) -> bool:
    """Say whether the user looks after the school's list of people: its principal, or a lead of one of its teams."""
    principal = school.seats.held().filter(user=user, role=Seat.Role.PRINCIPAL)
    leads = Member.objects.active().filter(team__school=school, user=user, is_lead=True)
    return principal.exists() or leads.exists()


def teams_of(school: School) -> QuerySet[Team]:
    """Return the school's teams with the number of people on each as `size`."""
    active = Q(members__left_on=None, members__waiting=False)
    return school.teams.annotate(size=Count("members", filter=active)).order_by("pk")


@dataclass(frozen=True)
class Seats:
    """The seats of a school: those held, role by role in the order they were taken, and those that ended."""

    held: tuple[tuple[str, tuple[Seat, ...]], ...]
    ended: tuple[Seat, ...]


def seats_of(school: School) -> Seats:
    """Gather the school's seats: principals first, then coaches, then staff."""
    seats = list(school.seats.select_related("user", "ended_by"))
    by_role = [
        (str(role.label), tuple(seat for seat in seats if seat.until is None and seat.role == role))
        for role in (Seat.Role.PRINCIPAL, Seat.Role.COACH, Seat.Role.STAFF)
    ]
    held = tuple((label, group) for label, group in by_role if group)
    return Seats(held, tuple(seat for seat in seats if seat.until))


def school_invitations(school: School, now: datetime) -> QuerySet[Invitation]:
    """Return the open ways in to the school that lead to no team."""
    return school.invitations.open(now).filter(team=None).select_related("made_by")


def schools_of(office: Office) -> QuerySet[School]:
    """Return the office's schools A to Z, with the number of teams at each as `size`: all that an office sees."""
    return office.schools.annotate(size=Count("teams")).order_by("name", "pk")


def entry_of(entry: RosterEntry) -> Entry:
    """Return a line of the roster as the pure reader knows it."""
    left = entry.left_on is not None
    return Entry(entry.pk, entry.email, entry.name, entry.job, entry.grades, entry.subjects, has_left=left)


def roster_of(school: School) -> list[Entry]:
    """Return the whole roster, those who left included, as plain values."""
    return [entry_of(entry) for entry in school.roster.all()]
