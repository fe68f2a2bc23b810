"""From nothing to a decision on paper: the way a real team walks it, on a phone, once with the keyboard alone."""

import io
import re

import pikepdf
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from colead.playbook.models import Choice, Discussion
from colead.schools.models import Team
from tests import cast as people
from tests.journeys.conftest import newest_code
from tests.journeys.hands import Finger, Keys

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
MOST_SCREENS = 12
SAVED = re.compile(r"saved \d")


def sign_in(hands: Finger, address: str, name: str) -> None:
    page = hands.page
    hands.fill(page.get_by_label("E-mail"), address)
    page.keyboard.press("Enter")
    page.wait_for_url("**/enter/code/**")
    hands.fill(page.get_by_label("Code"), newest_code())
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/enter/" not in url)
    if "/me/" in page.url:
        hands.fill(page.get_by_role("textbox").first, name)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/me/" not in url)


@pytest.mark.parametrize("way", [Finger, Keys])
def test_from_nothing_to_a_decision_and_its_paper(
    page: Page, context: BrowserContext, mailbox: list, way: type[Finger]
) -> None:
    hands = way(page)
    # set-up
    page.goto("/")
    hands.press("Start with your school")
    sign_in(hands, "first.lead@example.org", "First Lead")
    hands.fill(page.get_by_label("Name of the school"), "Hill School")
    hands.fill(page.get_by_label("Town and state"), "Hill, Ohio")
    hands.fill(page.get_by_label("What do you call your team?"), "The hill team")
    hands.tick(page.get_by_label("a teacher or other staff"))
    hands.press("Open the team’s room")
    team = Team.objects.get()
    expect(page.get_by_role("link", name="Read three short notes")).to_be_visible()
    hands.press("Read three short notes")
    hands.press("We have read this")
    # self-assessment
    page.goto(f"/t/{team.pk}/assess/vision/")
    hands.press("Begin: everyone writes alone first")
    hands.fill(page.get_by_label("Where you can grow").first, "Three people wrote our vision.")
    page.keyboard.press("Tab")  # leave the field: what was typed saves itself
    expect(page.locator("[data-saved]")).to_contain_text(SAVED)
    hands.press("Reveal side by side")
    expect(page.get_by_text("Three people wrote our vision.")).to_be_visible()
    hands.fill(page.get_by_role("textbox", name="Your line"), "Three of thirty shaped it.")
    hands.tick(page.get_by_label("mostly growth"))
    hands.press("Keep it and go on")
    page.goto(f"/t/{team.pk}/assess/vision/")
    hands.press("Close this round")
    # choice
    hands.press("Choose the condition you take on")
    hands.tick(page.get_by_label("Vision and strategy"))
    hands.tick(page.get_by_label("our greatest need"))
    hands.fill(page.get_by_label("Because"), "Nobody can say where we are going.")
    hands.tick(page.get_by_label("consent", exact=True))
    hands.tick(page.get_by_label("First Lead"))
    hands.press("We choose this one")
    assert Choice.objects.get().condition == "vision"
    # first decision point
    page.goto(f"/t/{team.pk}/q/V-W1/")
    hands.fill(page.get_by_role("textbox", name="Your answer"), "We say no to plans made in July.")
    expect(page.locator("[data-saved]")).to_contain_text(SAVED)
    page.reload()
    expect(page.get_by_role("textbox", name="Your answer")).to_have_value("We say no to plans made in July.")
    expect(page.locator("#progress")).to_contain_text("has written")
    hands.press("Reveal all answers")
    hands.fill(page.get_by_label("What you decided"), "No plan without those who carry it.")
    hands.tick(page.get_by_label("consent", exact=True))
    hands.tick(page.get_by_label("First Lead"))
    hands.press("Keep the decision")
    assert Discussion.objects.get().decision
    # paper
    answer = context.request.get(f"/t/{team.pk}/print/guide/vision.pdf")
    with pikepdf.open(io.BytesIO(answer.body())) as pdf:
        assert "/StructTreeRoot" in pdf.Root
    assert not page.complaints


def test_from_an_invitation_to_the_first_decision_in_at_most_twelve_screens(page: Page, mailbox: list) -> None:
    hands = Finger(page)
    team = people.north()
    ada = team.members.first().user
    made = people.actions.invite_by_mail(
        team, email="new@example.org", role="member", by=ada, now=people.NOW.now(people.UTC)
    )
    screens: list[str] = []
    page.on("framenavigated", lambda frame: screens.append(frame.url))
    page.goto(f"/join/{made.secret}/")
    hands.press("Accept, and sign in")
    expect(page.get_by_label("E-mail")).to_have_value("new@example.org")
    sign_in(hands, "new@example.org", "New Here")
    hands.press("Read three short notes")
    hands.press("We have read this")
    hands.press("Answer:")
    hands.fill(page.get_by_role("textbox", name="Your answer"), "The flood. By noon every class had a room.")
    expect(page.locator("[data-saved]")).to_contain_text(SAVED)
    hands.press("Reveal all answers")
    hands.fill(page.get_by_label("What you decided"), "We remember what slack made possible.")
    hands.tick(page.get_by_label("consensus", exact=True))
    hands.tick(page.get_by_label("Ada Reed"))
    hands.press("Keep the decision")
    assert Discussion.objects.exclude(decision=None).count() == 1
    assert len(screens) <= MOST_SCREENS, screens
