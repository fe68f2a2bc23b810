"""Kill the seal and the stir between any two words to the database: before or after, never half."""

import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections

from colead.answers import box
from tests.answers_server import finished, in_child
from tests.answers_store import AFTER, DAY, answered, put, rows

pytest_plugins = "tests.answers_fixtures"
pytestmark = pytest.mark.usefixtures("box_file")
TIMES = 200 if "COLEAD_LONG_TESTS" in os.environ else 12


class Deadly:
    """Kill this process at the n-th word to the database: a statement or a commit."""

    def __init__(self, last: int) -> None:
        self.left = last

    def word(self) -> None:
        self.left -= 1
        if self.left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def __call__(self, execute: Callable[..., Any], *args: Any) -> Any:
        self.word()
        return execute(*args)


def killed_at(word: int, work: Callable[[], Any]) -> bool:
    """Do the work in another process that dies at that word; return whether it died."""

    def deadly() -> None:
        here, death = connections["ballots"], Deadly(word)
        commit = here._commit
        here._commit = lambda: (death.word(), commit(), death.word())
        here.execute_wrappers.append(death)
        work()

    return finished(in_child(deadly)) == -signal.SIGKILL


def at_every_word(work: Callable[[], Any], check: Callable[[], Any]) -> int:
    """Kill the work at its first word, at its second ... until it lives to the end; check after each."""
    for word in range(200):
        died = killed_at(word, work)
        check()
        if not died:
            return word
    raise AssertionError("it never ended")


def open_or_sealed(ref: str) -> str:
    """Return which of the two a wave is; fail if it is anything between."""
    found = {name: len(rows(name)) for name in ("code", "ballot", "release", "receiptboard", "sealedanswer")}
    pepper, state = rows("wave", "length(pepper), state")[0]
    whole = {"code": 20, "ballot": 20, "release": 0, "receiptboard": 0, "sealedanswer": 0}
    gone = {"code": 0, "ballot": 0, "release": 1, "receiptboard": 1, "sealedanswer": 29}
    assert (found, pepper, state) in ((whole, 16, "open"), (gone, 0, "sealed")), found
    return str(state)


def test_a_seal_killed_at_any_word_leaves_the_wave_open_or_sealed() -> None:
    ref = answered(20)
    seen: list[str] = []
    words = at_every_word(lambda: box.seal(ref, today=AFTER), lambda: seen.append(open_or_sealed(ref)))
    assert words >= 12
    assert seen[0] == "open"
    assert seen == sorted(seen)
    assert box.seal(ref, today=AFTER).answered == box.board(ref).counted == 20
    assert box.facts(ref).scrubbed_on == AFTER


def test_a_seal_killed_at_any_moment_leaves_the_wave_open_or_sealed() -> None:
    dice = random.Random()
    for _ in range(TIMES):
        call_command("flush", database="ballots", interactive=False, verbosity=0)
        ref = answered(20, comment_reader="")
        child = in_child(lambda ref=ref: box.seal(ref, today=AFTER))
        time.sleep(dice.random() / 12)
        os.kill(child, signal.SIGKILL)
        finished(child)
        open_or_sealed(ref)
        assert box.seal(ref, today=AFTER).answered == 20
        assert open_or_sealed(ref) == "sealed"


def test_a_seal_that_committed_too_early_would_be_noticed() -> None:
    ref = answered(20)

    def hasty() -> None:
        def early(execute: Callable[..., Any], sql: str, *args: Any) -> Any:
            done = execute(sql, *args)
            if 'INTO "answers_release"' in sql:
                connections["ballots"].connection.commit()
                os.kill(os.getpid(), signal.SIGKILL)
            return done

        connections["ballots"].execute_wrappers.append(early)
        box.seal(ref, today=AFTER)

    assert finished(in_child(hasty)) == -signal.SIGKILL
    with pytest.raises(AssertionError):
        open_or_sealed(ref)


def state_of_rows() -> tuple[list[Any], list[Any]]:
    codes = sorted((bytes(mark), used) for mark, used in rows("code", "hash, used"))
    return codes, sorted((bytes(receipt), bytes(packed)) for receipt, packed in rows("ballot", "receipt, answers"))


def test_a_stir_killed_at_any_word_loses_and_doubles_nobody(tmp_path: Path) -> None:
    ref = answered(20)
    before = state_of_rows()

    def unchanged() -> None:
        assert state_of_rows() == before

    copies = tmp_path / "copies"
    words = at_every_word(lambda: box.stir_due(today=DAY, copies=copies), unchanged)
    assert words > 8
    assert [path.suffix for path in copies.iterdir()] == [".wave"]
    assert box.stir_due(today=DAY) == ()
    put(ref, box.make_codes(ref, count=1)[0])
    assert box.seal(ref, today=AFTER).answered == 21


def test_a_stir_that_lost_a_row_would_be_noticed() -> None:
    answered(20)
    before = state_of_rows()
    one = rows("ballot", "receipt")[0]
    connections["ballots"].cursor().execute("DELETE FROM answers_ballot WHERE receipt = %s", one)
    assert state_of_rows() != before


def test_releasing_comments_killed_at_any_word_releases_all_or_nothing() -> None:
    ref = answered(20)
    box.seal(ref, today=AFTER)
    texts = {comment.id: comment.text for comment in box.held_comments(ref, reader="person-7")}

    def release() -> None:
        box.release_comments(ref, reader="person-7", texts=texts, today=AFTER)

    def all_or_nothing() -> None:
        released = sum(map(len, box.released_comments(ref).values()))
        assert (released, len(rows("sealedcomment"))) in ((0, 20), (20, 0))

    for word in range(60):
        killed_at(word, release)
        all_or_nothing()
        if box.released_comments(ref):
            break
    box.stir_due(today=AFTER)
    assert box.facts(ref).scrubbed_on == AFTER
