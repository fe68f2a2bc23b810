"""One school receives others, or the office: site visits, learning labs, partner visits. One engine for all three."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.programme.models.programme import Programme
from colead.schools.models import Team
from colead.texts.models import TeamText


class Answer(models.TextChoices):
    """What somebody who was asked has said."""

    WAITING = "waiting", _("not answered yet")
    YES = "yes", _("yes")
    NO = "no", _("no")


class Visits(models.QuerySet["Visit"]):
    def alive(self) -> "Visits":
        """Visits that nobody declined or called off."""
        return self.exclude(host_answer=Answer.NO).filter(off_on=None)

    def agreed(self) -> "Visits":
        """Visits with a day to which the host has said yes."""
        return self.alive().filter(host_answer=Answer.YES, on_day__isnull=False)

    def coming(self, today: date) -> "Visits":
        return self.agreed().filter(on_day__gte=today)

    def held(self, today: date) -> "Visits":
        return self.agreed().filter(on_day__lt=today)


class Visit(TeamText):
    """A visit to a school, asked for by either side. The host's yes, and one visitor's, make it happen."""

    class Kind(models.TextChoices):
        SITE = "site", _("site visit")
        LAB = "lab", _("learning lab")
        PARTNER = "partner", _("partner visit")

    host = models.ForeignKey(Team, models.CASCADE, related_name="visits_hosted")
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="visits")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    asked_by = models.ForeignKey(Team, models.SET_NULL, null=True, blank=True, related_name="+")  # None: the office
    asked_on = models.DateField()
    condition = models.SlugField(_("condition in focus"), max_length=40, blank=True)
    why = models.TextField(_("what the visit is for"))
    look_fors = models.TextField(_("what to look for"), blank=True)
    logistics = models.TextField(_("arriving, parking, who meets you, lunch"), blank=True)
    on_day = models.DateField(_("day"), null=True, blank=True)
    host_answer = models.CharField(max_length=7, choices=Answer.choices, default=Answer.WAITING)
    office_answer = models.CharField(max_length=7, choices=Answer.choices, blank=True)  # blank: the office stays home
    off_on = models.DateField(null=True, blank=True)
    off_why = models.TextField(_("why it does not happen"), blank=True)

    objects = Visits.as_manager()

    class Meta:
        ordering = ["-on_day", "-id"]
        verbose_name = _("visit")
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="a_visit_has_a_purpose")]

    @property
    def is_off(self) -> bool:
        return self.off_on is not None or self.host_answer == Answer.NO

    @property
    def is_set(self) -> bool:
        return not self.is_off and self.host_answer == Answer.YES and self.on_day is not None

    def is_over(self, today: date) -> bool:
        """Say whether it was held: agreed, with a day that is past or is today."""
        return self.is_set and self.on_day is not None and self.on_day <= today


class Guest(TeamText):
    """A team that comes, or is asked to come. What it takes home is its own, and the host's to read."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="guest_at")
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="guests")
    answer = models.CharField(max_length=7, choices=Answer.choices, default=Answer.WAITING)
    take_home = models.TextField(_("what you take home and will try"), blank=True)
    thanks = models.TextField(_("a word to your hosts"), blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("guest")
        constraints = [models.UniqueConstraint(fields=["visit", "team"], name="a_team_is_a_guest_once")]


class VisitNote(TeamText):
    """What a visitor saw. The host reads it first; others only after the host has read it and said yes."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="notes")
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="notes_written")  # None: office
    body = models.TextField(_("what you saw and heard"))
    given_on = models.DateField(null=True, blank=True)
    read_on = models.DateField(null=True, blank=True)
    read_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    reply = models.TextField(_("the host’s own words"), blank=True)
    released_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("note of a visit")
        constraints = [
            models.UniqueConstraint(fields=["visit", "team"], name="one_note_of_a_guest"),
            models.UniqueConstraint(fields=["visit"], condition=Q(team=None), name="one_note_of_the_office"),
            models.CheckConstraint(condition=Q(read_on=None) | Q(given_on__isnull=False), name="read_after_given"),
            models.CheckConstraint(condition=Q(released_on=None) | Q(read_on__isnull=False), name="shared_after_read"),
        ]
