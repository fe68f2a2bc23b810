"""What a real browser makes of the frame: readable for everyone, calm without a network, whole without scripts."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page, expect, sync_playwright

from colead.accounts.models import User

CHROMIUM = os.environ.get("COLEAD_CHROMIUM", "/usr/bin/chromium")
pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"no Chromium at {CHROMIUM}; set COLEAD_CHROMIUM"),
]
PUBLIC = ("/", "/about/privacy/", "/accessibility/", "/styleguide/", "/no-such-page/")
PHONE, CHROMEBOOK = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
# A sheet of paper with one form on it, so that each behavior of app.js is seen alone.
SHEET = """<!doctype html><html lang="en"><title>Sheet</title>
<script src="/static/django_htmx/htmx-2.min.js" defer></script>
<script src="/static/web/app.js" defer></script><main tabindex="-1">%s</main></html>"""
AUTOSAVE = """<form method="post" action="/keep/" data-autosave hx-post="/keep/" hx-trigger="submit, input delay:50ms"
 hx-target="#saved" hx-swap="outerHTML"><textarea name="answer" aria-label="Answer"></textarea>
 <p id="saved" data-saved data-unsaved="not saved yet" data-retry="no connection"><span>nothing yet</span></p></form>"""
KEPT = '<p id="saved" data-saved data-unsaved="not saved yet" data-retry="no connection"><span>saved 10:42</span></p>'
SMALL_TARGETS = """[...document.querySelectorAll('a, button, input, select, summary, textarea')]
  .filter((e) => e.checkVisibility() && !e.closest('p:not(.eyebrow), .prose, .errors, .skip, .card-title'))
  .map((e) => [e.textContent.trim(), (e.closest('label') ?? e).getBoundingClientRect()])
  .filter(([, box]) => box.height < 44 || box.width < 24).map(([words]) => words)"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


@pytest.fixture
def page(browser, live_server) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, viewport=PHONE)
    yield context.new_page()
    context.close()


def lay(page: Page, body: str) -> None:
    page.route("**/sheet/", lambda route: route.fulfill(content_type="text/html", body=SHEET % body))
    page.goto("/sheet/")


def signed_in(page: Page) -> Page:
    visitor = Client()
    visitor.force_login(User.objects.create_user("ada@example.org", name="Ada Reed"))
    cookies = [{"name": name, "value": crumb.value, "url": page.url} for name, crumb in visitor.cookies.items()]
    page.context.add_cookies(cookies)
    return page


# --- For everyone ---


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, CHROMEBOOK], ids=["phone", "chromebook"])
@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_can_be_read_by_everyone(browser, live_server, path, size, scheme):
    context = browser.new_context(base_url=live_server.url, viewport=size, color_scheme=scheme)
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda said: troubles.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(path, wait_until="networkidle")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(SMALL_TARGETS) == []
    assert [words for words in troubles if "404" not in words] == []
    context.close()


@pytest.mark.parametrize("path", ["/", "/styleguide/"])
def test_every_stop_of_the_tab_key_can_be_seen(page, path):
    page.goto(path)
    page.evaluate("document.activeElement.blur()")
    for _ in range(25):
        page.keyboard.press("Tab")
        ring = page.evaluate(
            """() => { const e = document.activeElement; const after = getComputedStyle(e, '::after');
            return [getComputedStyle(e).outlineWidth, after.outlineStyle === 'none' ? '' : after.outlineWidth]; }"""
        )
        assert "3px" in ring or page.evaluate("document.activeElement === document.body")


def test_a_first_visit_is_light(page):
    sizes: list[int] = []
    page.on("response", lambda answer: sizes.append(len(answer.body())) if answer.ok else None)
    page.goto("/", wait_until="networkidle")
    assert len(sizes) > 5
    assert sum(sizes) < 100_000  # before compression


def test_paper_carries_the_words_and_not_the_frame(page):
    page.goto("/accessibility/")
    page.emulate_media(media="print")
    expect(page.locator("main")).to_be_visible()
    for part in (".masthead", ".footer"):
        expect(page.locator(part)).to_be_hidden()


# --- Without scripts ---


def test_the_menu_opens_without_scripts(browser, live_server):
    context = browser.new_context(base_url=live_server.url, viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto("/about/privacy/")
    signed_in(page).goto("/about/privacy/")
    way_out = page.get_by_role("link", name="Sign out")
    expect(way_out).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    expect(way_out).to_be_visible()
    context.close()


def test_what_only_scripts_can_do_is_not_offered_without_them(browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/styleguide/")
    for name in ("Copy the link", "Print this page", "Hide", "Start"):
        expect(page.get_by_role("button", name=name, exact=True)).to_have_count(0)
    expect(page.get_by_text("3 minutes for everyone to write")).to_be_visible()
    context.close()


# --- Nothing typed is lost ---


def test_words_are_kept_while_you_type(page):
    sent: list[str] = []
    page.route("**/keep/", lambda route: (sent.append(route.request.post_data), route.fulfill(body=KEPT)))
    lay(page, AUTOSAVE)
    page.get_by_label("Answer").press_sequentially("yes")
    expect(page.get_by_text("not saved yet")).to_be_visible()
    expect(page.get_by_text("saved 10:42")).to_be_visible()
    assert sent[-1] == "answer=yes"


def test_words_typed_without_a_network_are_sent_when_it_returns(page):
    page.route("**/keep/", lambda route: route.abort())
    lay(page, AUTOSAVE)
    page.get_by_label("Answer").fill("typed on the bus")
    expect(page.get_by_text("no connection")).to_be_visible()
    page.unroute("**/keep/")
    page.route("**/keep/", lambda route: route.fulfill(body=KEPT))
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_text("saved 10:42")).to_be_visible()
    assert page.get_by_label("Answer").input_value() == "typed on the bus"


def questions_on_leaving(page: Page) -> list[str]:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/about/privacy/")
    return asked


def test_leaving_with_unsaved_words_asks_first(page):
    page.route("**/keep/", lambda route: route.abort())
    lay(page, AUTOSAVE)
    page.get_by_label("Answer").press_sequentially("not yet safe")
    expect(page.get_by_text("no connection")).to_be_visible()
    assert questions_on_leaving(page) == ["beforeunload"]


def test_leaving_asks_first_when_the_words_arrived_and_were_not_kept(page):
    page.route("**/keep/", lambda route: route.fulfill(body='<p role="alert">Changed somewhere else</p>'))
    lay(page, AUTOSAVE)
    page.get_by_label("Answer").press_sequentially("mine")
    expect(page.get_by_text("Changed somewhere else")).to_be_visible()
    assert questions_on_leaving(page) == ["beforeunload"]


def test_leaving_asks_first_when_the_page_brought_unsaved_words(page):
    lay(page, '<form method="post" action="/keep/" data-guard="unsaved"><textarea aria-label="A"></textarea></form>')
    page.get_by_label("A").click()  # a browser asks only whoever has touched the page
    assert questions_on_leaving(page) == ["beforeunload"]


def test_leaving_with_saved_words_asks_nothing(page):
    page.route("**/keep/", lambda route: route.fulfill(body=KEPT))
    lay(page, AUTOSAVE)
    page.get_by_label("Answer").press_sequentially("safe")
    expect(page.get_by_text("saved 10:42")).to_be_visible()
    assert questions_on_leaving(page) == []


def test_sending_a_guarded_form_asks_nothing(page):
    page.route("**/keep/", lambda route: route.fulfill(content_type="text/html", body="<h1>Kept</h1>"))
    lay(page, '<form method="post" action="/keep/" data-guard><input aria-label="A"><button>Keep</button></form>')
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_label("A").press_sequentially("one")
    page.get_by_role("button").click()
    expect(page.get_by_role("heading", name="Kept")).to_be_visible()
    assert asked == []


def test_a_form_goes_off_once_however_often_it_is_pressed(page):
    lay(
        page,
        '<form method="post" action="/keep/" target="there"><button>Keep</button></form><iframe name="there"></iframe>',
    )
    sent: list[str] = []
    page.route("**/keep/", lambda route: (sent.append(route.request.method), route.fulfill(body="kept")))
    for _ in range(3):
        page.get_by_role("button").click()
    page.wait_for_timeout(300)
    assert sent == ["POST"]


def test_a_form_that_another_script_stopped_can_be_sent_again(page):
    lay(page, '<form method="post" action="/keep/"><button>Keep</button></form>')
    page.evaluate("document.forms[0].addEventListener('submit', (event) => event.preventDefault(), { once: true })")
    page.route("**/keep/", lambda route: route.fulfill(content_type="text/html", body="<h1>Kept</h1>"))
    page.get_by_role("button").click()
    page.get_by_role("button").click()
    expect(page.get_by_role("heading", name="Kept")).to_be_visible()


# --- Small helps ---


def test_a_timer_says_the_last_minute_and_the_end(page):
    page.clock.install()
    page.goto("/styleguide/")
    box = page.locator(".timer")
    box.get_by_role("button", name="Start").click()
    page.clock.fast_forward(121_000)
    expect(box.get_by_role("timer")).to_have_text("0:59")
    page.clock.run_for(60_000)
    expect(box.get_by_role("status")).to_have_text("Time is up")


def test_a_timer_can_rest(page):
    page.clock.install()
    page.goto("/styleguide/")
    box = page.locator(".timer")
    box.get_by_role("button", name="Start").click()
    page.clock.run_for(10_000)
    box.get_by_role("button", name="Pause").click()
    page.clock.run_for(60_000)
    expect(box.get_by_role("timer")).to_have_text("2:50")


def test_a_link_can_be_copied(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/styleguide/")
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "https://example.org/join/7Q2F"


def test_a_note_that_was_hidden_stays_hidden(page):
    page.goto("/styleguide/")
    note = page.locator("[data-dismiss=styleguide]")
    note.get_by_role("button", name="Hide").click()
    expect(note).to_have_count(0)
    page.reload()
    expect(note).to_have_count(0)
