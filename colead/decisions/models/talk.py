"""What is put on the table before a decision: options, input, proposals in rounds, objections and concerns."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from colead.decisions.models.decision import Decision
from colead.texts.models import TeamText


class Options(models.QuerySet["Option"]):
    def on_the_table(self) -> "Options":
        """Options that are not set aside."""
        return self.filter(standing=Option.Standing.ON)


class Option(TeamText):
    """One way to answer the question, and what speaks for and against it."""

    class Standing(models.TextChoices):
        ON = "on", _("on the table")
        ASIDE = "aside", _("set aside")

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="options")
    name = models.CharField(_("option"), max_length=200)
    speaks_for = models.TextField(_("what speaks for it"), blank=True)
    speaks_against = models.TextField(_("what speaks against it"), blank=True)
    standing = models.CharField(_("where it stands"), max_length=8, choices=Standing.choices, default=Standing.ON)

    objects = Options.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("option")
        constraints = [models.UniqueConstraint(fields=["decision", "name"], name="no_option_twice")]

    def __str__(self) -> str:
        return self.name


class Input(TeamText):
    """What somebody was asked or told you, and where it went. Groups and roles, rather than names."""

    class Fate(models.TextChoices):
        WAITING = "waiting", _("not answered yet")
        TAKEN = "taken", _("it went in")
        PARTLY = "partly", _("it went in partly")
        NOT_TAKEN = "not-taken", _("it did not go in")

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="inputs")
    who = models.CharField(_("from whom"), max_length=200)
    said = models.TextField(_("what they said"), blank=True)  # empty: asked, and no answer yet
    came_on = models.DateField(_("when"))
    fate = models.CharField(_("where it went"), max_length=10, choices=Fate.choices, default=Fate.WAITING)
    went = models.TextField(_("how it shaped the decision, or why it could not"), blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("input")
        constraints = [
            models.CheckConstraint(condition=~Q(fate="not-taken", went=""), name="input_turned_down_is_told_why")
        ]


class Round(TeamText):
    """One round of consent: the proposal in one wording, and what it met with."""

    class Step(models.TextChoices):
        CLARIFY = "clarify", _("Clarify")
        REACT = "react", _("React")
        OBJECTIONS = "objections", _("Objections")

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="rounds")
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=12, choices=Step.choices, default=Step.CLARIFY)
    proposal = models.TextField(_("proposal"))
    clarified = models.TextField(_("questions and answers"), blank=True)
    reactions = models.TextField(_("reactions"), blank=True)

    class Meta:
        ordering = ["number"]
        verbose_name = _("round")
        constraints = [models.UniqueConstraint(fields=["decision", "number"], name="rounds_are_counted")]


class Dissents(models.QuerySet["Dissent"]):
    def blocking(self) -> "Dissents":
        """Objections that are neither resolved nor withdrawn."""
        return self.filter(kind=Dissent.Kind.OBJECTION, outcome=Dissent.Outcome.OPEN)


class Dissent(TeamText):
    """A no, or half of one, and what happened to it. The argument counts; a name stands there only if it is wanted."""

    class Kind(models.TextChoices):
        OBJECTION = "objection", _("objection")
        CONCERN = "concern", _("concern")
        ASIDE = "aside", _("standing aside")

    class Outcome(models.TextChoices):
        OPEN = "open", pgettext_lazy("an objection", "open")
        RESOLVED = "resolved", pgettext_lazy("an objection", "resolved")
        WITHDRAWN = "withdrawn", pgettext_lazy("an objection", "withdrawn")
        KEPT = "kept", pgettext_lazy("a concern", "kept on record")

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="dissents")
    round = models.ForeignKey(Round, models.CASCADE, null=True, blank=True, related_name="dissents")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    body = models.TextField(_("in a sentence"))
    harm = models.TextField(_("what harm it would do, and to whom"), blank=True)
    who = models.CharField(_("who says so"), max_length=200, blank=True)
    outcome = models.CharField(_("what happened to it"), max_length=10, choices=Outcome.choices)
    what_happened = models.TextField(_("how"), blank=True)

    objects = Dissents.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("objection or concern")
        constraints = [
            models.CheckConstraint(condition=~Q(kind="objection") | ~Q(harm=""), name="an_objection_argues_a_harm"),
            models.CheckConstraint(
                condition=~Q(outcome__in=["resolved", "withdrawn"]) | ~Q(what_happened=""),
                name="it_is_told_what_happened_to_an_objection",
            ),
        ]

    @property
    def blocks(self) -> bool:
        return self.kind == self.Kind.OBJECTION and self.outcome == self.Outcome.OPEN
