"""An educator's own goal for a quarter: theirs, and the one peer's they name."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.schools.models import School
from colead.texts.models import TeamText


class Goals(models.QuerySet["LearningGoal"]):
    def running(self, today: date) -> "Goals":
        """Goals of the quarter that is on."""
        return self.filter(starts_on__lte=today, ends_on__gte=today)

    def seen_by(self, user: User) -> "Goals":
        """What a person may open: their own, and those in which they are named as the peer."""
        return self.filter(Q(owner=user) | Q(peer=user))


class LearningGoal(TeamText):
    """What an educator wants to learn this quarter. No principal, team or office opens it; it rates nobody."""

    school = models.ForeignKey(School, models.CASCADE, related_name="learning_goals")
    owner = models.ForeignKey(User, models.CASCADE, related_name="learning_goals")
    peer = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("peer"))
    what = models.TextField(_("what you want to learn or get better at"))
    evidence = models.TextField(_("what tells you that it matters, and how you will notice a change"))
    support = models.TextField(_("what would help you"), blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    halfway = models.TextField(_("half-way: how it goes, what you change"), blank=True)
    halfway_on = models.DateField(null=True, blank=True)
    closing = models.TextField(_("at the end: what you learned, what you keep"), blank=True)
    closed_on = models.DateField(null=True, blank=True)

    objects = Goals.as_manager()

    class Meta:
        ordering = ["-starts_on", "-id"]
        verbose_name = _("learning goal")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="a_goal_has_a_quarter"),
            models.CheckConstraint(condition=~Q(owner=F("peer")), name="a_peer_is_somebody_else"),
        ]
