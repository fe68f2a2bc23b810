"""What a school lets its office see; and a note of each time the office looked."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.programme.models import OfficeWave, Opening, Priority
from colead.schools.actions import Refusal
from colead.schools.models import Office, School
from colead.surveys.models import Wave


class NothingReleased(Refusal):
    """Refuse to show what has no result yet."""

    reason = _("This survey has no result yet.")


@transaction.atomic
def state_priority(school: School, *, condition: str, words: str, by: User, today: date) -> Priority:
    """Tell the office what the school works on; what it said before is kept with its days."""
    for held in school.shared_priorities.select_for_update().filter(until=None):
        held.until = today
        held.save(update_fields=["until"])
    return school.shared_priorities.create(condition=condition, words=words, since=today, stated_by=by)


def end_priority(priority: Priority, *, today: date) -> None:
    """Stop stating it. It stays in the list of those before."""
    priority.until = today
    priority.save(update_fields=["until"])


def show_result(wave: Wave, *, by: User, today: date) -> OfficeWave:
    """Let the office read a result by itself. Refuses with NothingReleased."""
    if not wave.is_sealed:
        raise NothingReleased
    shown, _new = OfficeWave.objects.get_or_create(wave=wave, defaults={"since": today})
    shown.shown_on, shown.shown_by = today, by
    shown.save(update_fields=["shown_on", "shown_by"])
    return shown


def hide_result(shown: OfficeWave) -> None:
    """Take a result off the page again. One that was asked for the programme stays in the figures over all schools."""
    if not shown.round_id:
        shown.delete()
        return
    shown.shown_on = None
    shown.save(update_fields=["shown_on"])


def note_opening(
    school: School, user: User, *, office: Office, what: str, now: datetime, wave: Wave | None = None
) -> Opening:
    """Note that somebody of the office opened something of the school."""
    return school.openings.create(user=user, office=office, what=what, wave=wave, at=now)
