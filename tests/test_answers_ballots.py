"""One person, one answer: a ballot is counted once, or refused whole."""

import re
from datetime import timedelta

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from colead.answers import box
from colead.answers.codes import new_code
from tests.answers_store import (
    AFTER,
    DAY,
    OPENS,
    answered,
    key,
    put,
    rows,
    wave,
)

pytest_plugins = "tests.answers_fixtures"
pytestmark = pytest.mark.usefixtures("box_file")
NOWHERE = "7" * 10


def test_one_code_counts_one_ballot() -> None:
    ref = wave()
    code, *_ = box.make_codes(ref, count=40)
    assert not put(ref, code).again
    with pytest.raises(box.CodeUsed):
        put(ref, code)
    assert len(rows("ballot")) == 1


def test_the_same_page_sent_again_gets_the_same_receipt() -> None:
    ref = wave()
    code, *_ = box.make_codes(ref, count=1)
    mine = key()
    first, second = put(ref, code, key=mine), put(ref, code, key=mine)
    assert re.fullmatch(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}", first.text)
    assert (second.text, first.again, second.again) == (first.text, False, True)
    assert len(rows("ballot")) == 1


def test_a_key_that_served_another_code_uses_nothing_up() -> None:
    ref = wave()
    one, two = box.make_codes(ref, count=2)
    mine = key()
    put(ref, one, key=mine)
    with pytest.raises(box.KeyInUse):
        put(ref, two, key=mine)
    assert not put(ref, two).again


def test_wrong_used_and_unknown_codes_cost_the_same_questions() -> None:
    ref = wave()
    code, unknown = box.make_codes(ref, count=1)[0], new_code()
    put(ref, code)
    seen = []
    for wrong in (code, unknown):
        with CaptureQueriesContext(connections["ballots"]) as found, pytest.raises((box.CodeUsed, box.UnknownCode)):
            put(ref, wrong)
        seen.append([query["sql"].split("=")[0] for query in found])
    assert seen[0] == seen[1]
    with CaptureQueriesContext(connections["ballots"]) as known:
        assert box.code_known(ref, code=code)
    with CaptureQueriesContext(connections["ballots"]) as not_known:
        assert not box.code_known(ref, code=unknown)
    assert len(known) == len(not_known) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"answers": {"vision_1": 6}},
        {"answers": {"vision_1": 0}},
        {"answers": {"vision_1": True}},
        {"answers": {"vision_1": 3.0}},
        {"answers": {"vision_1": "3"}},
        {"answers": {"vision_1": [1]}},
        {"answers": {"nobody_asked": 1}},
        {"comments": {"nobody_asked": "x"}},
        {"comments": {"say": "x" * 2001}},
        {"comments": {"say": 7}},
        {"group": "Principal"},
    ],
)
def test_an_answer_that_is_not_offered_is_refused_and_uses_no_code(wrong: dict) -> None:
    ref = wave()
    code, *_ = box.make_codes(ref, count=1)
    with pytest.raises(box.BadBallot):
        put(ref, code, **wrong)
    assert rows("ballot") == []
    assert not put(ref, code).again


@pytest.mark.parametrize("broken", ["", "12", "g" * 32, "A" * 32, "0" * 33])
def test_a_broken_key_is_refused(broken: str) -> None:
    ref = wave()
    code, *_ = box.make_codes(ref, count=1)
    with pytest.raises(box.BadKey):
        put(ref, code, key=broken)


@pytest.mark.parametrize("ref", [NOWHERE, "", "zz", "00", NOWHERE.upper() + "A", "0" * 34])
def test_an_unknown_wave_is_refused(ref: str) -> None:
    with pytest.raises(box.UnknownWave):
        put(ref, new_code())


def test_nobody_answers_before_the_first_day() -> None:
    ref = wave()
    code, *_ = box.make_codes(ref, count=1)
    with pytest.raises(box.NotOpenYet):
        put(ref, code, today=OPENS - timedelta(days=1))
    assert not put(ref, code, today=OPENS).again


def test_a_closed_wave_takes_no_more_answers() -> None:
    ref = answered(20)
    late, early, *_ = box.make_codes(ref, count=20)
    before = rows("ballot")
    with pytest.raises(box.Closed):
        put(ref, late, today=AFTER)
    box.close(ref)
    with pytest.raises(box.Closed):
        put(ref, early)
    assert rows("ballot") == before
    found = box.seal(ref, today=DAY)
    with pytest.raises(box.Closed):
        put(ref, late)
    assert box.release_of(ref) == found


def test_a_lost_reply_is_made_good_even_after_the_seal() -> None:
    ref = answered(19)
    code, *_ = box.make_codes(ref, count=1)
    mine = key()
    first = put(ref, code, key=mine)
    assert put(ref, code, key=mine, today=AFTER) == box.Receipt(first.text, again=True)
    box.seal(ref, today=AFTER)
    assert put(ref, code, key=mine, today=AFTER) == box.Receipt(first.text, again=True)


def test_a_ballot_that_waited_at_the_door_while_the_wave_was_sealed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    ref = answered(10)
    code, *_ = box.make_codes(ref, count=1)
    row = rows("wave", "pepper, state, opens, closes")[0]
    box.close(ref)
    box.seal(ref, today=DAY)
    monkeypatch.setattr("colead.answers.casting._wave", lambda cursor, wave: row)
    with pytest.raises(box.Closed):
        put(ref, code)


def test_an_answer_takes_little_room_and_everybody_the_same() -> None:
    ref = answered(20, comment_reader="")
    sizes = {len(bytes(row[0])) for row in rows("ballot", "answers")}
    assert len(sizes) == 1
    assert sizes.pop() <= 11
    with pytest.raises(box.BadBallot):
        put(ref, box.make_codes(ref, count=1)[0], comments={"say": "nobody reads comments here"})
