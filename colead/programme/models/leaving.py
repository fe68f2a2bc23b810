"""How a school leaves: what two people agreed on, and the certificate that stays."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.schools.models import School

WAIT = timedelta(days=30)  # between the agreement and the day everything goes


class Farewells(models.QuerySet["Farewell"]):
    def standing(self) -> "Farewells":
        """What was asked for and not called off."""
        return self.filter(called_off_on=None)

    def due(self, today: date) -> "Farewells":
        """Agreements to delete everything whose days of waiting are over on the date `today`."""
        agreed = self.standing().filter(what=Farewell.What.ERASE)
        return agreed.filter(agreed_on__lte=today - WAIT)


class Farewell(models.Model):
    """What takes two people at a school, its principal and somebody who leads a team there."""

    class What(models.TextChoices):
        FILE = "file", _("take everything along as a file")
        ERASE = "erase", _("delete everything here")

    school = models.ForeignKey(School, models.CASCADE, related_name="farewells")
    what = models.CharField(max_length=5, choices=What.choices)
    asked_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    asked_on = models.DateField()
    agreed_by = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    agreed_on = models.DateField(null=True)
    called_off_by = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    called_off_on = models.DateField(null=True)

    objects = Farewells.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "what"], condition=Q(called_off_on=None), name="one_farewell_of_a_kind_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(agreed_by=None) | ~Q(agreed_by=F("asked_by")), name="a_farewell_takes_two_people"
            ),
            models.CheckConstraint(
                condition=Q(agreed_by=None, agreed_on=None) | Q(agreed_by__isnull=False, agreed_on__isnull=False),
                name="a_farewell_is_agreed_on_a_day",
            ),
        ]

    @property
    def is_agreed(self) -> bool:
        return self.agreed_on is not None

    @property
    def erased_from(self) -> date | None:
        """The first day on which everything may go; None until two people agreed."""
        return self.agreed_on + WAIT if self.agreed_on else None


class Certificate(models.Model):
    """All that stays of a school that left: that it was here, and the day from which nothing of it is."""

    name = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True)
    nces_id = models.CharField(max_length=12, blank=True)
    erased_on = models.DateField()
    records = models.PositiveIntegerField()
    surveys = models.PositiveIntegerField(default=0)
    accounts = models.PositiveIntegerField()

    class Meta:
        ordering = ["-erased_on", "-id"]

    def __str__(self) -> str:
        return self.name
