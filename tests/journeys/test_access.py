"""Everybody can use every page: axe at 320 and 1280 px, no sideways scrolling, nothing from another host."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request

from colead.accounts.models import User
from colead.schools.models import School
from colead.staffpage.links import token_of
from colead.web.doors import door_of
from tests.addresses import address, numbers_of, patterns
from tests.journeys.conftest import DESK, PHONE

pytestmark = pytest.mark.e2e
NOT_PAGES = {"manifest", "robots", "print_blank", "print_filled", "roster_export", "mfa_download_recovery_codes"}
NOT_PAGES |= {"meeting_clock"}  # a part that phones ask for by themselves
WHO = {"office": "Dana"}  # everything else is opened by somebody who leads a team


def addresses(school: School) -> list[tuple[str, str]]:
    """Return every page with the person who may open it."""
    numbers = {**numbers_of(school), "token": token_of(school.staff_page)}
    return [
        (WHO.get(str(door_of(pattern.callback)), "Ada"), address(pattern, numbers))
        for _where, pattern in patterns()
        if pattern.name not in NOT_PAGES
    ]


def look(page: Page, url: str, seen: list[str]) -> None:
    """Open a page at both widths and write down what is wrong with it."""
    answer = page.request.get(url, max_redirects=0)
    if answer.status != 200 or "text/html" not in answer.headers.get("content-type", ""):
        return
    page.goto(url)
    look_here(page, url, seen)


def look_here(page: Page, url: str, seen: list[str]) -> None:
    """Write down what is wrong with the page that is open, at both widths."""
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        found = Axe().run(page)
        seen += [
            f"{url} at {size['width']}: {item['id']} {item['nodes'][0]['html']}"
            for item in found.response["violations"]
        ]
        wide = page.evaluate("document.documentElement.scrollWidth")
        seen += [f"{url} is {wide} wide at {size['width']}"] if wide > size["width"] else []


@pytest.mark.parametrize("who", ["Ada", "Dana"])
def test_axe_finds_nothing_on_any_page(
    demo: None, page: Page, enter_as: Callable[[str], User], live_server: object, who: str
) -> None:
    school = School.objects.get(name__startswith="North")
    foreign: list[str] = []
    wrong: list[str] = []
    enter_as(who)

    def note(request: Request) -> None:
        if not request.url.startswith((live_server.url, "data:")):
            foreign.append(request.url)

    page.on("request", note)
    for person, url in addresses(school):
        if person == who:
            look(page, url, wrong)
    assert not wrong, "\n".join(wrong)
    assert not foreign
    assert not page.complaints


@pytest.mark.parametrize(
    "url", ["/", "/enter/", "/playbook/", "/playbook/vision/", "/playbook/glossary/", "/join/", "/about/privacy/"]
)
def test_axe_finds_nothing_on_pages_for_everybody(transactional_db: None, page: Page, url: str) -> None:
    wrong: list[str] = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        look(page, url, wrong)
    assert not wrong, "\n".join(wrong)


def test_at_400_percent_nothing_scrolls_sideways(demo: None, page: Page, enter_as: Callable[[str], User]) -> None:
    enter_as("Ada")
    school = School.objects.get(name__startswith="North")
    team = school.teams.get().pk
    page.set_viewport_size({"width": 320, "height": 256})  # a 1280 x 1024 screen at 400 %
    for url in (f"/t/{team}/", f"/t/{team}/q/E-H2/", f"/t/{team}/conditions/", f"/t/{team}/choose/"):
        page.goto(url)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
