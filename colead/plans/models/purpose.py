"""What to test first, with whom, and with what."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from colead.plans.models.barriers import Idea
from colead.plans.models.theory import Theory
from colead.schools.models import Team
from colead.texts.models import TeamText


class Form(models.TextChoices):
    """How a team learns from trying."""

    STUDY = "study", pgettext_lazy("form of a small test", "study: look closely at what is there")
    EXPLORE = "explore", pgettext_lazy("form of a small test", "explore: try things out, nothing fixed yet")
    PILOT = "pilot", pgettext_lazy("form of a small test", "pilot: do it for real, with few people")


class PurposeMap(TeamText):
    """The first plan to test a theory: the idea, the people, the steps, what it takes, how it would show."""

    class Origin(models.TextChoices):
        STRENGTH = "strength", _("a strength to grow")
        CHALLENGE = "challenge", _("a challenge to meet")

    team = models.ForeignKey(Team, models.CASCADE, related_name="maps")
    theory = models.ForeignKey(Theory, models.CASCADE, null=True, blank=True, related_name="maps")
    from_idea = models.ForeignKey(Idea, models.SET_NULL, null=True, blank=True, related_name="maps")
    idea = models.TextField(_("idea to test"))
    origin = models.CharField(_("it comes from"), max_length=10, choices=Origin.choices, default=Origin.CHALLENGE)
    origin_note = models.TextField(_("where it comes from"), blank=True)
    vision = models.TextField(_("what it looks like when it works"), blank=True)
    decides = models.TextField(_("who decides"), blank=True)
    does = models.TextField(_("who does it"), blank=True)
    affected = models.TextField(_("who feels it"), blank=True)
    asked = models.TextField(_("who must be asked"), blank=True)
    who_else = models.TextField(_("who else"), blank=True)
    first_steps = models.TextField(_("first steps"), blank=True)
    form = models.CharField(_("form"), max_length=10, choices=Form.choices, blank=True)
    scale = models.CharField(_("how many take part"), max_length=300, blank=True)
    length = models.CharField(_("how long"), max_length=300, blank=True)
    support = models.TextField(_("support while you try"), blank=True)
    minimum = models.TextField(_("the least it takes"), blank=True)
    ideal = models.TextField(_("what would be ideal"), blank=True)
    limits = models.TextField(_("your limits"), blank=True)
    freedoms = models.TextField(_("your freedoms"), blank=True)
    agreed_with = models.CharField(_("agreed with"), max_length=300, blank=True)  # limits and freedoms
    signs = models.TextField(_("signs that it works"), blank=True)
    commitments = models.TextField(_("what we promise each other"), blank=True)
    alone = models.TextField(_("who might be left alone with it"), blank=True)
    clashes = models.TextField(_("what it clashes with"), blank=True)
    unclear = models.TextField(_("what could be unclear"), blank=True)
    doubt = models.TextField(_("who doubts that you can do it"), blank=True)
    started_on = models.DateField()
    put_away_on = models.DateField(_("put away on"), null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("purpose map")
        constraints = [
            models.CheckConstraint(condition=~Q(idea=""), name="a_map_has_an_idea"),
            models.UniqueConstraint(
                fields=["theory"], condition=Q(put_away_on=None), name="one_map_at_work_per_theory"
            ),
        ]

    def __str__(self) -> str:
        return self.idea


class Shift(TeamText):
    """What a group of people will do differently: from this, to that."""

    map = models.ForeignKey(PurposeMap, models.CASCADE, related_name="shifts")
    group = models.CharField(_("who"), max_length=200)
    today = models.TextField(_("today"), blank=True)
    then = models.TextField(_("once it works"), blank=True)
    put_away_on = models.DateField(_("put away on"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("shift")
        constraints = [models.CheckConstraint(condition=~Q(group=""), name="a_shift_names_a_group")]

    def __str__(self) -> str:
        return self.group
