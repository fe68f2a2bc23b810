"""Schools of a cohort come together: for a module, or for the monthly check-in. Who came, and what they took away."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from colead.programme.models.programme import Cohort
from colead.schools.models import Member, School, Team
from colead.texts.models import TeamText


class Gatherings(models.QuerySet["Gathering"]):
    def check_ins(self) -> "Gatherings":
        return self.filter(kind=Gathering.Kind.CHECK_IN)

    def modules(self) -> "Gatherings":
        return self.filter(kind=Gathering.Kind.MODULE)

    def coming(self, today: date) -> "Gatherings":
        """Those of today and later, the next one first."""
        return self.filter(held_on__gte=today).order_by("held_on", "id")

    def over(self, today: date) -> "Gatherings":
        """Those before today, the last one first."""
        return self.filter(held_on__lt=today).order_by("-held_on", "-id")


class Gathering(TeamText):
    """A module run with a cohort, or a check-in of a cohort, on a day. Its words are the office's."""

    class Kind(models.TextChoices):
        MODULE = "module", _("module")
        CHECK_IN = "check-in", _("monthly check-in")

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="gatherings")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    module = models.SlugField(_("module"), max_length=60, blank=True)
    held_on = models.DateField(_("day"))
    starts_at = models.TimeField(_("begins at"), null=True, blank=True)
    place = models.CharField(_("where, or how to join"), max_length=300, blank=True)
    agenda = models.TextField(_("agenda"), blank=True)  # a line each: minutes, then what they are for

    objects = Gatherings.as_manager()

    class Meta:
        ordering = ["held_on", "id"]
        verbose_name = _("gathering")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="module") & ~Q(module="") | Q(kind="check-in", module=""),
                name="only_a_module_names_its_content",
            ),
            models.UniqueConstraint(
                fields=["cohort", "kind", "module", "held_on"], name="one_gathering_of_a_kind_a_day"
            ),
        ]

    @property
    def is_check_in(self) -> bool:
        return self.kind == Gathering.Kind.CHECK_IN


class Attendance(models.Model):
    """That a school came. How many, role by role, where the office counted; no list of names."""

    school = models.ForeignKey(School, models.CASCADE, related_name="attendances")
    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="attendances")
    teachers = models.PositiveSmallIntegerField(_("teachers"), null=True, blank=True)
    leaders = models.PositiveSmallIntegerField(_("administrators"), null=True, blank=True)
    others = models.PositiveSmallIntegerField(_("other staff"), null=True, blank=True)

    class Meta:
        ordering = ["school__name", "id"]
        constraints = [models.UniqueConstraint(fields=["gathering", "school"], name="a_school_comes_once")]

    @property
    def counted(self) -> bool:
        """Say whether the office noted how many came."""
        return None not in (self.teachers, self.leaders, self.others)

    @property
    def people(self) -> int:
        return (self.teachers or 0) + (self.leaders or 0) + (self.others or 0)


class Tick(models.Model):
    """A team member says “I was there”. The office sees how many did, never who."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="ticks")
    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="ticks")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gathering", "member"], name="a_member_ticks_once")]


class Reflection(TeamText):
    """What a team takes from a module, in its own words. Its own until it shares them."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="reflections")
    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="reflections")
    body = models.TextField(_("what you take with you"))
    shared_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("reflection")
        constraints = [models.UniqueConstraint(fields=["gathering", "team"], name="one_reflection_of_a_team")]
