"""Peer observation: a round of open doors, who opens one, who wishes to see whom, the visits, and whose words they are.

What a visitor notes is the observed person's, once it is handed over; what they write for themselves is theirs alone.
There is no place for a rating.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.practices.models.timefinder import Scenario, Timetable
from colead.schools.models import School, Team
from colead.texts.models import TeamText


class Role(models.TextChoices):
    """The roles of a timetable, as people say them."""

    TEACHER = "teacher", _("teacher")
    ADMINISTRATOR = "administrator", _("administrator")
    SUPPORT = "support", _("support staff")


class NameInTimetable(models.Model):
    """Which name in the school's timetables somebody has; without a name they have no lessons, only a role."""

    school = models.ForeignKey(School, models.CASCADE, related_name="timetable_names")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    name = models.CharField(_("name in the timetable"), max_length=200, blank=True)
    role = models.CharField(_("what you are"), max_length=13, choices=Role.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "user"], name="one_name_per_person_and_school"),
            models.UniqueConstraint(fields=["school", "name"], condition=~Q(name=""), name="one_person_per_name"),
            models.CheckConstraint(condition=~Q(name="", role=""), name="who_has_no_name_there_has_a_role"),
        ]


class DoorsRounds(models.QuerySet["DoorsRound"]):
    def published(self) -> "DoorsRounds":
        return self.filter(published_on__isnull=False)


class DoorsRound(models.Model):
    """Some weeks in which colleagues watch each other. Until it is published, doors and wishes can change.

    `wished` and `found` count the visits of the last match, and no other choice gives more where that is `proven`;
    `days_off` holds dates without school, as in ISO 8601.
    """

    team = models.ForeignKey(Team, models.CASCADE, related_name="door_rounds")
    timetable = models.ForeignKey(Timetable, models.SET_NULL, null=True, blank=True, related_name="door_rounds")
    scenario = models.ForeignKey(Scenario, models.SET_NULL, null=True, blank=True, related_name="door_rounds")
    title = models.CharField(_("what you call it"), max_length=120)
    focus = models.TextField(_("what you want to get better at together"), blank=True)
    collect_until = models.DateField(_("doors and wishes until"))
    begins_on = models.DateField(_("first day of visits"))
    weeks = models.PositiveSmallIntegerField(_("how many weeks"), default=6)
    days_off = models.JSONField(_("days without school"), default=list, blank=True)
    opened_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    opened_on = models.DateField()
    wished = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)
    proven = models.BooleanField(default=True)
    matched_on = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)

    objects = DoorsRounds.as_manager()

    class Meta:
        ordering = ["-begins_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="a_round_of_doors_has_a_title"),
            models.CheckConstraint(condition=Q(weeks__gte=1), name="a_round_of_doors_has_weeks"),
            models.CheckConstraint(
                condition=Q(collect_until__lte=F("begins_on")), name="doors_are_collected_before_visits_begin"
            ),
            models.CheckConstraint(
                condition=Q(published_on=None) | Q(matched_on__isnull=False), name="what_is_published_was_matched"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ends_on(self) -> date:
        """The last day of the last week; the first week is the one with the first day in it."""
        return self.begins_on + timedelta(weeks=self.weeks) - timedelta(days=self.begins_on.weekday() + 1)

    def is_collecting(self, today: date) -> bool:
        """Say whether doors and wishes can still change."""
        return self.published_on is None and today <= self.collect_until


class OpenDoor(models.Model):
    """“Come and watch”. No subjects means any lesson; `slots` are times opened beside lessons: day and period."""

    round = models.ForeignKey(DoorsRound, models.CASCADE, related_name="doors")
    host = models.ForeignKey(User, models.CASCADE, related_name="+")
    look_for = models.CharField(_("what you would love feedback on"), max_length=300, blank=True)
    subjects = models.JSONField(_("what colleagues may watch"), default=list, blank=True)
    most_a_week = models.PositiveSmallIntegerField(_("visits a week at most"), default=2)
    at_once = models.PositiveSmallIntegerField(_("visitors at once"), default=1)
    shows = models.CharField(_("what there is to see"), max_length=120, blank=True)
    slots = models.JSONField(_("when it is open"), default=list, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "host"], name="one_door_per_person"),
            models.CheckConstraint(
                condition=Q(most_a_week__gte=1, at_once__gte=1), name="an_open_door_lets_somebody_in"
            ),
        ]


class VisitWish(models.Model):
    """What one person would like to see: theirs alone. `missing` and `why` are what the last match could not find."""

    round = models.ForeignKey(DoorsRound, models.CASCADE, related_name="wishes")
    visitor = models.ForeignKey(User, models.CASCADE, related_name="+")
    visits = models.PositiveSmallIntegerField(_("how many visits"), default=1)
    different = models.BooleanField(_("each visit to somebody else"), default=False)
    hosts = models.ManyToManyField(User, blank=True, related_name="+", verbose_name=_("whom"))
    subjects = models.JSONField(_("which subjects"), default=list, blank=True)
    not_at = models.JSONField(_("times to leave alone"), default=list, blank=True)
    missing = models.PositiveSmallIntegerField(default=0)
    why = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "visitor"], name="one_wish_per_person"),
            models.CheckConstraint(condition=Q(visits__gte=1), name="a_wish_is_for_a_visit"),
        ]


class PeerVisits(models.QuerySet["PeerVisit"]):
    def told(self) -> "PeerVisits":
        """Visits that the two know of: their round is published."""
        return self.filter(round__published_on__isnull=False)

    def of(self, user: User) -> "PeerVisits":
        """The visits of a person, whichever way."""
        return self.filter(Q(visitor=user) | Q(host=user))

    def standing(self) -> "PeerVisits":
        return self.filter(off_on=None)


class PeerVisit(TeamText):
    """One person watches another on one day. Only the two open it.

    `question` and `look_for` are the observed person's, written before; `debrief` both write, afterwards. The times
    and `what` are kept as they were when it was agreed on, so that a new timetable changes no visit.
    """

    round = models.ForeignKey(DoorsRound, models.CASCADE, related_name="visits")
    visitor = models.ForeignKey(User, models.CASCADE, related_name="+")
    visitor_role = models.CharField(max_length=13, choices=Role.choices)
    host = models.ForeignKey(User, models.CASCADE, related_name="+")
    host_role = models.CharField(max_length=13, choices=Role.choices)
    on_day = models.DateField(_("day"))
    starts_at = models.TimeField(_("from"))
    ends_at = models.TimeField(_("until"))
    what = models.CharField(_("what there is to see"), max_length=300)
    moved_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    off_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    off_on = models.DateField(null=True, blank=True)
    question = models.TextField(_("my question"), blank=True)
    look_for = models.TextField(_("what to look for"), blank=True)
    debrief = models.TextField(_("what we talked about afterwards"), blank=True)

    objects = PeerVisits.as_manager()

    class Meta:
        ordering = ["on_day", "starts_at", "id"]
        verbose_name = _("visit")
        constraints = [
            models.CheckConstraint(condition=~Q(visitor=F("host")), name="nobody_visits_themselves"),
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="a_visit_has_a_length"),
        ]

    @property
    def school(self) -> School:
        return self.round.team.school

    @property
    def begins(self) -> datetime:
        """When it begins, on the school's own clock."""
        return datetime.combine(self.on_day, self.starts_at, tzinfo=ZoneInfo(self.school.time_zone))

    @property
    def ends(self) -> datetime:
        return datetime.combine(self.on_day, self.ends_at, tzinfo=ZoneInfo(self.school.time_zone))


class VisitNotes(TeamText):
    """What the visitor saw and heard: theirs to write until it is handed over, the observed person's from then on.

    The observed person may throw the words away; that they were handed over stays, so that the visitor learns nothing.
    """

    visit = models.OneToOneField(PeerVisit, models.CASCADE, related_name="notes")
    body = models.TextField(_("what you saw and heard"), blank=True)
    given_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("notes")
        constraints = [
            models.CheckConstraint(condition=~Q(body="") | Q(given_on__isnull=False), name="notes_have_words")
        ]


class VisitReflection(TeamText):
    """What the observed person makes of it. Nobody else opens it, the visitor neither."""

    visit = models.OneToOneField(PeerVisit, models.CASCADE, related_name="reflection")
    body = models.TextField(_("what you take from it"), blank=True)
    goal = models.TextField(_("what you want to learn next"), blank=True)

    class Meta:
        verbose_name = _("reflection")
