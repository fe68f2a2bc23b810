"""Team norms: what was agreed, by whom, and how it was looked at since."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.schools.models import Member, Team
from colead.texts.models import TeamText


class Agreement(models.Model):
    """Norms that a team agreed on together, on one day. It never changes: to change a norm is to agree anew."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="agreements")
    number = models.PositiveIntegerField()
    agreed_on = models.DateField(_("agreed on"))
    present = models.ManyToManyField(Member, related_name="+", verbose_name=_("who was present"))
    why = models.TextField(_("what changed, and why"), blank=True)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("norms")
        constraints = [models.UniqueConstraint(fields=["team", "number"], name="agreements_are_counted")]


class Norm(models.Model):
    """One sentence of an agreement."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="norms")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(_("norm"), max_length=300)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["agreement", "position"], name="norms_are_counted")]

    def __str__(self) -> str:
        return self.words


class Mark(models.TextChoices):
    """How well a norm is kept, as one person sees it."""

    KEEP = "keep", _("we keep this")
    SOMETIMES = "sometimes", _("sometimes")
    NOT_YET = "not-yet", _("not yet")


class NormCheck(TeamText):
    """One look at the norms: each member alone first, then together as counts, then what changes."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="checks")
    started_on = models.DateField(_("since"))
    revealed_on = models.DateField(_("revealed on"), null=True, blank=True)
    written = models.PositiveSmallIntegerField(null=True, blank=True)  # how many looked, once revealed
    note = models.TextField(_("what changes"), blank=True)

    class Meta:
        ordering = ["-started_on", "-id"]
        verbose_name = _("look at the norms")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(revealed_on=None), name="one_open_look_at_the_norms"
            ),
            models.CheckConstraint(
                condition=Q(revealed_on=None, written=None) | Q(revealed_on__isnull=False, written__isnull=False),
                name="a_revealed_look_is_counted",
            ),
        ]


class NormView(models.Model):
    """How one person sees one norm. Deleted when the counts are taken."""

    check_of = models.ForeignKey(NormCheck, models.CASCADE, related_name="views")
    norm = models.ForeignKey(Norm, models.CASCADE, related_name="+")
    author = models.ForeignKey(User, models.CASCADE, related_name="+")
    mark = models.CharField(max_length=10, choices=Mark.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["check_of", "norm", "author"], name="one_view_per_person_and_norm")
        ]


class NormCount(models.Model):
    """How many saw a norm in which way. It says nothing of who."""

    check_of = models.ForeignKey(NormCheck, models.CASCADE, related_name="counts")
    norm = models.ForeignKey(Norm, models.CASCADE, related_name="+")
    keep = models.PositiveSmallIntegerField()
    sometimes = models.PositiveSmallIntegerField()
    not_yet = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["norm__position"]
        constraints = [models.UniqueConstraint(fields=["check_of", "norm"], name="a_norm_is_counted_once_a_look")]
