"""Surveys of a whole staff: what is planned, who agreed to open it, what was found. No answer is kept here."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.analysis.instrument import Instrument
from colead.schools.models import RosterEntry, School, Team
from colead.texts.models import TeamText

LEAST = 5  # people behind every figure; a school may ask for more, never for fewer
TAG = "23456789BCDFGHJKMNPQRSTVWXYZ"  # no vowels, so no words; nothing that looks like another letter


def new_tag() -> str:
    """Return the six letters under which staff find a survey: short enough to type, and no secret."""
    return "".join(secrets.choice(TAG) for _letter in range(6))


class OwnInstrument(models.Model):
    """A survey that the school brought along as a file. Never changed: another file is another version."""

    school = models.ForeignKey(School, models.CASCADE, related_name="own_instruments")
    title = models.CharField(_("title"), max_length=200)
    json = models.TextField()
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_on = models.DateField()

    class Meta:
        ordering = ["-added_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["school", "sha256"], name="own_instrument_once")]

    def __str__(self) -> str:
        return self.title


class Waves(models.QuerySet["Wave"]):
    def open(self) -> "Waves":
        """Waves whose codes are out, whether or not their first day has come."""
        return self.filter(state=Wave.State.OPEN)

    def unsealed(self) -> "Waves":
        """Waves that are in the box and not sealed."""
        return self.filter(state__in=[Wave.State.OPEN, Wave.State.CLOSED])

    def sealed(self) -> "Waves":
        return self.filter(state=Wave.State.SEALED)


class Wave(models.Model):
    """One asking of one survey at one school. `ref` is its number in the sealed box, "" until it opens."""

    class State(models.TextChoices):
        PLANNED = "planned", _("being planned")
        OPEN = "open", _("open")
        CLOSED = "closed", _("over")
        SEALED = "sealed", _("over and sealed")

    class Origin(models.TextChoices):
        HERE = "here", _("asked in Colead")
        BROUGHT = "brought", _("brought in from another tool")

    class GroupBy(models.TextChoices):
        NOTHING = "", _("nothing: show the whole staff only")
        JOB = "job", _("what people’s work is")
        GRADES = "grades", _("which grades they work with")

    class Language(models.TextChoices):
        """What staff can be written to in, and answer in; each calls itself by its own name."""

        ENGLISH = "en", "English"
        SPANISH = "es", "Español"

    school = models.ForeignKey(School, models.CASCADE, related_name="waves")
    tag = models.CharField(max_length=6, unique=True, default=new_tag)
    ref = models.CharField(max_length=32, blank=True)
    title = models.CharField(_("title"), max_length=200)
    instrument = models.CharField(_("survey"), max_length=80)  # conditions.v1, own:7 or inquiry:vision
    asked = models.TextField()  # the whole instrument as JSON, the school's own questions included
    own_questions = models.JSONField(default=list)
    codes_of_lines = models.JSONField(default=dict)  # an inquiry: open line -> code of the guide's question
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.HERE)
    opens = models.DateField(_("first day"))
    closes = models.DateField(_("last day"))
    minimum = models.PositiveSmallIntegerField(_("least number of people behind a figure"), default=LEAST)
    group_by = models.CharField(_("groups"), max_length=8, choices=GroupBy.choices, blank=True)
    reader = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who reads the comments first")
    )
    language = models.CharField(
        _("language of letters, slips and poster"), max_length=2, choices=Language, default=Language.ENGLISH
    )
    planned_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    planned_on = models.DateField()
    printed = models.PositiveIntegerField(default=0)  # codes handed out on paper
    sealed_on = models.DateField(null=True, blank=True)
    comments_on = models.DateField(null=True, blank=True)  # when their reader let the comments go
    withheld = models.TextField(_("why comments were held back"), blank=True)

    objects = Waves.as_manager()

    class Meta:
        ordering = ["-opens", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(minimum__gte=LEAST), name="wave_minimum_is_never_lowered"),
            models.CheckConstraint(condition=Q(opens__lte=models.F("closes")), name="wave_begins_before_it_ends"),
            models.CheckConstraint(condition=Q(state="planned") ^ ~Q(ref=""), name="wave_in_the_box_once_open"),
            models.CheckConstraint(
                condition=Q(state="sealed") ^ Q(sealed_on__isnull=True), name="sealed_wave_has_its_day"
            ),
            models.UniqueConstraint(fields=["ref"], condition=~Q(ref=""), name="one_wave_per_box_number"),
        ]

    def __str__(self) -> str:
        return self.title

    def today(self, now: datetime) -> date:
        """Return the date it is at the school."""
        return self.school.today(now)

    @property
    def topics(self) -> dict[str, str]:
        """The parts and open lines of what was asked: key -> name."""
        asked = Instrument.model_validate_json(self.asked)
        return {scale.key: scale.name for scale in asked.scales} | {line.key: line.text for line in asked.open_lines}

    @property
    def is_planned(self) -> bool:
        return self.state == self.State.PLANNED

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_sealed(self) -> bool:
        return self.state == self.State.SEALED


class Asks(models.QuerySet["Ask"]):
    def waiting(self) -> "Asks":
        return self.filter(confirmed_on=None)


class Ask(models.Model):
    """What takes two people: one asks, another agrees. Everybody at the school can see both names."""

    class What(models.TextChoices):
        OPEN = "open", _("open the survey")
        CLOSE = "close", _("close the survey early")
        SPARE = "spare", _("hand out a spare code")

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="asks")
    what = models.CharField(max_length=8, choices=What.choices)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_on = models.DateField()
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_on = models.DateField(null=True)

    objects = Asks.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "what"], condition=Q(confirmed_on=None), name="asked_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=models.F("asked_by")), name="it_takes_two_people"
            ),
        ]


class Letter(models.Model):
    """Somebody was sent something about a survey: not what, not when, and never which code."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="letters")
    entry = models.ForeignKey(RosterEntry, models.CASCADE, related_name="+")
    refused = models.BooleanField(default=False)  # the mail server would not take it: they need a slip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wave", "entry"], name="nobody_is_sent_two_codes")]


@dataclass(frozen=True)
class FindingAsEvidence:
    """A finding as a piece of what a team knows: its words, where it comes from, since when, and a code of origin."""

    body: str
    source: str
    seen_on: date
    origin: str


class Finding(TeamText):
    """What a team takes from a result or from what people wrote, in a sentence. It waits, publicly, for an answer."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for an answer")
        ANSWERED = "answered", _("answered")

    team = models.ForeignKey(Team, models.CASCADE, related_name="findings")
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="findings")
    about = models.CharField(_("what it is about"), max_length=80)  # key of a part or of an open line; "" the whole
    sentence = models.TextField(_("what you found"))
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    answer_by = models.DateField(_("you answer by"))
    found_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    found_on = models.DateField()
    answer_text = models.TextField(_("answer"), blank=True)
    answered_on = models.DateField(null=True, blank=True)
    noted_on = models.DateField(null=True, blank=True)  # when the team took it into what its plans rest on

    class Meta:
        ordering = ["found_on", "id"]
        verbose_name = _("finding")
        constraints = [
            models.CheckConstraint(condition=~Q(sentence=""), name="a_finding_says_something"),
            models.CheckConstraint(
                condition=Q(state="waiting", answered_on=None, answer_text="")
                | Q(~Q(answer_text=""), state="answered", answered_on__isnull=False),
                name="an_answer_has_words_and_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.sentence

    def is_late(self, today: date) -> bool:
        """Say whether the day by which it should have been answered is over."""
        return self.answered_on is None and today > self.answer_by

    @property
    def topic(self) -> str:
        """What it is about, in words; the survey's title where it is about the whole."""
        return self.wave.topics.get(self.about, self.wave.title)

    def as_evidence(self) -> "FindingAsEvidence":
        """Return what a team's evidence needs to know of this finding."""
        return FindingAsEvidence(self.sentence, f"{self.wave.title}: {self.topic}", self.found_on, f"finding:{self.pk}")
