"""Who has steps to be reminded of, across all teams."""

from datetime import datetime

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from colead.accounts.models import User
from colead.plans.models import Reminder, Step
from colead.plans.reminding import Chore, Person
from colead.schools.models import Member


def people_with_steps(*, now: datetime) -> tuple[Person, ...]:
    """Return everybody active on a team who has an open step, in a fixed number of queries. Nobody of the demo."""
    open_steps = Prefetch("steps", Step.objects.open().select_related("team__school"), to_attr="open_steps")
    members = Member.objects.active().filter(user__is_active=True, user__is_demo=False)
    found: dict[int, tuple[User, list[Chore]]] = {}
    for member in members.select_related("user").prefetch_related(open_steps):
        _user, chores = found.setdefault(member.user_id, (member.user, []))
        chores += [_chore(step, now) for step in member.open_steps]
    said = {reminder.user_id: reminder for reminder in Reminder.objects.filter(user_id__in=found)}
    return tuple(_person(user, chores, said.get(pk)) for pk, (user, chores) in found.items() if chores)


def _chore(step: Step, now: datetime) -> Chore:
    url = settings.SITE_URL + reverse("step", args=[step.team_id, step.pk])
    stuck = step.status == Step.Status.STUCK
    return Chore(step.what, str(step.team), url, step.due_on, step.team.today(now), stuck=stuck)


def _person(user: User, chores: list[Chore], said: Reminder | None) -> Person:
    last, off = (said.sent_at, bool(said.off_since)) if said else (None, False)
    return Person(user.pk, user.email, str(user), user.language or settings.LANGUAGE_CODE, last, off, tuple(chores))


def wants_reminders(user: User) -> bool:
    """Say whether somebody gets a mail about their steps."""
    return not Reminder.objects.filter(user=user, off_since__isnull=False).exists()


def who_want_mail(users: QuerySet[User]) -> QuerySet[User]:
    """Leave out who has stopped our mails, who cannot sign in, and everybody of the demo."""
    stopped = Q(step_reminder__off_since__isnull=False)
    return users.filter(is_active=True, is_demo=False).exclude(stopped)
