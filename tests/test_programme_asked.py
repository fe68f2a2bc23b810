"""Whoever has to answer another school is told by mail: once, without what was asked, and not against their will."""

import pytest
from django.core import mail
from django.urls import reverse

from colead.plans.actions.reminders import turn
from colead.programme import emails
from colead.programme.models import Cohort, OfferOrAsk, Visit
from colead.programme.queries.asked import asked_to_visit
from tests.cast import NOW, Cast
from tests.company_world import cohort_of, gathered
from tests.test_surveys_waves import client_of

pytestmark = pytest.mark.django_db
SECRET = "Nobody knows how our hour began"


@pytest.fixture
def cohort(cast: Cast) -> Cohort:
    return cohort_of(cast)


def told() -> list[str]:
    """Return who was written to, and forget the letters."""
    letters = list(mail.outbox)
    mail.outbox.clear()
    assert all(SECRET not in letter.body + letter.subject for letter in letters), "words stay inside"
    return sorted(letter.to[0].partition(".")[0] for letter in letters)


def test_a_school_that_is_asked_for_a_visit_hears_of_it(cast: Cast, cohort: Cohort) -> None:
    sent = {"direction": "go", "schools": [cast.north_team.pk], "with_office": "on", "why": SECRET, "version": 0}
    client_of(cast.cleo).post(reverse("visit_new", args=[cast.south_team.pk]), sent)
    visit = Visit.objects.get()
    letter = next(one for one in mail.outbox if one.to == [cast.ben.email])
    assert letter.subject == "South Middle School asks you about a visit"
    assert reverse("visit_answer", args=[cast.north_team.pk, visit.pk]) in letter.body
    office = next(one for one in mail.outbox if one.to == [cast.dana.email])
    assert reverse("office_visit_answer", args=[cast.office.pk, visit.pk]) in office.body
    assert told() == ["ada", "ben", "dana", "pat"]


def test_the_office_asks_host_and_guests(cast: Cast, cohort: Cohort) -> None:
    sent = {"kind": "lab", "host": cast.north_team.pk, "guests": [cast.south_team.pk], "with_office": "on"}
    url = reverse("office_visit_new", args=[cast.office.pk, cohort.programme_id])
    client_of(cast.dana).post(url, {**sent, "why": SECRET})
    assert told() == ["ada", "ben", "cleo", "pat"]


def test_the_office_hears_that_a_team_asks_for_help(cast: Cast, cohort: Cohort) -> None:
    sent = {"topic": "theory", "body": SECRET, "version": 0}
    client_of(cast.ada).post(reverse("ask_new", args=[cast.north_team.pk]), sent)
    assert reverse("office_ask", args=[cast.office.pk, cast.north_team.asks.get().pk]) in mail.outbox[0].body
    assert told() == ["dana"]


@pytest.mark.parametrize(("kind", "who"), [("ask", ["cleo"]), ("offer", [])])
def test_leads_hear_what_a_school_asks_and_offers_wait(cast: Cast, cohort: Cohort, kind: str, who: list[str]) -> None:
    meeting = gathered(cohort, cast)
    url = reverse("offer_new", args=[cast.north_team.pk, meeting.pk])
    client_of(cast.ben).post(url, {"kind": kind, "body": SECRET, "version": 0})
    assert OfferOrAsk.objects.get().kind == kind
    assert all(reverse("gathering", args=[cast.south_team.pk, meeting.pk]) in letter.body for letter in mail.outbox)
    assert told() == who


def test_who_has_stopped_our_mails_is_not_written_to(cast: Cast, cohort: Cohort) -> None:
    turn(cast.ben, on=False, now=NOW)
    cast.pat.is_active = False
    cast.pat.save()
    sent = {"direction": "go", "schools": [cast.north_team.pk], "why": SECRET, "version": 0}
    client_of(cast.cleo).post(reverse("visit_new", args=[cast.south_team.pk]), sent)
    assert "List-Unsubscribe" in mail.outbox[0].extra_headers
    assert told() == ["ada"]
    assert [one.user for one in asked_to_visit(Visit.objects.get())] == [cast.ada]


def test_a_lost_letter_loses_nothing_else(cast: Cast, cohort: Cohort, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise OSError

    monkeypatch.setattr(emails, "send_stoppable", fail)
    sent = {"topic": "theory", "body": SECRET, "version": 0}
    answer = client_of(cast.ada).post(reverse("ask_new", args=[cast.north_team.pk]), sent)
    assert answer.status_code == 302
    assert cast.north_team.asks.count() == 1
