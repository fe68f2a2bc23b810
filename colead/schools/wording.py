"""What this room says in words that depend on facts: refusals of files and lines, and who is not at the table."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from colead.schools.models import Invitation, RosterEntry
from colead.schools.queries import Gaps, Person
from colead.schools.roster import FileRefused, Line, Reason, Refused
from colead.schools.roster.plan import Change, Changed

Job = RosterEntry.Job
ROLE = Invitation.Role

_WHY: dict[Reason, str | Promise] = {
    Reason.EMPTY: gettext_lazy("The file is empty. Save it again and choose it once more."),
    Reason.TOO_BIG: gettext_lazy("The file is larger than %(most)s MB. Leave out all but the staff of your school."),
    Reason.TOO_MANY_ROWS: gettext_lazy(
        "The list goes on to line %(line)s, and we read %(most)s lines at most. Export only the staff of your school."
    ),
    Reason.TOO_MANY_COLUMNS: gettext_lazy(
        "Line %(line)s has more than %(most)s columns. Copy the columns you need into a new sheet."
    ),
    Reason.TOO_MANY_STAFF: gettext_lazy(
        "By line %(line)s there are more than %(most)s members of staff. Export only the staff of your school."
    ),
    Reason.NOT_A_TABLE: gettext_lazy("This is not a list we can read. Save it as CSV or as an Excel workbook (.xlsx)."),
    Reason.OLD_OR_LOCKED_EXCEL: gettext_lazy(
        "This workbook is in Excel’s old format or has a password. Save it without one, as .xlsx or as CSV."
    ),
    Reason.ENCODING: gettext_lazy(
        "We cannot be sure of the letters on line %(line)s. Save the file as “CSV UTF-8”, then choose it again."
    ),
    Reason.NUL: gettext_lazy("Line %(line)s holds bytes that are no text. Export the list again, as CSV or .xlsx."),
    Reason.QUOTES: gettext_lazy("A quotation mark on or after line %(line)s is not closed as it should be."),
    Reason.CELL_HUGE: gettext_lazy("A cell on line %(line)s is far too long, or a quotation mark there is not closed."),
    Reason.HEADINGS: gettext_lazy(
        "We need a column each for name, e-mail and role, with these headings in one of the first lines. "
        "The headings we found: %(found)s."
    ),
    Reason.COLUMNS: gettext_lazy("%(file)s lacks these columns: %(missing)s."),
    Reason.PUPIL_HEADINGS: gettext_lazy(
        "This looks like a list of students: it has the heading %(found)s. Colead keeps no student records, "
        "so we read nothing of it."
    ),
    Reason.SHEET_BROKEN: gettext_lazy("The first sheet of this workbook cannot be read. Save it again, or as CSV."),
    Reason.ZIP_BROKEN: gettext_lazy(
        "The file is damaged or was not sent whole. Make it again and choose it once more."
    ),
    Reason.ZIP_LOCKED: gettext_lazy("The file has a password. Make it again without one."),
    Reason.ZIP_ENTRIES: gettext_lazy(
        "The zip holds %(found)s files, and we open %(most)s at most. Keep only users.csv, orgs.csv and roles.csv."
    ),
    Reason.ZIP_BOMB: gettext_lazy("What is packed in this file is far larger than a staff list. We did not unpack it."),
    Reason.ZIP_PATH: gettext_lazy("The zip holds a file with a name that points elsewhere: %(name)s."),
    Reason.ZIP_LINK: gettext_lazy("The zip holds a link instead of a file: %(name)s."),
    Reason.ZIP_INSIDE: gettext_lazy("The zip holds another packed file: %(name)s. Unpack that first."),
    Reason.ZIP_METHOD: gettext_lazy("The file is packed in an unusual way. Make an ordinary zip of it."),
    Reason.NO_USERS: gettext_lazy("There is no users.csv in the zip. It holds: %(found)s."),
    Reason.NO_ROLES: gettext_lazy(
        "This users.csv does not say who is staff; in this version of OneRoster roles.csv does. "
        "Put users.csv, roles.csv and orgs.csv into a zip and choose that."
    ),
    Reason.TOO_MANY_CELLS: gettext_lazy("The line has %(found)s cells under %(headings)s headings."),
    Reason.CELL_LONG: gettext_lazy("The cell under “%(heading)s” is longer than %(most)s characters."),
    Reason.CONTROL: gettext_lazy("The cell under “%(heading)s” holds characters that cannot be shown."),
    Reason.NO_NAME: gettext_lazy("The name is missing."),
    Reason.NAME_FORMULA: gettext_lazy("The name begins like a formula: %(name)s"),
    Reason.NO_EMAIL: gettext_lazy("The e-mail address is missing."),
    Reason.BAD_EMAIL: gettext_lazy("“%(email)s” is not an e-mail address."),
    Reason.DUPLICATE: gettext_lazy("%(email)s is on line %(first)s already."),
    Reason.NO_ROLE: gettext_lazy("The role is missing. Without it we cannot tell staff from students."),
    Reason.GRADE_UNKNOWN: gettext_lazy("We do not know the grade “%(grade)s”. Write PK, K or 1 to 12, as in “K-2, 4”."),
    Reason.GRADE_DATE: gettext_lazy(
        "The grade has turned into a date: “%(grade)s”. Write it with “and”, or format the column as text."
    ),
    Reason.LEAVING: gettext_lazy("Your system marks this person as leaving or switched off."),
    Reason.NO_ORG: gettext_lazy("The file does not say at which school this person works."),
}


def why(refused: Refused | FileRefused) -> str:
    """Say why a line or a file was refused."""
    sentence = str(_WHY[refused.reason]) % refused.facts
    file = refused.facts.get("file")
    if file and refused.reason != Reason.COLUMNS:
        return _("In %(file)s: %(sentence)s") % {"file": file, "sentence": sentence}
    return sentence


_NOT_HERE: dict[str, str | Promise] = {
    Job.TEACHER: gettext_lazy("a classroom teacher"),
    Job.SPECIAL: gettext_lazy("a special education teacher"),
    Job.SPECIALS: gettext_lazy("a teacher of arts, PE, library or languages"),
    Job.COUNSELOR: gettext_lazy("a counselor, nurse or social worker"),
    Job.PARA: gettext_lazy("a paraprofessional or aide"),
    Job.SUPPORT: gettext_lazy("somebody from the office, kitchen, buses or building"),
    Job.ADMINISTRATOR: gettext_lazy("an administrator"),
}


def grade_name(grade: str) -> str:
    """Return a grade as people say it."""
    return _("PreK") if grade == "PK" else grade


def grade_names(grades: Iterable[str]) -> str:
    """Return grades as a list in words: “K, 1 and 2”."""
    return get_text_list([grade_name(grade) for grade in grades], _("and"))


def grade_list(grades: str) -> str:
    """Return a roster's grades for a table: “K, 1, 2”."""
    return ", ".join(grade_name(grade) for grade in grades.split(",") if grade)


def who_is_missing(gaps: Gaps) -> list[str]:
    """Say gently which grades and which kinds of work have nobody on the team."""
    sentences = []
    if gaps.grades:
        template = ngettext(
            "Nobody from grade %(grades)s is at the table yet.",
            "Nobody from grades %(grades)s is at the table yet.",
            len(gaps.grades),
        )
        sentences.append(template % {"grades": grade_names(gaps.grades)})
    if gaps.jobs:
        template = _("Also not here yet: %(jobs)s.") if gaps.grades else _("Not at the table yet: %(jobs)s.")
        sentences.append(template % {"jobs": "; ".join(str(_NOT_HERE[job]) for job in gaps.jobs)})
    return sentences


@dataclass(frozen=True)
class AddedLine:
    """Somebody new, in words for a table. `title` is the file's word for a role we could only read as “other”."""

    number: int
    name: str
    email: str
    job: str
    title: str
    grades: str
    subjects: str


@dataclass(frozen=True)
class ChangedLine:
    """Somebody we know, and what the file has otherwise: label, old, new."""

    number: int
    name: str
    email: str
    changes: tuple[tuple[str, str, str], ...]


def added(line: Line) -> AddedLine:
    """Put a new line into words."""
    grades, subjects = grade_list(line.grades or ""), line.subjects or ""
    return AddedLine(line.number, line.name, line.email, job_name(line.job), line.title, grades, subjects)


def changed(one: Changed) -> ChangedLine:
    """Put a change into words."""
    return ChangedLine(one.line.number, one.entry.name, one.line.email, tuple(map(_change, one.changes)))


def job_name(job: str) -> str:
    return str(Job(job).label)


_FIELDS: dict[str, str | Promise] = {
    "name": gettext_lazy("name"),
    "job": gettext_lazy("role"),
    "grades": gettext_lazy("grades"),
    "subjects": gettext_lazy("subjects"),
}


def _change(change: Change) -> tuple[str, str, str]:
    if change.field == "has_left":
        return _("works here"), _("no longer"), _("again")
    return str(_FIELDS[change.field]), _fact(change.field, change.old), _fact(change.field, change.new)


def _fact(field: str, value: str) -> str:
    """Put a roster's fact into words."""
    if not value:
        return _("nothing")
    if field == "job":
        return job_name(value)
    return grade_list(value) if field == "grades" else value


def facts_of(person: Person) -> list[str]:
    """Say what a member of a team does at the school."""
    grades = ngettext("grade %(grades)s", "grades %(grades)s", len(person.grades)) % {
        "grades": grade_names(person.grades)
    }
    job = "" if person.role and person.job == job_name(Job.ADMINISTRATOR) else person.job
    return [fact for fact in (person.role, job, grades if person.grades else "", person.subjects) if fact]


_GIVES: dict[str, str | Promise] = {
    ROLE.MEMBER: gettext_lazy("You will be on the team: you write, decide and see what the team writes."),
    ROLE.LEAD: gettext_lazy(
        "You will be on the team and lead it: you run its meetings and look after its list of people."
    ),
    ROLE.PRINCIPAL: gettext_lazy(
        "You come as the principal. You will look after the school’s page and its staff list."
    ),
    ROLE.STAFF: gettext_lazy("You come as staff: you see which teams there are and who is on them."),
    ROLE.COACH: gettext_lazy(
        "You come as a coach: you read along with the school’s teams and write nothing in their place."
    ),
    ROLE.OFFICE: gettext_lazy("You will see which schools are with the office, and nothing that their teams write."),
}


def what_it_gives(invitation: Invitation) -> str:
    """Say what somebody gets who accepts."""
    if invitation.team and not invitation.email:
        return _("A lead of the team lets you in. We write to you when that is done.")
    return str(_GIVES[invitation.role])
