"""A team's walk through the playbook: what each wrote, what they agreed, which condition they chose, what they did."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.decisions.models import Decision
from colead.plans.models import Evidence
from colead.schools.models import Member, Team
from colead.texts.models import TeamText

OVERVIEW = "overview"


class Walk(models.Model):
    """One time through the overview or through a condition's guide. Coming back to a condition begins a new walk."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="walks")
    condition = models.CharField(max_length=20)  # a condition's slug, or OVERVIEW
    number = models.PositiveIntegerField(default=1)
    guide_version = models.PositiveIntegerField(default=1)
    started_on = models.DateField()
    finished_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["team", "condition", "number"], name="walks_are_counted")]


class Answer(TeamText):
    """What one person wrote to a question or a sub-prompt: theirs alone until the team reveals it."""

    walk = models.ForeignKey(Walk, models.CASCADE, related_name="answers")
    author = models.ForeignKey(User, models.CASCADE, related_name="+")
    code = models.CharField(max_length=20)
    body = models.TextField(_("answer"), blank=True)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["walk", "author", "code"], name="one_answer_per_person_and_question")
        ]


class Discussion(TeamText):
    """What the team made of a question together: revealed when, noted what, decided what."""

    walk = models.ForeignKey(Walk, models.CASCADE, related_name="discussions")
    code = models.CharField(max_length=20)
    note = models.TextField(_("discussion note"), blank=True)
    revealed_at = models.DateTimeField(null=True, blank=True)
    revealed_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    decision = models.ForeignKey(Decision, models.SET_NULL, null=True, blank=True, related_name="discussions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["walk", "code"], name="one_discussion_per_question")]


class Task(TeamText):
    """An important task of a guide: where it stands, who sees to it, by when, with what evidence."""

    class State(models.TextChoices):
        OPEN = "open", _("not begun")
        DOING = "doing", _("in hand")
        DONE = "done", _("done")
        ASIDE = "aside", _("set aside on purpose")

    walk = models.ForeignKey(Walk, models.CASCADE, related_name="tasks")
    code = models.CharField(max_length=20)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    owner = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who sees to it")
    )
    due_on = models.DateField(_("by when"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="tasks", verbose_name=_("evidence"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["walk", "code"], name="one_task_per_walk")]


class Assessment(models.Model):
    """One round of a condition's self-assessment. A later round stands beside this one."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="assessments")
    condition = models.CharField(max_length=20)
    number = models.PositiveIntegerField(default=1)
    rubric_version = models.PositiveIntegerField(default=1)
    started_on = models.DateField()
    revealed_at = models.DateTimeField(null=True, blank=True)
    revealed_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    agreed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["team", "condition", "number"], name="assessments_are_counted"),
            models.UniqueConstraint(
                fields=["team", "condition"], condition=Q(agreed_on=None), name="one_open_round_per_condition"
            ),
            models.CheckConstraint(
                condition=Q(agreed_on=None) | Q(revealed_at__isnull=False), name="revealed_before_agreed"
            ),
        ]


class CriterionAnswer(TeamText):
    """What one person sees for one criterion: where it can grow, and what shows that it is so."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="answers")
    author = models.ForeignKey(User, models.CASCADE, related_name="+")
    code = models.CharField(max_length=20)
    growth = models.TextField(_("where you can grow"), blank=True)
    evidence = models.TextField(_("evidence that it is so"), blank=True)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "author", "code"], name="one_view_per_person_and_criterion")
        ]


class CriterionLine(TeamText):
    """The one line a team agrees on for a criterion. The tag sorts; it is not a score."""

    class Tag(models.TextChoices):
        GROWTH = "growth", _("mostly growth")
        MIXED = "mixed", _("mixed")
        EVIDENCE = "evidence", _("mostly evidence")

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="lines")
    code = models.CharField(max_length=20)
    line = models.TextField(_("your line"))
    tag = models.CharField(_("this is"), max_length=10, choices=Tag.choices)
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="lines", verbose_name=_("evidence"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "code"], name="one_line_per_criterion")]


class Choice(models.Model):
    """The condition a team took on, on purpose. The newest choice is the team's priority; older ones stay readable."""

    class Basis(models.TextChoices):
        NEED = "need", _("our greatest need")
        STRENGTH = "strength", _("our greatest strength")
        OTHER = "other", _("another reason")

    team = models.ForeignKey(Team, models.CASCADE, related_name="choices")
    condition = models.CharField(_("condition"), max_length=20)
    basis = models.CharField(_("you choose it as"), max_length=10, choices=Basis.choices)
    reason = models.TextField(_("because"))
    data_used = models.TextField(_("what you looked at"), blank=True)
    felt = models.JSONField(default=list, blank=True)  # slugs of felt results the team picked
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="choice")
    walk = models.ForeignKey(Walk, models.PROTECT, related_name="choices")

    class Meta:
        ordering = [F("id").desc()]
