"""Why a team believes that what it does will help."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.decisions.models import Decision
from colead.plans.models.barriers import Barrier, Idea
from colead.plans.models.evidence import Evidence
from colead.schools.models import Team
from colead.texts.models import TeamText


class Theory(TeamText):
    """A theory of action: from the goal and the problem to what is done, what follows, and what comes of it."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="theories")
    condition = models.CharField(_("condition"), max_length=20, blank=True)
    goal = models.TextField(_("goal"))
    problem = models.TextField(_("problem of practice"))
    learned = models.TextField(_("what you learned from staff"), blank=True)
    equity = models.TextField(_("who gains, who might lose out"), blank=True)
    leaders = models.TextField(_("what leaders themselves will do"), blank=True)
    serves = models.TextField(_("which goal of the school’s own plan it serves"), blank=True)
    barrier = models.ForeignKey(
        Barrier, models.SET_NULL, null=True, blank=True, related_name="theories", verbose_name=_("barrier")
    )
    approach = models.ForeignKey(
        Idea, models.SET_NULL, null=True, blank=True, related_name="theories", verbose_name=_("approach")
    )
    started_on = models.DateField()
    put_away_on = models.DateField(_("put away on"), null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("theory of action")
        constraints = [
            models.CheckConstraint(condition=~Q(goal=""), name="no_theory_without_a_goal"),
            models.CheckConstraint(condition=~Q(problem=""), name="no_theory_without_a_problem"),
            models.UniqueConstraint(
                fields=["team", "condition"], condition=Q(put_away_on=None), name="one_theory_at_work_per_condition"
            ),
        ]

    def __str__(self) -> str:
        return self.goal


class TheoryLine(TeamText):
    """One statement of a theory. Each leads `toward` the next leg: an if to a then, a then to a result.

    `because` and `evidence` belong to that arrow: why one should follow from the other.
    """

    class Leg(models.TextChoices):
        IF = "if", _("If we")
        THEN = "then", _("then")
        RESULT = "result", _("as a result")

    theory = models.ForeignKey(Theory, models.CASCADE, related_name="lines")
    leg = models.CharField(max_length=8, choices=Leg.choices)
    text = models.TextField(_("words"))
    toward = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="sources", verbose_name=_("this leads to")
    )
    because = models.TextField(_("what you assume"), blank=True)
    evidence = models.ManyToManyField(
        Evidence, blank=True, related_name="theory_lines", verbose_name=_("what speaks for it")
    )
    put_away_on = models.DateField(_("put away on"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("line of the theory")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_line_says_something"),
            models.CheckConstraint(
                condition=~Q(leg="result") | Q(toward=None), name="a_result_leads_to_nothing_further"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Adoption(models.Model):
    """A version of a theory that the team adopted: its words as they stood then, and the decision that did it."""

    theory = models.ForeignKey(Theory, models.CASCADE, related_name="adoptions")
    number = models.PositiveIntegerField()
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="adoption")
    words = models.JSONField()  # goal, problem, learned, equity, leaders, serves, barrier, approach, lines
    adopted_on = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["theory", "number"], name="adoptions_are_counted")]
