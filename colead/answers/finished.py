"""Waves that are over and done: take them in as they are, and read many at once.

A sealed wave is its release, its sums and its list of receipts. So it can be handed from one Colead to another, or made
up for a demo, without a ballot ever having been here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from colead.analysis.cubes import Cube
from colead.analysis.release import Release, read_release
from colead.answers import models
from colead.answers.casting import receipts_of
from colead.answers.codes import SHOWN_BYTES
from colead.answers.models import Wave, random_id, wave_id
from colead.answers.routing import BALLOTS
from colead.answers.sums import read_sums, write_sums
from colead.answers.waves import id_of, ref_of


@dataclass(frozen=True)
class Finished:
    """A sealed wave: what was fixed before it opened, and what was published.

    `release.wave` is its reference, `release.before` the wave it was compared with. `sums` are None where too few
    answered. `receipts` are those that were counted.
    """

    school: str
    opens: date
    closes: date
    sealed_on: date
    roster: int
    codes: int
    release: Release
    instrument_json: str
    sums: Cube | None
    receipts: tuple[bytes, ...]
    comments: str = ""
    breakdown: str = ""
    scrubbed_on: date | None = None


def new_ref() -> str:
    """Return a reference that no wave has."""
    return ref_of(wave_id())


def made_up_receipts(count: int) -> tuple[bytes, ...]:
    """Return receipts of people who never were, for a demo."""
    return tuple(random_id()[:SHOWN_BYTES] for _ in range(count))


@transaction.atomic(using=BALLOTS)
def take_in(waves: Sequence[Finished]) -> None:
    """Write sealed waves into the box: all of them, or none."""
    Wave.objects.bulk_create([_wave(one) for one in waves], batch_size=200)
    models.Release.objects.bulk_create([_release(one) for one in waves], batch_size=200)
    models.SealedSums.objects.bulk_create(
        [models.SealedSums(wave=id_of(o.release.wave), json=write_sums(o.sums)) for o in waves if o.sums],
        batch_size=200,
    )
    models.ReceiptBoard.objects.bulk_create(
        [models.ReceiptBoard(wave=id_of(o.release.wave), receipts=b"".join(sorted(o.receipts))) for o in waves],
        batch_size=200,
    )


def _wave(one: Finished) -> Wave:
    before = one.release.before
    return Wave(
        id=id_of(one.release.wave),
        state=Wave.State.SEALED,
        pepper=b"",
        opens=one.opens,
        closes=one.closes,
        minimum=one.release.rules.minimum,
        school=one.school,
        instrument=one.instrument_json,
        breakdown=one.breakdown,
        roster=one.roster,
        before=id_of(before) if before else b"",
        codes=one.codes,
        sealed_on=one.sealed_on,
        scrubbed_on=one.scrubbed_on or one.sealed_on,
    )


def _release(one: Finished) -> models.Release:
    found = one.release
    return models.Release(wave=id_of(found.wave), json=found.to_json(), sha256=found.sha256, comments=one.comments)


def releases_of(refs: Iterable[str]) -> dict[str, Release]:
    """Return the frozen results of many waves by their reference; those that are not sealed are left out."""
    kept = models.Release.objects.filter(wave__in=[id_of(ref) for ref in refs])
    return {ref_of(one.wave): read_release(one.json, one.sha256) for one in kept}


def sums_of_many(refs: Iterable[str]) -> dict[str, Cube]:
    """Return the sums of many sealed waves by their reference, for figures that hide small groups; never a page."""
    kept = models.SealedSums.objects.filter(wave__in=[id_of(ref) for ref in refs])
    return {ref_of(one.wave): read_sums(one.json) for one in kept}


def finished_waves(refs: Iterable[str]) -> tuple[Finished, ...]:
    """Return sealed waves as they were published, in the order asked for, for a school that takes them along.

    The sums behind the figures stay in the box: they could tell of groups that the release hides.
    """
    ids = [id_of(ref) for ref in refs]
    waves = {bytes(wave.id): wave for wave in Wave.objects.filter(id__in=ids, state=Wave.State.SEALED)}
    boards = {bytes(one.wave): bytes(one.receipts) for one in models.ReceiptBoard.objects.filter(wave__in=ids)}
    kept = {bytes(one.wave): one for one in models.Release.objects.filter(wave__in=ids)}
    return tuple(_finished(waves[wave], kept[wave], boards.get(wave, b"")) for wave in ids if wave in kept)


def _finished(wave: Wave, kept: models.Release, board: bytes) -> Finished:
    return Finished(
        school=wave.school,
        opens=wave.opens,
        closes=wave.closes,
        sealed_on=wave.sealed_on or wave.closes,
        roster=wave.roster,
        codes=wave.codes,
        release=read_release(kept.json, kept.sha256),
        instrument_json=wave.instrument,
        sums=None,
        receipts=tuple(receipts_of(board)),
        comments=kept.comments,
        breakdown=wave.breakdown,
        scrubbed_on=wave.scrubbed_on,
    )
