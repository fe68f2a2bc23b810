"""A survey from its plan to a finding, in a real browser: people answer on their phones, one of them in a tunnel."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from colead.accounts.models import User
from colead.answers import box
from colead.schools.models import School
from colead.surveys.actions import codes, comments, waves
from colead.surveys.models import Wave
from tests.cast import everybody
from tests.journeys.conftest import PHONE
from tests.surveys_world import fill_roster

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True, databases=["default", "ballots"]),
]


@pytest.fixture
def north(transactional_db: None) -> School:
    cast = everybody()
    fill_roster(cast.north)
    return cast.north


@pytest.fixture
def phone(browser: Browser, live_server: object) -> Iterator[BrowserContext]:
    """Return a phone that has never been here."""
    opened = browser.new_context(base_url=live_server.url, viewport=PHONE)
    opened.set_default_timeout(8000)
    yield opened
    opened.close()


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first.click()


def open_a_survey(page: Page, enter_as: Callable[[str], User], north: School) -> Wave:
    """Ada plans and asks; Pat agrees."""
    enter_as("Ada")
    page.goto(f"/schools/{north.pk}/surveys/new/")
    page.get_by_label("What do you call this round?").fill("Autumn 2026")
    page.get_by_label("Who reads the comments first?").select_option(label="Ben Ortiz")
    press(page, "Save the plan")
    press(page, "Ask to open it")
    expect(page.get_by_text("A second person has to agree")).to_be_visible()
    enter_as("Pat")
    page.reload()
    press(page, "I agree: open it")
    return Wave.objects.get()


def fill_in(page: Page, *, level: str = "4", words: str = "") -> None:
    """Tick the first three questions and write a line."""
    for name in ("a0", "a1", "a2"):
        page.locator(f"input[name={name}][value='{level}']").check()
    if words:
        page.locator("textarea").fill(words)


def counted(page: Page) -> str:
    expect(page.get_by_role("heading", name="Thank you. Your answers are counted.")).to_be_visible(timeout=20000)
    return page.locator("[data-receipt]").inner_text()


def answer(phone: BrowserContext, wave: Wave, code: str, words: str) -> str:
    page = phone.new_page()
    page.goto(f"/s/{wave.tag}/#{box.show_code(code)}")
    assert page.url.endswith(f"/s/{wave.tag}/"), "the code is wiped from the address"
    fill_in(page, words=words)
    page.get_by_role("button", name="Send my answers").click()
    receipt = counted(page)
    assert phone.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.close()
    return receipt


def test_a_survey_from_plan_to_finding(
    north: School, page: Page, phone: BrowserContext, enter_as: Callable[[str], User]
) -> None:
    wave = open_a_survey(page, enter_as, north)
    made = codes.codes_on_paper(wave)[:16]
    receipts = [answer(phone, wave, code, f"Voice {place}") for place, code in enumerate(made)]
    press(page, "Ask to close it early")
    enter_as("Ada")
    page.reload()
    press(page, "I agree: close it now")
    expect(page.get_by_text("16 of 40 people answered")).to_be_visible()
    board = phone.new_page()
    board.goto(f"/s/{wave.tag}/receipts/")
    for receipt in receipts:
        expect(board.get_by_text(receipt)).to_be_visible()
    wave.refresh_from_db()
    ben = User.objects.get(name="Ben Ortiz")
    held = comments.held(wave, by=ben)
    comments.release(wave, {one.id: one.text for one in held}, why="", by=ben, now=timezone.now())
    page.reload()
    expect(page.get_by_text("Voice 7")).to_be_visible()
    with page.expect_navigation():
        page.locator("#vision").get_by_role("link", name="Write a finding").click()
    page.get_by_label("What did you find?").fill("We know where we are going.")
    press(page, "Show it to everybody")
    enter_as("Sam")
    page.goto(f"/schools/{north.pk}/findings/")
    expect(page.get_by_text("We know where we are going.")).to_be_visible()
    expect(page.get_by_text("Waits for an answer")).to_be_visible()
    assert not page.complaints


@pytest.fixture
def wave(north: School) -> Wave:
    return make_wave(north, timezone.now())


def make_wave(north: School, now: datetime) -> Wave:
    ada = User.objects.get(name="Ada Reed")
    today = north.today(now)
    plan = waves.Plan("Autumn", "conditions.v1", today, today + timedelta(3), minimum=5, reader=ada)
    made = waves.plan_wave(north, plan, by=ada, now=now)
    return waves.open_wave(made, now=now)


def test_answers_given_in_a_tunnel_are_sent_once_when_there_is_a_connection(wave: Wave, phone: BrowserContext) -> None:
    code = codes.codes_on_paper(wave)[0]
    page = phone.new_page()
    page.goto(f"/s/{wave.tag}/#{code}")
    fill_in(page)
    phone.set_offline(True)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_text("NOT SENT YET")).to_be_visible()
    phone.set_offline(False)
    counted(page)
    waves.close_wave(wave, now=timezone.now())
    assert box.board(wave.ref).counted == 1


def test_kept_on_the_device_they_survive_a_restart_and_are_wiped_when_counted(
    wave: Wave, phone: BrowserContext
) -> None:
    code = codes.codes_on_paper(wave)[0]
    page = phone.new_page()
    page.goto(f"/s/{wave.tag}/#{code}")
    page.get_by_label("Keep my answers on this device").check()
    fill_in(page, words="Kept words")
    phone.set_offline(True)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_text("NOT SENT YET")).to_be_visible()
    page.close()
    phone.set_offline(False)
    again = phone.new_page()
    again.goto(f"/s/{wave.tag}/")
    counted(again)
    assert again.evaluate("localStorage.length") == 0


def test_a_lost_reply_ends_with_the_same_receipt(wave: Wave, phone: BrowserContext) -> None:
    """The first answer is taken in, but its reply never arrives."""
    code = codes.codes_on_paper(wave)[0]
    page = phone.new_page()
    lost: list[str] = []

    def lose(route: object) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().json()["receipt"])
            route.abort()
        else:
            route.continue_()

    page.route("**/s/**", lose)
    page.goto(f"/s/{wave.tag}/#{code}")
    fill_in(page)
    page.get_by_role("button", name="Send my answers").click()
    assert counted(page) == lost[0]


def test_a_wrong_code_is_said_and_nothing_ticked_is_lost(wave: Wave, phone: BrowserContext) -> None:
    code = codes.codes_on_paper(wave)[0]
    page = phone.new_page()
    page.goto(f"/s/{wave.tag}/")
    page.get_by_label("Your code").fill("7777-7777-77777")
    fill_in(page)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("alert").filter(has_text="code")).to_be_visible()
    assert page.locator("input[name=a0]:checked").get_attribute("value") == "4"
    page.get_by_label("Your code").fill(code.lower())
    page.get_by_role("button", name="Send my answers").click()
    counted(page)


def test_without_script_it_works_too(wave: Wave, browser: Browser, live_server: object) -> None:
    code = codes.codes_on_paper(wave)[0]
    plain = browser.new_context(base_url=live_server.url, viewport=PHONE, java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"/s/{wave.tag}/")
    page.get_by_label("Your code").fill("7777-7777-77777")
    fill_in(page, words="Plain words")
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    assert page.locator("textarea").input_value() == "Plain words"
    page.get_by_label("Your code").fill(code)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", name="Thank you. Your answers are counted.")).to_be_visible()
    plain.close()
