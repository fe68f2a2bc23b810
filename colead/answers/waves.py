"""Open a wave, hand out its codes, close it: what is fixed before the first answer comes, and stays fixed."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.db import transaction
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from colead.analysis.instrument import Instrument
from colead.analysis.release import RULES, Breakdown, Rules, TooSmallToOffer
from colead.answers.codes import fingerprint, new_code
from colead.answers.models import Code, Wave
from colead.answers.packing import Packer
from colead.answers.routing import BALLOTS

COPIES_LIVE = timedelta(days=7)
ID_BYTES = 5


class UnknownWave(LookupError):
    """There is no such wave."""


class CannotOpen(ValueError):
    """What was planned cannot keep the promise made to those who answer."""


class NeverLower(ValueError):
    """The least number of people behind a figure may be raised, never lowered."""


class AlreadyOpen(ValueError):
    """What people were told before they answered may no longer change."""


class NeverReopened(ValueError):
    """A closed wave stays closed."""


class TooManyCodes(ValueError):
    """There would be more codes than people on the list."""


class NoSpareLeft(ValueError):
    """All spare codes of this wave have been handed out."""


@dataclass(frozen=True)
class WaveFacts:
    """All that may be known about a wave while it runs. Nothing about answers, nobody who answered."""

    ref: str
    school: str
    instrument: Instrument
    opens: date
    closes: date
    minimum: int
    breakdown: Breakdown | None
    roster: int
    reader: str
    before: str
    state: str
    sealed_on: date | None
    scrubbed_on: date | None

    @property
    def fully_sealed_on(self) -> date | None:
        """Return the day on which the last copy from before the sealing is gone too."""
        return self.scrubbed_on + COPIES_LIVE if self.scrubbed_on else None


@dataclass(frozen=True)
class Counts:
    """Codes of a wave: handed out, spares among them, lost before anybody saw them, how many spares are left."""

    codes: int
    spares: int
    lost: int
    spares_left: int


@dataclass(frozen=True)
class Progress:
    """How far a wave has come, as of the morning of a day: a word, and a multiple of five."""

    words: str | LazyText
    at_least: int
    of: int
    on: date | None


def ref_of(wave: bytes | memoryview) -> str:
    return bytes(wave).hex()


def id_of(ref: str) -> bytes:
    """Return the key of a wave from its reference; refuse with UnknownWave what is none."""
    try:
        key = bytes.fromhex(ref)
    except ValueError:
        key = b""
    if len(key) != ID_BYTES or key.hex() != ref:
        raise UnknownWave(ref)
    return key


def get_wave(ref: str, *, lock: bool = False) -> Wave:
    """Return a wave, locked for a change if asked."""
    waves = Wave.objects.select_for_update() if lock else Wave.objects.all()
    try:
        return waves.get(pk=id_of(ref))
    except Wave.DoesNotExist:
        raise UnknownWave(ref) from None


def open_wave(
    *,
    school: str,
    instrument: Instrument,
    opens: date,
    closes: date,
    roster_size: int,
    today: date,
    minimum: int = RULES.minimum,
    breakdown: Breakdown | None = None,
    comment_reader: str = "",
    before: str = "",
) -> str:
    """Fix everything that people are told before they answer; return the wave's random reference.

    `school` and `comment_reader` are reference numbers, `before` the wave to compare with. Without a comment reader
    nobody is asked for comments. Refuses with CannotOpen.
    """
    _check_plan(opens, closes, today, roster_size, minimum, breakdown)
    if before and get_wave(before).school != school:
        raise CannotOpen("A wave can only be compared with an earlier one of the same school.")
    made = Wave.objects.create(
        school=school,
        instrument=instrument.model_dump_json(),
        opens=opens,
        closes=closes,
        roster=roster_size,
        minimum=minimum,
        breakdown=breakdown.model_dump_json() if breakdown else "",
        reader=comment_reader,
        before=id_of(before) if before else b"",
    )
    return ref_of(made.id)


def _check_plan(opens: date, closes: date, today: date, roster: int, minimum: int, breakdown: Breakdown | None) -> None:
    if not today <= closes >= opens:
        raise CannotOpen("The last day must not lie before the first day, nor in the past.")
    if minimum < RULES.minimum:
        raise NeverLower(f"Behind every figure stand at least {RULES.minimum} people.")
    if roster < RULES.school:
        raise CannotOpen(f"With fewer than {RULES.school} people on the list nothing could ever be shown.")
    try:
        if breakdown:
            breakdown.check(RULES)
    except TooSmallToOffer as error:
        raise CannotOpen(str(error)) from error


def facts(ref: str) -> WaveFacts:
    """Return what may be known about a wave."""
    wave = get_wave(ref)
    return WaveFacts(
        ref=ref,
        school=wave.school,
        instrument=instrument_of(wave),
        opens=wave.opens,
        closes=wave.closes,
        minimum=wave.minimum,
        breakdown=breakdown_of(wave),
        roster=wave.roster,
        reader=wave.reader,
        before=ref_of(wave.before),
        state=wave.state,
        sealed_on=wave.sealed_on,
        scrubbed_on=wave.scrubbed_on,
    )


def instrument_of(wave: Wave) -> Instrument:
    return Instrument.model_validate_json(wave.instrument)


def breakdown_of(wave: Wave) -> Breakdown | None:
    return Breakdown.model_validate_json(wave.breakdown) if wave.breakdown else None


def rules_of(wave: Wave) -> Rules:
    """Return how many people it takes; of replies, which come without a list, nothing is shown before the minimum."""
    if wave.roster:
        return Rules(minimum=wave.minimum)
    return Rules(minimum=wave.minimum, school=wave.minimum, detail=wave.minimum)


@lru_cache(maxsize=512)
def packer_of(key: bytes) -> Packer:
    """Return how a wave's answers are packed. What was asked never changes, so each process reads it once."""
    wave = get_wave(ref_of(key))
    return Packer(instrument_of(wave), breakdown_of(wave), comments=bool(wave.reader))


@transaction.atomic(using=BALLOTS)
def raise_minimum(ref: str, *, minimum: int, today: date) -> None:
    """Ask for more people behind every figure, before the first day. Refuses with NeverLower, AlreadyOpen."""
    wave = get_wave(ref, lock=True)
    if minimum < wave.minimum:
        raise NeverLower(f"It is {wave.minimum} and can only be raised.")
    if today >= wave.opens:
        raise AlreadyOpen("People have been told the number; it stays.")
    wave.minimum = minimum
    wave.save(update_fields=["minimum"])


@transaction.atomic(using=BALLOTS)
def move_closing(ref: str, *, closes: date, today: date) -> None:
    """Give people more or less time while the wave runs. Refuses with NeverReopened once it is over."""
    wave = get_wave(ref, lock=True)
    if wave.state != Wave.State.OPEN or today > wave.closes:
        raise NeverReopened("This survey is over.")
    if closes < max(today, wave.opens):
        raise CannotOpen("The last day must not lie before the first day, nor in the past.")
    wave.closes = closes
    wave.save(update_fields=["closes"])


@transaction.atomic(using=BALLOTS)
def close(ref: str) -> None:
    """Close a wave at once, by hand. Sealing follows."""
    wave = get_wave(ref, lock=True)
    if wave.state == Wave.State.OPEN:
        wave.state = Wave.State.CLOSED
        wave.save(update_fields=["state"])


@transaction.atomic(using=BALLOTS)
def make_codes(ref: str, *, count: int, spare: bool = False) -> list[str]:
    """Make codes and return them, this once: only fingerprints stay, sorted, so that their order tells nothing.

    Refuses with TooManyCodes beyond the roster, NoSpareLeft beyond max(2, 5 % of it), NeverReopened when closed.
    """
    wave = get_wave(ref, lock=True)
    if wave.state != Wave.State.OPEN:
        raise NeverReopened("This survey is over.")
    _count_codes(wave, count, spare)
    codes = [new_code() for _ in range(count)]
    hashes = sorted(fingerprint(code, bytes(wave.pepper)) for code in codes)
    Code.objects.bulk_create([Code(wave=wave.id, hash=hash_) for hash_ in hashes], batch_size=300)
    return codes


def _count_codes(wave: Wave, count: int, spare: bool) -> None:
    if spare and count > _spares_left(wave):
        raise NoSpareLeft(f"{_spares_left(wave)} spare codes are left.")
    if not spare and wave.codes - wave.lost + count > wave.roster:
        raise TooManyCodes(f"There are {wave.roster} people on the list and {wave.codes - wave.lost} codes.")
    if spare:
        wave.spares += count
    else:
        wave.codes += count
    wave.save(update_fields=["codes", "spares"])


def _spares_left(wave: Wave) -> int:
    return max(min(2, wave.roster), wave.roster // 20) - wave.spares


@transaction.atomic(using=BALLOTS)
def write_off(ref: str, *, count: int) -> None:
    """Count codes as lost before anybody saw them (a worker died while mailing), so that others can be made.

    They are counted on the result page. Refuses with TooManyCodes if so many were never made.
    """
    wave = get_wave(ref, lock=True)
    if not 0 <= count <= wave.codes - wave.lost:
        raise TooManyCodes(f"Only {wave.codes - wave.lost} codes were made.")
    wave.lost += count
    wave.save(update_fields=["lost"])


def counts(ref: str) -> Counts:
    """Return how many codes there are; not how many were used."""
    wave = get_wave(ref)
    return Counts(wave.codes, wave.spares, wave.lost, _spares_left(wave))


WORDS = (
    (0.9, _("nearly everybody")),
    (0.65, _("about three quarters")),
    (0.4, _("about half")),
    (0.15, _("about a quarter")),
    (0.0, _("a few")),
)


def progress(ref: str) -> Progress:
    """Return what the team may see while a wave runs: counted once a day, in steps of five."""
    wave = get_wave(ref)
    share = wave.seen / (wave.roster or 1)
    words = next(words for least, words in WORDS if share >= least)
    return Progress(words if wave.seen else _("nobody knows yet"), wave.seen, wave.roster, wave.seen_on)
