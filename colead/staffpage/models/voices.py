"""What staff reply to a decision, whose voices went into it, and how many have ever taken part.

No reply is kept here: replies wait in the sealed box. Here stands which wave of the box belongs to which decision, and
what came out of it.
"""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from colead.accounts.models import User
from colead.decisions.models import Decision
from colead.schools.models import RosterEntry, School, Team
from colead.texts.models import TeamText

LEAST = 10  # replies before any is shown: the box's own floor; a school may ask for more


class Reaction(models.IntegerChoices):
    """How somebody takes a decision, in the order in which the box counts them."""

    GLAD = 1, _("glad about it")
    FINE = 2, _("can live with it")
    WORRIED = 3, _("worried by it")
    TOO_MUCH = 4, _("cannot carry it")


class ReplyDesk(models.Model):
    """How a school takes replies: who reads the notes first, and how many replies it takes before any is shown."""

    school = models.OneToOneField(School, models.CASCADE, related_name="reply_desk")
    reader = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who reads the notes first"))
    minimum = models.PositiveSmallIntegerField(_("least number of replies"), default=LEAST)
    is_open = models.BooleanField(default=True)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_on = models.DateField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(minimum__gte=LEAST), name="replies_minimum_is_never_lowered")]


class ReplyRounds(models.QuerySet["ReplyRound"]):
    def open(self) -> "ReplyRounds":
        """Rounds that take replies."""
        return self.filter(sealed_on=None)

    def told(self) -> "ReplyRounds":
        """Rounds that came to something: sealed, with enough replies to say so."""
        return self.exclude(answered=None)

    def to_read(self) -> "ReplyRounds":
        """Rounds whose notes wait for their reader."""
        return self.filter(sealed_on__isnull=False, notes__gt=0, read_on=None)


class ReplyRound(models.Model):
    """One batch of replies to one decision: a wave of the box, and what that published. Never a single reply."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="reply_rounds")
    ref = models.CharField(max_length=32, unique=True)
    reader = models.ForeignKey(User, models.PROTECT, related_name="+")  # people were told this name; it stays
    opened_on = models.DateField()
    sealed_on = models.DateField(null=True, blank=True)
    answered = models.PositiveIntegerField(null=True, blank=True)  # None: too few, so nothing is known
    counts = models.JSONField(null=True, blank=True)  # by Reaction; None: so alike that they would give people away
    notes = models.PositiveIntegerField(default=0)  # how many the reader found
    read_on = models.DateField(null=True, blank=True)

    objects = ReplyRounds.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision"], condition=Q(sealed_on=None), name="one_open_round_of_replies_per_decision"
            ),
            models.CheckConstraint(
                condition=Q(answered=None) | Q(sealed_on__isnull=False, answered__gte=LEAST),
                name="replies_are_told_once_sealed_and_enough",
            ),
        ]

    def __str__(self) -> str:
        return self.decision.question


class ReplyTheme(TeamText):
    """What several notes say, in a sentence of the person who read them. It waits, publicly, for an answer."""

    class Kind(models.TextChoices):
        ACT = "act", _("we act on it")
        ADAPT = "adapt", _("we change something")
        NOT = "not", _("not now, because")

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="reply_themes")
    sentence = models.TextField(_("what the notes say"))
    found_on = models.DateField()
    kind = models.CharField(_("what you do about it"), max_length=8, choices=Kind.choices, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = pgettext_lazy("in replies", "theme")
        constraints = [
            models.CheckConstraint(condition=~Q(sentence=""), name="a_theme_of_replies_says_something"),
            models.CheckConstraint(
                condition=Q(answered_on=None) | ~Q(kind="") & ~Q(answer=""), name="an_answered_theme_has_words"
            ),
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def waits(self) -> bool:
        """Say whether nobody has answered yet."""
        return self.answered_on is None


def _people(label: Any) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(label, default=0)


class Asking(TeamText):
    """One time the team went and asked: how, how many of each role were heard, and where it shows.

    `decision` is None where it was about the vision. People are counted, never named.
    """

    team = models.ForeignKey(Team, models.CASCADE, related_name="askings")
    decision = models.ForeignKey(Decision, models.CASCADE, null=True, blank=True, related_name="askings")
    how = models.CharField(_("how you asked"), max_length=200)
    held_on = models.DateField(_("when"))
    teacher = _people(_("classroom teachers"))
    special = _people(_("special education teachers"))
    specials = _people(_("arts, PE, library or language teachers"))
    counselor = _people(_("counselors, nurses or social workers"))
    para = _people(_("paraprofessionals or aides"))
    support = _people(_("office, kitchen, bus or building staff"))
    administrator = _people(_("administrators"))
    other = _people(_("other staff"))
    families = _people(_("families"))
    students = _people(_("students"))
    reflected = models.TextField(_("where it shows"), blank=True)

    class Meta:
        ordering = ["held_on", "id"]
        verbose_name = _("asking")
        constraints = [
            models.CheckConstraint(condition=~Q(how=""), name="an_asking_says_how"),
            models.CheckConstraint(
                condition=Q(teacher__gt=0)
                | Q(special__gt=0)
                | Q(specials__gt=0)
                | Q(counselor__gt=0)
                | Q(para__gt=0)
                | Q(support__gt=0)
                | Q(administrator__gt=0)
                | Q(other__gt=0)
                | Q(families__gt=0)
                | Q(students__gt=0),
                name="an_asking_heard_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.how


ROLES = ("teacher", "special", "specials", "counselor", "para", "support", "administrator", "other")
BEYOND = ("families", "students")  # heard, and not on the staff list


class Message(TeamText):
    """What one audience is told about a decision or the vision (`decision` is None), and how they hear of it."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="messages")
    decision = models.ForeignKey(Decision, models.CASCADE, null=True, blank=True, related_name="messages")
    audience = models.CharField(_("for whom"), max_length=200)
    words = models.TextField(_("what you tell them"))
    channel = models.CharField(_("how they hear of it"), max_length=200, blank=True)
    told_on = models.DateField(_("told on"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("message")
        constraints = [
            models.CheckConstraint(condition=~Q(audience="") & ~Q(words=""), name="a_message_says_what_to_whom")
        ]

    def __str__(self) -> str:
        return self.audience


class CircleMonth(models.Model):
    """How many people had ever taken part by the end of a month, as it was published; it never changes again.

    `group` is a role of the staff list, or "" for all roles that few people have. `kind` tells how they took part.
    """

    class Kind(models.TextChoices):
        WROTE = "wrote", _("wrote in a team’s work")
        HEARD = "heard", _("were asked and heard")

    school = models.ForeignKey(School, models.CASCADE, related_name="circle_months")
    month = models.DateField()  # its first day
    kind = models.CharField(max_length=8, choices=Kind.choices)
    group = models.CharField(max_length=16, choices=RosterEntry.Job.choices, blank=True)
    people = models.PositiveIntegerField()

    class Meta:
        ordering = ["month", "kind", "group"]
        constraints = [
            models.UniqueConstraint(fields=["school", "month", "kind", "group"], name="a_circle_is_published_once")
        ]
