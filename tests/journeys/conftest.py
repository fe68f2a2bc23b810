"""A real Chromium, the demo, and ways to walk through it."""

import os
import re
from collections.abc import Callable, Iterator

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from colead.accounts.models import User
from colead.programme.demo.load import load_demo

CHROMIUM = os.environ.get("COLEAD_CHROMIUM", "/usr/bin/chromium")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
QUIET += ("--disable-component-update", "--disable-sync")
PHONE, DESK = {"width": 320, "height": 640}, {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def playing() -> Iterator[Playwright]:
    with sync_playwright() as play:
        yield play


@pytest.fixture(scope="session")
def browser(playing: Playwright) -> Iterator[Browser]:
    started = playing.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
    yield started
    started.close()


@pytest.fixture
def context(browser: Browser, live_server: object) -> Iterator[BrowserContext]:
    opened = browser.new_context(base_url=live_server.url, viewport=PHONE)
    opened.set_default_timeout(8000)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Return a phone's page that fails the test when the console complains."""
    opened = context.new_page()
    opened.complaints = []  # type: ignore[attr-defined]  # read by `quiet`
    opened.on("console", lambda message: message.type == "error" and opened.complaints.append(message.text))
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    return opened


@pytest.fixture
def demo(transactional_db: None) -> None:
    """Load the demo."""
    load_demo(now=timezone.now())


@pytest.fixture
def enter_as(context: BrowserContext, live_server: object) -> Callable[[str], User]:
    """Let the browser in as somebody, without the sign-in pages."""

    def enter(name: str) -> User:
        user = User.objects.get(name__startswith=name)
        visitor = Client()
        visitor.force_login(user)
        crumbs = [{"name": key, "value": crumb.value, "url": live_server.url} for key, crumb in visitor.cookies.items()]
        context.add_cookies(crumbs)
        return user

    return enter


def newest_code() -> str:
    """Return the sign-in code of the newest letter."""
    found = re.search(r"^\s*(\d{6})\s*$", mail.outbox[-1].body, re.M)
    assert found, mail.outbox[-1].body
    return found.group(1)


@pytest.fixture
def mailbox() -> list[mail.EmailMessage]:
    return mail.outbox
