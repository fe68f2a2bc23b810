"""Keep the school's staff list: by hand, or from a file that people have seen judged."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from colead.schools.actions.refusal import Refusal
from colead.schools.models import RosterEntry, School
from colead.schools.queries import roster_of
from colead.schools.roster import Line, Reading
from colead.schools.roster.plan import Changed, Plan, fingerprint, plan


class AddressOnRoster(Refusal):
    """Refuse a second line for one address."""

    reason = _("This address is on the staff list already.")


class RosterChanged(Refusal):
    """Refuse to do what was shown, because the roster has changed since."""

    reason = _("The staff list changed while you were looking. Please look again before you take the file in.")


@dataclass(frozen=True)
class Outcome:
    """What a file did to the roster, in numbers of people."""

    added: int
    changed: int
    left: int


def add_line(school: School, *, email: str, name: str, job: str, grades: str, subjects: str) -> RosterEntry:
    """Put somebody on the staff list. Refuses with AddressOnRoster."""
    entry = RosterEntry(school=school)
    return edit_line(entry, email=email, name=name, job=job, grades=grades, subjects=subjects)


def edit_line(entry: RosterEntry, *, email: str, name: str, job: str, grades: str, subjects: str) -> RosterEntry:
    """Correct somebody's line. Refuses with AddressOnRoster."""
    entry.email, entry.name, entry.job, entry.grades, entry.subjects = email.lower(), name, job, grades, subjects
    try:
        with transaction.atomic():
            entry.save()
    except IntegrityError as taken:
        raise AddressOnRoster from taken
    return entry


def mark_left(entry: RosterEntry, *, now: datetime) -> None:
    """Say that somebody no longer works at the school; their line stays, out of sight."""
    entry.left_on = entry.school.today(now)
    entry.save(update_fields=["left_on"])


def mark_back(entry: RosterEntry) -> None:
    """Say that somebody works at the school again."""
    entry.left_on = None
    entry.save(update_fields=["left_on"])


@transaction.atomic
def take_in(
    school: School, reading: Reading, *, org: str, seen: str, leaving: Collection[int], now: datetime
) -> Outcome:
    """Do what the dry run showed: all of it, or nothing.

    `seen` is the fingerprint of the roster that the dry run compared with; `leaving` are the roster lines, of those
    missing from the file, whose people no longer work here. Refuses with RosterChanged.
    """
    School.objects.select_for_update().get(pk=school.pk)
    roster = roster_of(school)
    if fingerprint(roster) != seen:
        raise RosterChanged
    made = plan(reading, roster, org)
    RosterEntry.objects.bulk_create(_new_entry(school, line) for line in made.added)
    RosterEntry.objects.bulk_update(
        [_changed_entry(school, changed) for changed in made.changed],
        ["name", "job", "grades", "subjects", "left_on"],
        batch_size=200,
    )
    return Outcome(len(made.added), len(made.changed), _let_go(school, made, leaving, school.today(now)))


def _new_entry(school: School, line: Line) -> RosterEntry:
    return RosterEntry(
        school=school,
        email=line.email,
        name=line.name,
        job=line.job,
        grades=line.grades or "",
        subjects=line.subjects or "",
    )


def _changed_entry(school: School, changed: Changed) -> RosterEntry:
    """Return the line as it will be: the file's facts, ours where it has none. Whoever is in the file works here."""
    ours, line = changed.entry, changed.line
    return RosterEntry(
        pk=ours.id,
        school=school,
        email=ours.email,
        name=line.name,
        job=line.job,
        grades=ours.grades if line.grades is None else line.grades,
        subjects=ours.subjects if line.subjects is None else line.subjects,
        left_on=None,
    )


def _let_go(school: School, made: Plan, leaving: Collection[int], today: date) -> int:
    absent = {entry.id for entry in made.absent}
    return school.roster.filter(pk__in=absent & set(leaving)).update(left_on=today)
