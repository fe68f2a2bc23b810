"""Tell us when the school is closed, so that these days do not count."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from colead.schools.actions import Refusal
from colead.schools.models import School
from colead.staffpage.models import DayOff


class EndsBeforeItBegins(Refusal):
    """Refuse days off whose last day lies before the first."""

    reason = _("The last day cannot lie before the first.")


def add_days_off(school: School, *, first: date, last: date | None = None, what: str = "") -> DayOff:
    """Note a day, or days in a row, on which the school is closed. Refuses with EndsBeforeItBegins."""
    if last and last < first:
        raise EndsBeforeItBegins
    return DayOff.objects.create(school=school, first=first, last=last or first, what=what)
