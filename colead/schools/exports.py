"""The staff list as a file for spreadsheets. Taken in again, it changes nothing."""

from dataclasses import dataclass

from django.utils.text import slugify
from django.utils.translation import gettext as _

from colead.documents import sheets
from colead.documents.sheets import Sheet
from colead.schools.models import RosterEntry, School

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Export:
    """A finished file: its name, its media type, its bytes."""

    name: str
    kind: str
    content: bytes


def roster(school: School, form: str) -> Export:
    """Return the list of those who work at the school, as "csv" or "xlsx"."""
    headers = (_("Name"), _("E-mail"), _("Role"), _("Grades"), _("Subjects"))
    rows = tuple(_row(entry) for entry in school.roster.here())
    sheet = Sheet(_("Staff list"), headers, rows)
    content = sheets.csv(sheet) if form == "csv" else sheets.xlsx([sheet])
    return Export(f"{slugify(school.name) or 'school'}-staff.{form}", KINDS[form], content)


def _row(entry: RosterEntry) -> tuple[str, ...]:
    """Return a line's cells. A comma and a space between grades keeps spreadsheets from making them a number."""
    grades = entry.grades.replace(",", ", ")
    return entry.name, entry.email, str(entry.get_job_display()), grades, entry.subjects
