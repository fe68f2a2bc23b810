"""The page as a feed and on paper: well formed, complete, on one sheet."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from lxml import etree

from colead.staffpage.actions.findings import say_what_came
from colead.staffpage.actions.links import make_link
from colead.staffpage.actions.notices import write_notice
from colead.staffpage.links import token_of
from colead.texts.actions import save_text
from tests.cast import Cast
from tests.papers import opened, squeezed, words_in
from tests.staffpage_world import FOUND, at, decided, found, freeze, linked, read, stopped
from tests.surveys_world import BOTH, sealed

pytestmark = pytest.mark.django_db(databases=BOTH)
ATOM = "{http://www.w3.org/2005/Atom}"


def feed_of(token: str) -> etree._Element:
    answer = read(token, "staff_feed")
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return etree.fromstring(answer.content, etree.XMLParser(resolve_entities=False, no_network=True))


def check_atom(feed: etree._Element) -> None:
    """Hold a feed against RFC 4287: what must be there once, and in which form."""
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    for place in (feed, *entries):
        for name in ("id", "title", "updated"):
            [one] = place.findall(f"{ATOM}{name}")
            assert one.text
        assert datetime.fromisoformat(place.find(f"{ATOM}updated").text).tzinfo is not None
        assert place.find(f"{ATOM}id").text.startswith("tag:")
        for link in place.findall(f"{ATOM}link"):
            assert link.get("href").startswith("http://127.0.0.1:8000/p/"), "links are absolute"
        assert len([link for link in place.findall(f"{ATOM}link") if link.get("rel") == "alternate"]) == 1
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    assert [link.get("rel") for link in feed.findall(f"{ATOM}link")].count("self") == 1
    ids = [place.find(f"{ATOM}id").text for place in (feed, *entries)]
    assert len(ids) == len(set(ids))


def told(feed: etree._Element) -> list[str]:
    return [entry.find(f"{ATOM}title").text for entry in feed.findall(f"{ATOM}entry")]


def test_the_feed_tells_what_moved_the_newest_first(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    finding, token = found(cast, sealed(cast)), linked(cast)
    say_what_came(finding, text="Tuesdays <b>only</b> & no more.", decision=decided(cast), by=cast.ada, now=at(3))
    write_notice(cast.north_team, kind="win", text="Four blocks.", on=at(2).date(), by=cast.ada, now=at(2))
    stopped(cast, "The bulletin meeting", now=at(1))
    stopped(cast, "A meeting of tomorrow", now=at(9))
    freeze(monkeypatch, at(4))
    feed = feed_of(token)
    check_atom(feed)
    titles = told(feed)
    assert titles[:4] == [
        "Answered: Covers break up planning time.",
        "A small win",
        "Let go: The bulletin meeting",
        "We heard this",
    ]
    assert "A result is out: Autumn survey" in titles
    assert "Decided: When do we plan together?" in titles
    assert "A meeting of tomorrow" not in str(titles)
    [summary] = [e.find(f"{ATOM}summary").text for e in feed.findall(f"{ATOM}entry")][:1]
    assert summary == "<p>Tuesdays &lt;b&gt;only&lt;/b&gt; &amp; no more.</p>", "a summary is read as HTML"


def test_ids_stay_when_the_link_and_the_words_change(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    freeze(monkeypatch, at(4))
    decision, token = decided(cast), linked(cast)
    before = [entry.find(f"{ATOM}id").text for entry in feed_of(token).findall(f"{ATOM}entry")]
    decision.refresh_from_db()
    save_text(decision, based_on=decision.version, by=cast.ada, now=at(4), because="Other words.")
    renewed = token_of(make_link(cast.north, by=cast.ada, now=at(4)))
    feed = feed_of(renewed)
    assert [entry.find(f"{ATOM}id").text for entry in feed.findall(f"{ATOM}entry")] == before
    assert token not in etree.tostring(feed).decode()
    assert read(token, "staff_feed").status_code == 404


def test_words_that_xml_cannot_carry_do_no_harm(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    freeze(monkeypatch, at(4))
    stopped(cast, "Bell\x08 ]]> </entry> \ufffe & more", now=at(1))
    feed = feed_of(linked(cast))
    check_atom(feed)
    assert told(feed) == ["Let go: Bell ]]> </entry>  & more"]


def test_an_empty_page_has_a_feed_too(cast: Cast) -> None:
    check_atom(feed_of(linked(cast)))


def test_the_bulletin_is_one_sheet_however_much_there_is(cast: Cast) -> None:
    wave, token = sealed(cast), linked(cast)
    write_notice(cast.north_team, kind="vision", text="Nobody is alone.", on=FOUND.date(), by=cast.ada, now=FOUND)
    for number in range(5):
        found(cast, wave, f"Finding number {number} of the autumn survey, as long as findings are.")
        decided(cast, f"Question number {number}, which took us half an hour to answer?")
        stopped(cast, f"Meeting {number}", now=FOUND)
    answer = read(token, "staff_bulletin")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert len(opened(answer.content).pages) == 1
    paper = words_in(answer.content)
    for each in ("Nobody is alone.", "Finding number 0", "Tuesdays at 1:10.", "Meeting 4", "given back", token):
        assert squeezed(each) in paper, each


def test_the_poster_carries_the_link_and_only_for_those_who_hand_it_out(cast: Cast) -> None:
    client, url = Client(), reverse("staff_poster", args=[cast.north.pk])
    client.force_login(cast.pat)
    assert client.get(url).status_code == 404, "there is no link yet"
    token = linked(cast)
    paper = client.get(url)
    assert token in words_in(paper.content)
    assert len(opened(paper.content).pages) == 1
    client.force_login(cast.ben)
    assert client.get(url).status_code == 403


def test_the_feed_s_times_are_in_one_zone(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    freeze(monkeypatch, at(4))
    stopped(cast, "A meeting", now=at(1))
    [entry] = feed_of(linked(cast)).findall(f"{ATOM}entry")
    assert datetime.fromisoformat(entry.find(f"{ATOM}updated").text) == at(1).astimezone(UTC)
