"""The days of a cohort: taken from a template, moved with the cohort's first day, changed by hand."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from colead.programme.models.programme import Cohort


class CohortDate(models.Model):
    """One entry of a cohort's calendar. Who has moved it by hand keeps it where it is."""

    class Kind(models.TextChoices):
        CHECK_IN = "check-in", _("check-in")
        VISIT = "visit", _("visit")
        SURVEY = "survey", _("survey")
        WORKSHOP = "workshop", _("workshop or learning lab")
        REPORT = "report", _("report")
        OTHER = "other", _("something else")

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="dates")
    key = models.CharField(max_length=60, blank=True)  # its place in the template, such as "check-in:1:10"; "" added
    kind = models.CharField(_("what it is"), max_length=10, choices=Kind.choices, default=Kind.OTHER)
    title = models.CharField(_("title"), max_length=160)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    kept = models.BooleanField(_("stays when the others move"), default=False)

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="a_date_ends_after_it_begins"),
            models.UniqueConstraint(fields=["cohort", "key"], condition=~Q(key=""), name="one_date_per_template_line"),
        ]

    def __str__(self) -> str:
        return self.title
