"""Stories that schools tell each other, the consent of those quoted in them, and awards."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.schools.models import Member, Team
from colead.texts.models import TeamText


class Stories(models.QuerySet["Story"]):
    def readable(self) -> "Stories":
        """Stories that other schools may read: published, and with a yes that stands from everybody quoted."""
        return self.filter(published_on__isnull=False).exclude(
            Exists(StoryLine.objects.without_a_yes().filter(story=OuterRef("pk")))
        )


class Story(TeamText):
    """What a school tells the others, built from its own records line by line."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="stories")
    title = models.CharField(_("title"), max_length=200)
    condition = models.SlugField(_("condition"), max_length=40)
    opening = models.TextField(_("how it began"), blank=True)
    closing = models.TextField(_("what you would tell another school"), blank=True)
    published_on = models.DateField(null=True, blank=True)
    published_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = Stories.as_manager()

    class Meta:
        ordering = ["-published_on", "-id"]
        verbose_name = _("story")
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="a_story_has_a_title")]

    def __str__(self) -> str:
        return self.title


class StoryLines(models.QuerySet["StoryLine"]):
    def without_a_yes(self) -> "StoryLines":
        """Quotes to which nobody has said yes, or not any more."""
        return self.filter(is_quote=True).filter(Q(consent_on=None) | Q(withdrawn_on__isnull=False))


class StoryLine(TeamText):
    """One line of a story, taken from a record or written anew. A quote needs the yes of whoever said it."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="lines")
    place = models.PositiveSmallIntegerField()
    body = models.TextField(_("words"))
    origin = models.CharField(max_length=60, blank=True)  # `decision:12`: the record it was drawn from
    is_quote = models.BooleanField(_("this is what somebody said"), default=False)
    said_by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who said it, on the team")
    )
    said_by_name = models.CharField(_("or somebody else"), max_length=200, blank=True)
    consent_on = models.DateField(_("when they said yes"), null=True, blank=True)
    consent_how = models.CharField(_("how they said yes"), max_length=200, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)

    objects = StoryLines.as_manager()

    class Meta:
        ordering = ["place", "id"]
        verbose_name = _("line of a story")
        constraints = [
            models.CheckConstraint(condition=~Q(body=""), name="a_line_of_a_story_says_something"),
            models.CheckConstraint(condition=Q(said_by=None) | Q(is_quote=True), name="what_a_member_said_is_a_quote"),
        ]

    @property
    def speaker(self) -> str:
        return str(self.said_by or self.said_by_name)

    @property
    def may_be_shown(self) -> bool:
        """Say whether others may read it: no quote, or one with a yes that stands."""
        return not self.is_quote or (self.consent_on is not None and self.withdrawn_on is None)


class Recognition(TeamText):
    """An award or a public thank-you that a school got, and the story that stands behind it."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="recognitions")
    award = models.CharField(_("award"), max_length=200)
    given_by = models.CharField(_("who gave it"), max_length=200)
    given_on = models.DateField(_("when"))
    story = models.ForeignKey(
        Story,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="recognitions",
        verbose_name=_("the story behind it"),
    )

    class Meta:
        ordering = ["-given_on", "-id"]
        verbose_name = _("recognition")

    def __str__(self) -> str:
        return self.award
