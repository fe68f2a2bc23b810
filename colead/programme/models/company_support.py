"""A team asks for help; somebody by name helps; the school sees every step."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.programme.models.programme import Programme
from colead.schools.models import Team
from colead.texts.models import TeamText


class Asks(models.QuerySet["Ask"]):
    def open(self) -> "Asks":
        return self.filter(closed_on=None)

    def new(self) -> "Asks":
        """Asks that nobody has been named for."""
        return self.open().filter(helper=None, helper_name="")


class Ask(TeamText):
    """A team asks the programme for help. The team and the office see it, nobody else."""

    class Topic(models.TextChoices):
        THEORY = "theory", _("our theory of action")
        IMPACT = "impact", _("finding out what changed")
        TOOLS = "tools", _("a tool or a protocol")
        PATH = "path", _("what to take on next")
        PEOPLE = "people", _("people, time or support at school")
        OTHER = "other", _("something else")

    class Helped(models.TextChoices):
        YES = "yes", _("yes, it helped")
        PARTLY = "partly", _("partly")
        NO = "no", _("no, not really")

    team = models.ForeignKey(Team, models.CASCADE, related_name="asks")
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="asks")
    topic = models.CharField(_("what it is about"), max_length=6, choices=Topic.choices)
    body = models.TextField(_("what you would like help with"))
    page = models.CharField(max_length=300, blank=True)  # the address of the page it was asked on, never its words
    page_title = models.CharField(max_length=200, blank=True)
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    asked_on = models.DateField()
    helper = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who helps")
    )
    helper_name = models.CharField(_("or somebody from outside the office"), max_length=200, blank=True)
    plan = models.TextField(_("what will be done, and by when"), blank=True)
    taken_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(_("what came of it"), blank=True)
    helped = models.CharField(_("did it help?"), max_length=6, choices=Helped.choices, blank=True)  # the school's word
    closed_on = models.DateField(null=True, blank=True)

    objects = Asks.as_manager()

    class Meta:
        ordering = ["asked_on", "id"]
        verbose_name = _("ask for help")
        constraints = [
            models.CheckConstraint(condition=~Q(body=""), name="an_ask_says_what"),
            models.CheckConstraint(condition=Q(closed_on=None) | ~Q(outcome=""), name="a_closed_ask_has_an_outcome"),
        ]

    @property
    def who_helps(self) -> str:
        return str(self.helper or self.helper_name)


class AskStep(TeamText):
    """One step of the help: a call, a visit, a file, a question back. Both sides write and read it."""

    ask = models.ForeignKey(Ask, models.CASCADE, related_name="steps")
    by_office = models.BooleanField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    on_day = models.DateField(_("day"))
    body = models.TextField(_("what was done or said"))

    class Meta:
        ordering = ["on_day", "id"]
        verbose_name = _("step of the help")
        constraints = [models.CheckConstraint(condition=~Q(body=""), name="a_step_of_help_says_what")]
