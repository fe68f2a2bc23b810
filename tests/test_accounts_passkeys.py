"""A real browser with a real (virtual) passkey, under the content security policy."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, sync_playwright

from colead.accounts.actions import ensure_user, rename
from tests.walk_in import newest_code

CHROMIUM = os.environ.get("COLEAD_CHROMIUM", "/usr/bin/chromium")
pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("mailbox"),
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"no Chromium at {CHROMIUM}; set COLEAD_CHROMIUM"),
]
ADA = "ada@example.org"


@pytest.fixture(scope="module")
def browser() -> Iterator[BrowserContext]:
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def page(browser, live_server) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    page.troubles = []
    page.on("console", lambda said: page.troubles.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.troubles.append(str(error)))
    yield page
    context.close()


def put_in_authenticator(page: Page) -> None:
    """Give the browser a fingerprint reader that always says yes."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    facts = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    facts |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": facts})


def enter_by_mail(page: Page) -> None:
    user = ensure_user(email=ADA, now=timezone.now())
    rename(user=user, name="Ada Reed", language="", now=timezone.now())
    page.goto("/enter/?next=/me/safety/")
    page.get_by_label("Your e-mail address").fill(ADA)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("The code from the mail").fill(newest_code())
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Signing in safely").wait_for()


def add_passkey(page: Page) -> None:
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("What to call it").fill("Ada’s phone")
    page.get_by_role("button", name="Add this device").click()
    page.get_by_role("heading", name="Spare codes").wait_for()


def leave(page: Page) -> None:
    page.goto("/leave/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()


def where(page: Page) -> str:
    return urlsplit(page.url).path


def test_a_passkey_is_added_and_opens_the_door_alone(page):
    put_in_authenticator(page)
    enter_by_mail(page)
    add_passkey(page)
    page.goto("/me/safety/passkeys/")
    assert page.get_by_role("heading", name="Ada’s phone").is_visible()
    leave(page)
    page.goto("/enter/?next=/me/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("heading", name="Your details").wait_for()
    assert where(page) == "/me/"
    assert page.troubles == []


def test_with_a_passkey_the_mailed_code_is_only_the_first_step(page):
    put_in_authenticator(page)
    enter_by_mail(page)
    add_passkey(page)
    leave(page)
    page.goto("/enter/?next=/me/")
    page.get_by_label("Your e-mail address").fill(ADA)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("The code from the mail").fill(newest_code())
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="One more step").wait_for()
    page.get_by_role("button", name="Use my passkey").click()
    page.get_by_role("heading", name="Your details").wait_for()
    page.goto("/me/safety/passkeys/")
    page.get_by_role("link", name="Remove").click()
    page.get_by_role("button", name="Use my passkey").click()
    page.get_by_role("button", name="Remove it").click()
    assert page.get_by_text("No passkey yet").is_visible()
    assert page.troubles == []


def test_a_browser_without_a_passkey_is_told_in_words(page):
    put_in_authenticator(page)
    page.goto("/enter/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("The passkey was not used.").wait_for()


def test_an_address_made_of_numbers_is_told_in_words_that_browsers_refuse_it(page, live_server):
    page.goto(live_server.url.replace("localhost", "127.0.0.1") + "/enter/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("Browsers allow no passkeys at this address.").wait_for()


def test_without_scripts_the_passkey_buttons_stay_away(browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/enter/")
    assert page.get_by_role("button", name="Send me a code").is_visible()
    assert not page.get_by_text("Have a passkey?").is_visible()
    context.close()
