"""Hand out codes: one to a person, no list of who holds which. A code lives here only while it is handed on."""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPRecipientsRefused

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from colead.accounts.models import User
from colead.answers import box
from colead.schools.actions import Refusal
from colead.schools.models import RosterEntry
from colead.surveys.actions.waves import NotInTheBox, agree, close_wave, open_wave
from colead.surveys.models import Ask, Letter, Wave

log = logging.getLogger(__name__)
DICE = secrets.SystemRandom()


class NobodyLeft(Refusal):
    """Refuse to make codes when everybody has been given one."""

    reason = _("Everybody on the staff list has been given a code. For one that was lost there are spare codes.")


@dataclass(frozen=True)
class Sent:
    """How a mailing went: how many went out, how many the mail server would not take, how many are still to go."""

    sent: int
    refused: int
    left: int


Mailing = Callable[[RosterEntry, str], None]
"""Send one person their code. Raises OSError, as a mail server does."""


def codes_on_paper(wave: Wave) -> list[str]:
    """Make a code for everybody who has not been given one, for slips; they are returned this once.

    Refuses with NotInTheBox, NobodyLeft.
    """
    _check_open(wave)
    count = unhanded(wave)
    if count < 1:
        raise NobodyLeft
    codes = box.make_codes(wave.ref, count=count)
    Wave.objects.filter(pk=wave.pk).update(printed=F("printed") + count)
    return codes


def unhanded(wave: Wave) -> int:
    """Return how many people on the list no code has been made for."""
    made = box.counts(wave.ref)
    return max(0, box.facts(wave.ref).roster - (made.codes - made.lost))


def lose_slips(wave: Wave, *, count: int) -> None:
    """Say that slips were spoilt before anybody had one. The result page tells how many."""
    _check_open(wave)
    count = min(count, wave.printed)
    box.write_off(wave.ref, count=count)
    Wave.objects.filter(pk=wave.pk).update(printed=F("printed") - count)


def mail_codes(wave: Wave, send: Mailing) -> Sent:
    """Mail a code to everybody who was sent nothing: all codes first, people shuffled, marked just before each letter.

    Called again after it was cut short it goes on: codes that nobody saw are written off and made anew, and nobody is
    sent two. Refuses with NotInTheBox, NobodyLeft.
    """
    _check_open(wave)
    _write_off_unseen(wave)
    people = _to_write_to(wave)
    if not people:
        raise NobodyLeft
    codes = box.make_codes(wave.ref, count=len(people))
    DICE.shuffle(people)
    outcomes = [_mail(wave, entry, code, send) for entry, code in zip(people, codes, strict=True)]
    refused = outcomes.count(False)
    return Sent(outcomes.count(True), refused, unhanded(wave) - refused)


def _check_open(wave: Wave) -> None:
    if not wave.is_open:
        raise NotInTheBox


def _write_off_unseen(wave: Wave) -> None:
    made = box.counts(wave.ref)
    mailed = wave.letters.filter(refused=False).count()
    unseen = made.codes - made.lost - wave.printed - mailed
    if unseen > 0:
        box.write_off(wave.ref, count=unseen)


def _to_write_to(wave: Wave) -> list[RosterEntry]:
    """Return whom to write to; where slips went to some, nobody knows to whom, so no more than codes are left."""
    people = list(wave.school.roster.here().exclude(pk__in=wave.letters.values("entry")))
    DICE.shuffle(people)
    return people[: unhanded(wave)]


def _mail(wave: Wave, entry: RosterEntry, code: str, send: Mailing) -> bool:
    letter = Letter.objects.create(wave=wave, entry=entry)
    try:
        send(entry, code)
    except (SMTPRecipientsRefused, ConnectionRefusedError):  # it surely did not go out
        Letter.objects.filter(pk=letter.pk).update(refused=True)
        box.write_off(wave.ref, count=1)
        return False
    except OSError as trouble:  # it may have gone out: a second code would be one too many
        log.error("A letter of a survey may not have gone out: %s", type(trouble).__name__)
    return True


def remind(wave: Wave, send: Callable[[RosterEntry], None]) -> int:
    """Write to all on the staff list, since nobody knows who has answered; return how many letters went out."""
    _check_open(wave)
    people = list(wave.school.roster.here())
    DICE.shuffle(people)
    return sum(_went_out(send, entry) for entry in people)


def _went_out(send: Callable[[RosterEntry], None], entry: RosterEntry) -> bool:
    try:
        send(entry)
    except OSError as trouble:
        log.error("A reminder of a survey could not be sent: %s", type(trouble).__name__)
        return False
    return True


@transaction.atomic
def confirm(ask: Ask, *, by: User, now: datetime) -> tuple[str, ...]:
    """Be the second person, and do what was asked; returns the spare code, if that was it, this once.

    Refuses with NeedsAnother, what `open_wave` and `close_wave` refuse, and box.NoSpareLeft.
    """
    agreed = agree(ask, by=by, now=now)
    if agreed.what == Ask.What.OPEN:
        open_wave(agreed.wave, now=now)
    elif agreed.what == Ask.What.CLOSE:
        close_wave(agreed.wave, now=now)
    else:
        return tuple(box.make_codes(agreed.wave.ref, count=1, spare=True))
    return ()
