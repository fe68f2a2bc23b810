"""What a team plans, and what it knows. Part 1 needs the evidence; the tools of the thread follow."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.schools.models import Team
from colead.texts.models import TeamText


class Evidence(TeamText):
    """One thing the team knows: a quote, a number, a document. About the school, never about a pupil or a colleague."""

    class Kind(models.TextChoices):
        PERCEPTION = "perception", _("what people say")
        BEHAVIOR = "behavior", _("what people do")
        ATTENDANCE = "attendance", _("attendance")
        DISCIPLINE = "discipline", _("discipline")
        ACHIEVEMENT = "achievement", _("achievement")
        DOCUMENT = "document", _("a document")
        OTHER = "other", _("something else")

    team = models.ForeignKey(Team, models.CASCADE, related_name="evidence")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.OTHER)
    body = models.TextField(_("quote or number"))
    source = models.CharField(_("where it comes from"), max_length=300, blank=True)
    seen_on = models.DateField(_("date"))
    link = models.URLField(_("link"), max_length=500, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-seen_on", "-id"]
        verbose_name = _("evidence")

    def __str__(self) -> str:
        return self.body
