"""What every test stands on: no network, no mail that nobody asked for, the cast."""

import gc
import os
import socket
from collections.abc import Iterator

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from colead.staffpage import kept
from tests import cast as people
from tests.cast import Cast
from tests.programme_demo import demo_of_two

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # sync playwright keeps an event loop in this thread
HERE = ("127.0.0.1", "::1", "localhost")


def pytest_collection_finish() -> None:
    """Leave what is loaded by now out of every later look for garbage: a tenth of the time went into looking."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 1000)


class NetworkForbidden(AssertionError):
    """A test tried to reach another machine."""


@pytest.fixture(autouse=True)
def stay_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forbid every connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and address[0] not in HERE:
            raise NetworkForbidden(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    """Begin every test with no rate limit used up and no staff page kept."""
    cache.clear()
    kept.forget()


@pytest.fixture(autouse=True)
def no_unread_mail(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that sends mail and does not look at it: it asks for the fixture `mailbox` if it expects some."""
    yield
    if not {"mailbox", "cast", "world"} & set(request.fixturenames):
        assert not getattr(mail, "outbox", []), f"unexpected mail: {[letter.subject for letter in mail.outbox]}"


@pytest.fixture
def mailbox(db: None) -> list[mail.EmailMessage]:
    """Return the letters sent so far in this test."""
    return mail.outbox


@pytest.fixture
def cast(db: None) -> Cast:
    """Return everybody, made through the real verbs."""
    made = people.everybody_again()
    mail.outbox.clear()
    return made


@pytest.fixture(scope="module")
def two_schools(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Load the demo's North and South once for a file of tests, and undo it at the end."""
    with django_db_blocker.unblock(), demo_of_two():
        yield


@pytest.fixture
def ada(cast: Cast, client: Client) -> Client:
    """Return a browser in which Ada has signed in, who leads North's team."""
    client.force_login(cast.ada)
    return client


@pytest.fixture
def pat(cast: Cast, client: Client) -> Client:
    """Return a browser in which Pat has signed in, North's principal."""
    client.force_login(cast.pat)
    return client
