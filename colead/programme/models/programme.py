"""A programme of an office: its phases, its cohorts, the schools in them, and when a school was in which phase."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from colead.schools.models import Office, School


class Programme(models.Model):
    """What an office runs for schools over some years. An office may run several."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="programmes")
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address"), max_length=60, unique=True)  # where schools apply: /apply/<slug>/
    started_on = models.DateField()
    takes_applications = models.BooleanField(_("schools can apply"), default=True)
    goal = models.TextField(_("what you want to come true"), blank=True)
    problem = models.TextField(_("what stands in the way"), blank=True)
    if_we = models.TextField(_("if we"), blank=True)
    then_schools = models.TextField(_("then schools"), blank=True)
    so_that = models.TextField(_("so that"), blank=True)

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("program")

    def __str__(self) -> str:
        return self.name


class Strand(models.Model):
    """One strand of what a programme hopes for, and which figures from its schools speak to it."""

    class Source(models.TextChoices):
        CONDITIONS = "conditions", _("conditions that rose")
        EFFICACY = "efficacy", _("schools whose efficacy rose")
        LEADERS = "leaders", _("staff who see themselves as leaders")
        ATTENDANCE = "attendance", _("check-ins and modules attended")
        STAYING = "staying", _("schools that stay with the program")
        STORIES = "stories", _("stories and recognitions")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="strands")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=120)
    words = models.TextField(_("what it means"), blank=True)
    sources = models.JSONField(default=list)  # values of Source

    class Meta:
        ordering = ["place", "id"]

    def __str__(self) -> str:
        return self.name


class Phase(models.Model):
    """One stretch of a programme. Its name, length and place in the row are the office's to change."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="phases")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=100)
    months = models.PositiveSmallIntegerField(_("length in months"), default=12)
    shows = models.TextField(_("what a school can show by the end of it"), blank=True)
    offers = models.TextField(_("what the program does in it"), blank=True)

    class Meta:
        ordering = ["place", "id"]
        constraints = [models.CheckConstraint(condition=Q(months__gte=1), name="a_phase_lasts")]

    def __str__(self) -> str:
        return self.name


class Cohort(models.Model):
    """Schools that begin together."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="cohorts")
    name = models.CharField(_("name"), max_length=100)
    starts_on = models.DateField(_("first day"))

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["programme", "name"], name="one_cohort_of_a_name")]

    def __str__(self) -> str:
        return self.name


class Enrolments(models.QuerySet["Enrolment"]):
    def here(self) -> "Enrolments":
        """Schools that are in their cohort now and let the programme's office see them."""
        return self.in_sight().filter(left_on=None)

    def in_sight(self) -> "Enrolments":
        """Schools whose link with the programme's office holds; ending the link takes a school out of sight."""
        return self.filter(school__office=F("cohort__programme__office"))


class Enrolment(models.Model):
    """A school in a cohort."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="enrolments")
    school = models.ForeignKey(School, models.CASCADE, related_name="enrolments")
    application = models.OneToOneField(
        "programme.Application", models.SET_NULL, null=True, blank=True, related_name="enrolment"
    )
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    objects = Enrolments.as_manager()

    class Meta:
        ordering = ["school__name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "school"], name="a_school_is_in_a_cohort_once"),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")), name="nobody_leaves_before_they_join"
            ),
        ]

    def __str__(self) -> str:
        return self.school.name

    def year(self, today: date) -> int:
        """Return in which year of the programme the school is: 1 from the cohort's first day."""
        start = self.cohort.starts_on
        whole = today.year - start.year - ((today.month, today.day) < (start.month, start.day))
        return max(whole, 0) + 1


class Stay(models.Model):
    """A school's time in a phase: words on why it entered and how it left, never a score."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="stays")
    phase = models.ForeignKey(Phase, models.PROTECT, related_name="stays")
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    entering = models.TextField(_("on entering"), blank=True)
    leaving = models.TextField(_("on leaving"), blank=True)

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment"], condition=Q(until=None), name="in_one_phase_at_a_time"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="a_stay_ends_after_it_began"
            ),
        ]
