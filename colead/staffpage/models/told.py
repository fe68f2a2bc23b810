"""What a team tells staff in its own words, what it holds back, and what came of a finding."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from colead.decisions.models import Decision
from colead.schools.models import School, Team
from colead.surveys.models import Finding
from colead.texts.models import TeamText


class Notices(models.QuerySet["Notice"]):
    def up(self) -> "Notices":
        """What stands on the page now."""
        return self.filter(off_on=None)


class Notice(TeamText):
    """A few words a team writes for the page itself: its vision, a small win, what it puts in, who can now do what."""

    class Kind(models.TextChoices):
        VISION = "vision", _("our vision")
        WIN = "win", _("a small win")
        RESOURCE = "resource", _("what we put in")
        SKILL = "skill", _("who can now do what")

    team = models.ForeignKey(Team, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField(_("text"))
    more = models.CharField(_("what it is for, or whom to ask"), max_length=300, blank=True)
    on = models.DateField(_("since when"))
    off_on = models.DateField(_("taken off on"), null=True, blank=True)

    objects = Notices.as_manager()

    class Meta:
        ordering = ["-on", "-id"]
        verbose_name = pgettext_lazy("on the staff page", "notice")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_notice_says_something"),
            models.UniqueConstraint(
                fields=["team"], condition=Q(kind="vision", off_on=None), name="one_vision_per_team_on_the_page"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Held(models.Model):
    """Something the team holds back from the page: a record by its kind and number, or all names of owners."""

    class What(models.TextChoices):
        DECISION = "decision", _("decision")
        QUESTION = "question", _("open question")
        TRIAL = "trial", pgettext_lazy("a small test", "test")
        PRIORITY = "priority", _("priority")
        LET_GO = "let-go", _("what was let go")
        RESULT = "result", _("result of a survey")
        NAMES = "names", _("names of those who answer for a decision")

    team = models.ForeignKey(Team, models.CASCADE, related_name="held_back")
    what = models.CharField(max_length=10, choices=What.choices)
    number = models.PositiveBigIntegerField(default=0)  # 0 for names: all of them

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "what", "number"], name="held_back_once")]


class FindingAnswer(models.Model):
    """What the answer to a finding rests on: a decision; or, where there is none, a reason why not now."""

    finding = models.OneToOneField(Finding, models.CASCADE, related_name="came_of_it")
    decision = models.ForeignKey(Decision, models.CASCADE, null=True, blank=True, related_name="answers")


class DayOff(models.Model):
    """Days on which the school is closed: they do not count when an answer is awaited."""

    school = models.ForeignKey(School, models.CASCADE, related_name="days_off")
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    what = models.CharField(_("what it is"), max_length=100, blank=True)

    class Meta:
        ordering = ["first", "id"]
        constraints = [models.CheckConstraint(condition=Q(first__lte=F("last")), name="days_off_begin_before_they_end")]
