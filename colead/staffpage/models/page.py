"""The school's page that all staff read without an account, and what a team puts on it."""

from django.db import models
from django.db.models import Q

from colead.accounts.models import User
from colead.schools.models import School


class StaffPages(models.QuerySet["StaffPage"]):
    def live(self) -> "StaffPages":
        """Pages whose link works."""
        return self.exclude(token_hash="")


class StaffPage(models.Model):
    """A school's page behind a link. The link is made anew from our key and `number`; kept is only its hash.

    So a copy of the database opens no page, and yet the poster can be printed again. `token_hash` is "" while the
    link is off; a new link counts `number` up, and an old one never comes back.
    """

    school = models.OneToOneField(School, models.CASCADE, related_name="staff_page")
    number = models.PositiveIntegerField(default=0)
    token_hash = models.CharField(max_length=64, blank=True)
    made_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = StaffPages.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["token_hash"], condition=~Q(token_hash=""), name="one_staff_page_per_link"),
            models.CheckConstraint(condition=Q(token_hash="") | Q(made_on__isnull=False), name="a_link_has_its_day"),
        ]

    @property
    def is_live(self) -> bool:
        return bool(self.token_hash)
