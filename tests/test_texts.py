"""Two people write one text: nothing typed is ever lost."""

import pytest
from django.test import RequestFactory

from colead.playbook.actions import walks
from colead.playbook.models import Discussion
from colead.texts.actions import Clash, StaleSave, save_text
from colead.texts.views import merge
from tests.cast import NOW, Cast


@pytest.fixture
def note(cast: Cast) -> Discussion:
    walk = walks.begin_walk(cast.north_team, "vision", version=1, now=NOW)
    return walks.write_note(walk, "V-W1", "We begin.", by=cast.ada, based_on=0, now=NOW)


def test_a_save_based_on_the_newest_version_goes_through(cast: Cast, note: Discussion) -> None:
    saved = save_text(note, based_on=1, by=cast.ben, now=NOW, note="We begin again.")
    assert (saved.note, saved.version) == ("We begin again.", 2)


def test_a_stale_save_is_refused_with_base_theirs_and_mine(cast: Cast, note: Discussion) -> None:
    save_text(note, based_on=1, by=cast.ben, now=NOW, note="Ben's words")
    with pytest.raises(StaleSave) as refused:
        save_text(note, based_on=1, by=cast.ada, now=NOW, note="Ada's words")
    clash = refused.value.clashes[0]
    assert (clash.base, clash.theirs, clash.mine) == ("We begin.", "Ben's words", "Ada's words")
    note.refresh_from_db()
    assert note.note == "Ben's words"


def test_two_first_saves_at_once_are_a_clash_too(cast: Cast, note: Discussion) -> None:
    with pytest.raises(StaleSave) as refused:
        save_text(note, based_on=0, by=cast.ben, now=NOW, note="Ben begins")
    assert refused.value.clashes[0].base == ""


def test_the_same_words_from_both_sides_are_no_clash_and_no_new_version(cast: Cast, note: Discussion) -> None:
    save_text(note, based_on=1, by=cast.ben, now=NOW, note="Agreed.")
    assert save_text(note, based_on=1, by=cast.ada, now=NOW, note="Agreed.").version == 2


def test_fields_that_only_one_side_changed_are_merged(cast: Cast) -> None:
    walk = walks.begin_walk(cast.north_team, "vision", version=1, now=NOW)
    present = list(cast.north_team.members.all())
    facts = {"question": "?", "way": "consent", "present": present, "decided_on": NOW.date()}
    made = walks.decide(walk, "V-W1", decided="A", concerns="", by=cast.ada, based_on=0, now=NOW, **facts)
    save_text(made.decision, based_on=1, by=cast.ben, now=NOW, concerns="Ben worries")
    merged = save_text(made.decision, based_on=1, by=cast.ada, now=NOW, decided="B", concerns="")
    assert (merged.decided, merged.concerns) == ("B", "Ben worries")


def test_every_version_stays_in_the_history(cast: Cast, note: Discussion) -> None:
    save_text(note, based_on=1, by=cast.ben, now=NOW, note="Second")
    kept = [(entry.note, entry.history_user) for entry in note.history.order_by("version")]
    assert kept == [("We begin.", cast.ada), ("Second", cast.ben)]


def test_a_version_number_made_up_by_hand_counts_as_the_newest(cast: Cast, note: Discussion) -> None:
    assert save_text(note, based_on=99, by=cast.ben, now=NOW, note="From the future").version == 2


def test_a_box_that_was_not_ticked_keeps_what_somebody_else_made_of_it(
    cast: Cast, note: Discussion, rf: RequestFactory
) -> None:
    """An unticked box is not sent; the page for two versions carries the tick that came in between all the same."""
    clash = Clash("note", "We begin.", "Ben's words", "Ada's words")
    stale = StaleSave(note, (clash,), {"agreed": True})
    request = rf.post("/", {"note-note": "Ada's words", "note-version": "1"})
    request.user = cast.ada
    shown = merge(request, stale, labels={}, prefix="note-").content.decode()
    assert '<input type="hidden" name="note-agreed" value="True">' in shown
