"""Stir what lies in the box, and seal it: after that, who said what is not hidden but gone."""

import random
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from django.db import transaction

from colead.analysis.cubes import Cube, cube
from colead.analysis.publish import Plan, release_of_sheet
from colead.analysis.release import Hidden, Release, read_release, shuffled_comments
from colead.analysis.sheet import Sheet, sheet_of_codes
from colead.analysis.since import Before
from colead.answers import models, store
from colead.answers.casting import receipts_of
from colead.answers.codes import SHOWN_BYTES, show_receipt
from colead.answers.copies import BATCH, make_copies
from colead.answers.models import Ballot, Wave
from colead.answers.packing import Packer, Unpacked, question_rows
from colead.answers.routing import BALLOTS
from colead.answers.sums import read_sums, write_sums
from colead.answers.waves import breakdown_of, get_wave, instrument_of, packer_of, ref_of, rules_of

DICE = random.SystemRandom()


class StillOpen(ValueError):
    """A survey that people can still answer cannot be sealed."""


class NotSealed(ValueError):
    """There is nothing to see before a wave is sealed."""


@dataclass(frozen=True)
class Board:
    """The public list: every receipt that was counted, sorted, and how many codes there were."""

    packed: bytes
    codes: int
    spares: int
    lost: int
    sealed_on: date | None
    scrubbed_on: date | None

    @property
    def counted(self) -> int:
        return len(self.packed) // SHOWN_BYTES

    @cached_property
    def receipts(self) -> tuple[str, ...]:
        """The receipts as people keep them: worked out for those who look for theirs, not for every result page."""
        return tuple(show_receipt(receipt) for receipt in receipts_of(self.packed))


def stir_due(*, today: date, copies: Path | None = None) -> tuple[str, ...]:
    """Do the day's round: stir waves with five new ballots, tell the teams how far they are, wipe sealed ones' traces.

    Returns the references of the waves that were stirred; writes what may be copied into the folder `copies`. Inside
    a transaction nothing can be stirred or wiped; it waits for the next round.
    """
    _tell_progress(today)
    if store.busy():
        return ()
    scrub(today=today)
    due = [bytes(wave.id) for wave in Wave.objects.unsealed() if _arrived(wave) >= BATCH]
    if due:
        _stir(due)
    if copies:
        make_copies(copies)
    return tuple(ref_of(wave) for wave in due)


def _arrived(wave: Wave) -> int:
    return Ballot.objects.filter(wave=wave.id).count() - wave.stirred


def _stir(due: list[bytes]) -> None:
    """Write codes and ballots anew, shuffled: all of them, since waves that were left out would stand out.

    Counted as done at the very end, so that a stir that was cut short is done again.
    """
    with transaction.atomic(using=BALLOTS):
        store.shut()
        store.shuffle_in_place()
        found = {wave: Ballot.objects.filter(wave=wave).count() for wave in due}
    if store.wipe():
        for wave, ballots in found.items():
            Wave.objects.filter(id=wave).update(stirred=ballots)


def _tell_progress(today: date) -> None:
    for wave in Wave.objects.unsealed().filter(roster__gt=0).exclude(seen_on=today):
        answered = Ballot.objects.filter(wave=wave.id).count()
        Wave.objects.filter(id=wave.id).update(seen=answered - answered % BATCH, seen_on=today)


def due_for_sealing(*, today: date) -> tuple[str, ...]:
    """Return the references of the waves that are over and not sealed yet."""
    return tuple(ref_of(wave.id) for wave in Wave.objects.unsealed() if _is_over(wave, today))


def _is_over(wave: Wave, today: date) -> bool:
    return wave.state == Wave.State.CLOSED or today > wave.closes


def seal(ref: str, *, today: date) -> Release:
    """Seal a wave that is over: make its one release, then destroy ballots, codes and pepper. Never undone.

    Done twice it returns the same release. Refuses with StillOpen; with analysis.audit.Leak if the audit finds a small
    group (then nothing has happened). Inside somebody else's transaction the files are wiped by the next round.
    """
    with transaction.atomic(using=BALLOTS):
        store.shut()
        wave = get_wave(ref, lock=True)
        if wave.state != Wave.State.SEALED:
            if not _is_over(wave, today):
                raise StillOpen("People can still answer this survey.")
            _seal(wave, today)
    scrub(today=today)
    return release_of(ref)


def _seal(wave: Wave, today: date) -> None:
    """Read, shuffle, write what is kept, destroy the rest. One transaction: a kill leaves the wave as it was."""
    packer = packer_of(bytes(wave.id))
    ballots = list(Ballot.objects.filter(wave=wave.id).values_list("receipt", "answers"))
    people = [packer.unpack(bytes(packed)) for _, packed in ballots]
    DICE.shuffle(people)
    board = sorted(bytes(receipt) for receipt, _ in ballots)
    models.ReceiptBoard.objects.create(wave=wave.id, receipts=b"".join(board))
    sheet = _sheet(wave, people)
    found = _publish(wave, sheet, people)
    if len(people) >= wave.minimum:
        models.SealedSums.objects.create(wave=wave.id, json=write_sums(cube(sheet)))
        _keep_answers(wave, people, packer)
        _keep_comments(wave, people, packer, found)
    store.forget(bytes(wave.id), *store.LIVE)
    wave.state, wave.pepper, wave.sealed_on = Wave.State.SEALED, b"", today
    wave.save(update_fields=["state", "pepper", "sealed_on"])


def _sheet(wave: Wave, people: list[Unpacked]) -> Sheet:
    return sheet_of_codes(instrument_of(wave), [wave.school] * len(people), [person.codes for person in people])


def _publish(wave: Wave, sheet: Sheet, people: list[Unpacked]) -> Release:
    roster = wave.roster or None
    plan = Plan(wave.school, ref_of(wave.id), roster, rules_of(wave), breakdown_of(wave), _before(wave))
    found = release_of_sheet(sheet, [person.group for person in people], plan)
    models.Release.objects.create(wave=wave.id, json=found.to_json(), sha256=found.sha256)
    return found


def _before(wave: Wave) -> Before | None:
    then = models.Release.objects.filter(wave=wave.before).first()
    sums = models.SealedSums.objects.filter(wave=wave.before).first()
    if not then or not sums:
        return None
    return Before(read_release(then.json, then.sha256), read_sums(sums.json))


def _keep_answers(wave: Wave, people: list[Unpacked], packer: Packer) -> None:
    rows = []
    for question, answers in question_rows(people, packer):
        DICE.shuffle(answers)
        rows.append(models.SealedAnswer(wave=wave.id, question=question, answers=bytes(answers)))
    models.SealedAnswer.objects.bulk_create(rows)


def _keep_comments(wave: Wave, people: list[Unpacked], packer: Packer, found: Release) -> None:
    """Hold comments for their reader; where too few wrote, nobody may ever read them, so none are kept."""
    answered = 0 if isinstance(found.answered, Hidden) else found.answered
    for place, question in enumerate(packer.lines):
        kept = shuffled_comments([person.comments[place] for person in people], answered, rules=found.rules)
        if not isinstance(kept, Hidden):
            rows = [models.SealedComment(wave=wave.id, question=question, text=text) for text in kept]
            models.SealedComment.objects.bulk_create(rows)


def scrub(*, today: date) -> bool:
    """Wipe the traces of sealed waves from the database's files. False: not now, the next round tries again."""
    if store.busy() or not Wave.objects.scrub_due().exists() or not store.wipe():
        return False
    Wave.objects.scrub_due().update(scrubbed_on=today)
    return True


def wiping_due() -> tuple[str, ...]:
    """Return sealed waves whose traces are still in the files: a page about the system's health shows them."""
    return tuple(ref_of(wave.id) for wave in Wave.objects.scrub_due())


def release_of(ref: str) -> Release:
    """Return the one frozen result of a sealed wave; refuse with NotSealed before."""
    kept = models.Release.objects.filter(wave=get_wave(ref).id).first()
    if not kept:
        raise NotSealed("Nothing is shown before this survey is over and sealed.")
    return read_release(kept.json, kept.sha256)


def sums_of(ref: str) -> Cube | None:
    """Return a sealed wave's sums for the roll-up of several schools, which hides small groups itself; never a page."""
    kept = models.SealedSums.objects.filter(wave=get_wave(ref).id).first()
    return read_sums(kept.json) if kept else None


def board(ref: str) -> Board:
    """Return the list of receipts of a sealed wave; refuse with NotSealed before."""
    wave = get_wave(ref)
    kept = models.ReceiptBoard.objects.filter(wave=wave.id).first()
    if not kept:
        raise NotSealed("The list of receipts comes when this survey is over and sealed.")
    return Board(bytes(kept.receipts), wave.codes, wave.spares, wave.lost, wave.sealed_on, wave.scrubbed_on)
