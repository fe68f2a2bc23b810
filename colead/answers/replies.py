"""Replies from whoever has a link: a wave without a list of people and so without codes, held until enough have come.

A reply cannot be told from another, so nobody can be kept from sending two; what comes out are voices, not votes. A
wave of replies is sealed as a whole, by the timer alone, and the next one begins empty: what is published one after
the other never shares a reply, and so never differs by fewer than `RULES.detail` of them.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction

from colead.analysis.instrument import Instrument
from colead.analysis.release import RULES
from colead.analysis.sheet import Answer
from colead.answers import store
from colead.answers.casting import Receipt, out_of_time
from colead.answers.codes import receipt_of, show_receipt
from colead.answers.models import Ballot, Wave
from colead.answers.routing import BALLOTS
from colead.answers.sealing import seal
from colead.answers.waves import CannotOpen, NeverLower, close, get_wave, id_of, packer_of, ref_of

HELD_AT_LEAST = timedelta(days=7)  # so that no batch is opened the moment one more person has replied
HELD_AT_MOST = timedelta(days=90)
MOST_HELD = 500  # replies in one wave: whoever floods the page fills this, and no more


class NeedsCode(ValueError):
    """This survey is for the people on its list, each with a code."""


class Full(ValueError):
    """As many replies wait as can be held."""


def open_replies(*, school: str, instrument: Instrument, today: date, minimum: int, reader: str) -> str:
    """Begin to take replies; return the wave's random reference. Refuses with NeverLower, CannotOpen.

    `minimum`: how many replies it takes before anything is shown, `RULES.detail` or more.
    """
    if minimum < RULES.detail:
        raise NeverLower(f"It takes at least {RULES.detail} replies before any is shown.")
    if not reader:
        raise CannotOpen("Somebody has to be named who reads the notes first.")
    made = Wave.objects.create(
        school=school,
        instrument=instrument.model_dump_json(),
        opens=today,
        closes=today + HELD_AT_MOST,
        roster=0,
        minimum=minimum,
        reader=reader,
    )
    return ref_of(made.id)


def put_reply(
    ref: str, *, key: str, answers: Mapping[str, Answer], comments: Mapping[str, str], today: date
) -> Receipt:
    """Hold a reply; the same key again holds nothing more.

    Refuses with BadBallot, BadKey, UnknownWave, NeedsCode, Full, NotOpenYet, Closed; then nothing at all is stored.
    """
    wave = id_of(ref)
    packed = packer_of(wave).pack(answers, comments, "")
    receipt = receipt_of(key, wave)
    with transaction.atomic(using=BALLOTS):
        store.enter()
        found = get_wave(ref)
        if found.roster:
            raise NeedsCode("Answer this survey with the code you were given.")
        if found.state != Wave.State.OPEN or not found.opens <= today <= found.closes:
            return out_of_time(wave, receipt, begun=today >= found.opens)
        return _held(wave, receipt, packed)


def _held(wave: bytes, receipt: bytes, packed: bytes) -> Receipt:
    held = Ballot.objects.filter(wave=wave)
    if held.filter(receipt=receipt).exists():
        return Receipt(show_receipt(receipt), again=True)
    if held.count() >= MOST_HELD:
        raise Full("As many replies wait as can be held. Try again in a week.")
    Ballot.objects.bulk_create([Ballot(wave=wave, receipt=receipt, answers=packed)], ignore_conflicts=True)
    return Receipt(show_receipt(receipt))


def seal_replies(ref: str, *, today: date) -> bool:
    """Seal a wave of replies if enough are held; say whether it is sealed now. Safe to do at any time.

    Enough: a week has passed, the minimum is reached, and so many wrote a note that their reader may read them, or
    nobody did. When the last day is over the wave is sealed anyhow: what too few said is destroyed unread.
    """
    wave = get_wave(ref)
    if wave.state == Wave.State.OPEN and today <= wave.closes and not _enough(wave, today):
        return False
    close(ref)
    seal(ref, today=today)
    return True


def _enough(wave: Wave, today: date) -> bool:
    if today < wave.opens + HELD_AT_LEAST:
        return False
    unpack = packer_of(bytes(wave.id)).unpack
    held = [unpack(bytes(packed)) for packed in Ballot.objects.filter(wave=wave.id).values_list("answers", flat=True)]
    notes = sum(any(line.strip() for line in one.comments) for one in held)
    return len(held) >= wave.minimum and not 0 < notes < RULES.comments
