"""One decision, from the open question to the day it is looked at again."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from colead.schools.models import Member, Team
from colead.texts.models import TeamText


class Way(models.TextChoices):
    """Ways of deciding. How each works is told in content (`ways_of_deciding`)."""

    CONSENT = "consent", _("consent")
    ADVICE = "advice", _("advice")
    CONSENSUS = "consensus", _("consensus")
    VOTE = "vote", _("vote")
    ONE_PERSON = "one-person", _("one person, with input")


ONE_DECIDES = (Way.ADVICE, Way.ONE_PERSON)  # ways in which somebody is named who has the last word


class Decisions(models.QuerySet["Decision"]):
    def open(self) -> "Decisions":
        """Questions on which nothing is decided yet."""
        return self.filter(state__in=(Decision.State.OPEN, Decision.State.TALKING))

    def decided(self) -> "Decisions":
        """Questions with an answer, whether it was looked at again or not."""
        return self.filter(state__in=(Decision.State.DECIDED, Decision.State.REVIEWED))

    def due(self, today: date) -> "Decisions":
        """Decisions whose day to be looked at again has come."""
        return self.filter(state=Decision.State.DECIDED, review_on__lte=today)


class Decision(TeamText):
    """A question, the way chosen to decide it, what was decided and why, who sees to it, when it is looked at again.

    Everybody has the same say while it is open; once it is decided, one person answers for it.
    """

    class State(models.TextChoices):
        OPEN = "open", _("open question")
        TALKING = "talking", _("you are talking about it")
        DECIDED = "decided", _("decided")
        REVIEWED = "reviewed", _("reviewed and closed")

    team = models.ForeignKey(Team, models.CASCADE, related_name="decisions")
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    about = models.CharField(max_length=40, blank=True)  # the code of a big question in content, or empty
    follows = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="followed_by")

    question = models.TextField(_("question"))
    background = models.TextField(_("why it comes up"), blank=True)
    shaped_by = models.TextField(_("who shaped it"), blank=True)
    opened_on = models.DateField(_("open since"))

    way = models.CharField(_("way of deciding"), max_length=16, choices=Way.choices, blank=True)
    way_chosen_on = models.DateField(null=True, blank=True)  # empty where it was written down afterwards
    decider = models.ForeignKey(
        Member, models.RESTRICT, null=True, blank=True, related_name="+", verbose_name=_("who decides")
    )
    input_until = models.DateField(_("input until"), null=True, blank=True)
    talk = models.TextField(_("what was said"), blank=True)

    decided = models.TextField(_("what you decided"), blank=True)
    chosen = models.ForeignKey(
        "decisions.Option", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("option")
    )
    because = models.TextField(_("because"), blank=True)
    concerns = models.TextField(_("open concerns"), blank=True)
    present = models.ManyToManyField(Member, blank=True, related_name="+", verbose_name=_("who was present"))
    owner = models.ForeignKey(
        Member, models.RESTRICT, null=True, blank=True, related_name="+", verbose_name=_("who answers for it")
    )
    decided_on = models.DateField(_("date"), null=True, blank=True)
    starts_on = models.DateField(_("it holds from"), null=True, blank=True)
    review_on = models.DateField(_("look at it again on"), null=True, blank=True)
    message = models.TextField(_("what you tell staff"), blank=True)

    objects = Decisions.as_manager()

    class Meta:
        ordering = [F("decided_on").desc(nulls_last=True), "-id"]
        verbose_name = _("decision")
        constraints = [
            models.CheckConstraint(condition=Q(state="open") | ~Q(way=""), name="the_way_is_chosen_before_the_talk"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "talking"]) | ~Q(decided="") & Q(decided_on__isnull=False),
                name="what_is_decided_is_written_down",
            ),
            models.CheckConstraint(
                condition=~Q(state="talking", way__in=["advice", "one-person"], decider=None),
                name="who_decides_alone_is_named_first",
            ),
            models.CheckConstraint(
                condition=~Q(state="reviewed") | Q(owner__isnull=False), name="nothing_is_closed_without_an_owner"
            ),
        ]

    def __str__(self) -> str:
        return self.decided or self.question

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.OPEN, self.State.TALKING)

    @property
    def is_talking(self) -> bool:
        return self.state == self.State.TALKING

    @property
    def owner_is_gone(self) -> bool:
        """Say whether the one who answered for it has left the team, so that another is needed."""
        return bool(self.owner and self.owner.left_on)

    def is_due(self, today: date) -> bool:
        """Say whether the day to look at it again has come."""
        return bool(self.state == self.State.DECIDED and self.review_on and self.review_on <= today)


class Review(TeamText):
    """One look back at a decision: what you see now, and what follows from it."""

    class Verdict(models.TextChoices):
        KEEP = "keep", _("Keep it as it is")
        CHANGE = "change", _("Change it: the question is open again")
        STOP = "stop", _("Let it go")

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="reviews")
    held_on = models.DateField(_("date"))
    seen = models.TextField(_("what you see now"))
    verdict = models.CharField(_("what follows"), max_length=8, choices=Verdict.choices)

    class Meta:
        ordering = ["held_on", "id"]
        verbose_name = _("review")
