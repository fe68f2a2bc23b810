"""A school's page stands behind a link that nobody guesses, that can be printed again, and that stops at once."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from colead.staffpage.actions.links import make_link, switch_off
from colead.staffpage.links import address_of, token_of
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


def opened(token: str) -> object:
    return Client().get(reverse("staff_page", args=[token]))


def test_whoever_has_the_link_reads_the_page(cast: Cast) -> None:
    page = make_link(cast.north, by=cast.ada, now=NOW)
    answer = opened(token_of(page))
    assert answer.status_code == 200
    assert "North Elementary" in answer.content.decode()


def test_the_link_can_be_shown_again_and_is_kept_nowhere(cast: Cast) -> None:
    token = token_of(make_link(cast.north, by=cast.ada, now=NOW))
    page = cast.north.staff_page
    page.refresh_from_db()
    assert token_of(page) == token
    assert address_of(page).endswith(f"/p/{token}/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM staffpage_staffpage")
        assert token not in str(cursor.fetchall())


def test_a_new_link_ends_the_old_one_at_once(cast: Cast) -> None:
    old = token_of(make_link(cast.north, by=cast.ada, now=NOW))
    new = token_of(make_link(cast.north, by=cast.ada, now=NOW))
    assert old != new
    assert (opened(old).status_code, opened(new).status_code) == (404, 200)


def test_a_link_that_is_switched_off_opens_nothing(cast: Cast) -> None:
    token = token_of(make_link(cast.north, by=cast.ada, now=NOW))
    assert switch_off(cast.north)
    assert opened(token).status_code == 404
    assert not switch_off(cast.north)


def test_the_poster_can_be_printed_after_our_key_has_changed(cast: Cast, settings: object) -> None:
    token = token_of(make_link(cast.north, by=cast.ada, now=NOW))
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key" * 6
    cast.north.staff_page.refresh_from_db()
    assert token_of(cast.north.staff_page) == token
    assert opened(token).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert token_of(cast.north.staff_page) == ""
    assert opened(token).status_code == 200
