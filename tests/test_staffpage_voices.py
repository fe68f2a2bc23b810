"""Replies to decisions: without an account, without a name, held until enough came, answered in public."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from colead.answers import box
from colead.decisions.models import Decision
from colead.plans.actions.reminders import turn
from colead.playbook.asked import playbook
from colead.staffpage.actions import voices
from colead.staffpage.models import Held, ReplyDesk, ReplyRound, ReplyTheme
from colead.staffpage.queries.moves import moves
from colead.staffpage.queries.page import contents
from colead.staffpage.queries.voices import notes_let_go, replies_to
from colead.texts.actions import StaleSave
from tests.cast import Cast
from tests.staffpage_voices_world import (
    BEGUN,
    BOTH,
    DAY,
    READY,
    decided,
    desk,
    opened,
    read,
    reply,
    taking,
)
from tests.surveys_world import fill_roster
from tests.test_surveys_waves import client_of

pytestmark = pytest.mark.django_db(databases=BOTH)


# The life of a batch


def test_a_decision_takes_replies_once_the_timer_has_been_round(cast: Cast) -> None:
    fill_roster(cast.north)
    decision = decided(cast)
    with pytest.raises(voices.NotTaken):
        reply(decision)
    desk(cast)
    assert voices.go_round(now=BEGUN) == (0, 1)
    assert voices.go_round(now=BEGUN) == (0, 0)
    reply(decision)


def test_what_came_back_is_shown_when_ten_are_in_and_a_week_is_over(cast: Cast) -> None:
    decision = taking(cast)
    for who in range(9):
        reply(decision, who)
    assert voices.seal_rounds(cast.north, now=READY) == 0
    reply(decision, 9, now=READY)
    assert not replies_to(decision, today=READY.date()).is_told
    assert voices.go_round(now=READY) == (1, 1), "a new round begins at once"
    found = replies_to(decision, today=READY.date())
    assert (found.answered, found.shown, found.hidden) == (10, 10, 0)
    assert [(one.name, one.count, one.percent) for one in found.reactions] == [
        ("glad about it", 3, 30),
        ("can live with it", 3, 30),
        ("worried by it", 2, 20),
        ("cannot carry it", 2, 20),
    ]
    assert found.open is not None
    assert found.to_read == 1


def test_replies_of_several_batches_are_added_up(cast: Cast) -> None:
    decision = opened(cast)
    voices.open_rounds(cast.north, now=READY)
    for who in range(16):
        reply(decision, who, now=READY, note="")
    assert voices.seal_rounds(cast.north, now=READY + timedelta(days=7)) == 1
    found = replies_to(decision, today=READY.date())
    assert (found.answered, [one.count for one in found.reactions]) == (28, [7, 7, 7, 7])
    assert found.last_on == cast.north.today(READY + timedelta(days=7))


def test_replies_nearly_all_alike_are_counted_and_not_broken_down(cast: Cast) -> None:
    decision = taking(cast)
    for _ in range(10):
        reply(decision, 0)
    voices.seal_rounds(cast.north, now=READY)
    found = replies_to(decision, today=READY.date())
    assert (found.answered, found.shown, found.hidden, found.reactions) == (10, 0, 10, ())


def test_too_few_replies_are_destroyed_unread_and_nobody_learns_their_number(cast: Cast) -> None:
    decision = taking(cast)
    for who in range(6):
        reply(decision, who)
    assert voices.seal_rounds(cast.north, now=BEGUN + timedelta(days=92)) == 1
    round_ = decision.reply_rounds.get()
    assert (round_.answered, round_.counts, round_.notes) == (None, None, 0)
    assert not replies_to(decision, today=READY.date()).is_told


def test_a_school_may_ask_for_more_replies_and_never_for_fewer(cast: Cast) -> None:
    with pytest.raises(voices.TooFew):
        desk(cast, minimum=9)
    decision = taking(cast, minimum=12)
    for who in range(11):
        reply(decision, who)
    assert voices.seal_rounds(cast.north, now=READY) == 0
    desk(cast, minimum=10, now=READY)
    assert voices.seal_rounds(cast.north, now=READY) == 0, "what people were told stays true"


def test_an_administrator_never_reads_the_notes(cast: Cast) -> None:
    for head in (cast.pat, cast.cleo):
        with pytest.raises(voices.NotTheReader):
            desk(cast, reader=head)
    assert not ReplyDesk.objects.exists()


def test_a_decision_takes_replies_while_staff_read_it_and_it_is_news(cast: Cast) -> None:
    decision = taking(cast)
    assert voices.takes_replies(decision, now=DAY)
    assert not voices.takes_replies(decision, now=BEGUN + timedelta(days=181))
    Held.objects.create(team=cast.north_team, what=Held.What.DECISION, number=decision.pk)
    assert not voices.takes_replies(decision, now=DAY)
    Held.objects.all().delete()
    Decision.objects.update(state=Decision.State.REVIEWED)
    decision.refresh_from_db()
    with pytest.raises(voices.NotTaken):
        reply(decision)


def test_where_replies_are_off_no_new_round_begins(cast: Cast) -> None:
    fill_roster(cast.north)
    decided(cast)
    desk(cast, is_open=False)
    assert voices.open_rounds(cast.north, now=BEGUN) == 0
    assert voices.open_rounds(cast.south, now=BEGUN) == 0


def test_a_full_box_says_so(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    decision = taking(cast)
    monkeypatch.setattr("colead.answers.replies.MOST_HELD", 1)
    reply(decision)
    with pytest.raises(voices.Flooded):
        reply(decision)


def test_a_reply_on_the_day_after_the_last_is_not_taken(cast: Cast) -> None:
    decision = taking(cast)
    with pytest.raises(voices.NotTaken):
        reply(decision, now=BEGUN + timedelta(days=95))


def test_a_power_cut_between_the_box_and_the_books_is_made_good(cast: Cast) -> None:
    decision = taking(cast)
    for who in range(10):
        reply(decision, who)
    assert box.seal_replies(decision.reply_rounds.get().ref, today=cast.north.today(READY))
    with pytest.raises(voices.NotTaken):
        reply(decision, now=READY)
    assert voices.go_round(now=READY) == (1, 1)
    assert replies_to(decision, today=READY.date()).answered == 10
    reply(decision, now=READY)


# Notes and themes


def test_the_named_reader_alone_reads_the_notes(cast: Cast) -> None:
    decision = opened(cast)
    round_ = decision.reply_rounds.get()
    assert len(voices.notes_of(round_, by=cast.ben)) == 12
    for other in (cast.ada, cast.pat, cast.sam):
        with pytest.raises(box.NotTheReader):
            voices.notes_of(round_, by=other)
        with pytest.raises(box.NotTheReader):
            voices.keep_themes(round_, sentences=["x"], texts={}, by=other, now=READY)
    assert not ReplyTheme._default_manager.exists()


def test_a_new_reader_reads_what_comes_later_not_what_people_trusted_to_another(cast: Cast) -> None:
    decision = taking(cast)
    desk(cast, reader=cast.sam, now=DAY)
    for who in range(10):
        reply(decision, who)
    voices.go_round(now=READY)
    first, second = decision.reply_rounds.all()
    assert (first.reader, second.reader) == (cast.ben, cast.sam)
    with pytest.raises(box.NotTheReader):
        voices.notes_of(first, by=cast.sam)


def test_themes_go_up_and_the_originals_are_destroyed(cast: Cast) -> None:
    decision = opened(cast)
    read(decision, cast, "The note helps.", " ", "Room 12 waits.")
    assert [theme.sentence for theme in decision.reply_themes.all()] == ["The note helps.", "Room 12 waits."]
    assert len(notes_let_go(decision)) == 2
    assert voices.notes_of(decision.reply_rounds.get(), by=cast.ben) == ()
    found = replies_to(decision, today=READY.date())
    assert (found.waiting, found.to_read) == (2, 0)


def test_notes_are_not_let_go_without_a_word_about_what_they_say(cast: Cast) -> None:
    decision = opened(cast)
    with pytest.raises(voices.NoTheme):
        read(decision, cast, "  ")
    assert len(voices.notes_of(decision.reply_rounds.get(), by=cast.ben)) == 12


def test_a_box_that_refuses_leaves_no_theme_behind(cast: Cast) -> None:
    decision = opened(cast)
    round_ = decision.reply_rounds.get()
    with pytest.raises(box.NotAComment):
        voices.keep_themes(round_, sentences=["x"], texts={"0" * 32: "y"}, by=cast.ben, now=READY)
    assert not ReplyTheme._default_manager.exists()
    assert ReplyRound.objects.to_read().count() == 1


def test_a_theme_waits_ten_school_days_and_is_then_late(cast: Cast) -> None:
    decision = opened(cast)
    read(decision, cast)
    (theme,) = replies_to(decision, today=READY.date()).themes
    assert not theme.late
    (theme,) = replies_to(decision, today=theme.due + timedelta(days=1)).themes
    assert theme.late
    said = voices.answer_theme(theme.theme, kind="act", answer="We do it.", by=cast.ada, based_on=1, now=READY)
    assert not replies_to(decision, today=theme.due + timedelta(days=1)).themes[0].late
    assert said.answered_on == cast.north.today(READY)
    with pytest.raises(StaleSave):
        voices.answer_theme(said, kind="not", answer="We do not.", by=cast.ben, based_on=1, now=READY)
    later = READY + timedelta(days=9)
    again = voices.answer_theme(said, kind="act", answer="We did it.", by=cast.ben, based_on=2, now=later)
    assert again.answered_on == cast.north.today(READY), "the day of the first answer stays"


def test_the_feed_tells_what_replies_say_and_the_answer(cast: Cast) -> None:
    decision = opened(cast)
    read(decision, cast)
    theme = decision.reply_themes.get()
    voices.answer_theme(theme, kind="act", answer="A second board.", by=cast.ada, based_on=1, now=READY)
    found = moves(contents(cast.north, playbook(), today=READY.date()))
    told = {(move.title, move.text) for move in found}
    assert {("Your replies say", "The note helps."), ("Answered: The note helps.", "A second board.")} <= told


# At the school


def test_a_lead_sets_how_it_works_and_the_reader_is_offered_no_administrator(cast: Cast) -> None:
    url = reverse("reply_desk_set", args=[cast.north.pk])
    page = client_of(cast.ada).get(url).content.decode()
    assert "Ben Ortiz" in page
    assert "Pat Green" not in page
    wrong = client_of(cast.ada).post(url, {"reader": cast.pat.pk, "minimum": 10, "is_open": "on"})
    assert wrong.status_code == 422
    assert client_of(cast.ada).post(url, {"reader": cast.sam.pk, "minimum": 9}).status_code == 422
    assert client_of(cast.ada).post(url, {"reader": cast.sam.pk, "minimum": 11, "is_open": "on"}).status_code == 302
    assert ReplyDesk.objects.get().minimum == 11
    words = client_of(cast.sam).get(reverse("reply_desk", args=[cast.north.pk])).content.decode()
    assert "Sam Doyle" in words


def test_the_reader_takes_names_out_and_says_what_the_notes_say(cast: Cast) -> None:
    decision = opened(cast)
    round_ = decision.reply_rounds.get()
    url = reverse("reply_notes", args=[cast.north.pk, round_.pk])
    page = client_of(cast.ben).get(url)
    assert page.content.decode().count("nobody but me") == 12
    ids = re.findall(r'name="text-([0-9a-f]{32})"', page.content.decode())
    given = {f"text-{one}": "taken out" for one in ids} | {f"show-{one}": "on" for one in ids[:3]}
    assert client_of(cast.ben).post(url, given).status_code == 422, "not without a theme"
    assert client_of(cast.ben).post(url, {**given, "theme-1": "The note helps."}).status_code == 302
    assert notes_let_go(decision) == ("taken out",) * 3
    assert "There are none to read" in client_of(cast.ben).get(url).content.decode()


def test_the_team_answers_a_theme_for_all_to_read(cast: Cast) -> None:
    decision = opened(cast)
    read(decision, cast)
    theme = decision.reply_themes.get()
    url = reverse("reply_theme_answer", args=[cast.north_team.pk, theme.pk])
    assert client_of(cast.ada).post(url, {"version": 1, "kind": "act"}).status_code == 422
    sent = {"version": 1, "kind": "adapt", "answer": "A second board."}
    assert client_of(cast.ada).post(url, sent).status_code == 302
    clash = client_of(cast.ben).post(url, {"version": 1, "kind": "not", "answer": "No."})
    assert clash.status_code == 409
    page = client_of(cast.ada).get(reverse("reply_list", args=[cast.north.pk, decision.pk])).content.decode()
    assert "A second board." in page
    desk_shown = client_of(cast.ada).get(reverse("reply_desk", args=[cast.north.pk])).content.decode()
    assert "12 replies" in desk_shown


def test_a_decision_that_is_held_back_is_read_by_its_team_alone(cast: Cast) -> None:
    decision = opened(cast)
    pages = [reverse("reply_desk", args=[cast.north.pk]), reverse("reply_list", args=[cast.north.pk, decision.pk])]
    assert all("Which meetings go?" in client_of(cast.sam).get(url).content.decode() for url in pages)
    Held.objects.create(team=cast.north_team, what=Held.What.DECISION, number=decision.pk)
    assert not any("Which meetings go?" in client_of(cast.sam).get(url).content.decode() for url in pages)
    assert client_of(cast.sam).get(pages[1]).status_code == 404
    assert all("Which meetings go?" in client_of(cast.ben).get(url).content.decode() for url in pages)


def due(cast: Cast, *, notes: bool = True) -> Decision:
    """Return a decision on which enough replies have waited for a week today."""
    decision = taking(cast, now=timezone.now() - timedelta(days=8))
    for who in range(10):
        reply(decision, who, now=timezone.now(), note=None if notes else "")
    return decision


def test_the_timer_s_command_opens_a_batch_and_tells_its_reader_once(
    cast: Cast, mailbox: list, capsys: pytest.CaptureFixture[str]
) -> None:
    due(cast)
    for _turn in range(2):
        call_command("voices")
    assert "1 batches of replies opened, 1 begun" in capsys.readouterr().out
    (letter,) = mailbox
    assert letter.to == [cast.ben.email]
    assert "10 notes wait for you" in letter.subject
    assert "nobody but me" not in letter.body
    assert reverse("reply_notes", args=[cast.north.pk, ReplyRound.objects.to_read().get().pk]) in letter.body


def test_a_reader_who_wants_no_mail_gets_none(cast: Cast, mailbox: list) -> None:
    due(cast)
    turn(cast.ben, on=False, now=BEGUN)
    call_command("voices")
    assert mailbox == []
    assert ReplyRound.objects.to_read().count() == 1


def test_without_notes_nobody_is_told(cast: Cast, mailbox: list) -> None:
    due(cast, notes=False)
    call_command("voices")
    assert mailbox == []


def test_a_mail_server_that_is_away_stops_no_round(cast: Cast, mailbox: list, monkeypatch: pytest.MonkeyPatch) -> None:
    due(cast)

    def away(_round: object) -> None:
        raise OSError("away")

    monkeypatch.setattr("colead.staffpage.management.commands.voices.send_notes_wait", away)
    call_command("voices")
    assert ReplyRound.objects.to_read().count() == 1


def test_a_coach_may_be_the_reader(cast: Cast) -> None:
    desk(cast, reader=cast.kim)
    assert ReplyDesk.objects.get().reader == cast.kim
