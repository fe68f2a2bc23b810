"""Take one ballot: one short transaction, the same questions to the database whatever is wrong with a code."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.backends.utils import CursorWrapper

from colead.analysis.sheet import Answer
from colead.answers.codes import SHOWN_BYTES, fingerprint, read_code, receipt_of, show_receipt
from colead.answers.models import Wave
from colead.answers.routing import BALLOTS
from colead.answers.store import busy, connection
from colead.answers.waves import UnknownWave, id_of, packer_of


class UnknownCode(LookupError):
    """No such code was handed out for this survey."""


class CodeUsed(ValueError):
    """Somebody has answered with this code already."""


class KeyInUse(ValueError):
    """Another ballot came with this page's key; the page must make a new one and send again."""


class NotOpenYet(ValueError):
    """The survey has not begun."""


class Closed(ValueError):
    """The survey is over; nothing more is taken."""


@dataclass(frozen=True)
class Receipt:
    """The proof that a ballot was counted. `again`: it had been counted before, only the reply was lost."""

    text: str
    again: bool = False


WAVE = "SELECT pepper, state, opens, closes FROM answers_wave WHERE id = %s"
USE = "UPDATE answers_code SET used = TRUE WHERE wave = %s AND hash = %s AND NOT used"
KEEP = "INSERT INTO answers_ballot (wave, receipt, answers) VALUES (%s, %s, %s)"
BOTH = (  # on PostgreSQL one question does both or neither, and saves three journeys to the server
    "WITH mine AS (UPDATE answers_code SET used = TRUE WHERE wave = %s AND hash = %s AND NOT used RETURNING wave)"
    " INSERT INTO answers_ballot (wave, receipt, answers) SELECT wave, %s, %s FROM mine"
)
# Codes before ballots, as in every other place: whoever locks both tables meets nobody coming the other way.
WHAT_IS = (
    "SELECT EXISTS (SELECT 1 FROM answers_code WHERE wave = %s AND hash = %s),"
    " EXISTS (SELECT 1 FROM answers_ballot WHERE wave = %s AND receipt = %s),"
    " (SELECT state FROM answers_wave WHERE id = %s)"
)
ON_BOARD = "SELECT receipts FROM answers_receiptboard WHERE wave = %s"


def put_ballot(
    ref: str,
    *,
    code: str,
    key: str,
    answers: Mapping[str, Answer],
    today: date,
    comments: Mapping[str, str] | None = None,
    group: str = "",
) -> Receipt:
    """Count a ballot and return its receipt; the same key again gets the same receipt and counts nothing.

    `key`: 128 random bits of the browser as hexadecimal digits. Refuses with BadBallot, BadKey, Mistyped, UnknownWave,
    UnknownCode, CodeUsed, KeyInUse, NotOpenYet, Closed; then nothing at all is stored.
    """
    wave = id_of(ref)
    packed = packer_of(wave).pack(answers, comments or {}, group)
    receipt, plain = receipt_of(key, wave), read_code(code)
    with connection().cursor() as cursor:
        pepper, state, opens, closes = _wave(cursor, wave)
        if state != Wave.State.OPEN or not opens <= today <= closes:
            return out_of_time(wave, receipt, begun=today >= opens)
        print_of_code = fingerprint(plain, pepper)
        if _counted(cursor, wave, print_of_code, receipt, packed):
            return Receipt(show_receipt(receipt))
        return _not_counted(cursor, wave, print_of_code, receipt)


def _wave(cursor: CursorWrapper, wave: bytes) -> tuple[bytes, str, date, date]:
    cursor.execute(WAVE, [wave])
    row = cursor.fetchone()
    return bytes(row[0]), row[1], row[2], row[3]


def _counted(cursor: CursorWrapper, wave: bytes, print_of_code: bytes, receipt: bytes, packed: bytes) -> bool:
    try:
        if connection().vendor == "postgresql" and not busy():
            cursor.execute(BOTH, [wave, print_of_code, receipt, packed])
            return cursor.rowcount == 1
        return _counted_in_two(cursor, wave, print_of_code, receipt, packed)
    except IntegrityError:
        raise KeyInUse("Load the page again and send your answers once more.") from None


@transaction.atomic(using=BALLOTS)
def _counted_in_two(cursor: CursorWrapper, wave: bytes, print_of_code: bytes, receipt: bytes, packed: bytes) -> bool:
    cursor.execute(USE, [wave, print_of_code])
    if cursor.rowcount != 1:
        return False
    cursor.execute(KEEP, [wave, receipt, packed])
    return True


def _not_counted(cursor: CursorWrapper, wave: bytes, print_of_code: bytes, receipt: bytes) -> Receipt:
    cursor.execute(WHAT_IS, [wave, print_of_code, wave, receipt, wave])
    known, kept, state = cursor.fetchone()
    if state == Wave.State.SEALED:  # it closed while we waited for the door
        return out_of_time(wave, receipt, begun=True)
    if not known:
        raise UnknownCode("This code does not belong to this survey.")
    if not kept:
        raise CodeUsed("This code was used already.")
    return Receipt(show_receipt(receipt), again=True)


def out_of_time(wave: bytes, receipt: bytes, *, begun: bool) -> Receipt:
    """Comfort those whose reply was lost on the last evening; refuse the others with NotOpenYet or Closed."""
    if not begun:
        raise NotOpenYet("This survey has not begun.")
    with connection().cursor() as cursor:
        cursor.execute(WHAT_IS, [wave, b"", wave, receipt, wave])
        kept = cursor.fetchone()[1]
        cursor.execute(ON_BOARD, [wave])
        board = cursor.fetchone()
    if kept or (board and receipt in receipts_of(bytes(board[0]))):
        return Receipt(show_receipt(receipt), again=True)
    raise Closed("This survey is over.")


def receipts_of(board: bytes) -> list[bytes]:
    """Cut a board into its receipts."""
    return [board[at : at + SHOWN_BYTES] for at in range(0, len(board), SHOWN_BYTES)]


def code_known(ref: str, *, code: str) -> bool:
    """Tell whether a code was handed out; not whether it was used. Known and unknown take the same one look."""
    plain, wave = read_code(code), id_of(ref)
    with connection().cursor() as cursor:
        cursor.execute("SELECT pepper FROM answers_wave WHERE id = %s", [wave])
        row = cursor.fetchone()
        if not row:
            raise UnknownWave(ref)
        known = "SELECT EXISTS (SELECT 1 FROM answers_code WHERE wave = %s AND hash = %s)"
        cursor.execute(known, [wave, fingerprint(plain, bytes(row[0]))])
        return bool(cursor.fetchone()[0])
