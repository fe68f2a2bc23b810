"""What a school lets its office see, and what the office opened of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.programme.models.programme import Cohort
from colead.schools.models import Office, School
from colead.surveys.models import Wave


class Round(models.Model):
    """A survey that was planned for all schools of a cohort in one go."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="rounds")
    title = models.CharField(_("title"), max_length=120)
    instrument = models.CharField(_("survey"), max_length=80)
    opens = models.DateField(_("first day"))
    closes = models.DateField(_("last day"))
    planned_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    planned_on = models.DateField()

    class Meta:
        ordering = ["-opens", "-id"]
        constraints = [models.CheckConstraint(condition=Q(opens__lte=models.F("closes")), name="round_begins_first")]

    def __str__(self) -> str:
        return self.title


class OfficeWaves(models.QuerySet["OfficeWave"]):
    def released(self) -> "OfficeWaves":
        """Those with a result: nothing of a survey is seen before it is sealed."""
        return self.filter(wave__state=Wave.State.SEALED)

    def shown(self) -> "OfficeWaves":
        """Those that the school lets the office read by themselves."""
        return self.released().exclude(shown_on=None)


class OfficeWave(models.Model):
    """A survey that speaks to the office: planned for its cohort, or shown by the school.

    Staff are told that an office sees figures over several schools, or what their school shows it. So a result of a
    round counts in the figures over all; it is read by itself only once the school has shown it (`shown_on`).
    """

    wave = models.OneToOneField(Wave, models.CASCADE, related_name="for_office")
    round = models.ForeignKey(Round, models.CASCADE, null=True, blank=True, related_name="waves")
    shown_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    since = models.DateField()
    shown_on = models.DateField(null=True, blank=True)

    objects = OfficeWaves.as_manager()

    class Meta:
        ordering = ["since", "id"]


class Priority(models.Model):
    """The one thing a school says it works on, in the words it chose for its office. The ones before are kept."""

    school = models.ForeignKey(School, models.CASCADE, related_name="shared_priorities")
    condition = models.CharField(_("condition"), max_length=40, blank=True)
    words = models.TextField(_("what you work on"))
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    stated_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-since", "-id"]
        verbose_name_plural = "priorities"
        constraints = [
            models.UniqueConstraint(fields=["school"], condition=Q(until=None), name="one_stated_priority_at_a_time"),
            models.CheckConstraint(condition=~Q(words=""), name="a_priority_says_something"),
        ]


class Opening(models.Model):
    """Somebody of the office opened something of a school. The school reads this list."""

    class What(models.TextChoices):
        PAGE = "page", _("the page of the school")
        RESULT = "result", _("a survey result")

    school = models.ForeignKey(School, models.CASCADE, related_name="openings")
    office = models.ForeignKey(Office, models.CASCADE, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    what = models.CharField(max_length=8, choices=What.choices)
    wave = models.ForeignKey(Wave, models.CASCADE, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["school", "-at"], name="openings_newest_first")]
