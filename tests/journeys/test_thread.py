"""The whole thread in a browser: from what is felt to a closed test and the next priority, then back along it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from colead.accounts.models import User
from colead.schools.models import Team
from tests.journeys.conftest import DESK
from tests.journeys.hands import Finger

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

QUOTE = "Nobody could say in a sentence where we are going."
BARRIER = "The vision was written by three people over a summer."
CAUSE = "We have no hour in which everybody shapes it."
IDEA = "Thirty minutes of each staff meeting for one sentence of it."
QUESTION = "If staff write one sentence a month, will they use it by spring?"
NEXT = "If the sentences hang in the hallway, will visitors repeat them?"


class Hands(Finger):
    """A team at one screen: it opens, fills by name, ticks, presses."""

    def open(self, path: str) -> None:
        answer = self.page.goto(path)
        assert answer
        assert answer.status == 200, path

    def write(self, **words: str) -> None:
        for name, text in words.items():
            self.page.locator(f"main [name='{name}'], main [name$='-{name}']").first.fill(text)

    def choose(self, **values: str) -> None:
        for name, value in values.items():
            self.page.locator(f"main input[name='{name}'][value='{value}']").first.check()

    def unfold(self, words: str) -> None:
        fold = self.page.locator("main details", has=self.page.locator("summary", has_text=words)).last
        if fold.get_attribute("open") is None:
            fold.locator("summary").first.click()

    def agree(self, *names: str) -> None:
        for name in names:
            self.page.locator(f"main input[name='{name}'], main input[name$='-{name}']").first.check()


@pytest.fixture
def at(demo: None, page: Page, enter_as: Callable[[str], User]) -> tuple[Hands, str]:
    """Return Ada's hands at a desk, and where North's team begins."""
    enter_as("Ada")
    page.set_viewport_size(DESK)
    team = Team.objects.get(school__name__startswith="North")
    return Hands(page), f"/t/{team.pk}"


def test_from_a_felt_result_to_the_next_priority_and_back_along_every_link(at: tuple[Hands, str]) -> None:
    hands, room = at
    page = hands.page
    feel(hands, room)
    quote(hands, room)
    barrier(hands, room)
    cause_and_approach(hands)
    theory(hands)
    draw(hands)
    test = plan(hands)
    steps_and_values(hands, test)
    result(hands, test)
    upcoming(hands)
    walk_back(hands, test)
    assert not page.complaints  # type: ignore[attr-defined]  # set by the fixture


def feel(hands: Hands, room: str) -> None:
    hands.open(f"{room}/felt/")
    hands.choose(felt="confusion")
    hands.press("Where could you look?")
    expect(hands.page.locator("main")).to_contain_text("Because you ticked: Confusion.")
    hands.press("Choose a condition with this in mind")
    hands.choose(condition="vision", basis="need", way="consent")
    hands.write(reason="Nobody can say where we are going.")
    hands.agree("present")
    hands.press("We choose this one")
    expect(hands.page.locator("main")).to_contain_text("Vision and strategy")


def quote(hands: Hands, room: str) -> None:
    """Answer the guide's first question, reveal it, and take the answer as evidence."""
    hands.open(f"{room}/q/V-W1/")
    hands.fill(hands.page.get_by_role("textbox", name="Your answer"), QUOTE)
    expect(hands.page.locator("#progress")).to_contain_text("1 of 6")
    hands.press("Reveal all answers")
    hands.press("Take this as evidence")
    expect(hands.page.locator("[name=body]")).to_have_value(QUOTE)
    hands.agree("named")
    hands.press("Take it")
    expect(hands.page.get_by_role("status")).to_contain_text("Taken into what you know.")


def barrier(hands: Hands, room: str) -> None:
    hands.open(f"{room}/barriers/?condition=vision")
    hands.write(statement=BARRIER, symptom="Everybody plans toward something else.")
    hands.choose(reach="influence")
    hands.unfold("Link evidence you have noted")
    hands.page.get_by_label(QUOTE[:40]).check()
    hands.press("Name it")
    if hands.page.locator("h1").inner_text() != BARRIER:
        hands.press(BARRIER)
    hands.press("Take this one on")


def cause_and_approach(hands: Hands) -> None:
    hands.write(because=CAUSE, fact="The calendar of 2025 has no such hour.")
    hands.press("Add this because")
    hands.agree("in_reach", "not_a_person")
    hands.press("Name it as the cause")
    hands.write(q=IDEA)
    hands.press("Look, then add")
    expect(hands.page.locator("[name=text]")).to_have_value(IDEA)
    hands.press("Add the idea")
    hands.unfold("Choose one idea as your approach")
    hands.page.get_by_role("radio", name=IDEA).check()
    hands.write(reason="It costs nothing and everybody is in the room.")
    hands.press("This is our approach")


def theory(hands: Hands) -> None:
    """Begin from the barrier, whose words are there already; say the three parts; adopt."""
    page = hands.page
    hands.press("Build your theory of action on it")
    expect(page.locator("[name=problem]")).to_have_value(f"{BARRIER}\n{CAUSE}")
    expect(page.locator("[name=learned]")).to_have_value(f"“{QUOTE}”")
    hands.write(goal="Everybody can say in a sentence where we are going.")
    hands.press("Begin")
    for leg, words in (("result", "plans pull one way"), ("then", "they own its words"), ("if", "staff write it")):
        hands.unfold(f"Add a line: {leg}" if leg != "result" else "Add a line: as a result")
        line = page.locator(f"form[action*='/{leg}/'] [name='{leg}-text']")
        line.fill(words)
        with page.expect_navigation():
            page.locator(f"form[action*='/{leg}/'] button").click()
    hands.press("Adopt it")
    hands.choose(way="consent")
    hands.agree("present")
    hands.press("We adopt it")
    expect(page.locator("main")).to_contain_text("Adopted, version 1.")


def draw(hands: Hands) -> None:
    hands.press("Draw the purpose map from it")
    expect(hands.page.locator("[name=idea]")).to_have_value(IDEA)
    hands.press("Draw it")
    hands.press("The first try")
    hands.write(first_steps="Ask the two part-time colleagues\nBook the first half hour", scale="one staff meeting")
    hands.choose(form="pilot")
    hands.press("Save")


def plan(hands: Hands) -> str:
    """Plan the test from the map, in the place of the present priority; begin it. Return its address."""
    hands.press("Plan the first small test")
    hands.write(question=QUESTION, prediction="Half of us use one of the sentences.")
    hands.choose(form="pilot", place="active")
    hands.write(other_until=str(date.today() + timedelta(60)))  # the day on the wall
    hands.press("Plan it")
    expect(hands.page.locator("h1")).to_have_text(QUESTION)
    return hands.page.url


def steps_and_values(hands: Hands, test: str) -> None:
    page = hands.page
    expect(page.locator("main")).to_contain_text("Ask the two part-time colleagues")
    hands.press("Add a step")
    hands.write(what="Print the sentence large", due_on=str(date.today()))
    hands.agree("owners")
    hands.press("Save")
    hands.open(test)
    hands.press("Begin today")
    hands.press("Count something")
    hands.write(name="Sentences heard in lessons", unit="a week", baseline="0", target="5")
    hands.choose(kind="outcome", better="up", chart="run", rules="anhoej")
    hands.press("Save")
    hands.unfold("Paste several from a table")
    rows = "\n".join(f"2026-0{1 + at // 4}-{1 + 7 * (at % 4):02d},{at}" for at in range(12))
    page.locator("main textarea").last.fill(rows)
    hands.press("Add them all")
    expect(page.locator("main svg").first).to_be_visible()
    expect(page.locator("main table tbody tr")).to_have_count(12)


def result(hands: Hands, test: str) -> None:
    hands.open(f"{test}impact/")
    expect(hands.page.locator("main")).to_contain_text(QUESTION)
    expect(hands.page.locator("main")).to_contain_text("Everybody can say in a sentence where we are going.")
    hands.write(gathered="A count in twelve weeks.", for_whom="For everyone but the night crew.", celebration="Cake.")
    hands.choose(finding="better")
    hands.press("Save")
    hands.press("Decide together")
    hands.choose(verdict="adopt", onward="revisit", way="consent")
    hands.write(because="They use it without being asked.")
    hands.agree("present")
    hands.press("Decide and close the test")
    expect(hands.page.locator("main")).to_contain_text("They use it without being asked.")


def upcoming(hands: Hands) -> None:
    """Plan what comes next as the one priority."""
    hands.press("Plan what comes next")
    hands.write(question=NEXT)
    hands.choose(form="explore", place="active")
    hands.press("Plan it")
    expect(hands.page.locator("h1")).to_have_text(NEXT)
    expect(hands.page.locator(".eyebrow", has_text="priority")).to_be_visible()


def walk_back(hands: Hands, test: str) -> None:
    """Every stop of the thread is there, as seen from the test and as seen from everything on its way."""
    page = hands.page
    hands.open(test)
    hands.press("The whole thread")
    seen = links(page)
    for words in (QUOTE, BARRIER, IDEA, QUESTION, "where we are going", "Better", "Keep doing it"):
        assert any(words in text for text in seen), words
    assert page.locator(".path li").count() == 7
    assert page.locator(".path li.is-later").count() == 0
    assert page.locator(".thread-missing").count() == 0
    expect(page.locator("main")).to_contain_text("taken from V-W1")
    expect(page.locator("main")).to_contain_text(NEXT)
    beginnings = page.locator(".thread-node a", has_text="from here")
    for address in [str(link.get_attribute("href")) for link in beginnings.all()]:
        hands.open(address)
        assert page.locator(".path li.is-later").count() == 0, address
        assert {QUESTION, QUOTE, BARRIER} <= set(links(page)), address


def links(page: Page) -> list[str]:
    return page.locator(".thread-node > a:not(.meta)").all_inner_texts()
