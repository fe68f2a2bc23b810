"""From a survey to an answer that everybody reads: the whole loop, with a clock that stands where the test puts it."""

import re

import pytest
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from colead.staffpage.actions.days import add_days_off
from colead.staffpage.models import Follow
from tests.cast import Cast
from tests.staffpage_world import FOUND, at, decided, found, freeze, linked, words
from tests.surveys_world import BOTH, sealed

pytestmark = pytest.mark.django_db(databases=BOTH)


def links_in(letter: EmailMessage, ending: str) -> list[str]:
    """Return the paths of the links in a letter that end so."""
    return re.findall(rf"http://[^/\s]+(/\S+{ending})", letter.body)


def follow(token: str, finding_id: int, email: str, mailbox: list[EmailMessage]) -> None:
    """Follow a finding as a person does: ask on the page, then press the button that the letter leads to."""
    nobody = Client()
    nobody.post(reverse("follow_finding", args=[token, finding_id]), {"email": email})
    [yes] = links_in(mailbox[-1], "/yes/")
    nobody.post(yes)
    mailbox.clear()


def test_a_finding_is_late_then_answered_and_its_follower_hears(
    cast: Cast, mailbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    wave = sealed(cast)
    freeze(monkeypatch, FOUND)
    finding, token = found(cast, wave), linked(cast)
    follow(token, finding.pk, "sam@home.example", mailbox)

    page = words(token)
    assert "Covers break up planning time." in page
    assert "No answer yet. It is due by Dec. 14, 2026." in page
    assert "is late" not in page

    freeze(monkeypatch, at(14))
    assert "is late" not in words(token), "its last day is in time"
    freeze(monkeypatch, at(15))
    page = words(token)
    assert "1 answer to you is late." in page
    assert "It was due by Dec. 14, 2026." in page
    call_command("digest", verbosity=0)
    assert [letter.to for letter in mailbox] == [["ada.reed@example.org"]], (
        "whoever follows hears nothing: it did not move"
    )
    assert "Covers break up planning time." in mailbox[0].body
    mailbox.clear()

    freeze(monkeypatch, at(16, hour=16))
    decision, ada = decided(cast), Client()
    ada.force_login(cast.ada)
    [link] = [reverse("finding_came", args=[cast.north_team.pk, finding.pk])]
    said = {"what": "decided", "decision": decision.pk, "text": "You plan together on Tuesdays.", "version": 1}
    assert ada.post(link, said).status_code == 302

    freeze(monkeypatch, at(17, hour=6))
    call_command("digest", verbosity=0)
    [letter] = mailbox
    assert letter.to == ["sam@home.example"]
    assert "Answered: Covers break up planning time." in letter.body
    assert "You plan together on Tuesdays." in letter.body
    assert f"/p/{token}/" in letter.body
    page = words(token)
    assert "is late" not in page
    assert "You plan together on Tuesdays." in page
    assert f'href="#decision-{decision.pk}"' in page

    call_command("digest", verbosity=0)
    freeze(monkeypatch, at(24, hour=6))
    call_command("digest", verbosity=0)
    assert len(mailbox) == 1, "nothing moved since, and nobody has anything to do any more"


def test_days_off_move_the_day_it_is_late(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    wave, token = sealed(cast), linked(cast)
    found(cast, wave)
    add_days_off(cast.north, first=at(7).date(), last=at(11).date(), what="Storm")
    freeze(monkeypatch, at(21))
    assert "It is due by Dec. 21, 2026." in words(token)
    freeze(monkeypatch, at(22))
    assert "It was due by Dec. 21, 2026." in words(token)


def test_a_lead_is_told_before_an_answer_is_due_once_a_week_and_not_after_it_is_given(
    cast: Cast, mailbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    finding = found(cast, sealed(cast))
    sent = []
    for day in range(24):
        freeze(monkeypatch, at(day, hour=6))
        call_command("digest", verbosity=0)
        sent += [day] * len(mailbox)
        mailbox.clear()
    assert sent == [9, 16, 23], "three school days ahead, then once a week"
    ada = Client()
    ada.force_login(cast.ada)
    answer = {"what": "not-now", "text": "No cover before March.", "version": finding.version}
    ada.post(reverse("finding_came", args=[cast.north_team.pk, finding.pk]), answer)
    freeze(monkeypatch, at(40, hour=6))
    call_command("digest", verbosity=0)
    assert mailbox == []


def test_a_lead_who_wants_no_mail_gets_none(
    cast: Cast, mailbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    found(cast, sealed(cast))
    freeze(monkeypatch, at(16))
    call_command("digest", verbosity=0)
    [stop] = links_in(mailbox.pop(), "/stop/")
    Client().post(stop)
    freeze(monkeypatch, at(40))
    call_command("digest", verbosity=0)
    assert mailbox == []
    assert not Follow.objects.exists()
