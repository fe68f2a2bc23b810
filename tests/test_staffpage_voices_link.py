"""Replies behind the link: no account, no cookie, no trace among people and work; nothing for a stranger."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from colead.decisions.models import Decision
from colead.staffpage.actions import voices
from colead.staffpage.actions.links import make_link
from colead.staffpage.links import token_of
from colead.staffpage.models import Held
from tests.cast import Cast
from tests.staffpage_voices_world import BEGUN, BOTH, reply, taking, token
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


def test_a_box_that_is_away_keeps_what_was_typed_on_the_page(
    link: tuple[str, Decision], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, decision = link

    def away(*_args: object, **_facts: object) -> None:
        raise OperationalError("database is locked: my secret words")

    monkeypatch.setattr("colead.answers.box.put_reply", away)
    answer = Client().post(url, {"reaction": "2", "note": "my secret words", "key": "f" * 32})
    assert answer.status_code == 503
    assert "my secret words</textarea>" in answer.content.decode()
    assert box_holds(decision) == 0
