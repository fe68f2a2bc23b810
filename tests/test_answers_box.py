"""A wave from its opening to its release, through the one door."""

import random
import re
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, OperationalError, connections, transaction
from django.test.utils import CaptureQueriesContext

from colead.analysis.instrument import FOLDER, read_instrument
from colead.analysis.release import Breakdown, Hidden
from colead.answers import box
from colead.answers.codes import ALPHABET, check_character, new_code
from colead.answers.models import Wave
from tests.answers_store import (
    AFTER,
    ASKED,
    CLOSES,
    DAY,
    OPENS,
    READER,
    answered,
    key,
    only_sqlite,
    put,
    rows,
    some_answers,
    wave,
)

pytest_plugins = "tests.answers_fixtures"
pytestmark = pytest.mark.usefixtures("box_file")
NOWHERE = "7" * 10
ROLES = Breakdown(question="What is your work?", categories={"Teaching": 30, "Support": 10})


def sealed(people: int = 20, **changes: object) -> str:
    ref = answered(people, **changes)
    box.seal(ref, today=AFTER)
    return ref


# Opening


def test_what_was_planned_is_what_people_are_told() -> None:
    ref = wave(breakdown=ROLES, minimum=6)
    facts = box.facts(ref)
    assert (facts.ref, facts.school, facts.opens, facts.closes) == (ref, "school-1", OPENS, CLOSES)
    assert (facts.instrument, facts.breakdown, facts.minimum) == (ASKED, ROLES, 6)
    assert (facts.roster, facts.reader, facts.before, facts.state) == (40, READER, "", "open")
    assert facts.sealed_on is facts.scrubbed_on is facts.fully_sealed_on is None


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"closes": OPENS - timedelta(days=1), "today": date(2026, 1, 1)}, box.CannotOpen),
        ({"today": AFTER}, box.CannotOpen),
        ({"minimum": 4}, box.NeverLower),
        ({"roster_size": 7}, box.CannotOpen),
        ({"breakdown": Breakdown(question="?", categories={"Office": 7})}, box.CannotOpen),
        ({"before": NOWHERE}, box.UnknownWave),
        ({"before": "not a reference"}, box.UnknownWave),
    ],
)
def test_a_plan_that_cannot_keep_the_promise_is_refused(changes: dict, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        wave(**changes)
    assert rows("wave") == []


def test_a_wave_is_compared_with_one_of_its_own_school_only() -> None:
    with pytest.raises(box.CannotOpen):
        wave(before=wave(school="school-2"))


def test_the_minimum_is_raised_before_opening_and_never_lowered() -> None:
    ref = wave()
    before = OPENS - timedelta(days=1)
    box.raise_minimum(ref, minimum=8, today=before)
    assert box.facts(ref).minimum == 8
    with pytest.raises(box.NeverLower):
        box.raise_minimum(ref, minimum=7, today=before)
    with pytest.raises(box.AlreadyOpen):
        box.raise_minimum(ref, minimum=9, today=OPENS)
    with pytest.raises(IntegrityError), transaction.atomic(using="ballots"):
        Wave.objects.update(minimum=4)


def test_the_last_day_may_move_while_the_wave_runs_and_not_after() -> None:
    ref = wave()
    box.move_closing(ref, closes=CLOSES + timedelta(days=7), today=CLOSES)
    assert box.facts(ref).closes == CLOSES + timedelta(days=7)
    with pytest.raises(box.CannotOpen):
        box.move_closing(ref, closes=DAY, today=CLOSES)
    with pytest.raises(box.NeverReopened):
        box.move_closing(ref, closes=date(2027, 1, 1), today=CLOSES + timedelta(days=8))
    box.close(ref)
    box.close(ref)
    with pytest.raises(box.NeverReopened):
        box.move_closing(ref, closes=date(2027, 1, 1), today=CLOSES)


# Codes


def test_a_code_has_twelve_random_characters_and_one_that_checks() -> None:
    code, *_ = codes = box.make_codes(wave(), count=40)
    assert len(set(codes)) == 40
    assert re.fullmatch(f"[{ALPHABET}]{{13}}", code)
    assert box.read_code(box.show_code(code).lower().replace("1", "l").replace("0", "o")) == code


def test_every_single_slip_of_the_finger_is_caught() -> None:
    code = new_code()
    for at in range(13):
        for letter in set(ALPHABET) - {code[at]}:
            with pytest.raises(box.Mistyped):
                box.read_code(code[:at] + letter + code[at + 1 :])


def test_nearly_every_swap_of_neighbours_is_caught() -> None:
    caught = [
        check_character(body := one + two + "0" * 10) != check_character(two + one + body[2:])
        for one in ALPHABET
        for two in ALPHABET
        if one != two
    ]
    assert sum(caught) / len(caught) > 0.99


@pytest.mark.parametrize("typed", ["", "ABC", "U" * 13, "*" * 13, "0" * 14, "é" * 13])
def test_what_cannot_be_a_code_is_refused_before_anything_is_looked_up(typed: str) -> None:
    ref = wave()
    with pytest.raises(box.Mistyped):
        put(ref, typed)
    with pytest.raises(box.Mistyped):
        box.code_known(ref, code=typed)


def test_no_code_is_stored_as_it_was_handed_out() -> None:
    codes = box.make_codes(wave(), count=40)
    everything = repr([rows(table) for table in ("wave", "code", "ballot")])
    assert not [code for code in codes if code in everything]
    assert len(rows("code")) == 40


def test_fingerprints_go_in_sorted_so_that_their_order_tells_nothing() -> None:
    with CaptureQueriesContext(connections["ballots"]) as seen:
        box.make_codes(wave(), count=12)
    (insert,) = [query["sql"] for query in seen if query["sql"].startswith('INSERT INTO "answers_code"')]
    hashes = re.findall(r"(?<![0-9a-f])[0-9a-f]{20}(?![0-9a-f])", insert.lower())
    assert len(hashes) == 12
    assert hashes == sorted(hashes)


def test_there_are_never_more_codes_than_people_and_a_few_spares() -> None:
    ref = wave(roster_size=62)
    box.make_codes(ref, count=62)
    with pytest.raises(box.TooManyCodes):
        box.make_codes(ref, count=1)
    assert len(box.make_codes(ref, count=3, spare=True)) == 3
    with pytest.raises(box.NoSpareLeft):
        box.make_codes(ref, count=1, spare=True)
    assert box.counts(ref) == box.Counts(codes=62, spares=3, lost=0, spares_left=0)
    assert box.counts(wave(roster_size=8)).spares_left == 2


def test_codes_that_nobody_saw_are_written_off_and_counted() -> None:
    ref = wave()
    box.make_codes(ref, count=40)
    box.write_off(ref, count=12)
    box.make_codes(ref, count=12)
    with pytest.raises(box.TooManyCodes):
        box.make_codes(ref, count=1)
    with pytest.raises(box.TooManyCodes):
        box.write_off(ref, count=41)
    assert box.counts(ref) == box.Counts(codes=52, spares=0, lost=12, spares_left=2)


def test_a_closed_wave_gives_no_more_codes() -> None:
    ref = wave()
    box.close(ref)
    with pytest.raises(box.NeverReopened):
        box.make_codes(ref, count=1, spare=True)


def test_a_code_of_another_wave_is_unknown_here() -> None:
    one, two = wave(), wave()
    code, *_ = box.make_codes(one, count=1)
    assert box.code_known(one, code=code)
    assert not box.code_known(two, code=code)
    with pytest.raises(box.UnknownWave):
        box.code_known(NOWHERE, code=code)
    with pytest.raises(box.UnknownCode):
        put(two, code)


# Answering


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


# While it runs


def test_nothing_is_shown_before_the_seal() -> None:
    ref = answered(20)
    for look in (box.release_of, box.board):
        with pytest.raises(box.NotSealed):
            look(ref)
    with pytest.raises(box.StillOpen):
        box.seal(ref, today=CLOSES)
    assert box.sums_of(ref) is None
    assert box.due_for_sealing(today=CLOSES) == ()
    assert box.due_for_sealing(today=AFTER) == (ref,)


def test_progress_moves_once_a_day_in_steps_of_five() -> None:
    ref = answered(19)
    assert (box.progress(ref).at_least, str(box.progress(ref).words)) == (0, "nobody knows yet")
    box.stir_due(today=DAY)
    assert (box.progress(ref).at_least, str(box.progress(ref).words)) == (15, "about a quarter")
    for code in box.make_codes(ref, count=21):
        put(ref, code)
    box.stir_due(today=DAY)
    assert box.progress(ref).at_least == 15
    box.stir_due(today=DAY + timedelta(days=1))
    assert box.progress(ref) == box.Progress("nearly everybody", 40, 40, DAY + timedelta(days=1))


def test_a_wave_is_stirred_only_when_five_came() -> None:
    ref = answered(4)
    assert box.stir_due(today=DAY) == ()
    put(ref, box.make_codes(ref, count=1)[0])
    assert box.stir_due(today=DAY) == (ref,)
    assert box.stir_due(today=DAY) == ()
    assert len(rows("ballot")) == len(rows("code", where="used")) == 5


def test_inside_a_transaction_the_round_waits() -> None:
    ref = answered(20)
    with transaction.atomic(using="ballots"):
        assert box.stir_due(today=DAY) == ()
    assert box.stir_due(today=DAY) == (ref,)
    with transaction.atomic(using="ballots"):
        box.seal(ref, today=AFTER)
    assert box.facts(ref).scrubbed_on is None
    box.stir_due(today=AFTER + timedelta(days=1))
    assert box.facts(ref).fully_sealed_on == AFTER + timedelta(days=8)


# Sealed


def test_sealing_gives_one_release_and_a_board_and_leaves_nothing_else() -> None:
    ref = answered(20)
    found = box.seal(ref, today=AFTER)
    assert (found.answered, found.school, found.wave, found.roster) == (20, "school-1", ref, 40)
    assert box.release_of(ref) == found == box.seal(ref, today=AFTER + timedelta(days=3))
    assert rows("code") == rows("ballot") == []
    assert [bytes(row[0]) for row in rows("wave", "pepper")] == [b""]
    assert (box.facts(ref).sealed_on, box.facts(ref).scrubbed_on) == (AFTER, AFTER)


def test_sealing_one_wave_leaves_the_others_alone() -> None:
    other, ref = answered(6), answered(12)
    before = rows("ballot", where="length(receipt) > 0", order="2")
    box.seal(ref, today=AFTER)
    left = rows("ballot", order="2")
    assert len(left) == 6
    assert set(left) <= set(before)
    assert box.facts(other).state == "open"


def test_every_receipt_is_on_the_board_and_the_board_is_sorted() -> None:
    ref = wave()
    receipts = {put(ref, code).text for code in box.make_codes(ref, count=20)}
    spare, *_ = box.make_codes(ref, count=2, spare=True)
    receipts.add(put(ref, spare).text)
    box.seal(ref, today=AFTER)
    board = box.board(ref)
    assert set(board.receipts) == receipts
    assert list(board.receipts) == sorted(board.receipts)
    assert (board.counted, board.codes, board.spares, board.lost) == (21, 20, 2, 0)
    assert (board.sealed_on, board.scrubbed_on) == (AFTER, AFTER)


def test_the_release_says_what_people_answered() -> None:
    ref = wave(breakdown=ROLES)
    dice = random.Random(7)
    given = [(some_answers(dice), group) for group in ["Teaching"] * 14 + ["Support"] * 6]
    for code, (answers, group) in zip(box.make_codes(ref, count=20), given, strict=True):
        put(ref, code, answers=answers, group=group)
    found = box.seal(ref, today=AFTER)
    one = found.scale("vision").items[0]
    assert one.counts == tuple(sum(a["vision_1"] == n for a, _ in given) for n in range(1, 6))
    assert one.cannot_say == sum(answers["vision_1"] == "cannot say" for answers, _ in given)
    assert [group.people for group in found.breakdown.groups] == [14, 6]
    assert {row[0] for row in rows("sealedanswer", "question")} == {"group?", *(item.key for item in ASKED.items)}


def test_too_few_answers_show_nothing_and_keep_nothing_but_receipts() -> None:
    ref = sealed(4)
    assert not box.release_of(ref).shown
    assert box.board(ref).counted == 4
    assert rows("sealedanswer") == rows("sealedcomment") == rows("sealedsums") == []
    nobody = sealed(0)
    assert isinstance(box.release_of(nobody).answered, Hidden)
    assert box.board(nobody).receipts == ()


def test_a_later_wave_is_compared_with_the_sums_of_the_one_before() -> None:
    first = sealed(20)
    second = answered(20, before=first)
    found = box.seal(second, today=AFTER)
    assert found.before == first
    assert found.how_many.compared == 7
    assert box.sums_of(first).people[0] == 20


def test_a_wave_before_that_was_never_sealed_is_not_compared() -> None:
    first = answered(20)
    ref = answered(20, before=first)
    assert box.seal(ref, today=AFTER).before == ""


def test_a_release_that_was_changed_behind_our_back_is_refused() -> None:
    ref = sealed()
    with connections["ballots"].cursor() as cursor:
        cursor.execute("UPDATE answers_release SET json = replace(json, '\"answered\":20', '\"answered\":30')")
    with pytest.raises(ValueError, match="changed"):
        box.release_of(ref)


def test_a_leak_found_by_the_audit_stops_the_seal_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    ref = answered(20)
    before = [rows(table) for table in ("wave", "code", "ballot")]

    def leaking(*_: object) -> None:
        raise box.Leak("a group of 3")

    with monkeypatch.context() as patched:
        patched.setattr("colead.answers.sealing.release_of_sheet", leaking)
        with pytest.raises(box.Leak):
            box.seal(ref, today=AFTER)
    assert [rows(table) for table in ("wave", "code", "ballot")] == before
    assert box.seal(ref, today=AFTER).answered == 20


def test_an_instrument_edited_while_the_wave_runs_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "conditions.v1.yaml"
    text = (FOLDER / "en" / "instruments" / file.name).read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    ref = answered(20, instrument=read_instrument(file))
    file.write_text(text.replace("vision", "dreams").replace("Strongly disagree, ", ""), encoding="utf-8")
    assert read_instrument(file) != box.facts(ref).instrument == ASKED
    assert len(box.seal(ref, today=AFTER).scale("vision").items[0].counts) == 5


def test_a_spare_after_the_end_is_refused_and_changes_no_number() -> None:
    ref = answered(20)
    found = box.seal(ref, today=AFTER)
    board = box.board(ref)
    for attempt in (
        lambda: box.make_codes(ref, count=1, spare=True),
        lambda: box.move_closing(ref, closes=date(2027, 1, 1), today=DAY),
        lambda: box.raise_minimum(ref, minimum=9, today=AFTER),
    ):
        with pytest.raises((box.NeverReopened, box.AlreadyOpen)):
            attempt()
    box.close(ref)
    assert (box.release_of(ref), box.board(ref)) == (found, board)


def pragma(words: str) -> int:
    with connections["ballots"].cursor() as cursor:
        cursor.execute(f"PRAGMA {words}")
        return int(cursor.fetchall()[0][0])


def limit_pages(pages: int) -> None:
    assert pragma(f"max_page_count = {pages}") == pages


@only_sqlite
def test_a_reader_in_the_way_delays_the_wiping_and_the_health_page_knows(box_file: Path) -> None:
    ref = answered(20)
    with closing(sqlite3.connect(box_file)) as reader:
        pragma("busy_timeout = 50")
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM answers_wave").fetchall()
        assert box.seal(ref, today=AFTER).answered == 20
        assert box.wiping_due() == (ref,)
        put(other := wave(), box.make_codes(other, count=1)[0])
        for code in box.make_codes(other, count=5):
            put(other, code)
        box.stir_due(today=DAY)
    assert box.stir_due(today=AFTER) == (other,)
    assert (box.wiping_due(), box.stir_due(today=AFTER)) == ((), ())


@only_sqlite
def test_a_full_disk_stores_nothing_half_and_recovers() -> None:
    ref = answered(20)
    codes = box.make_codes(ref, count=20)
    limit_pages(pragma("page_count"))
    refused = []
    for code in codes:
        try:
            put(ref, code, who="w" * 1900)
        except OperationalError:
            refused.append(code)
    assert refused
    assert len(rows("ballot")) == len(rows("code", where="used")) == 40 - len(refused)
    with pytest.raises(OperationalError):
        box.seal(ref, today=AFTER)
    assert box.facts(ref).state == "open"
    limit_pages(100_000)
    assert not [receipt for receipt in (put(ref, code) for code in refused) if receipt.again]
    assert box.seal(ref, today=AFTER).answered == 40


@only_sqlite
def test_after_a_power_cut_at_any_byte_the_used_codes_are_the_ballots(box_file: Path, tmp_path: Path) -> None:
    answered(40)
    kept, log = tmp_path / "cut.sqlite3", Path(f"{box_file}-wal").read_bytes()
    content = box_file.read_bytes()
    seen = set()
    for cut in range(0, len(log), max(1, len(log) // 150)):
        kept.write_bytes(content)
        Path(f"{kept}-wal").write_bytes(log[:cut])
        with closing(sqlite3.connect(kept)) as found:
            assert found.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            ask = "SELECT (SELECT count(*) FROM answers_code WHERE used), (SELECT count(*) FROM answers_ballot)"
            used, ballots = found.execute(ask).fetchone()
        assert used == ballots
        seen.add(used)
    assert {0, 39} <= seen
