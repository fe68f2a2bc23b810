"""While a wave runs nothing is shown; sealed, it is one release and a board, and nothing else."""

import random
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connections, transaction

from colead.analysis.instrument import FOLDER, read_instrument
from colead.analysis.release import Breakdown, Hidden
from colead.answers import box
from tests.answers_store import (
    AFTER,
    ASKED,
    CLOSES,
    DAY,
    answered,
    put,
    rows,
    some_answers,
    wave,
)

pytest_plugins = "tests.answers_fixtures"
pytestmark = pytest.mark.usefixtures("box_file")
ROLES = Breakdown(question="What is your work?", categories={"Teaching": 30, "Support": 10})


def sealed(people: int = 20, **changes: object) -> str:
    ref = answered(people, **changes)
    box.seal(ref, today=AFTER)
    return ref


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
