"""What a team decided, who was there, how, and what stayed open."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from colead.schools.models import Member, Team
from colead.texts.models import TeamText


class Way(models.TextChoices):
    """Ways of deciding. How each works is told in content (`ways_of_deciding`)."""

    CONSENT = "consent", _("consent")
    ADVICE = "advice", _("advice")
    CONSENSUS = "consensus", _("consensus")
    VOTE = "vote", _("vote")
    ONE_PERSON = "one-person", _("one person, with input")


class Decision(TeamText):
    """One decision point: the question, what was decided, by whom present, which way, and the concerns left open."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="decisions")
    question = models.TextField(_("question"))
    about = models.CharField(max_length=40, blank=True)  # the code of a big question in content, or empty
    decided = models.TextField(_("what you decided"))
    way = models.CharField(_("way of deciding"), max_length=16, choices=Way.choices)
    present = models.ManyToManyField(Member, related_name="+", verbose_name=_("who was present"))
    concerns = models.TextField(_("open concerns"), blank=True)
    decided_on = models.DateField(_("date"))

    class Meta:
        ordering = ["-decided_on", "-id"]

    def __str__(self) -> str:
        return self.decided
