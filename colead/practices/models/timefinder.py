"""The time finder: the timetable a team brought, what could change in it, and the searches of the worker."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.decisions.models import Decision, LetGo
from colead.schools.models import Team
from colead.texts.models import TeamText

ALIVE = timedelta(seconds=60)  # a worker that has said nothing for so long is gone


class Timetable(models.Model):
    """A school's timetable as it is today. Whom and what it names stands inside `schedule`, never in a column.

    `remarks` are the odd lines of the report, `left_out` the rules of a kind nobody here understands. A file of FET is
    kept as it came, so that what we do not understand goes out again untouched.
    """

    class Source(models.TextChoices):
        CSV = "csv", _("CSV files")
        GRID = "grid", _("a sheet of teachers and periods")
        FET = "fet", _("a FET file")
        SAMPLE = "sample", _("the sample school")

    team = models.ForeignKey(Team, models.CASCADE, related_name="timetables")
    name = models.CharField(_("name"), max_length=200)
    source = models.CharField(max_length=8, choices=Source.choices)
    schedule = models.JSONField()
    remarks = models.JSONField(default=list, blank=True)
    left_out = models.JSONField(default=list, blank=True)
    fet = models.BinaryField(null=True, blank=True)
    brought_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    brought_at = models.DateTimeField()

    class Meta:
        ordering = ["-brought_at", "-id"]
        verbose_name = _("timetable")

    def __str__(self) -> str:
        return self.name


class Scenario(TeamText):
    """One idea of how the timetable could be: what teams ask for, how much each rule counts, what is moved.

    `asked` holds the wishes of teams that differ from the timetable's own, `strengths` those of rules, `pinned` the
    keys of lessons that stay where they are, `steps` the moves so far, a small dict each, so that each can be undone.
    While it is open, whoever works at the school reads it, says what they think, and copies it.
    """

    timetable = models.ForeignKey(Timetable, models.CASCADE, related_name="scenarios")
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="copies")
    title = models.CharField(_("title"), max_length=120)
    note = models.TextField(_("what you are after"), blank=True)
    asked = models.JSONField(default=dict, blank=True)
    strengths = models.JSONField(default=dict, blank=True)
    pinned = models.JSONField(default=list, blank=True)
    steps = models.JSONField(default=list, blank=True)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    opened_on = models.DateField(_("open to colleagues since"), null=True, blank=True)
    decision = models.OneToOneField(
        Decision, models.SET_NULL, null=True, blank=True, related_name="scenario", verbose_name=_("decision")
    )
    let_go = models.OneToOneField(LetGo, models.SET_NULL, null=True, blank=True, related_name="scenario")

    class Meta:
        ordering = ["id"]
        verbose_name = _("scenario")
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="a_scenario_has_a_title")]

    def __str__(self) -> str:
        return self.title


class Comment(TeamText):
    """What one person says about a scenario, and whether they could live with it.

    `to_staff`: said while the scenario was open, so all colleagues read it. What was said to the team stays there.
    """

    class Stance(models.TextChoices):
        FINE = "fine", _("I can live with it")
        WORRY = "worry", _("I can, and this worries me")
        CANNOT = "cannot", _("I cannot live with it")

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="comments")
    said_by = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("who"))
    to_staff = models.BooleanField(default=False)
    stance = models.CharField(_("how you stand to it"), max_length=8, choices=Stance.choices)
    body = models.TextField(_("why"), blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("comment")
        constraints = [
            models.UniqueConstraint(fields=["scenario", "said_by"], name="one_comment_per_person"),
            models.CheckConstraint(
                condition=Q(stance="fine") | ~Q(body=""), name="a_worry_about_a_scenario_is_put_into_words"
            ),
        ]

    def __str__(self) -> str:
        return self.body or str(self.get_stance_display())


class Searches(models.QuerySet["Search"]):
    def under_way(self) -> "Searches":
        """Searches that wait for the worker or are in its hands."""
        return self.filter(state__in=("waiting", "running"))

    def abandoned(self, now: datetime) -> "Searches":
        """Searches whose worker is gone."""
        return self.filter(state="running", heartbeat_at__lt=now - ALIVE)


class Search(models.Model):
    """One search of the worker: what for, how far it has come, the best it has found so far."""

    class Aim(models.TextChoices):
        SHIFT = "shift", _("the smallest change")
        SCRATCH = "scratch", _("from scratch: everything may move")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for its turn")
        RUNNING = "running", _("looking")
        DONE = "done", _("done")
        STOPPED = "stopped", _("stopped by you")
        FAILED = "failed", _("broken off")

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="searches")
    aim = models.CharField(_("what it looks for"), max_length=8, choices=Aim.choices, default=Aim.SHIFT)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    seconds = models.PositiveSmallIntegerField(default=60)
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    wish_to_stop = models.BooleanField(default=False)
    tries = models.PositiveSmallIntegerField(default=0)
    found = models.JSONField(default=dict, blank=True)

    objects = Searches.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("search")
        constraints = [
            models.UniqueConstraint(
                fields=["scenario"], condition=Q(state__in=["waiting", "running"]), name="one_search_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running"]) | Q(ended_at__isnull=False), name="what_ended_has_an_end"
            ),
        ]

    @property
    def is_under_way(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)
