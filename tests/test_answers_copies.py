"""Copies for a backup: what two of them show side by side, and the way back."""

import json
import os
from pathlib import Path

import pytest

from colead.answers import box
from colead.answers.models import Ballot, Code, Wave
from tests.answers_store import AFTER, DAY, READER, answered, put, rows, wave

pytest_plugins = "tests.answers_fixtures"
pytestmark = pytest.mark.usefixtures("box_file")


def used_and_ballots(path: Path) -> tuple[set[str], set[str]]:
    """Return what somebody with a copy can compare."""
    kept = json.loads(path.read_text())
    return {row["hash"] for row in kept["code"] if row["used"]}, {row["receipt"] for row in kept["ballot"]}


def steps(folder: Path, ref: str, *, rule: bool) -> list[tuple[int, int]]:
    """Return how many codes and ballots changed between copies, one tried after every answer."""
    path = folder / f"{ref}.wave"
    seen, found = (set(), set()), []
    for code in box.make_codes(ref, count=23):
        put(ref, code)
        if not rule:
            Wave.objects.update(copied=Ballot.objects.count())
        box.stir_due(today=DAY, copies=folder)
        if path.exists() and (now := used_and_ballots(path)) != seen:
            found.append((len(now[0] - seen[0]), len(now[1] - seen[1])))
            seen = now
    return found


def test_two_copies_differ_by_nobody_or_by_five(tmp_path: Path) -> None:
    found = steps(tmp_path, wave(), rule=True)
    assert found == [(5, 5)] * 4


def test_without_the_rule_two_copies_would_give_one_person_away(tmp_path: Path) -> None:
    assert steps(tmp_path, wave(), rule=False) == [(1, 1)] * 23


def test_codes_are_copied_before_anybody_has_answered(tmp_path: Path) -> None:
    ref = wave()
    codes = box.make_codes(ref, count=40)
    box.make_copies(tmp_path)
    path = tmp_path / f"{ref}.wave"
    assert len(json.loads(path.read_text())["code"]) == 40
    assert not [code for code in codes if code in path.read_text()]
    assert os.stat(path).st_mode & 0o077 == 0


def test_a_copy_tells_nothing_of_the_order_of_arrival(tmp_path: Path) -> None:
    ref = answered(20)
    box.make_copies(tmp_path)
    kept = json.loads((tmp_path / f"{ref}.wave").read_text())
    for part in ("code", "ballot"):
        assert kept[part] == sorted(kept[part], key=json.dumps)


def test_a_wave_comes_back_as_it_was(tmp_path: Path) -> None:
    ref = answered(20)
    code, *_ = box.make_codes(ref, count=5)
    box.make_copies(tmp_path)
    tables = ("wave", "code", "ballot")
    before = [sorted(map(repr, rows(table))) for table in tables]
    for model in (Wave, Code, Ballot):
        model.objects.all().delete()
    assert box.restore_copy(tmp_path / f"{ref}.wave") == ref
    assert [sorted(map(repr, rows(table, order="1, 2"))) for table in tables][1:] == before[1:]
    assert not put(ref, code).again
    assert box.seal(ref, today=AFTER).answered == 21


def test_a_wave_that_came_back_waits_for_five_more_before_the_next_copy(tmp_path: Path) -> None:
    ref = answered(5)
    box.make_copies(tmp_path)
    path = tmp_path / f"{ref}.wave"
    for model in (Wave, Code, Ballot):
        model.objects.all().delete()
    box.restore_copy(path)
    put(ref, box.make_codes(ref, count=1)[0])
    before = path.read_text()
    box.make_copies(tmp_path)
    assert path.read_text() == before


def test_a_sealed_wave_comes_back_with_its_release_and_comments(tmp_path: Path) -> None:
    ref = answered(20)
    found = box.seal(ref, today=AFTER)
    box.stir_due(today=AFTER, copies=tmp_path)
    assert used_and_ballots(tmp_path / f"{ref}.wave") == (set(), set())
    for table in ("Wave", "Release", "SealedAnswer", "SealedSums", "SealedComment", "ReceiptBoard"):
        Wave._meta.apps.get_model("answers", table).objects.all().delete()
    box.restore_copy(tmp_path / f"{ref}.wave")
    assert box.release_of(ref) == found
    assert box.board(ref).counted == len(box.held_comments(ref, reader=READER)) == 20


def test_a_copy_never_replaces_a_wave_that_is_there(tmp_path: Path) -> None:
    ref = answered(20)
    box.make_copies(tmp_path)
    with pytest.raises(box.AlreadyThere):
        box.restore_copy(tmp_path / f"{ref}.wave")
    assert len(rows("ballot")) == 20


@pytest.mark.parametrize("text", ["", "{}", "[]", "7", '{"wave": [1]}', '{"wave": []}'])
def test_a_broken_copy_is_refused(tmp_path: Path, text: str) -> None:
    broken = tmp_path / "broken.wave"
    broken.write_text(text)
    with pytest.raises(box.NotACopy):
        box.restore_copy(broken)


def test_every_flipped_byte_that_changes_a_copy_shows_or_is_refused(tmp_path: Path) -> None:
    ref = answered(20)
    box.make_copies(tmp_path)
    whole = (tmp_path / f"{ref}.wave").read_bytes()
    half = tmp_path / "half.wave"
    for end in range(0, len(whole) - 1, len(whole) // 50):
        half.write_bytes(whole[:end])
        with pytest.raises(box.NotACopy):
            box.restore_copy(half)
