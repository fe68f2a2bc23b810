"""Which page a link opens."""

from django.db import connection

from colead.schools.models import School
from colead.schools.secrets import hash_of
from colead.staffpage.models import StaffPage

PAGE = ("id", "school_id", "number", "token_hash")
SCHOOL = ("id", "name", "time_zone")
# Said in SQL, since every opening of a page asks it: building it anew cost most of a millisecond each time.
COLUMNS = ", ".join((*(f"page.{name}" for name in PAGE), *(f"school.{name}" for name in SCHOOL)))
SQL = (
    f"SELECT {COLUMNS} FROM {StaffPage._meta.db_table} page"  # noqa: S608  # our own tables
    f" JOIN {School._meta.db_table} school ON school.id = page.school_id"
    " WHERE page.token_hash = %s AND page.token_hash <> ''"
)


def page_behind(token: str) -> StaffPage | None:
    """Return the page that this link opens; the same one question for every kind of wrong link."""
    with connection.cursor() as cursor:
        cursor.execute(SQL, [hash_of(token)])
        row = cursor.fetchone()
    if row is None:
        return None
    page = StaffPage.from_db(connection.alias, PAGE, row[: len(PAGE)])
    page.school = School.from_db(connection.alias, SCHOOL, row[len(PAGE) :])
    return page


def page_of(school: School) -> StaffPage:
    """Return the school's page; one without a link where nobody has made any yet."""
    return StaffPage.objects.filter(school=school).first() or StaffPage(school=school)
