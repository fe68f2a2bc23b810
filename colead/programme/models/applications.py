"""How a school asks to join a programme, and how the office decides."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.programme.models.programme import Cohort, Programme


class Applications(models.QuerySet["Application"]):
    def open(self) -> "Applications":
        """Applications that wait for a decision."""
        return self.filter(state=Application.State.SENT)


class Application(models.Model):
    """What a school wrote when it asked to join: words and ticks, no score. It needs no account."""

    class State(models.TextChoices):
        SENT = "sent", _("waits for a decision")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("not this time")
        WITHDRAWN = "withdrawn", _("taken back by the school")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="applications")
    secret_hash = models.CharField(
        max_length=64, unique=True
    )  # behind its own link, whoever applied reads how it stands
    school_name = models.CharField(_("name of the school"), max_length=200)
    place = models.CharField(_("town and state"), max_length=200, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64)
    nces_id = models.CharField(_("NCES school ID"), max_length=12, blank=True)
    staff = models.PositiveIntegerField(_("how many people work there"), null=True, blank=True)
    contact = models.CharField(_("your name"), max_length=200)
    email = models.EmailField(_("e-mail"), max_length=254)
    is_principal = models.BooleanField(default=False)
    answers = models.JSONField(default=dict)  # key of a question -> words
    ticks = models.JSONField(default=list)  # keys of the readiness lines that are true there now
    state = models.CharField(max_length=12, choices=State.choices, default=State.SENT)
    sent_on = models.DateField()
    cohort = models.ForeignKey(Cohort, models.SET_NULL, null=True, blank=True, related_name="applications")
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_on = models.DateField(null=True, blank=True)
    reasons = models.TextField(_("reasons"), blank=True)

    objects = Applications.as_manager()

    class Meta:
        ordering = ["sent_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["sent", "withdrawn"], decided_on=None)
                | Q(~Q(reasons=""), state__in=["accepted", "declined"], decided_on__isnull=False),
                name="a_decision_has_a_day_and_reasons",
            ),
        ]

    def __str__(self) -> str:
        return self.school_name

    @property
    def is_open(self) -> bool:
        return self.state == self.State.SENT


class Review(models.Model):
    """What one person of the office makes of an application, in words."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(User, models.CASCADE, related_name="+")
    asked_on = models.DateField()
    words = models.TextField(_("what you see in it"), blank=True)
    written_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["asked_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["application", "reviewer"], name="one_review_a_person"),
            models.CheckConstraint(condition=Q(words="") ^ Q(written_on__isnull=False), name="a_review_has_its_day"),
        ]
