"""A hidden vote. While it runs each vote stands beside its voter; on closing, only the counts are left."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.decisions.models.decision import Decision
from colead.decisions.models.talk import Option


class Ballot(models.Model):
    """One vote on the options of a decision, and how much it takes, agreed beforehand. No time finer than a day."""

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        CLOSED = "closed", _("closed")
        CALLED_OFF = "called-off", _("called off")

    class Need(models.TextChoices):
        MOST = "most", _("the most votes")
        HALF = "half", _("more than half of the votes")
        TWO_THIRDS = "two-thirds", _("at least two thirds of the votes")

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="ballots")
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    need = models.CharField(_("what it takes"), max_length=10, choices=Need.choices)
    opened_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    members = models.PositiveIntegerField(null=True, blank=True)  # how many could vote, known when it closes
    abstained = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["id"]
        verbose_name = _("vote")
        constraints = [
            models.UniqueConstraint(fields=["decision"], condition=Q(state="running"), name="one_vote_runs_at_a_time")
        ]

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING


class Vote(models.Model):
    """One person's vote in a ballot that runs; without an option they abstain. Deleted when the ballot ends."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="votes")
    voter = models.ForeignKey(User, models.CASCADE, related_name="+")
    option = models.ForeignKey(Option, models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "voter"], name="one_vote_per_person")]


class Count(models.Model):
    """How many voted for an option, all that is kept of a closed ballot."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="counts")
    option = models.ForeignKey(Option, models.CASCADE, related_name="+")
    votes = models.PositiveIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["ballot", "option"], name="each_option_is_counted_once")]
