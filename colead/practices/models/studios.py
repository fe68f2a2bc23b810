"""Studios: colleagues offer one to colleagues, who come with a question of their own and take something away."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.schools.models import School
from colead.texts.models import TeamText


class Studios(models.QuerySet["Studio"]):
    def open(self) -> "Studios":
        """Studios that one can still sign up for."""
        return self.filter(closed_on=None)


class Studio(TeamText):
    """What somebody offers to colleagues of their school. Only they change it; they come along as a learner, too."""

    school = models.ForeignKey(School, models.CASCADE, related_name="studios")
    leader = models.ForeignKey(User, models.CASCADE, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    question = models.TextField(_("the question you look into together"))
    doing = models.TextField(_("what you will do"), blank=True)
    places = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)  # None: as many as come
    offered_on = models.DateField()
    closing = models.TextField(_("what came of it"), blank=True)
    closed_on = models.DateField(null=True, blank=True)

    objects = Studios.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("studio")
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(question=""), name="a_studio_has_a_title_and_question"),
            models.CheckConstraint(condition=Q(places=None) | Q(places__gt=0), name="a_studio_has_a_place"),
        ]

    def __str__(self) -> str:
        return self.title


class StudioDate(models.Model):
    """A day on which a studio meets, in the school's own time."""

    studio = models.ForeignKey(Studio, models.CASCADE, related_name="dates")
    held_on = models.DateField(_("day"))
    starts_at = models.TimeField(_("from"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    place = models.CharField(_("where"), max_length=200, blank=True)

    class Meta:
        ordering = ["held_on", "starts_at", "id"]
        verbose_name = _("date")
        constraints = [models.CheckConstraint(condition=Q(minutes__gt=0), name="a_studio_date_lasts")]


class SignUps(models.QuerySet["SignUp"]):
    def of_people_here(self) -> "SignUps":
        """Those of people who still belong to the school, in the order they came."""
        seat = Q(user__seats__school=F("studio__school"), user__seats__until=None)
        on_team = {"user__memberships__left_on": None, "user__memberships__waiting": False}
        member = Q(user__memberships__team__school=F("studio__school"), **on_team)
        return self.filter(seat | member).distinct()


class SignUp(models.Model):
    """That somebody wants to come, their question and what they take away: theirs, and gone when they leave.

    Nobody says who came or how it went. Who signed up first stands first; whoever finds no place waits.
    """

    class Reader(models.TextChoices):
        ME = "me", _("only me")
        STUDIO = "studio", _("everybody in this studio")
        SCHOOL = "school", _("everybody at our school")

    studio = models.ForeignKey(Studio, models.CASCADE, related_name="sign_ups")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    question = models.TextField(_("my question"), blank=True)
    question_for = models.CharField(_("who reads it"), max_length=6, choices=Reader.choices[:2], default=Reader.ME)
    take_away = models.TextField(_("what I take into my work"), blank=True)
    take_away_for = models.CharField(_("who reads it"), max_length=6, choices=Reader.choices, default=Reader.ME)

    objects = SignUps.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["studio", "user"], name="signs_up_for_a_studio_once"),
            models.CheckConstraint(
                condition=Q(question_for__in=["me", "studio"]), name="a_question_stays_within_its_studio"
            ),
        ]
