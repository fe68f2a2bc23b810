"""Everybody can use the pages around a survey that a walk through all addresses misses: axe at both widths."""

import csv
import io
from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page

from colead.accounts.models import User
from colead.answers import box
from colead.schools.models import School
from colead.surveys.actions import codes, findings, waves
from colead.surveys.models import Wave
from tests.journeys.test_access import look, look_here
from tests.journeys.test_survey import make_wave, north, phone, wave  # noqa: F401  # fixtures
from tests.surveys_world import answered
from tests.test_surveys_reading import GOOGLE

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True, databases=["default", "ballots"]),
]


def over(wave: Wave) -> Wave:  # noqa: F811
    """Let twelve people answer, and close it."""
    answered(wave, 12, day=wave.opens)
    return waves.close_wave(wave, now=timezone.now())


def test_axe_finds_nothing_where_staff_answer(wave: Wave, phone: BrowserContext) -> None:  # noqa: F811
    page, wrong = phone.new_page(), []
    code = codes.codes_on_paper(wave)[0]
    here = f"/s/{wave.tag}/"
    for url in ("/s/", here, f"{here}in/es/", f"{here}receipts/", f"{here}kept/?in=es"):
        page.goto(url)
        look_here(page, url, wrong)
    page.goto(f"{here}#{box.show_code(code)}")
    page.locator("input[name=a0][value='4']").check()
    page.get_by_role("button", name="Send my answers").click()
    page.get_by_role("heading", name="Thank you. Your answers are counted.").wait_for()
    look_here(page, "counted", wrong)
    over_now = waves.close_wave(wave, now=timezone.now())
    for url in (here, f"{here}receipts/?in=es", f"/s/{over_now.tag}/kept/"):
        page.goto(url)
        look_here(page, url, wrong)
    assert not wrong, "\n".join(wrong)
    assert phone.cookies() == []


def test_axe_finds_nothing_where_a_team_plans_and_reads(
    wave: Wave,  # noqa: F811
    north: School,  # noqa: F811
    page: Page,
    enter_as: Callable[[str], User],
) -> None:
    wrong: list[str] = []
    ada, team = enter_as("Ada"), north.teams.get()
    done = over(wave)
    facts = {"about": "vision", "sentence": "We know where we go.", "answer_by": wave.closes, "by": ada}
    found = findings.write_finding(team, done, **facts, now=timezone.now())
    school = [north.pk]
    opens = [
        reverse("wave_comments", args=[*school, done.pk]),
        reverse("inquiry_new", args=school),
        reverse("inquiry_plan", args=[*school, "vision"]),
        reverse("wave", args=[*school, done.pk]),
        reverse("findings", args=school),
        reverse("finding_evidence", args=[team.pk, found.pk]),
        reverse("instruments", args=school),
    ]
    for url in opens:
        assert page.request.get(url, max_redirects=0).status == 200, url
        look(page, url, wrong)
    bring(page, north)
    look_here(page, "brought_look", wrong)
    assert not wrong, "\n".join(wrong)


def bring(page: Page, north: School) -> None:  # noqa: F811
    """Bring answers from another tool, as far as the look at them."""
    lines = io.StringIO()
    csv.writer(lines).writerows(GOOGLE)
    page.goto(reverse("brought_new", args=[north.pk]))
    page.get_by_label("How we lead together").check()
    page.get_by_label("What do you call this round?").fill("Last year")
    page.get_by_label("How many people were asked?").fill("20")
    page.get_by_label("The answers").set_input_files(
        {"name": "answers.csv", "mimeType": "text/csv", "buffer": lines.getvalue().encode()}
    )
    with page.expect_navigation():
        page.get_by_role("button", name="Look at it").click()
    page.get_by_role("heading", name="Look before you take it in").wait_for()
