"""Which of the eight ways of working together a team has, what time each one has, and what it is for."""

from fractions import Fraction

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from colead.plans.models import Barrier, Idea
from colead.schools.models import Team
from colead.texts.models import TeamText


class StructureLook(models.Model):
    """One look at all eight. A later one stands beside it."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="structure_looks")
    number = models.PositiveIntegerField()
    started_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    first = models.TextField(_("what you do first"), blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["team", "number"], name="looks_at_structures_are_counted"),
            models.UniqueConstraint(
                fields=["team"], condition=Q(closed_on=None), name="one_open_look_at_structures_per_team"
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | ~Q(first=""), name="a_closed_look_says_what_comes_first"
            ),
        ]


class Structure(TeamText):
    """One of the eight, as the team saw it together in one look."""

    class Kind(models.TextChoices):
        CO_TEACHING = "co-teaching", _("Co-teaching")
        PLANNING = "planning", _("Common planning time")
        STUDENT_WORK = "student-work", _("Looking at student work together")
        OBSERVATION = "observation", _("Peer observation")
        FEEDBACK = "feedback", _("Peer feedback")
        ON_THE_JOB = "on-the-job", _("Learning within the working week, with administrators")
        COMMUNITIES = "communities", _("Learning communities around a need")
        HYBRID_ROLES = "hybrid-roles", _("Hybrid roles")

    class State(models.TextChoices):
        PRESENT = "present", pgettext_lazy("a way of working together", "there")
        STARTING = "starting", pgettext_lazy("a way of working together", "starting")
        ABSENT = "absent", pgettext_lazy("a way of working together", "not there")

    class Every(models.TextChoices):
        DAY = "day", _("every school day")
        WEEK = "week", _("every week")
        FORTNIGHT = "fortnight", _("every two weeks")
        MONTH = "month", _("every month")

    class Use(models.TextChoices):
        YES = "yes", _("mostly for this")
        PARTLY = "partly", _("partly, other things get in")
        NO = "no", _("mostly for something else")

    A_WEEK = {Every.DAY: Fraction(5), Every.WEEK: Fraction(1), Every.FORTNIGHT: Fraction(1, 2)}
    A_WEEK |= {Every.MONTH: Fraction(12, 52)}

    look = models.ForeignKey(StructureLook, models.CASCADE, related_name="structures")
    kind = models.CharField(_("structure"), max_length=12, choices=Kind.choices)
    state = models.CharField(_("how it stands"), max_length=8, choices=State.choices, blank=True)
    purpose = models.TextField(_("what it is for here"), blank=True)
    who = models.CharField(_("who belongs to it"), max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes each time"), null=True, blank=True)
    every = models.CharField(_("how often"), max_length=10, choices=Every.choices, blank=True)
    use = models.CharField(_("what the time is used for"), max_length=6, choices=Use.choices, blank=True)
    barrier = models.ForeignKey(  # what an earlier look made of it comes along
        Barrier, models.SET_NULL, null=True, blank=True, related_name="structures", verbose_name=_("barrier")
    )
    idea = models.ForeignKey(
        Idea, models.SET_NULL, null=True, blank=True, related_name="structures", verbose_name=_("idea")
    )

    class Meta:
        ordering = ["id"]
        verbose_name = _("structure")
        constraints = [
            models.UniqueConstraint(fields=["look", "kind"], name="each_structure_once_a_look"),
            models.CheckConstraint(
                condition=Q(minutes=None, every="") | Q(minutes__isnull=False, minutes__gt=0) & ~Q(every=""),
                name="time_says_how_often",
            ),
            models.CheckConstraint(
                condition=Q(barrier=None) | Q(idea=None), name="a_structure_becomes_a_barrier_or_an_idea"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def is_under_way(self) -> bool:
        """Say whether it is there or starting."""
        return self.state in (self.State.PRESENT, self.State.STARTING)

    @property
    def minutes_a_week(self) -> int:
        """Return its minutes a week, to the whole minute; 0 where it is absent or no time is stated."""
        if not (self.minutes and self.every and self.is_under_way):
            return 0
        return round(self.minutes * self.A_WEEK[self.Every(self.every)])

    @property
    def lacks_time(self) -> bool:
        """Say whether it is there or starting without a time of its own."""
        return self.is_under_way and not self.minutes_a_week

    @property
    def is_wanting(self) -> bool:
        """Say whether it is absent, only starting, without a time, or not used for what it is for."""
        if self.state == self.State.PRESENT:
            return not self.minutes_a_week or self.use in (self.Use.PARTLY, self.Use.NO)
        return bool(self.state)
