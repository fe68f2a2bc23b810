"""Many at once, replies that get lost, servers that are killed: nothing acknowledged is lost, nothing counts twice."""

import os
import random
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from colead.answers import box, casting
from tests.answers_server import Server, submit
from tests.answers_store import AFTER, ON_POSTGRESQL, answered, key, put, rows, wave

pytest_plugins = "tests.answers_fixtures"
pytestmark = pytest.mark.usefixtures("box_file")
LONG = "COLEAD_LONG_TESTS" in os.environ
PEOPLE, KILLS = (10_000, 200) if LONG else (1_000, 20)


def in_threads(count: int, work: Callable[[int], Any]) -> list[Any]:
    """Do the same work in so many threads at once, each with a connection of its own."""
    gate = threading.Barrier(count)

    def one(number: int) -> Any:
        try:
            gate.wait()
            return work(number)
        finally:
            connections["ballots"].close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def try_to_stuff(ref: str, codes: list[str], hands: int) -> Counter[str]:
    """Send every code from all hands at once, each time with another key; return how often what happened."""
    gates = {code: threading.Barrier(hands) for code in codes}

    def hand(number: int) -> Counter[str]:
        seen: Counter[str] = Counter()
        for code in codes:
            gates[code].wait()
            try:
                put(ref, code, answers={}, comments={})
                seen["counted"] += 1
            except box.CodeUsed:
                seen["used"] += 1
        return seen

    return sum(in_threads(hands, hand), Counter())


def test_a_code_sent_fifty_times_at_once_counts_one_ballot() -> None:
    ref = wave(roster_size=200)
    codes = box.make_codes(ref, count=200)
    assert try_to_stuff(ref, codes, 50) == {"counted": 200, "used": 49 * 200}
    assert len(rows("ballot")) == len(rows("code", where="used")) == 200
    box.seal(ref, today=AFTER)
    assert box.board(ref).counted == 200


def test_without_the_mark_on_the_code_stuffing_would_work(monkeypatch: pytest.MonkeyPatch) -> None:
    for words in ("USE", "BOTH"):
        monkeypatch.setattr(casting, words, getattr(casting, words).replace(" AND NOT used", ""))
    ref = wave()
    assert try_to_stuff(ref, box.make_codes(ref, count=3), 8)["counted"] == 24
    assert len(rows("ballot")) == 24


def test_one_page_sent_from_two_tabs_at_once_counts_once() -> None:
    ref = wave()
    for code in box.make_codes(ref, count=10):
        mine = key()
        receipts = in_threads(4, lambda _, code=code, mine=mine: put(ref, code, key=mine))
        assert len({receipt.text for receipt in receipts}) == 1
        assert sorted(receipt.again for receipt in receipts) == [False, True, True, True]


def send_all(server: Server, ref: str, codes: list[str], *, keep_the_key: bool) -> list[dict[str, Any]]:
    """Let every code's holder send until an answer comes, eight at a time."""

    def one(code: str) -> dict[str, Any]:
        mine = key()
        answers = {"vision_1": 1 + len(code) % 5}
        return submit(
            server.address,
            lambda: {"ref": ref, "code": code, "key": mine if keep_the_key else key(), "answers": answers},
        )

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(one, codes))


def test_every_fifth_reply_is_lost_and_everybody_ends_counted_once(tmp_path: Path) -> None:
    ref = wave(roster_size=200)
    codes = box.make_codes(ref, count=200)
    with Server(tmp_path, drop=5) as server:
        replies = send_all(server, ref, codes, keep_the_key=True)
    assert len({reply["receipt"] for reply in replies}) == len(rows("ballot")) == 200
    assert sum(reply["again"] for reply in replies) == 40


def test_without_the_browsers_key_honest_people_would_be_told_their_code_was_used(tmp_path: Path) -> None:
    ref = wave(roster_size=100)
    with Server(tmp_path, drop=5) as server:
        replies = send_all(server, ref, box.make_codes(ref, count=100), keep_the_key=False)
    assert Counter(reply.get("refused") for reply in replies)["CodeUsed"] == 20


def test_a_server_killed_at_random_loses_and_doubles_nothing(tmp_path: Path) -> None:
    ref = wave(roster_size=PEOPLE)
    codes = box.make_codes(ref, count=PEOPLE)
    dice, done = random.Random(), threading.Event()

    def killer(server: Server) -> None:
        step = PEOPLE // (KILLS + 1)
        for kill in range(1, KILLS + 1):
            while counted() < kill * step and not done.wait(dice.random() / 50):
                pass
            server.kill()
        connections["ballots"].close()

    def counted() -> int:
        return int(rows("ballot", "count(*)")[0][0])

    with Server(tmp_path) as server:
        death = threading.Thread(target=killer, args=(server,))
        death.start()
        replies = send_all(server, ref, codes, keep_the_key=True)
        done.set()
        death.join()
        assert server.kills == KILLS
    acknowledged = {reply.get("receipt") for reply in replies}
    assert None not in acknowledged, Counter(reply.get("refused") for reply in replies)
    assert len(acknowledged) == counted() == len(rows("code", where="used")) == PEOPLE
    if not ON_POSTGRESQL:
        with connections["ballots"].cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchone() == ("ok",)
    box.seal(ref, today=AFTER)
    assert set(box.board(ref).receipts) == acknowledged


def test_people_answer_while_the_box_is_stirred_and_nobody_waits_in_vain() -> None:
    ref = wave(roster_size=240)
    codes = box.make_codes(ref, count=240)
    over = threading.Event()

    def work(number: int) -> int:
        if number == 8:
            while not over.wait(0.02):
                box.stir_due(today=AFTER)
            return 0
        try:
            return len([put(ref, code) for code in codes[number::8]])
        finally:
            if number == 0:
                over.set()

    assert sum(in_threads(9, work)) == 240
    assert len(rows("ballot")) == len(rows("code", where="used")) == 240


def test_people_who_come_while_it_is_sealed_are_counted_or_refused() -> None:
    ref = answered(12)
    codes = box.make_codes(ref, count=28)

    def work(number: int) -> list[str]:
        if number == 7:
            box.close(ref)
            box.seal(ref, today=AFTER)
            return []
        receipts = []
        for code in codes[number::7]:
            try:
                receipts.append(put(ref, code).text)
            except box.Closed:
                receipts.append("")
        return receipts

    receipts = {text for texts in in_threads(8, work) for text in texts if text}
    board = box.board(ref)
    assert receipts <= set(board.receipts)
    assert board.counted == 12 + len(receipts)
