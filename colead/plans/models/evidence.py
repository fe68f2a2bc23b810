"""What a team knows: quotes, numbers and documents with their source."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.schools.models import Team
from colead.texts.models import TeamText

FINDING = "finding:"


class Evidence(TeamText):
    """One thing the team knows: a quote, a number, a document. About the school, never about a pupil or a colleague.

    `origin` is empty where somebody typed it in; else the code of what it was taken from: a big question (V-W1), or a
    finding from a survey (finding:7), each finding once.
    """

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
    origin = models.CharField(_("taken from"), max_length=40, blank=True)
    said_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("whose words")
    )
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-seen_on", "-id"]
        verbose_name = _("evidence")
        constraints = [
            models.CheckConstraint(condition=~Q(body=""), name="evidence_says_something"),
            models.CheckConstraint(
                condition=Q(said_by=None) | ~Q(origin=""), name="whose_words_only_where_they_were_taken_from"
            ),
            models.UniqueConstraint(
                fields=["team", "origin"], condition=Q(origin__startswith=FINDING), name="a_finding_is_noted_once"
            ),
        ]

    def __str__(self) -> str:
        return self.body

    @property
    def taken_from(self) -> str:
        """What it was taken from, as people read it: the code of a question, or that a survey showed it."""
        return gettext("a finding") if self.origin.startswith(FINDING) else self.origin
