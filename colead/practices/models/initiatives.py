"""What a school runs: listed in silence, opened together, compared, decided row by row."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from colead.accounts.models import User
from colead.decisions.models import Decision, LetGo
from colead.schools.models import Member, Team
from colead.texts.models import TeamText


class Inventory(models.Model):
    """One look at everything that runs. While it is silent each member's list is theirs alone."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="inventories")
    number = models.PositiveIntegerField()
    started_on = models.DateField()
    revealed_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    decision = models.OneToOneField(
        Decision, models.SET_NULL, null=True, blank=True, related_name="inventory", verbose_name=_("decision")
    )

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["team", "number"], name="inventories_are_counted"),
            models.UniqueConstraint(fields=["team"], condition=Q(closed_on=None), name="one_open_inventory_per_team"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(revealed_on__isnull=False), name="lists_are_opened_before_it_closes"
            ),
        ]

    @property
    def is_silent(self) -> bool:
        return self.revealed_on is None

    @property
    def is_open(self) -> bool:
        """Say whether rows can be filled and decided."""
        return self.revealed_on is not None and self.closed_on is None


class SilentList(models.Model):
    """What one person listed, one thing to a line. Deleted when all lists are opened: then the rows belong to all."""

    inventory = models.ForeignKey(Inventory, models.CASCADE, related_name="lists")
    author = models.ForeignKey(User, models.CASCADE, related_name="+")
    body = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inventory", "author"], name="one_list_per_person")]


class Rows(models.QuerySet["Initiative"]):
    def standing(self) -> "Rows":
        """Rows that were not merged into another one."""
        return self.filter(merged_into=None)

    def undecided(self) -> "Rows":
        return self.standing().filter(verdict="")


class Initiative(TeamText):
    """One thing a school runs: what it is for, what it costs, what you decided about it."""

    class Kind(models.TextChoices):
        PROGRAM = "program", _("program")
        MANDATE = "mandate", _("mandate")
        MEETING = "meeting", _("meeting")
        DUTY = "duty", _("duty")
        REPORT = "report", _("report or form")
        TOOL = "tool", _("platform or tool")
        OTHER = "other", _("something else")

    class Source(models.TextChoices):
        LAW = "law", _("the law or the state")
        DISTRICT = "district", _("the district")
        GRANT = "grant", _("a grant or partner")
        SCHOOL = "school", _("our school")
        HABIT = "habit", _("nobody any more: a habit")

    class Vision(models.IntegerChoices):
        NONE = 0, _("0: none that we see")
        WEAK = 1, _("1: a loose one")
        CLEAR = 2, _("2: a clear one")
        HEART = 3, _("3: it is the heart of it")

    class Verdict(models.TextChoices):
        KEEP = "keep", pgettext_lazy("an initiative", "keep")
        PROTECT = "protect", pgettext_lazy("an initiative", "protect")
        ADAPT = "adapt", pgettext_lazy("an initiative", "adapt")
        MERGE = "merge", pgettext_lazy("an initiative", "merge")
        REDUCE = "reduce", pgettext_lazy("an initiative", "reduce")
        REPLACE = "replace", pgettext_lazy("an initiative", "replace")
        STOP = "stop", pgettext_lazy("an initiative", "stop")

    inventory = models.ForeignKey(Inventory, models.CASCADE, related_name="rows")
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("what it is"), max_length=10, choices=Kind.choices, blank=True)
    source = models.CharField(_("who asks for it"), max_length=10, choices=Source.choices, blank=True)
    audience = models.CharField(_("who it is for"), max_length=200, blank=True)
    purpose = models.TextField(_("what it is for"), blank=True)
    outcome = models.TextField(_("how you would see that it works"), blank=True)
    staff = models.CharField(_("who works on it"), max_length=200, blank=True)
    hours = models.DecimalField(
        _("hours a week, everybody together"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    money = models.DecimalField(_("money a year"), max_digits=11, decimal_places=2, null=True, blank=True)
    fte = models.DecimalField(_("positions (FTE)"), max_digits=6, decimal_places=2, null=True, blank=True)
    evidence = models.TextField(_("what shows that it works"), blank=True)
    vision = models.PositiveSmallIntegerField(_("link to your vision"), choices=Vision.choices, null=True, blank=True)
    overlap = models.CharField(_("what it overlaps with"), max_length=300, blank=True)
    named_by = models.PositiveSmallIntegerField(default=0)  # how many had it on their list
    merged_into = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="merged")

    verdict = models.CharField(_("what you decide"), max_length=8, choices=Verdict.choices, blank=True)
    reason = models.TextField(_("because"), blank=True)
    owner = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who sees to it")
    )
    review_on = models.DateField(_("look at it again on"), null=True, blank=True)
    tell = models.CharField(_("who has to hear it first"), max_length=200, blank=True)
    let_go = models.OneToOneField(LetGo, models.SET_NULL, null=True, blank=True, related_name="initiative")

    objects = Rows.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("row of the inventory")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="an_initiative_has_a_name"),
            models.CheckConstraint(condition=Q(verdict="") | ~Q(reason=""), name="a_verdict_has_a_reason"),
            models.CheckConstraint(condition=Q(vision=None) | Q(vision__lte=3), name="the_link_goes_from_0_to_3"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def frees(self) -> bool:
        """Say whether the verdict gives time back."""
        return self.verdict in (self.Verdict.STOP, self.Verdict.REDUCE, self.Verdict.REPLACE, self.Verdict.MERGE)
