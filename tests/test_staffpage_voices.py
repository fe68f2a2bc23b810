"""Replies to decisions: without an account, without a name, held until enough came, answered in public."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from colead.answers import box
from colead.decisions.models import Decision
from colead.staffpage.actions import voices
from colead.staffpage.models import Held, ReplyDesk, ReplyRound, ReplyTheme
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
    token,
)
from tests.surveys_world import fill_roster
from tests.test_surveys_waves import client_of

pytestmark = pytest.mark.django_db(databases=BOTH)


def everything_in(alias: str) -> dict[str, list[tuple]]:
    """Return every row of every table of a database."""
    with connections[alias].cursor() as cursor:
        tables = sorted(connections[alias].introspection.table_names(cursor))
        found = {}
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            found[table] = sorted(map(repr, cursor.fetchall()))
        return found


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


# Behind the link


@pytest.fixture
def link(cast: Cast) -> tuple[str, Decision]:
    """Return the address on which staff reply to a decision today, and the decision."""
    decision = taking(cast, now=timezone.now())
    return reverse("staff_reply", args=[token(cast), decision.pk]), decision


def key_on(page: object) -> str:
    return re.findall(r'name="key" value="([0-9a-f]{32})"', page.content.decode())[0]


def test_whoever_has_the_link_replies_without_an_account_and_without_script(link: tuple[str, Decision]) -> None:
    url, decision = link
    client = Client(enforce_csrf_checks=True)
    page = client.get(url)
    assert page.status_code == 200
    assert "Ben Ortiz" in page.content.decode()
    sent = {"reaction": "3", "note": "Paras never see it.", "key": key_on(page)}
    answer = client.post(url, sent)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{url}thanks/")
    client.post(url, sent)  # a double click
    assert box_holds(decision) == 1
    assert client.get(f"{url}thanks/").status_code == 200
    assert client.cookies == {}


def box_holds(decision: Decision) -> int:
    with connections["ballots"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM answers_ballot")
        return cursor.fetchone()[0]


def test_a_reply_leaves_no_trace_among_people_and_work(link: tuple[str, Decision], cast: Cast) -> None:
    url, _decision = link
    before = everything_in("default")
    Client().post(url, {"reaction": "4", "note": "It breaks my mornings.", "key": "a" * 32})
    assert everything_in("default") == before
    held = str(everything_in("ballots"))
    assert "127.0.0.1" not in held
    assert str(timezone.now().hour) + ":" not in held


def test_a_reply_of_somebody_signed_in_touches_nothing_of_theirs(link: tuple[str, Decision], cast: Cast) -> None:
    url, _decision = link
    client = client_of(cast.sam)
    client.get(url)
    before = everything_in("default")
    session = Session.objects.get().expire_date
    client.post(url, {"reaction": "1", "note": "", "key": "b" * 32})
    assert everything_in("default") == before
    assert Session.objects.get().expire_date == session


def a_reply_in_a_new_hour(link: tuple[str, Decision], user: object) -> bool:
    """Let somebody who is signed in reply when their session is due to be saved; say whether it was."""
    client = client_of(user)
    session = client.session
    session["hour"] = 1
    session.save()
    before = Session.objects.get(pk=session.session_key).session_data
    client.post(link[0], {"reaction": "1", "note": "", "key": "e" * 32})
    return Session.objects.get(pk=session.session_key).session_data != before


def test_a_reply_does_not_touch_the_clock_of_a_session(
    link: tuple[str, Decision], cast: Cast, settings: object
) -> None:
    """Without our door a session that is due would be saved at the moment of the reply, to the microsecond."""
    ours = "colead.staffpage.nobody.nobody_known"
    others = [one for one in settings.MIDDLEWARE if one != ours]
    settings.MIDDLEWARE = others
    assert a_reply_in_a_new_hour(link, cast.sam)
    settings.MIDDLEWARE = [ours, *others]
    assert not a_reply_in_a_new_hour(link, cast.kim)


def test_the_log_of_the_default_database_never_sees_the_words(link: tuple[str, Decision]) -> None:
    url, _decision = link
    with CaptureQueriesContext(connections["default"]) as seen:
        Client().post(url, {"reaction": "4", "note": "unheard-of-word", "key": "c" * 32})
    assert "unheard-of-word" not in str(seen.captured_queries)


@pytest.mark.parametrize(
    "wrong", [{"reaction": "5"}, {"reaction": ""}, {"note": "x" * 501}, {"key": "z"}, {"key": ""}, {"reaction": "glad"}]
)
def test_a_reply_that_is_not_on_the_page_is_refused_and_typed_words_stay(
    link: tuple[str, Decision], wrong: dict[str, str]
) -> None:
    url, decision = link
    answer = Client().post(url, {"reaction": "2", "note": "Still here", "key": "d" * 32, **wrong})
    assert answer.status_code == 422
    assert box_holds(decision) == 0
    assert ("Still here" in answer.content.decode()) == ("note" not in wrong)


def test_a_stranger_s_link_and_a_decision_not_on_the_page_say_the_same(link: tuple[str, Decision], cast: Cast) -> None:
    url, decision = link
    guessed = reverse("staff_reply", args=["guessed", decision.pk])
    nowhere = url.replace(f"/{decision.pk}/", f"/{decision.pk + 999}/")
    pages = [Client().get(address) for address in (guessed, nowhere, f"{nowhere}thanks/")]
    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1
    Held.objects.create(team=cast.north_team, what=Held.What.DECISION, number=decision.pk)
    assert Client().get(url).content == pages[0].content


def test_another_school_s_link_opens_no_decision_of_ours(link: tuple[str, Decision], cast: Cast) -> None:
    from colead.staffpage.actions.links import make_link
    from colead.staffpage.links import token_of

    theirs = token_of(make_link(cast.south, by=cast.cleo, now=BEGUN))
    assert Client().get(reverse("staff_reply", args=[theirs, link[1].pk])).status_code == 404


def test_the_page_shows_what_came_back_and_says_what_it_cannot_promise(link: tuple[str, Decision], cast: Cast) -> None:
    url, decision = link
    now = timezone.now()
    for who in range(10):
        reply(decision, who, now=now)
    with connections["ballots"].cursor() as cursor:
        cursor.execute("UPDATE answers_wave SET opens = %s", [now.date() - timedelta(days=8)])
    voices.go_round(now=now)
    round_ = decision.reply_rounds.to_read().get()
    texts = {one.id: "Let go by Ben" for one in voices.notes_of(round_, by=cast.ben)}
    voices.keep_themes(round_, sentences=["Mornings got worse."], texts=texts, by=cast.ben, now=now)
    words = Client().get(url).content.decode()
    assert "10 replies" in words
    assert "Mornings got worse." in words
    assert "No answer yet, due by" in words
    assert "not people" in words
    assert "Let go by Ben" not in words, "notes are for people of the school"
    inside = client_of(cast.sam).get(reverse("reply_list", args=[cast.north.pk, decision.pk])).content.decode()
    assert inside.count("Let go by Ben") == 10


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


def test_the_timer_s_command_does_the_round(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    fill_roster(cast.north)
    decided(cast, now=timezone.now())
    desk(cast)
    call_command("voices")
    assert "0 batches of replies opened, 1 begun" in capsys.readouterr().out


def test_a_coach_may_be_the_reader(cast: Cast) -> None:
    desk(cast, reader=cast.kim)
    assert ReplyDesk.objects.get().reader == cast.kim
