"""Replies without a list and without codes: held until enough came, never opened so that one stands alone.

Every attack is also run with the rule it fights switched off, where it must succeed.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connections, transaction

from colead.analysis.instrument import AnswerScale, Instrument, Item, OpenLine, Scale
from colead.analysis.release import Hidden
from colead.answers import box, store
from colead.answers.models import Ballot
from colead.answers.waves import id_of, packer_of
from tests.answers_store import ON_POSTGRESQL, OPENS, READER, TABLES, key, only_postgresql, rows, wave
from tests.test_answers_relink import commits, disk

pytest_plugins = "tests.answers_fixtures"
pytestmark = pytest.mark.usefixtures("box_file")
ASKED = Instrument(
    slug="reply",
    version=1,
    title="Reply",
    answers=AnswerScale(labels=("Glad", "Can live with it", "Worries me", "Cannot carry it")),
    scales=(Scale(key="reaction", name="Reaction", average=False, items=(Item(key="reaction", text="How is it?"),)),),
    open_lines=(OpenLine(key="note", text="A note"),),
)
WEEK = timedelta(days=7)
DAY, READY = OPENS + timedelta(days=2), OPENS + WEEK
NAME = re.compile(r"nobody but me (\d+)")


def asked_for(**changes: object) -> str:
    facts = {"school": "school-1", "instrument": ASKED, "today": OPENS, "minimum": 10, "reader": READER, **changes}
    return box.open_replies(**facts)  # type: ignore[arg-type]


def reply(ref: str, who: int = 0, *, note: bool = True, today: date = DAY, **changes: object) -> box.Receipt:
    words = {"note": f"nobody but me {who:03d}"} if note else {}
    facts = {"key": key(), "answers": {"reaction": who % 4 + 1}, "comments": words, "today": today, **changes}
    return box.put_reply(ref, **facts)  # type: ignore[arg-type]


def replied(people: int, *, notes: int | None = None, **changes: object) -> str:
    ref = asked_for(**changes)
    for who in range(people):
        reply(ref, who, note=notes is None or who < notes)
    return ref


def counts(ref: str) -> object:
    return box.release_of(ref).scale("reaction").items[0].counts


# One wave of replies


def test_ten_replies_are_counted_and_their_notes_wait_for_the_reader() -> None:
    ref = replied(12)
    assert box.seal_replies(ref, today=READY)
    assert counts(ref) == (3, 3, 3, 3)
    assert box.release_of(ref).roster is None
    assert len(box.held_comments(ref, reader=READER)) == 12
    with pytest.raises(box.NotTheReader):
        box.held_comments(ref, reader="person-8")


@pytest.mark.parametrize(
    ("people", "notes", "days", "minimum", "opened"),
    [
        (9, 9, 7, 10, False),
        (10, 10, 7, 10, True),
        (10, 10, 6, 10, False),
        (10, 0, 7, 10, True),
        (40, 4, 7, 10, False),
        (40, 5, 7, 10, True),
        (14, 14, 90, 15, False),
        (15, 15, 7, 15, True),
        (3, 3, 90, 10, False),
        (3, 3, 91, 10, True),
    ],
)
def test_replies_are_opened_when_a_week_is_over_and_enough_came(
    people: int, notes: int, days: int, minimum: int, opened: bool
) -> None:
    ref = replied(people, notes=notes, minimum=minimum)
    assert box.seal_replies(ref, today=OPENS + timedelta(days=days)) is opened
    assert box.facts(ref).state == ("sealed" if opened else "open")


@pytest.mark.parametrize(("people", "notes", "minimum", "kept"), [(9, 9, 10, 0), (14, 14, 15, 0), (12, 4, 10, 0)])
def test_what_too_few_said_is_destroyed_unread_on_the_last_day(
    people: int, notes: int, minimum: int, kept: int
) -> None:
    ref = replied(people, notes=notes, minimum=minimum)
    assert box.seal_replies(ref, today=OPENS + timedelta(days=91))
    assert len(box.held_comments(ref, reader=READER)) == kept
    assert isinstance(counts(ref), Hidden) is (people < minimum)
    assert rows("ballot") == []


def test_a_school_may_ask_for_more_replies_and_never_for_fewer() -> None:
    with pytest.raises(box.NeverLower):
        asked_for(minimum=9)
    with pytest.raises(box.CannotOpen):
        asked_for(reader="")
    assert box.facts(asked_for(minimum=20)).minimum == 20


def test_nothing_is_seen_of_replies_that_wait() -> None:
    ref = replied(30)
    box.stir_due(today=DAY)
    with pytest.raises(box.NotSealed):
        box.release_of(ref)
    with pytest.raises(box.NotSealed):
        box.held_comments(ref, reader=READER)
    assert (box.progress(ref).at_least, box.progress(ref).on) == (0, None)
    assert box.sums_of(ref) is None


def test_a_double_click_is_one_reply_and_a_lost_answer_is_made_good() -> None:
    ref = replied(9)
    mine = key()
    first = reply(ref, 9, key=mine)
    again = reply(ref, 9, key=mine)
    assert (first.again, again.again, again.text) == (False, True, first.text)
    assert box.seal_replies(ref, today=READY)
    assert reply(ref, 9, key=mine, today=READY) == again
    with pytest.raises(box.Closed):
        reply(ref, 10, today=READY)
    assert box.board(ref).counted == 10


def test_two_replies_of_one_person_are_two_voices() -> None:
    ref = asked_for()
    for _turn in range(2):
        reply(ref, 1)
    assert len(rows("ballot")) == 2


def test_replies_before_the_first_or_after_the_last_day_are_refused() -> None:
    ref = asked_for()
    with pytest.raises(box.NotOpenYet):
        reply(ref, today=OPENS - timedelta(days=1))
    with pytest.raises(box.Closed):
        reply(ref, today=OPENS + timedelta(days=91))
    reply(ref, today=OPENS + timedelta(days=90))


@pytest.mark.parametrize("wrong", [{"answers": {"reaction": 5}}, {"answers": {"mood": 1}}, {"comments": {"why": "x"}}])
def test_a_reply_that_is_not_offered_is_refused(wrong: dict) -> None:
    with pytest.raises(box.BadBallot):
        reply(asked_for(), **wrong)
    assert rows("ballot") == []


def test_whoever_floods_the_page_fills_one_wave_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("colead.answers.replies.MOST_HELD", 3)
    ref, mine = replied(2), key()
    reply(ref, 2, key=mine)
    with pytest.raises(box.Full):
        reply(ref, 3)
    assert reply(ref, 2, key=mine).again
    assert len(rows("ballot")) == 3


def test_a_survey_for_people_on_a_list_takes_no_reply_without_a_code() -> None:
    with pytest.raises(box.NeedsCode):
        reply(wave(), answers={}, comments={})
    assert rows("ballot") == []


def test_a_wave_of_replies_gives_out_no_code() -> None:
    ref = asked_for()
    with pytest.raises(box.TooManyCodes):
        box.make_codes(ref, count=1)
    with pytest.raises(box.NoSpareLeft):
        box.make_codes(ref, count=1, spare=True)


# The attacks


def opened_one_after_the_other(people: int, *, minimum: int) -> Iterator[tuple[set[str], list[int]]]:
    """Let people reply one a day, try to open every day; yield who is in each release, and what it counts."""
    ref, day = asked_for(minimum=minimum), OPENS
    for who in range(people):
        day += timedelta(days=1)
        reply(ref, who, today=day)
        if box.seal_replies(ref, today=day):
            wrote = {one.text for one in box.held_comments(ref, reader=READER)}
            shown = counts(ref)
            yield wrote, [] if isinstance(shown, Hidden) else list(shown)
            ref = asked_for(minimum=minimum, today=day)


def test_between_two_releases_there_are_always_ten_new_replies() -> None:
    released = list(opened_one_after_the_other(64, minimum=10))
    assert len(released) == 6
    assert all(len(wrote) >= 10 and sum(shown) == len(wrote) for wrote, shown in released)
    everybody = [name for wrote, _ in released for name in wrote]
    assert len(everybody) == len(set(everybody)), "no reply is ever in two releases, so none can be subtracted"


def test_without_the_rule_the_difference_would_be_one_person(monkeypatch: pytest.MonkeyPatch) -> None:
    """Publish running totals whenever somebody has replied: each step gives one person's reaction away."""
    ref, before, found = asked_for(), [0, 0, 0, 0], []
    unpack = packer_of(id_of(ref)).unpack
    for who in range(20):
        reply(ref, who)
        codes = [unpack(bytes(packed)).codes[0] for (packed,) in rows("ballot", "answers")]
        now = [codes.count(place) for place in (1, 2, 3, 4)]
        (step,) = [place for place, (old, new) in enumerate(zip(before, now, strict=True)) if new > old]
        found.append(step == who % 4)
        before = now
    assert all(found)


def test_somebody_who_sends_nine_of_ten_sees_the_tenth() -> None:
    """What no rule can prevent where anybody with the link may reply; the page says so. The week makes it slow."""
    ref = asked_for()
    for _ in range(9):
        reply(ref, 0)
    reply(ref, 1)
    assert not box.seal_replies(ref, today=OPENS + timedelta(days=6))
    assert box.seal_replies(ref, today=READY)
    assert isinstance(counts(ref), Hidden), "nearly all alike: the numbers stay hidden"
    other = asked_for(today=READY)
    for who in (0, 0, 0, 2, 2, 2, 3, 3, 3, 1):
        reply(other, who, today=READY)
    assert box.seal_replies(other, today=READY + WEEK)
    assert counts(other) == (3, 1, 3, 3)


def order_of_the_log(path: Path) -> list[int]:
    """Read from SQLite's log in which order the notes came in."""
    seen: list[int] = []
    for pages in commits(Path(f"{path}-wal").read_bytes()):
        new = {int(name) for page in pages for name in NAME.findall(page.decode("latin-1"))} - set(seen)
        seen += sorted(new) if len(new) == 1 else []
    return seen


def order_of_places(path: Path) -> list[int]:
    """Read from PostgreSQL's hidden places in which order the notes lie."""
    held = [bytes(packed).decode("latin-1") for (packed,) in rows("ballot", "answers", order="ctid")]
    kept = [text for (text,) in rows("sealedcomment", "text", order="ctid")]
    return [int(name) for text in (*held, *kept) for name in NAME.findall(text)]


def right(order: list[int]) -> int:
    return sum(who == place for place, who in enumerate(order))


ORDER = order_of_places if ON_POSTGRESQL else order_of_the_log


def test_while_replies_wait_the_disk_tells_who_came_first(box_file: Path) -> None:
    replied(40)
    assert right(ORDER(box_file)) >= 36


def test_after_the_seal_no_order_of_arrival_is_left(box_file: Path) -> None:
    """Luck alone gives 1 of 40; eight or more happen once in a hundred thousand times."""
    ref = replied(40)
    box.seal_replies(ref, today=READY)
    assert right(ORDER(box_file)) < 8


def test_rows_of_sealed_notes_lie_in_no_order_of_arrival() -> None:
    ref = replied(40)
    box.seal_replies(ref, today=READY)
    by_row = [int(NAME.findall(text)[0]) for (text,) in rows("sealedcomment", "text", order="id")]
    assert sorted(by_row) == list(range(40))
    assert right(by_row) < 8


def dumped() -> str:
    """Return the whole database as text, as a dump would hold it."""
    values = [value for table in TABLES for row in rows(table) for value in row]
    return "\n".join(v.decode("latin-1") if isinstance(v, bytes | memoryview) else str(v) for v in map(_plain, values))


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


def test_a_dump_after_the_seal_joins_no_reaction_to_a_note(box_file: Path) -> None:
    ref = replied(12)
    packed = [bytes(value) for (value,) in rows("ballot", "answers")]
    assert all(one.decode("latin-1") in dumped() for one in packed), "before the seal each ballot holds both"
    box.seal_replies(ref, today=READY)
    assert not [one for one in packed if one.decode("latin-1") in dumped()]
    assert rows("ballot") == rows("code") == []
    assert not [one for one in packed if one in disk(box_file)]


def test_a_seal_without_wiping_would_leave_the_ballots_on_the_disk(
    box_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = replied(12)
    packed = [bytes(value) for (value,) in rows("ballot", "answers")]
    monkeypatch.setattr("colead.answers.store.wipe", lambda: False)
    box.seal_replies(ref, today=READY)
    assert [one for one in packed if one in disk(box_file)]


def test_two_dumps_hold_dates_of_the_wave_alone() -> None:
    """No row says on which day a reply came: a dump taken on any day shows the same dates."""
    ref = replied(10)
    dates = set(re.findall(r"\d{4}-\d\d-\d\d", dumped()))
    reply(ref, 11, today=DAY + timedelta(days=2))
    assert set(re.findall(r"\d{4}-\d\d-\d\d", dumped())) == dates


def test_two_backups_of_replies_differ_by_nobody_or_by_five(tmp_path: Path) -> None:
    ref, sizes = asked_for(), []
    for who in range(23):
        reply(ref, who)
        box.stir_due(today=DAY, copies=tmp_path)
        path = tmp_path / f"{ref}.wave"
        sizes.append(path.read_text().count('"receipt"') if path.exists() else 0)
    assert sorted(set(sizes)) == [0, 5, 10, 15, 20]


def test_a_reply_that_waited_while_the_wave_was_sealed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waited at the door reads the wave afresh; otherwise it would lie in a sealed wave for ever."""
    ref = replied(10)
    monkeypatch.setattr(store, "enter", lambda: box.seal_replies(ref, today=READY))
    with pytest.raises(box.Closed):
        reply(ref, 11)
    assert Ballot.objects.count() == 10  # the refusal took this seal back with it; the eleventh is not there


@only_postgresql
def test_while_a_reply_goes_in_no_seal_can_begin() -> None:
    with transaction.atomic(using="ballots"), connections["ballots"].cursor() as cursor:
        store.enter()
        cursor.execute("SELECT mode FROM pg_locks WHERE relation = 'answers_ballot'::regclass")
        assert ("RowExclusiveLock",) in cursor.fetchall()  # the seal asks for the table alone, and waits
