"""Anything in any order: the life of a wave as a state machine, played by Hypothesis."""

import os
import shutil
import tempfile
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connections
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from colead.answers import box
from colead.answers.codes import new_code
from colead.answers.models import Ballot, Code, Wave
from tests.answers_store import CLOSES, OPENS, key, put, rows, wave

pytest_plugins = "tests.answers_fixtures"
EXAMPLES = 500 if "COLEAD_LONG_TESTS" in os.environ else 40
ROSTER = 20
SPARES = 2
PEOPLE_FIELDS = ("Ada", "Ben", "ada@north.example")


class Life(RuleBasedStateMachine):
    """Keep beside the box a plain account of what must be true of it."""

    def __init__(self) -> None:
        super().__init__()
        self.today = OPENS - timedelta(days=1)
        self.ref = wave(roster_size=ROSTER, today=self.today)
        self.copies = Path(tempfile.mkdtemp())
        self.free: list[str] = []
        self.made = self.spares = 0
        self.sent: dict[str, tuple[str, str]] = {}  # code -> key, receipt
        self.state = "open"
        self.closes = CLOSES
        self.minimum = 5
        self.copied: tuple[list[str], dict[str, tuple[str, str]], int, int, date, int] | None = None
        self.release: object = None

    def teardown(self) -> None:
        shutil.rmtree(self.copies)
        for model in apps.get_app_config("answers").get_models():
            model.objects.all().delete()

    @property
    def running(self) -> bool:
        return self.state == "open" and OPENS <= self.today <= self.closes

    @rule(days=st.integers(0, 4))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(count=st.integers(1, 12))
    def hand_out(self, count: int) -> None:
        try:
            self.free += box.make_codes(self.ref, count=count)
            self.made += count
        except box.TooManyCodes:
            assert self.made + count > ROSTER
        except box.NeverReopened:
            assert self.state != "open"

    @rule()
    def ask_for_a_spare(self) -> None:
        try:
            self.free += box.make_codes(self.ref, count=1, spare=True)
            self.spares += 1
        except box.NoSpareLeft:
            assert self.spares == SPARES
        except box.NeverReopened:
            assert self.state != "open"

    @rule(many=st.integers(1, 6))
    def people_answer(self, many: int) -> None:
        for code in self.free[:many]:
            mine = key()
            try:
                receipt = put(self.ref, code, key=mine, today=self.today)
            except box.NotOpenYet:
                assert self.today < OPENS
            except box.Closed:
                assert not self.running
            else:
                assert self.running
                assert not receipt.again
                self.free.remove(code)
                self.sent[code] = (mine, receipt.text)

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def a_reply_was_lost(self, data: st.DataObject) -> None:
        code = data.draw(st.sampled_from(sorted(self.sent)))
        mine, receipt = self.sent[code]
        with suppress(box.NotOpenYet):
            assert put(self.ref, code, key=mine, today=self.today) == box.Receipt(receipt, again=True)

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def somebody_tries_a_used_code(self, data: st.DataObject) -> None:
        code = data.draw(st.sampled_from(sorted(self.sent)))
        with pytest.raises((box.CodeUsed, box.Closed)):
            put(self.ref, code, today=max(self.today, OPENS))

    @rule()
    def somebody_makes_a_code_up(self) -> None:
        with pytest.raises((box.UnknownCode, box.Closed)):
            put(self.ref, new_code(), today=max(self.today, OPENS))

    @rule(minimum=st.integers(3, 9))
    def change_the_minimum(self, minimum: int) -> None:
        try:
            box.raise_minimum(self.ref, minimum=minimum, today=self.today)
            assert minimum >= self.minimum
            assert self.today < OPENS
            self.minimum = minimum
        except box.NeverLower:
            assert minimum < self.minimum
        except box.AlreadyOpen:
            assert self.today >= OPENS

    @rule(days=st.integers(-3, 5))
    def move_the_last_day(self, days: int) -> None:
        wanted = self.closes + timedelta(days=days)
        try:
            box.move_closing(self.ref, closes=wanted, today=self.today)
            assert self.state == "open"
            assert self.today <= self.closes
            self.closes = wanted
        except box.NeverReopened:
            assert self.state != "open" or self.today > self.closes
        except box.CannotOpen:
            assert wanted < max(self.today, OPENS)

    @rule()
    def the_timer_rings(self) -> None:
        box.stir_due(today=self.today)

    @rule()
    def the_server_restarts(self) -> None:
        connections["ballots"].close()

    @rule()
    def back_up(self) -> None:
        path = self.copies / f"{self.ref}.wave"
        before = path.read_text() if path.exists() else ""
        box.stir_due(today=self.today, copies=self.copies)
        if path.exists() and path.read_text() != before and self.state != "sealed":
            if self.copied:
                assert len(self.sent) - len(self.copied[1]) in {0, *range(5, 99)}
            self.copied = (list(self.free), dict(self.sent), self.made, self.spares, self.closes, self.minimum)
            self.copied_state = self.state

    @precondition(lambda self: self.copied and self.state != "sealed")
    @rule()
    def the_disk_dies_and_the_copy_comes_back(self) -> None:
        for model in (Code, Ballot):
            model.objects.filter(wave=bytes.fromhex(self.ref)).delete()
        Wave.objects.filter(id=bytes.fromhex(self.ref)).delete()
        assert box.restore_copy(self.copies / f"{self.ref}.wave") == self.ref
        free, sent, self.made, self.spares, self.closes, self.minimum = self.copied
        self.free, self.sent, self.state = list(free), dict(sent), self.copied_state

    @precondition(lambda self: self.today >= OPENS)
    @rule()
    def close_by_hand(self) -> None:
        box.close(self.ref)
        self.state = "closed" if self.state == "open" else self.state

    @rule()
    def seal(self) -> None:
        try:
            found = box.seal(self.ref, today=self.today)
        except box.StillOpen:
            assert self.state == "open"
            assert self.today <= self.closes
        else:
            assert self.state != "open" or self.today > self.closes
            assert self.release in (None, found)
            self.state, self.release = "sealed", found

    @invariant()
    def every_receipt_is_where_it_belongs(self) -> None:
        mine = f"X'{self.ref}'" if connections["ballots"].vendor == "sqlite" else f"'\\x{self.ref}'"
        used, all_codes, ballots = (
            rows("code", "count(*)", f"wave = {mine} AND used")[0][0],
            rows("code", "count(*)", f"wave = {mine}")[0][0],
            rows("ballot", "count(*)", f"wave = {mine}")[0][0],
        )
        if self.state == "sealed":
            assert (used, all_codes, ballots) == (0, 0, 0)
            board = box.board(self.ref)
            assert set(board.receipts) == {receipt for _, receipt in self.sent.values()}
            assert (board.codes, board.spares) == (self.made, self.spares)
            assert box.release_of(self.ref) == self.release
        else:
            assert used == ballots == len(self.sent) <= all_codes == self.made + self.spares <= ROSTER + SPARES
        assert box.facts(self.ref).minimum == self.minimum
        assert box.facts(self.ref).state == self.state


def test_whatever_happens_in_whatever_order_the_account_is_right(box_file: Path) -> None:
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
            phases=[Phase.generate],
        ),
    )
