"""A meeting in a browser: made in one tap, run with the clock on phones; what was parked stands on the next one."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from colead.accounts.models import User
from colead.decisions.models import Decision
from colead.schools.models import Team
from tests import cast as people
from tests.journeys.conftest import PHONE
from tests.journeys.hands import Finger

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

SAVED = re.compile(r"saved \d")
SAID = "Five adults at four doors. Nobody misses the other four."


@pytest.fixture
def team(transactional_db: None) -> Team:
    """Return a team of three that has written nothing yet."""
    return people.north()


def test_a_meeting_from_one_tap_to_what_comes_back(
    team: Team, page: Page, enter_as: Callable[[str], User], browser: Browser, live_server: object, mailbox: list
) -> None:
    enter_as("Ada")
    hands = Finger(page)
    page.goto(f"/t/{team.pk}/meetings/")
    hands.press("30 min")
    title = page.locator(".agenda-title").nth(1).inner_text()
    assert not violations(page)
    hands.press("Begin")
    clock = page.locator("#clock")
    expect(clock).to_contain_text("Arrive: how are you")
    runs_down(page)
    other = second_phone(page, browser, live_server)
    clock.get_by_role("button", name="2 minutes").click()
    expect(page.locator(".clock-shown")).to_contain_text("4:5")
    clock.get_by_role("button", name="Next").click()
    expect(clock).to_contain_text(title)
    expect(other.locator("#clock")).to_contain_text(title)
    assert not violations(page)
    keeps_minutes(page)
    decides(hands, page)
    parks_and_ends(hands, page, title)
    page.goto(f"/t/{team.pk}/meetings/")
    hands.press("45 min")
    expect(page.locator(".agenda-title", has_text=title)).to_have_count(1)
    expect(page.locator(".agenda")).to_contain_text("Parked last time.")
    expect(other.locator("#clock")).to_contain_text("The meeting is over")
    other.context.close()
    assert not page.complaints  # type: ignore[attr-defined]  # set by the fixture


def violations(page: Page) -> list[str]:
    found = Axe().run(page)
    return [f"{item['id']} {item['nodes'][0]['html']}" for item in found.response["violations"]]


def runs_down(page: Page) -> None:
    shown = page.locator(".clock-shown")
    first = shown.inner_text()
    expect(shown).not_to_have_text(first)


def second_phone(page: Page, browser: Browser, live_server: object) -> Page:
    """Open the same meeting on another phone, which nobody touches."""
    context = browser.new_context(base_url=live_server.url, viewport=PHONE)
    context.add_cookies(page.context.cookies())  # type: ignore[arg-type]  # what it gives, it takes
    opened = context.new_page()
    opened.goto(page.url)
    return opened


def keeps_minutes(page: Page) -> None:
    """Type into the item at hand; it is kept without a press."""
    card = page.locator("article", has_text="Arrive: how are you")
    card.get_by_role("textbox").fill(SAID)
    expect(card.locator(".saved")).to_contain_text(SAVED)


def decides(hands: Finger, page: Page) -> None:
    """Make a decision of these minutes; they stand in the form already."""
    hands.press("We decided")
    expect(page.locator("[name=decided]")).to_have_value(SAID)
    page.locator("[name=way][value=consent]").check()
    hands.press("Keep the decision")
    expect(page.locator("main")).to_contain_text(SAID)
    assert Decision.objects.filter(decided=SAID).exists()


def parks_and_ends(hands: Finger, page: Page, title: str) -> None:
    card = page.locator("article", has_text=title)
    with page.expect_navigation():
        card.get_by_role("button", name="Park it").click()
    expect(page.locator("#clock")).not_to_contain_text(title)
    hands.press("End the meeting")
    expect(page.locator("main")).to_contain_text("You decided")
    expect(page.locator("main")).to_contain_text("Parked")
