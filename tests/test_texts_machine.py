"""Several people write one text at once, in every order a machine can think of: no saved sentence ever vanishes."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from colead.accounts.models import User
from colead.plans.models import Evidence
from colead.texts.actions import StaleSave, save_new, save_text
from tests.cast import NOW, Cast

EXAMPLES = 500
FIELDS = ("body", "source")
EDITORS = (0, 1, 2)
HOW = st.sampled_from(["both", "mine", "theirs"])
# Few sentences, so that people often type the same, or what stood there before; an emptied text is one of them.
SENTENCES = st.sampled_from(["one", "two", "three\nlines\nhere", "", " ", "Größe 🌱", "four"])


@dataclass
class Desk:
    """An editor's open form: the version it began from, what stood there, what is typed now, a quarrel to settle."""

    version: int
    base: dict[str, str]
    typed: dict[str, str]
    stale: StaleSave | None = None


@dataclass
class World:
    """What the machine shares over all its examples: who writes, and for which team."""

    cast: Cast
    editors: list[User] = field(default_factory=list)


class Editing(RuleBasedStateMachine):
    """Open, type, save, put together, take back. The machine keeps its own record of what must be there."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        first = Evidence(team=self.world.cast.north_team, body="zero", seen_on=NOW.date(), added_by=self.world.cast.ada)
        self.text = save_new(first, by=self.world.cast.ada, now=NOW)
        self.versions: list[dict[str, str]] = [self.values()]  # what each version said, as we reckon it
        self.clock = NOW
        self.desks: dict[int, Desk] = {}
        for editor in EDITORS:
            self.open(editor)

    def values(self) -> dict[str, str]:
        self.text.refresh_from_db()
        return {name: getattr(self.text, name) for name in FIELDS}

    def save(self, editor: int, based_on: int, **changes: str) -> None:
        self.clock += timedelta(seconds=1)
        save_text(self.text, based_on=based_on, by=self.world.editors[editor], now=self.clock, **changes)

    @rule(editor=st.sampled_from(EDITORS))
    def open_anew(self, editor: int) -> None:
        self.open(editor)

    def open(self, editor: int) -> None:
        values = self.values()
        self.desks[editor] = Desk(self.text.version, values, dict(values))

    @rule(editor=st.sampled_from(EDITORS), name=st.sampled_from(FIELDS), words=SENTENCES)
    def type(self, editor: int, name: str, words: str) -> None:
        self.desks[editor].typed[name] = words or ("" if name == "source" else "...")  # evidence says something

    @rule(editor=st.sampled_from(EDITORS), body=SENTENCES.filter(bool), source=SENTENCES, how=HOW)
    def type_and_save(self, editor: int, body: str, source: str, how: str) -> None:
        self.desks[editor].typed |= {"body": body, "source": source}
        self.press_save(editor, how)

    @rule(editor=st.sampled_from(EDITORS), how=HOW)
    def press_save(self, editor: int, how: str) -> None:
        """Save the form, or, where a quarrel waits, decide on the merge page; that may be stale again by then."""
        if self.desks[editor].stale:
            self.put_together(editor, how)
        desk = self.desks[editor]
        theirs = self.versions[-1]
        expected = self.merged(desk, theirs)
        try:
            self.save(editor, desk.version, **desk.typed)
        except StaleSave as stale:
            self.nothing_typed_is_lost(desk, stale, theirs)
            desk.stale = stale
            return
        assert None not in expected.values(), "two people's words for one place were merged in silence"
        self.remember(expected)
        self.open(editor)

    def merged(self, desk: Desk, theirs: dict[str, str]) -> dict[str, Any]:
        """Reckon the outcome by ourselves; None where a person has to decide."""
        found: dict[str, Any] = {}
        for name in FIELDS:
            base, mine, now = desk.base[name], desk.typed[name], theirs[name]
            found[name] = now if mine == base else mine if now in (base, mine) else None
        return found

    def nothing_typed_is_lost(self, desk: Desk, stale: StaleSave, theirs: dict[str, str]) -> None:
        clashes = {clash.field: clash for clash in stale.clashes}
        assert clashes, "refused without a reason"
        assert self.values() == theirs, "a refused save wrote something"
        for name in FIELDS:
            if name in clashes:
                told = clashes[name]
                assert (told.base, told.theirs, told.mine) == (desk.base[name], theirs[name], desk.typed[name])
            else:
                assert stale.merged[name] == self.merged(desk, theirs)[name]

    def remember(self, values: dict[str, str]) -> None:
        if values != self.versions[-1]:
            self.versions.append(values)

    def put_together(self, editor: int, how: str) -> None:
        stale = self.desks[editor].stale
        assert stale
        shown = self.versions[stale.text.version - 1]
        chosen = {clash.field: self.choose(how, clash) for clash in stale.clashes} | stale.merged
        self.desks[editor] = Desk(stale.text.version, dict(shown), dict(shown) | chosen)

    @staticmethod
    def choose(how: str, clash: Any) -> str:
        if how == "both":
            return f"{clash.theirs}\n\n{clash.mine}"
        chosen: str = clash.mine if how == "mine" else clash.theirs
        return chosen

    @rule(editor=st.sampled_from(EDITORS), back=st.integers(1, 5))
    def take_back(self, editor: int, back: int) -> None:
        """Undo: save what an older version said, on top of the newest."""
        old = self.versions[max(len(self.versions) - 1 - back, 0)]
        self.values()
        self.save(editor, self.text.version, **old)
        self.remember(old)

    @rule(editor=st.sampled_from(EDITORS), words=SENTENCES.filter(bool))
    def send_a_made_up_version(self, editor: int, words: str) -> None:
        """Somebody sends a form with a version from the future: it counts as the newest."""
        self.save(editor, 10_000, body=words)
        self.remember(self.versions[-1] | {"body": words})

    @invariant()
    def every_saved_sentence_is_there(self) -> None:
        assert self.values() == self.versions[-1]
        kept = [{name: getattr(save, name) for name in FIELDS} for save in self.text.history.order_by("version")]
        assert kept == self.versions

    @invariant()
    def versions_are_counted_without_a_gap(self) -> None:
        numbers = list(self.text.history.order_by("version").values_list("version", flat=True))
        assert numbers == list(range(1, self.text.version + 1))


def test_no_saved_sentence_ever_vanishes(cast: Cast) -> None:
    Editing.world = World(cast, [cast.ada, cast.ben, cast.pat])
    careful = settings(
        max_examples=EXAMPLES,
        stateful_step_count=14,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    run_state_machine_as_test(Editing, settings=careful)
