"""Which page a link opens."""

from colead.schools.models import School
from colead.schools.secrets import hash_of
from colead.staffpage.models import StaffPage


def page_behind(token: str) -> StaffPage | None:
    """Return the page that this link opens; the same one question for every kind of wrong link."""
    return StaffPage.objects.live().select_related("school").filter(token_hash=hash_of(token)).first()


def page_of(school: School) -> StaffPage:
    """Return the school's page; one without a link where nobody has made any yet."""
    return StaffPage.objects.filter(school=school).first() or StaffPage(school=school)
