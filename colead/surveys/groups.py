"""The one question by which a wave may be broken down: which groups a staff list can carry."""

from collections import Counter

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from colead.analysis.release import RULES, Breakdown
from colead.schools.models import RosterEntry, School
from colead.surveys.models import Wave

Job = RosterEntry.Job

QUESTIONS = {
    Wave.GroupBy.JOB: gettext_noop("What is your work here?"),
    Wave.GroupBy.GRADES: gettext_noop("Which grades do you mostly work with?"),
}
CLASS = gettext_noop("I teach a class")
SUBJECT = gettext_noop("I teach special education, arts, PE, library or languages")
ALONGSIDE = gettext_noop("I support students or classes")
HOUSE = gettext_noop("I work in the office, kitchen, building or on a bus")
OTHER = gettext_noop("Something else")
JOBS = {
    Job.TEACHER: CLASS,
    Job.SPECIAL: SUBJECT,
    Job.SPECIALS: SUBJECT,
    Job.PARA: ALONGSIDE,
    Job.COUNSELOR: ALONGSIDE,
    Job.SUPPORT: HOUSE,
}
BANDS = {
    gettext_noop("Kindergarten to grade 2"): {"PK", "K", "1", "2"},
    gettext_noop("Grades 3 to 5"): {"3", "4", "5"},
    gettext_noop("Grades 6 to 8"): {"6", "7", "8"},
    gettext_noop("Grades 9 to 12"): {"9", "10", "11", "12"},
}
SEVERAL = gettext_noop("No set grades, or several of these")
TOO_FEW = _("Your staff list has too few people for two groups of at least %(least)s, so nothing is broken down.")


def breakdown(school: School, by: str) -> Breakdown | None:
    """Return the groups that people may put themselves in, or None where the staff list carries no two of them.

    Administrators are never a group: there are too few of them in any school.
    """
    if not by:
        return None
    place = _job_group if by == Wave.GroupBy.JOB else _grade_group
    staff = [entry for entry in school.roster.here() if entry.job != Job.ADMINISTRATOR]
    sizes = Counter(place(entry) for entry in staff)
    last = OTHER if by == Wave.GroupBy.JOB else SEVERAL
    groups = _large_enough(sizes, last)
    return Breakdown(question=QUESTIONS[Wave.GroupBy(by)], categories=groups) if len(groups) > 1 else None


def _large_enough(sizes: Counter[str], last: str) -> dict[str, int]:
    """Put groups that are too small into the last one; leave that out if it is too small itself."""
    groups = {label: size for label, size in sizes.items() if size >= RULES.offered and label != last}
    rest = sum(sizes.values()) - sum(groups.values())
    ordered = dict(sorted(groups.items(), key=lambda pair: ORDER.index(pair[0])))
    return ordered | ({last: rest} if rest >= RULES.offered else {})


ORDER = [CLASS, SUBJECT, ALONGSIDE, HOUSE, OTHER, *BANDS, SEVERAL]


def _job_group(entry: RosterEntry) -> str:
    return JOBS.get(Job(entry.job), OTHER)


def _grade_group(entry: RosterEntry) -> str:
    grades = set(filter(None, entry.grades.split(",")))
    bands = [label for label, band in BANDS.items() if grades & band]
    return bands[0] if len(bands) == 1 else SEVERAL
