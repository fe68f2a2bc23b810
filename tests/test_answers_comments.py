"""Comments wait for their reader, and what the reader lets go is all that stays."""

import pytest

from colead.answers import box
from tests.answers_store import AFTER, DAY, READER, answered, put, rows, wave

pytest_plugins = "tests.answers_fixtures"
pytestmark = pytest.mark.usefixtures("box_file")


def sealed(people: int, silent: int = 0) -> str:
    ref = answered(people, roster_size=24)
    for code in box.make_codes(ref, count=silent):
        put(ref, code)
    box.seal(ref, today=AFTER)
    return ref


def test_only_the_named_reader_sees_comments_and_only_after_the_seal() -> None:
    ref = answered(10, roster_size=24)
    with pytest.raises(box.NotSealed):
        box.held_comments(ref, reader=READER)
    box.seal(ref, today=AFTER)
    for other in ("person-8", ""):
        with pytest.raises(box.NotTheReader):
            box.held_comments(ref, reader=other)
    assert {comment.question for comment in box.held_comments(ref, reader=READER)} == {"say"}
    assert box.released_comments(ref) == {}


@pytest.mark.parametrize(("wrote", "silent", "kept"), [(4, 16, 0), (5, 16, 5), (9, 0, 0), (10, 0, 10)])
def test_comments_need_ten_answers_and_five_writers(wrote: int, silent: int, kept: int) -> None:
    assert len(box.held_comments(sealed(wrote, silent), reader=READER)) == kept


def test_releasing_comments_destroys_the_originals() -> None:
    ref = sealed(12)
    first, second, *_ = box.held_comments(ref, reader=READER)
    chosen = {first.id: first.text, second.id: "[name] said it well"}
    found = box.release_comments(ref, reader=READER, texts=chosen, today=AFTER)
    assert sorted(found["say"]) == sorted(chosen.values())
    assert box.released_comments(ref) == found
    assert rows("sealedcomment") == []
    assert box.held_comments(ref, reader=READER) == ()
    assert box.facts(ref).scrubbed_on == AFTER
    with pytest.raises(box.AlreadyReleased):
        box.release_comments(ref, reader=READER, texts={}, today=AFTER)


def test_a_comment_of_another_wave_is_not_released_here() -> None:
    one, two = sealed(12), sealed(12)
    foreign = box.held_comments(two, reader=READER)[0]
    with pytest.raises(box.NotAComment):
        box.release_comments(one, reader=READER, texts={foreign.id: "x"}, today=AFTER)
    assert len(box.held_comments(one, reader=READER)) == 12


def test_a_comment_is_kept_word_for_word() -> None:
    ref = answered(11, roster_size=24)
    words = "Señor “Ñandú” says:\n\t🙂 100 % "
    put(ref, box.make_codes(ref, count=1)[0], comments={"say": words + "\x00\ud800\x07"})
    box.seal(ref, today=AFTER)
    assert words.strip() in {comment.text for comment in box.held_comments(ref, reader=READER)}


def test_a_wave_without_open_lines_answered_releases_no_comments() -> None:
    ref = wave(roster_size=24)
    for code in box.make_codes(ref, count=10):
        put(ref, code, today=DAY)
    box.seal(ref, today=AFTER)
    assert box.release_comments(ref, reader=READER, texts={}, today=AFTER) == {}
