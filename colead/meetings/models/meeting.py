"""A meeting: its agenda, its roles, its clock, and what came of each item."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from colead.decisions.models import Decision
from colead.meetings.weeks import Every, week_of
from colead.plans.models import Step
from colead.schools.models import Member, Team
from colead.texts.models import TeamText

WEEKDAYS = (
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
)


class Rhythm(models.Model):
    """When a team usually meets, so that the next meeting takes one tap."""

    EVERY = [
        (Every.WEEK, _("every week")),
        (Every.A, _("in A weeks")),
        (Every.B, _("in B weeks")),
    ]

    team = models.OneToOneField(Team, models.CASCADE, related_name="rhythm")
    weekday = models.PositiveSmallIntegerField(_("day"), choices=WEEKDAYS)
    starts_at = models.TimeField(_("begins at"))
    minutes = models.PositiveSmallIntegerField(_("minutes you have"))
    every = models.CharField(_("how often"), max_length=4, choices=EVERY, default=Every.WEEK)
    a_week = models.DateField(_("a day in any A week"), null=True, blank=True)
    place = models.CharField(_("where"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(every="week") | Q(a_week__isnull=False), name="a_and_b_weeks_count_from_a_day"
            )
        ]

    def week(self, day: date) -> str:
        """Return “A” or “B” where the school counts its weeks so, else nothing."""
        return week_of(day, self.a_week) if self.a_week else ""


class Meetings(models.QuerySet["Meeting"]):
    def ahead(self) -> "Meetings":
        """Meetings that are planned or under way, the next one first."""
        return self.exclude(state="ended").order_by("held_on", "id")

    def over(self) -> "Meetings":
        """Meetings that have ended, the last one first."""
        return self.filter(state="ended").order_by("-held_on", "-id")


class Meeting(TeamText):
    """One meeting of a team, with an agenda for the time there is. A protocol is run as a meeting, too."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        RUNNING = "running", _("under way")
        ENDED = "ended", _("over")

    team = models.ForeignKey(Team, models.CASCADE, related_name="meetings")
    title = models.CharField(_("title"), max_length=200)
    protocol = models.CharField(max_length=40, blank=True)  # its slug in content, where one is run
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    held_on = models.DateField(_("date"))
    starts_at = models.TimeField(_("begins at"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes you have"))
    place = models.CharField(_("where"), max_length=200, blank=True)
    facilitator = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("facilitates")
    )
    note_taker = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("takes notes")
    )
    time_keeper = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("keeps time")
    )
    present = models.ManyToManyField(Member, blank=True, related_name="+", verbose_name=_("who is here"))
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = Meetings.as_manager()

    class Meta:
        ordering = ["-held_on", "-id"]
        verbose_name = _("meeting")
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="a_meeting_has_a_title"),
            models.CheckConstraint(
                condition=Q(state="planned", began_at=None, ended_at=None)
                | Q(state="running", began_at__isnull=False, ended_at=None)
                | Q(state="ended", began_at__isnull=False, ended_at__isnull=False),
                name="a_meeting_begins_before_it_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_planned(self) -> bool:
        return self.state == self.State.PLANNED

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING

    @property
    def is_over(self) -> bool:
        return self.state == self.State.ENDED


class Mode(models.TextChoices):
    """How people work on an item."""

    TOGETHER = "together", pgettext_lazy("way of working", "together")
    PAIRS = "pairs", pgettext_lazy("way of working", "in pairs")
    SILENT = "silent", pgettext_lazy("way of working", "each in silence")


class Items(models.QuerySet["Item"]):
    def parked(self) -> "Items":
        """What was parked and has not come back on a later agenda."""
        return self.filter(state="parked", returned=None)


class Item(TeamText):
    """One item of an agenda: how long, how, and what was said, decided and begun."""

    class State(models.TextChoices):
        OPEN = "open", _("not yet")
        DONE = "done", _("done")
        PARKED = "parked", _("parked for next time")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.TextField(_("what it is about"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    mode = models.CharField(_("how you work"), max_length=8, choices=Mode.choices, default=Mode.TOGETHER)
    how = models.TextField(_("how you go about it"), blank=True)
    ref = models.CharField(max_length=60, blank=True)  # what it was drawn from, such as question:E-W1
    step = models.CharField(max_length=40, blank=True)  # key of the protocol's step, where it is one
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    note = models.TextField(_("minutes"), blank=True)
    added = models.PositiveSmallIntegerField(default=0)  # minutes given on top while it ran
    spent = models.PositiveIntegerField(default=0)  # seconds, up to the last pause
    came_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="returned")
    decisions = models.ManyToManyField(Decision, blank=True, related_name="meeting_items")
    steps = models.ManyToManyField(Step, blank=True, related_name="meeting_items")

    objects = Items.as_manager()

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("item of the agenda")
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="an_item_says_what_it_is_about")]

    def __str__(self) -> str:
        return self.title

    @property
    def box(self) -> int:
        """Seconds this item has, with what was added."""
        return 60 * (self.minutes + self.added)


class Clock(models.Model):
    """A meeting's clock. The server's time is the truth; `beat` grows with each press, so that phones know."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="clock")
    item = models.ForeignKey(Item, models.SET_NULL, null=True, blank=True, related_name="+")
    since = models.DateTimeField(null=True, blank=True)  # empty while it stands still
    beat = models.PositiveIntegerField(default=0)
