"""Make the link to a school's page, make a new one, switch it off."""

from datetime import datetime

from django.db import transaction

from colead.accounts.models import User
from colead.schools.models import School
from colead.schools.secrets import hash_of
from colead.staffpage.links import token_for
from colead.staffpage.models import StaffPage


@transaction.atomic
def make_link(school: School, *, by: User, now: datetime) -> StaffPage:
    """Make a link to the school's page; whatever link there was opens nothing from now on."""
    School.objects.select_for_update().get(pk=school.pk)
    page, _made = StaffPage.objects.get_or_create(school=school)
    page.number += 1
    page.token_hash = hash_of(token_for(page))
    page.made_on, page.made_by = school.today(now), by
    page.save()
    return page


def switch_off(school: School) -> bool:
    """Take the school's page off the net, at once; say whether it was there."""
    return StaffPage.objects.filter(school=school).live().update(token_hash="") == 1
