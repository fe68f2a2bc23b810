"""What schools bring to a check-in, what they offer and ask, and what comes back until it is done."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.programme.models.company import Gathering
from colead.programme.models.company_visits import Visit
from colead.schools.models import Team
from colead.texts.models import TeamText


class Share(TeamText):
    """What a team brings to a check-in. Until it is sent nobody but the team sees it; then only what was ticked."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="shares")
    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="shares")
    win = models.TextField(_("something that went well"), blank=True)
    number = models.TextField(_("a number that moved"), blank=True)
    decided = models.TextField(_("what you decided"), blank=True)
    tested = models.TextField(_("the test you are on"), blank=True)
    next_step = models.TextField(_("your next step"), blank=True)
    dilemma = models.TextField(_("a dilemma you would like help with"), blank=True)
    chosen = models.JSONField(default=list)  # names of the fields that others may read
    sent_on = models.DateField(null=True, blank=True)
    sent_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    PARTS = ("win", "number", "decided", "tested", "next_step", "dilemma")

    class Meta:
        ordering = ["team__school__name", "id"]
        verbose_name = _("share")
        constraints = [models.UniqueConstraint(fields=["gathering", "team"], name="one_share_of_a_team")]


class OffersAndAsks(models.QuerySet["OfferOrAsk"]):
    def open(self) -> "OffersAndAsks":
        return self.filter(met_on=None)


class OfferOrAsk(TeamText):
    """Something a team offers the other schools of its cohort, or asks of them."""

    class Kind(models.TextChoices):
        OFFER = "offer", _("we offer")
        ASK = "ask", _("we ask")

    team = models.ForeignKey(Team, models.CASCADE, related_name="offers_and_asks")
    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="offers_and_asks")
    kind = models.CharField(_("kind"), max_length=5, choices=Kind.choices)
    body = models.TextField(_("what"))
    met_on = models.DateField(null=True, blank=True)

    objects = OffersAndAsks.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("offer or ask")
        constraints = [models.CheckConstraint(condition=~Q(body=""), name="an_offer_says_what")]


class FollowUps(models.QuerySet["FollowUp"]):
    def open(self) -> "FollowUps":
        """What is promised and not done: it stands on the next agenda."""
        return self.filter(done_on=None)


class FollowUp(TeamText):
    """Something promised at a check-in, by a team or by the office (no team). It comes back until it is done."""

    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="follow_ups")
    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="follow_ups")
    visit = models.ForeignKey(Visit, models.SET_NULL, null=True, blank=True, related_name="follow_ups")
    body = models.TextField(_("what will be done"))
    who = models.CharField(_("who sees to it"), max_length=200, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    outcome = models.TextField(_("what came of it"), blank=True)

    objects = FollowUps.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("follow-up")
        constraints = [models.CheckConstraint(condition=~Q(body=""), name="a_follow_up_says_what")]
