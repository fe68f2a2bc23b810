"""Making room: what the school lets go, and what changes hands in exchange for something else."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from colead.decisions.models.decision import Decision
from colead.decisions.wording import in_words
from colead.schools.models import Member, Team
from colead.texts.models import TeamText


class LetGos(models.QuerySet["LetGo"]):
    def gone(self) -> "LetGos":
        """What is still gone: it has not crept back."""
        return self.filter(back_since=None)

    def due(self, today: date) -> "LetGos":
        """What should be looked at, in case it has crept back."""
        return self.gone().filter(look_on__lte=today)


class LetGo(TeamText):
    """Something the school stopped doing, and the time that gives back to a group of people."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="let_gos")
    what = models.TextField(_("what you let go"))
    since = models.DateField(_("since when"))
    minutes_each = models.PositiveIntegerField(_("minutes a week for each person"))
    people = models.PositiveIntegerField(_("how many people"), default=1)
    to_whom = models.CharField(_("who gets the time back"), max_length=200)
    in_place = models.TextField(_("what takes its place"))
    look_on = models.DateField(_("when do you check that it has not crept back"), null=True, blank=True)
    back_since = models.DateField(_("back since"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    decision = models.ForeignKey(
        Decision, models.SET_NULL, null=True, blank=True, related_name="let_gos", verbose_name=_("decision")
    )

    objects = LetGos.as_manager()

    class Meta:
        ordering = ["-since", "-id"]
        verbose_name = _("entry on the stop list")

    def __str__(self) -> str:
        return self.what

    @property
    def minutes(self) -> int:
        """Minutes a week, all people of the group together."""
        return self.minutes_each * self.people

    @property
    def given_back(self) -> str:
        """Say in words what it gives back: to each, and to all together."""
        if self.back_since:
            return gettext("gives nothing back any more")
        if self.people == 1:
            return gettext("%s a week") % in_words(self.minutes)
        return gettext("%(each)s a week for each of %(people)s people: %(all)s") % {
            "each": in_words(self.minutes_each),
            "people": self.people,
            "all": in_words(self.minutes),
        }


class HandOver(TeamText):
    """A task that changed hands, and what was taken off in exchange. Nobody just gets more to do."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="hand_overs")
    task = models.TextField(_("task"))
    from_member = models.ForeignKey(
        Member, models.RESTRICT, null=True, blank=True, related_name="+", verbose_name=_("from")
    )
    from_role = models.CharField(_("or from a role or group"), max_length=200, blank=True)
    to_member = models.ForeignKey(
        Member, models.RESTRICT, null=True, blank=True, related_name="+", verbose_name=_("to")
    )
    to_role = models.CharField(_("or to a role or group"), max_length=200, blank=True)
    minutes = models.PositiveIntegerField(_("minutes a week the task takes"), null=True, blank=True)
    taken_off = models.TextField(_("what is taken off in exchange"))
    minutes_off = models.PositiveIntegerField(_("minutes a week that frees"), null=True, blank=True)
    agreed_by = models.ManyToManyField(Member, related_name="+", verbose_name=_("who agreed"))
    handed_on = models.DateField(_("since when"))

    class Meta:
        ordering = ["-handed_on", "-id"]
        verbose_name = _("hand-over")
        constraints = [
            models.CheckConstraint(condition=~Q(taken_off=""), name="something_is_taken_off_in_exchange"),
            models.CheckConstraint(
                condition=(Q(from_member__isnull=False) | ~Q(from_role=""))
                & (Q(to_member__isnull=False) | ~Q(to_role="")),
                name="it_goes_from_somebody_to_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.task

    @property
    def giver(self) -> str:
        return str(self.from_member or self.from_role)

    @property
    def taker(self) -> str:
        return str(self.to_member or self.to_role)

    @property
    def adds(self) -> int:
        """Minutes a week by which the taker's load grows; 0 where a figure is missing or nothing is added."""
        known = self.minutes is not None and self.minutes_off is not None
        return max((self.minutes or 0) - (self.minutes_off or 0), 0) if known else 0
