"""What stands in the way, why, what could be done about it; and the board on which a team looks around."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from colead.plans.models.evidence import Evidence
from colead.schools.models import Member, Team
from colead.texts.models import TeamText


class Kept(models.QuerySet[Any]):
    def kept(self) -> "Kept":
        """What the team has not put away."""
        return self.filter(put_away_on=None)


class Barrier(TeamText):
    """Something that stands in the way. Only what a team controls or can influence can be chosen."""

    class Reach(models.TextChoices):
        CONTROL = "control", _("we decide this")
        INFLUENCE = "influence", _("we can influence this")
        CONCERN = "concern", _("it concerns us, we cannot change it")

    team = models.ForeignKey(Team, models.CASCADE, related_name="barriers")
    condition = models.CharField(_("condition"), max_length=20, blank=True)  # a condition's slug, or empty
    statement = models.TextField(_("what stands in the way"))
    reach = models.CharField(_("how far your reach goes"), max_length=10, choices=Reach.choices, blank=True)
    symptom = models.TextField(_("what you notice"), blank=True)
    pattern = models.TextField(_("the pattern behind it"), blank=True)
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="barriers", verbose_name=_("evidence"))
    voters = models.ManyToManyField(Member, blank=True, related_name="+")
    chosen_on = models.DateField(
        _("taken on"), null=True, blank=True
    )  # the one barrier the team takes on, for this condition
    put_away_on = models.DateField(_("put away on"), null=True, blank=True)

    objects = Kept.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("barrier")
        constraints = [
            models.CheckConstraint(condition=~Q(statement=""), name="a_barrier_says_what_it_is"),
            models.CheckConstraint(
                condition=Q(chosen_on=None) | Q(reach__in=["control", "influence"]), name="chosen_only_within_reach"
            ),
            models.CheckConstraint(
                condition=Q(chosen_on=None) | Q(put_away_on=None), name="a_chosen_barrier_is_not_put_away"
            ),
            models.UniqueConstraint(
                fields=["team", "condition"],
                condition=Q(chosen_on__isnull=False),
                name="one_chosen_barrier_per_condition",
            ),
        ]

    def __str__(self) -> str:
        return self.statement


class Why(TeamText):
    """One link of the chain from a barrier to its cause: because of what, and the fact it rests on.

    The last one can be named the cause: something within the team's reach, and never a person.
    """

    barrier = models.ForeignKey(Barrier, models.CASCADE, related_name="whys")
    number = models.PositiveSmallIntegerField()
    because = models.TextField(_("because"))
    fact = models.TextField(_("what shows it"), blank=True)
    evidence = models.ForeignKey(
        Evidence, models.SET_NULL, null=True, blank=True, related_name="whys", verbose_name=_("evidence")
    )
    is_cause = models.BooleanField(_("the cause"), default=False)
    put_away_on = models.DateField(_("put away on"), null=True, blank=True)

    objects = Kept.as_manager()

    class Meta:
        ordering = ["barrier", "number"]
        verbose_name = _("why")
        constraints = [
            models.CheckConstraint(condition=~Q(because=""), name="a_why_has_a_because"),
            models.UniqueConstraint(fields=["barrier", "number"], name="whys_are_counted"),
            models.UniqueConstraint(fields=["barrier"], condition=Q(is_cause=True), name="one_cause_per_barrier"),
        ]

    def __str__(self) -> str:
        return self.because


class Idea(TeamText):
    """Something the team could do: about a barrier, or to make more of a strength. The chosen one is the approach."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="ideas")
    barrier = models.ForeignKey(Barrier, models.CASCADE, null=True, blank=True, related_name="ideas")
    text = models.TextField(_("idea"))
    tried_before = models.TextField(_("what was tried before, and what you learned"), blank=True)
    voters = models.ManyToManyField(Member, blank=True, related_name="+")
    chosen_on = models.DateField(_("chosen on"), null=True, blank=True)
    reason = models.TextField(_("why this one"), blank=True)
    put_away_on = models.DateField(_("put away on"), null=True, blank=True)

    objects = Kept.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("idea")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="an_idea_says_what_it_is"),
            models.CheckConstraint(
                condition=Q(chosen_on=None) | Q(put_away_on=None), name="a_chosen_idea_is_not_put_away"
            ),
            models.UniqueConstraint(
                fields=["barrier"], condition=Q(chosen_on__isnull=False), name="one_approach_per_barrier"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class SwotItem(TeamText):
    """One note on the board of strengths, weaknesses, opportunities and threats. It can become a barrier or an idea."""

    class Box(models.TextChoices):
        STRENGTH = "strength", _("strength")
        WEAKNESS = "weakness", _("weakness")
        OPPORTUNITY = "opportunity", _("opportunity")
        THREAT = "threat", _("threat")

    team = models.ForeignKey(Team, models.CASCADE, related_name="swot")
    box = models.CharField(_("box"), max_length=12, choices=Box.choices)
    text = models.TextField(_("note"))
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="swot", verbose_name=_("evidence"))
    voters = models.ManyToManyField(Member, blank=True, related_name="+")
    barrier = models.OneToOneField(Barrier, models.SET_NULL, null=True, blank=True, related_name="swot_item")
    idea = models.OneToOneField(Idea, models.SET_NULL, null=True, blank=True, related_name="swot_item")
    put_away_on = models.DateField(_("put away on"), null=True, blank=True)

    objects = Kept.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("note on the board")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_note_says_something"),
            models.CheckConstraint(condition=Q(barrier=None) | Q(idea=None), name="becomes_a_barrier_or_an_idea"),
        ]

    def __str__(self) -> str:
        return self.text
