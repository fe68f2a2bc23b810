"""A wave is opened and its codes are made, through the one door."""

import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connections, transaction
from django.test.utils import CaptureQueriesContext

from colead.analysis.release import Breakdown
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
    put,
    rows,
    wave,
)

pytest_plugins = "tests.answers_fixtures"
pytestmark = pytest.mark.usefixtures("box_file")
NOWHERE = "7" * 10
ROLES = Breakdown(question="What is your work?", categories={"Teaching": 30, "Support": 10})


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
