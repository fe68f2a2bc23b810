"""What a team tries, step by step, and the calendar of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from colead.accounts.models import User
from colead.plans.models.evidence import Evidence
from colead.plans.models.purpose import Form, PurposeMap
from colead.plans.models.theory import Theory
from colead.schools.models import Member, Team
from colead.texts.models import TeamText


class Trials(models.QuerySet["Trial"]):
    def open(self) -> "Trials":
        """Tests that are not closed: the priority and those that are watched."""
        return self.exclude(state="closed")

    def active(self) -> "Trials":
        """The one that is the team's priority now, if there is one."""
        return self.open().filter(place="active")

    def watching(self) -> "Trials":
        """Those that wait, the one to look at again soonest first."""
        return self.open().filter(place="watching").order_by("review_on", "id")

    def closed(self) -> "Trials":
        """What was tried, the newest first."""
        return self.filter(state="closed").order_by("-closed_on", "-id")


class Trial(TeamText):
    """A small test. One of those not closed is the team's active priority; the others are watched until a date."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        RUNNING = "running", _("running")
        CLOSED = "closed", _("closed")

    class Place(models.TextChoices):
        ACTIVE = "active", _("our one priority")
        WATCHING = "watching", _("watching")

    team = models.ForeignKey(Team, models.CASCADE, related_name="trials")
    theory = models.ForeignKey(Theory, models.SET_NULL, null=True, blank=True, related_name="trials")
    map = models.ForeignKey(PurposeMap, models.SET_NULL, null=True, blank=True, related_name="trials")
    after = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="followed_by")
    form = models.CharField(_("form"), max_length=10, choices=Form.choices)
    question = models.TextField(_("what you want to find out"))
    prediction = models.TextField(_("what you expect"), blank=True)
    who = models.TextField(_("who takes part"), blank=True)
    begins_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    stop_rule = models.TextField(_("when you stop early"), blank=True)
    risk = models.TextField(_("the small risk you take"), blank=True)
    learning = models.TextField(_("what you learn even if it fails"), blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.PLANNED)
    place = models.CharField(_("place"), max_length=8, choices=Place.choices, default=Place.WATCHING)
    review_on = models.DateField(_("look again on"), null=True, blank=True)
    place_note = models.TextField(_("why now, or why it waits"), blank=True)
    closed_on = models.DateField(null=True, blank=True)

    objects = Trials.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = pgettext_lazy("a small test", "test")
        constraints = [
            models.CheckConstraint(condition=~Q(question=""), name="a_trial_asks_something"),
            models.UniqueConstraint(
                fields=["team"], condition=Q(place="active") & ~Q(state="closed"), name="one_active_priority_per_team"
            ),
            models.CheckConstraint(
                condition=~Q(place="watching") | Q(state="closed") | Q(review_on__isnull=False),
                name="whatever_is_watched_has_a_review_date",
            ),
            models.CheckConstraint(condition=~Q(state="running") | Q(place="active"), name="only_the_priority_runs"),
            models.CheckConstraint(
                condition=Q(begins_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("begins_on")),
                name="a_trial_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_on__isnull=False) | ~Q(state="closed") & Q(closed_on=None),
                name="a_closed_trial_has_a_date",
            ),
        ]

    def __str__(self) -> str:
        return self.question


class Steps(models.QuerySet["Step"]):
    def open(self) -> "Steps":
        """Steps that somebody still has to take."""
        return self.exclude(status__in=("done", "dropped"))


class Step(TeamText):
    """One step on the action timeline: what, who, from when to when, and how you will know that it worked."""

    class Status(models.TextChoices):
        OPEN = "open", _("not begun")
        DOING = "doing", _("in hand")
        STUCK = "stuck", _("stuck")
        DONE = "done", _("done")
        DROPPED = "dropped", _("let go")

    team = models.ForeignKey(Team, models.CASCADE, related_name="steps")
    trial = models.ForeignKey(Trial, models.CASCADE, null=True, blank=True, related_name="steps")
    what = models.TextField(_("step"))
    owners = models.ManyToManyField(Member, blank=True, related_name="steps", verbose_name=_("who sees to it"))
    starts_on = models.DateField(_("from"), null=True, blank=True)
    due_on = models.DateField(_("by when"), null=True, blank=True)
    signs = models.TextField(_("how you will know"), blank=True)
    status = models.CharField(_("where it stands"), max_length=8, choices=Status.choices, default=Status.OPEN)
    blocker = models.TextField(_("what holds it up"), blank=True)
    resources = models.TextField(_("time, people, money"), blank=True)
    note = models.TextField(_("what happened"), blank=True)
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="steps", verbose_name=_("evidence"))
    done_on = models.DateField(null=True, blank=True)

    objects = Steps.as_manager()
    _history_m2m_fields = [owners]  # who sees to a step is part of its change log

    class Meta:
        ordering = [F("due_on").asc(nulls_last=True), "id"]
        verbose_name = _("step")
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="a_step_says_what_to_do"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(due_on=None) | Q(due_on__gte=F("starts_on")),
                name="a_step_is_due_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.what


class Feed(models.Model):
    """A private calendar address: a team's whole timeline, or one member's own steps. Only its hash is kept."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="feeds")
    member = models.ForeignKey(Member, models.CASCADE, null=True, blank=True, related_name="feeds")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["team"], condition=Q(member=None, revoked_at=None), name="one_calendar_per_team"
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(member__isnull=False, revoked_at=None),
                name="one_calendar_per_member",
            ),
        ]


class Reminder(models.Model):
    """Whether somebody wants a mail about their steps, and when they had the last one."""

    user = models.OneToOneField(User, models.CASCADE, related_name="step_reminder")
    sent_at = models.DateTimeField(null=True, blank=True)
    off_since = models.DateTimeField(null=True, blank=True)  # None: at most one mail a week
