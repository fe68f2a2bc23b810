"""Whoever has no link, an old one or a guessed one learns nothing: same answer, same bytes, same effort."""

import statistics
import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from colead.staffpage.actions.links import make_link, switch_off
from colead.staffpage.links import token_of
from tests.cast import NOW, Cast
from tests.staffpage_world import decided, linked
from tests.surveys_world import BOTH

pytestmark = pytest.mark.django_db(databases=BOTH)
PARTS = ("staff_page", "staff_feed", "staff_bulletin", "follow_page")
NOBODY = "colead.staffpage.nobody.nobody_known"


@pytest.fixture
def wrong(cast: Cast) -> dict[str, str]:
    """Return links that open nothing: guessed ones, an old one, one that is switched off, one nearly right."""
    decided(cast)
    old = linked(cast)
    gone = token_of(make_link(cast.south, by=cast.cleo, now=NOW))
    switch_off(cast.south)
    good = linked(cast)
    return {"guessed": "A" * 24, "short": "x", "odd": "ä ;--", "old": old, "off": gone, "near": good[:-1] + "!"}


def seen(url: str, method: str = "get") -> tuple[int, bytes, dict[str, str]]:
    answer = getattr(Client(), method)(url)
    return answer.status_code, answer.content, dict(answer.headers)


def test_every_wrong_link_gets_the_same_answer(wrong: dict[str, str]) -> None:
    for part in PARTS:
        for method in ("get", "post", "head"):
            answers = {why: seen(reverse(part, args=[token]), method) for why, token in wrong.items()}
            assert {status for status, _body, _headers in answers.values()} == {404}
            assert len({body for _status, body, _headers in answers.values()}) == 1
            assert len({str(headers) for _status, _body, headers in answers.values()}) == 1
    pages = {seen(reverse(part, args=["A" * 24]))[1] for part in PARTS}
    assert len(pages) == 1


def test_every_wrong_link_costs_the_same_effort(wrong: dict[str, str]) -> None:
    asked = {}
    for why, token in wrong.items():
        with CaptureQueriesContext(connection) as queries:
            Client().get(reverse("staff_page", args=[token]))
        asked[why] = len(queries)
    assert set(asked.values()) == {1}, asked
    client, took = Client(), {why: [] for why in wrong}
    for _round in range(40):
        for why, token in wrong.items():
            begun = time.perf_counter()
            client.get(reverse("staff_page", args=[token]))
            took[why].append(time.perf_counter() - begun)
    medians = {why: statistics.median(seconds) for why, seconds in took.items()}
    assert max(medians.values()) < 2 * min(medians.values()), medians


def test_no_link_is_written_into_a_log(wrong: dict[str, str], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", logger="django.request")
    for token in wrong.values():
        seen(reverse("staff_page", args=[token]))
        seen(reverse("follow_page", args=[token]), "post")
    seen("/p/mail/made-up/yes/")
    assert caplog.records == []


def test_what_is_behind_the_link_asks_no_search_engine_in_and_tells_no_other_site(cast: Cast) -> None:
    token = linked(cast)
    for url in (reverse("staff_page", args=[token]), reverse("staff_page", args=["A" * 24])):
        _status, _body, headers = seen(url)
        assert headers["X-Robots-Tag"].startswith("noindex")
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "private, no-cache"
        assert "Set-Cookie" not in headers
    html = seen(reverse("staff_page", args=[token]))[1].decode()
    assert '<meta name="robots" content="noindex' in html
    assert "csrf" not in html


def test_a_reader_gets_no_cookie_and_whoever_is_signed_in_is_nobody_here(cast: Cast, settings: object) -> None:
    if NOBODY not in settings.MIDDLEWARE:
        settings.MIDDLEWARE = [NOBODY, *settings.MIDDLEWARE]
    token = linked(cast)
    reader, ada = Client(), Client()
    ada.force_login(cast.ada)
    pages = [client.get(reverse("staff_page", args=[token])) for client in (reader, ada)]
    assert pages[0].content == pages[1].content
    assert "Ada Reed" not in pages[1].content.decode()
    assert not reader.cookies
    assert not pages[1].cookies
    with CaptureQueriesContext(connection) as queries:
        ada.get(reverse("staff_page", args=[token]))
    assert len(queries) == 2, "no session, no person"


def test_two_schools_have_links_of_their_own(cast: Cast) -> None:
    north = linked(cast)
    south = token_of(make_link(cast.south, by=cast.cleo, now=NOW))
    assert north != south
    decided(cast)
    page = seen(reverse("staff_page", args=[south]))[1].decode()
    assert "South Middle School" in page
    assert "Tuesdays at 1:10." not in page
