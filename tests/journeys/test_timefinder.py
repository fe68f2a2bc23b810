"""The time finder in a real browser: somebody who has never made a timetable gets a proposal, on a phone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from colead.accounts.models import User
from colead.practices.models import Search, Timetable
from colead.schools.models import Team
from tests.cast import everybody
from tests.journeys.conftest import PHONE

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
MOST_ACTIONS = 5


class Newcomer:
    """Presses what they see, and counts how often."""

    def __init__(self, page: Page) -> None:
        self.page, self.actions = page, 0

    def press(self, name: str) -> None:
        self.actions += 1
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name).or_(self.page.get_by_role("link", name=name)).first.click()


def work(seconds: int = 8) -> None:
    """Let the worker do what waits, as it does beside the server."""
    Search.objects.update(seconds=seconds)
    call_command("find_time", "--once")


@pytest.fixture
def team(transactional_db: None) -> Team:
    return everybody(timezone.now()).north_team


def test_a_newcomer_reaches_a_first_proposal_in_five_actions(
    team: Team, page: Page, enter_as: Callable[[str], User]
) -> None:
    enter_as("Ada")
    page.goto(f"/t/{team.pk}/")
    page.set_viewport_size({"width": 1280, "height": 900})
    newcomer = Newcomer(page)
    newcomer.press("Find time")
    page.set_viewport_size(PHONE)
    newcomer.press("Try it with a sample school")
    expect(page.get_by_text("2 of 8 teams have today")).to_be_visible()
    newcomer.press("Find the smallest change")
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    work()
    expect(page.get_by_role("heading", name="Fewest moves")).to_be_visible()  # the page looks by itself
    assert newcomer.actions <= MOST_ACTIONS
    newcomer.press("Take this one")
    expect(page.get_by_role("heading", name="What moves")).to_be_visible()
    expect(page.get_by_text("moves from").or_(page.get_by_text("trade places")).first).to_be_visible()
    assert newcomer.actions <= MOST_ACTIONS
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert not page.complaints


def test_it_works_without_script(
    team: Team, page: Page, enter_as: Callable[[str], User], browser: Browser, live_server: object
) -> None:
    enter_as("Ada")
    plain = browser.new_context(base_url=live_server.url, viewport=PHONE, java_script_enabled=False)
    plain.add_cookies(page.context.cookies())
    plain.set_default_timeout(8000)
    newcomer = Newcomer(plain.new_page())
    newcomer.page.goto(f"/t/{team.pk}/time/")
    newcomer.press("Try it with a sample school")
    newcomer.press("Find the smallest change")
    work()
    newcomer.page.reload()
    newcomer.press("Take this one")
    expect(newcomer.page.get_by_role("heading", name="What moves")).to_be_visible()
    newcomer.press("Undo the last step")
    expect(newcomer.page.get_by_text("Nothing yet.")).to_be_visible()
    plain.close()


@pytest.mark.parametrize(("name", "data"), [("bomb.fet", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><fet/>')])
def test_a_hostile_file_is_refused_in_words(
    team: Team, page: Page, enter_as: Callable[[str], User], tmp_path: Path, name: str, data: bytes
) -> None:
    enter_as("Ada")
    page.goto(f"/t/{team.pk}/time/")
    file = tmp_path / name
    file.write_bytes(data)
    page.set_input_files("input[type=file]", file)
    with page.expect_navigation():
        page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("alert")).to_contain_text("document type")
    assert not Timetable.objects.exists()
