"""What came of it: measures over time, what happened, what people said, what the team decides next."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from colead.decisions.models import Decision
from colead.plans.models.theory import Theory, TheoryLine
from colead.plans.models.trials import Trial
from colead.schools.models import Team
from colead.texts.models import TeamText


class Indicator(TeamText):
    """A measure of a test or of a theory, as counts or figures for the school."""

    class Kind(models.TextChoices):
        OUTCOME = "outcome", _("outcome: what you want in the end")
        PROCESS = "process", _("process: whether you do what you planned")
        BALANCING = "balancing", _("balancing: what must not get worse")

    class Better(models.TextChoices):
        UP = "up", _("higher is better")
        DOWN = "down", _("lower is better")

    class Chart(models.TextChoices):
        RUN = "run", _("run chart")
        XMR = "xmr", _("XmR chart")
        SHARE = "p", _("p chart, for shares")

    class Rules(models.TextChoices):
        ANHOEJ = "anhoej", _("Anhøj")
        IHI = "ihi", _("IHI")
        NHS = "nhs", _("NHS")

    team = models.ForeignKey(Team, models.CASCADE, related_name="indicators")
    trial = models.ForeignKey(Trial, models.CASCADE, null=True, blank=True, related_name="indicators")
    theory = models.ForeignKey(Theory, models.CASCADE, null=True, blank=True, related_name="indicators")
    line = models.ForeignKey(TheoryLine, models.SET_NULL, null=True, blank=True, related_name="indicators")
    name = models.CharField(_("what you count or measure"), max_length=300)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.PROCESS)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    baseline = models.DecimalField(_("where you begin"), max_digits=14, decimal_places=4, null=True, blank=True)
    target = models.DecimalField(_("where you want to be"), max_digits=14, decimal_places=4, null=True, blank=True)
    better = models.CharField(_("better is"), max_length=4, choices=Better.choices, default=Better.UP)
    chart = models.CharField(_("chart"), max_length=4, choices=Chart.choices, default=Chart.RUN)
    rules = models.CharField(_("rules"), max_length=8, choices=Rules.choices, default=Rules.ANHOEJ)
    changed_on = models.DateField(_("when the change began"), null=True, blank=True)  # freezes the middle line
    put_away_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("indicator")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="an_indicator_has_a_name"),
            models.CheckConstraint(
                condition=Q(trial=None, theory__isnull=False) | Q(trial__isnull=False, theory=None),
                name="measures_a_trial_or_a_theory",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Point(TeamText):
    """One value of an indicator. For a share, `value` of `n`."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="points")
    on = models.DateField(_("date"))
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=4)
    n = models.PositiveIntegerField(_("out of how many"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["on"]
        verbose_name = _("value")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "on"], name="one_value_a_day"),
            models.CheckConstraint(condition=Q(n=None) | Q(n__gt=0), name="out_of_at_least_one"),
        ]


class Impact(TeamText):
    """The impact assessment of a test: what was meant, what happened, what is better, for whom, and what next."""

    class Finding(models.TextChoices):
        BETTER = "better", _("better")
        SAME = "same", _("the same")
        WORSE = "worse", _("worse")
        CANNOT_TELL = "cannot-tell", _("we cannot tell")

    class Confidence(models.TextChoices):
        LOW = "low", _("a first hint")
        MIDDLE = "middle", _("fairly sure")
        HIGH = "high", _("sure")

    class Verdict(models.TextChoices):
        STOP = "stop", _("stop")
        ADAPT = "adapt", _("adapt and try again")
        ADOPT = "adopt", _("keep doing it")
        WIDEN = "widen", _("widen it")

    class Onward(models.TextChoices):
        REVISIT = "revisit", _("stay with this condition")
        MOVE_ON = "move-on", _("move on to another")

    trial = models.OneToOneField(Trial, models.CASCADE, related_name="impact")
    success = models.TextField(_("what success was to be"), blank=True)
    gathered = models.TextField(_("what you gathered: from whom, how, when, how many"), blank=True)
    as_planned = models.TextField(_("what happened as planned"), blank=True)
    changed = models.TextField(_("what changed on the way, and why"), blank=True)
    finding = models.CharField(_("it is now"), max_length=12, choices=Finding.choices, blank=True)
    for_whom = models.TextField(_("for whom, and for whom not"), blank=True)
    confidence = models.CharField(_("how sure you are"), max_length=8, choices=Confidence.choices, blank=True)
    surprises = models.TextField(_("what surprised you"), blank=True)
    celebration = models.TextField(_("what to celebrate"), blank=True)
    carry_on = models.TextField(_("who can now do what, and carry it on"), blank=True)
    verdict = models.CharField(_("what you decide"), max_length=8, choices=Verdict.choices, blank=True)
    onward = models.CharField(_("what comes next"), max_length=8, choices=Onward.choices, blank=True)
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, blank=True, related_name="impact")

    class Meta:
        verbose_name = _("impact assessment")
        constraints = [
            models.CheckConstraint(
                condition=Q(decision=None) | (~Q(verdict="") & ~Q(onward="") & ~Q(finding="")),
                name="a_closing_decision_says_what_and_where_to",
            )
        ]


class Theme(TeamText):
    """What several people said about a test, and what the team does about it."""

    class Response(models.TextChoices):
        ACT = "act", _("we do it")
        ADAPT = "adapt", _("we change our plan")
        EXPLAIN = "explain", _("we explain why not")

    trial = models.ForeignKey(Trial, models.CASCADE, related_name="themes")
    text = models.TextField(_("what people said"))
    response = models.CharField(_("your response"), max_length=8, choices=Response.choices, blank=True)
    answer = models.TextField(_("what you do, or why not"), blank=True)
    answered_on = models.DateField(_("date"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("theme")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_theme_says_something"),
            models.CheckConstraint(
                condition=Q(response="", answered_on=None)
                | (~Q(response="") & ~Q(answer="") & Q(answered_on__isnull=False)),
                name="a_response_has_words_and_a_date",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @classmethod
    def of(cls, team: Team) -> models.QuerySet["Theme"]:
        """What people said about any test of a team."""
        return cls._default_manager.filter(trial__team=team)
