"""Schools, the teams in them, who has which seat, who is on the roster, who is invited."""

from datetime import date, datetime
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from colead.accounts.models import User


def check_time_zone(name: str) -> None:
    """Refuse a time zone this machine does not know."""
    if name not in available_timezones():
        raise ValidationError(_("“%(name)s” is not a time zone we know."), params={"name": name})


class Office(models.Model):
    """A state, district or partner office that follows schools."""

    name = models.CharField(_("name"), max_length=200)

    def __str__(self) -> str:
        return self.name


class OfficeSeat(models.Model):
    """A person who works in an office."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="seats")
    user = models.ForeignKey(User, models.CASCADE, related_name="office_seats")
    since = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "user"], name="one_seat_per_person_and_office")]


class School(models.Model):
    """A school. Its dates are in its own time zone."""

    name = models.CharField(_("name"), max_length=200)
    place = models.CharField(_("town and state"), max_length=200, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[check_time_zone])
    nces_id = models.CharField(_("NCES school ID"), max_length=12, blank=True)
    office = models.ForeignKey(Office, models.SET_NULL, null=True, blank=True, related_name="schools")
    created_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["nces_id"], condition=~Q(nces_id=""), name="one_school_per_nces_id")
        ]

    def __str__(self) -> str:
        return self.name

    def today(self, now: datetime) -> date:
        """Return the date it is at this school at `now`."""
        return now.astimezone(ZoneInfo(self.time_zone)).date()


class Seats(models.QuerySet["Seat"]):
    def held(self) -> "Seats":
        """Seats that have not been given up."""
        return self.filter(until=None)


class Seat(models.Model):
    """A person's place at a school: what they may see there. The roster never gives a seat; an invitation does."""

    class Role(models.TextChoices):
        PRINCIPAL = "principal", _("principal")
        STAFF = "staff", _("school staff")
        COACH = "coach", _("coach")

    school = models.ForeignKey(School, models.CASCADE, related_name="seats")
    user = models.ForeignKey(User, models.CASCADE, related_name="seats")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = Seats.as_manager()

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "user"], condition=Q(until=None), name="one_held_seat_per_person_and_school"
            )
        ]


class Team(models.Model):
    """The people who lead together at a school."""

    school = models.ForeignKey(School, models.CASCADE, related_name="teams")
    name = models.CharField(_("name"), max_length=200)
    seen_notes_on = models.DateField(null=True, blank=True)  # when “before you start” was put away

    def __str__(self) -> str:
        return self.name

    def today(self, now: datetime) -> date:
        return self.school.today(now)


class Members(models.QuerySet["Member"]):
    def active(self) -> "Members":
        """People on the team now: let in, and not gone."""
        return self.filter(left_on=None, waiting=False)

    def waiting(self) -> "Members":
        """People who came by a join code and wait to be let in."""
        return self.filter(left_on=None, waiting=True)

    def gone(self) -> "Members":
        """People who were on the team once; those who were never let in do not count."""
        return self.filter(left_on__isnull=False, waiting=False)


class Member(models.Model):
    """A person on a team. A lead runs the meeting and looks after the list; they see nothing more than others."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="members")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    is_lead = models.BooleanField(_("lead"), default=False)
    waiting = models.BooleanField(default=False)
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    removed_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")  # None: they left

    objects = Members.as_manager()

    class Meta:
        ordering = ["joined_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "user"], condition=Q(left_on=None), name="on_a_team_once_at_a_time"
            ),
            models.CheckConstraint(condition=Q(waiting=False) | Q(is_lead=False), name="no_lead_before_let_in"),
        ]

    def __str__(self) -> str:
        return str(self.user)


class RosterEntries(models.QuerySet["RosterEntry"]):
    def here(self) -> "RosterEntries":
        """People who work at the school now."""
        return self.filter(left_on=None)


class RosterEntry(models.Model):
    """One line of the school's staff list: who works here, as what. It gives nobody a key."""

    class Job(models.TextChoices):
        TEACHER = "teacher", pgettext_lazy("job", "classroom teacher")
        SPECIAL = "special", pgettext_lazy("job", "special education teacher")
        SPECIALS = "specials", pgettext_lazy("job", "arts, PE, library or language teacher")
        COUNSELOR = "counselor", pgettext_lazy("job", "counselor, nurse or social worker")
        PARA = "para", pgettext_lazy("job", "paraprofessional or aide")
        SUPPORT = "support", pgettext_lazy("job", "office, kitchen, bus or building staff")
        ADMINISTRATOR = "administrator", pgettext_lazy("job", "administrator")
        OTHER = "other", pgettext_lazy("job", "other staff")

    school = models.ForeignKey(School, models.CASCADE, related_name="roster")
    email = models.EmailField(_("e-mail"), max_length=254)  # always in lower case
    name = models.CharField(_("name"), max_length=200)
    job = models.CharField(_("role"), max_length=16, choices=Job.choices)
    grades = models.CharField(_("grades"), max_length=200, blank=True)  # "K,1,2", as roster.words puts them
    subjects = models.CharField(_("subjects"), max_length=300, blank=True)
    left_on = models.DateField(null=True, blank=True)

    objects = RosterEntries.as_manager()

    class Meta:
        ordering = ["name", "id"]
        verbose_name_plural = "roster entries"
        constraints = [models.UniqueConstraint(F("school"), Lower("email"), name="one_roster_line_per_address")]

    def __str__(self) -> str:
        return self.name


class Invitations(models.QuerySet["Invitation"]):
    def open(self, now: datetime) -> "Invitations":
        """Invitations that can still be used."""
        return self.filter(revoked_at=None, expires_at__gt=now, uses__lt=F("most_uses"))


class Invitation(models.Model):
    """A way in. Bound to an address it lets that person in; without one it is a code, and a lead says yes.

    A code of the office (`link`) lets no person in: a school's principal types it, so that the office sees the school.
    """

    class Role(models.TextChoices):
        MEMBER = "member", _("team member")
        LEAD = "lead", _("team lead")
        PRINCIPAL = "principal", _("principal")
        STAFF = "staff", _("school staff")
        COACH = "coach", _("coach")
        OFFICE = "office", _("office")
        LINK = "link", _("school of the office")

    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="invitations")
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="invitations")
    office = models.ForeignKey(Office, models.CASCADE, null=True, blank=True, related_name="invitations")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    uses = models.PositiveIntegerField(default=0)
    most_uses = models.PositiveIntegerField(default=1)

    objects = Invitations.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(school=None, team=None, office__isnull=False, role__in=["office", "link"])
                | Q(school__isnull=False, office=None) & ~Q(role__in=["office", "link"]),
                name="invites_to_a_school_or_an_office",
            ),
            models.CheckConstraint(
                condition=~Q(email="") | Q(role__in=["member", "staff", "link"]),
                name="a_join_code_gives_only_modest_roles",
            ),
            models.CheckConstraint(
                condition=Q(team__isnull=False) | ~Q(role__in=["member", "lead"]), name="team_roles_name_a_team"
            ),
            models.CheckConstraint(condition=Q(uses__lte=F("most_uses")), name="never_used_more_often_than_allowed"),
        ]
