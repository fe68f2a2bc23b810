"""Norms: agreed together, looked at alone first, revealed as counts that name nobody."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from colead.content.loader import load
from colead.meetings.actions import norms
from colead.meetings.models import Agreement, NormCheck, NormView
from colead.meetings.queries.norms import TERM, is_due, norms_of
from colead.meetings.queries.points import points_for
from colead.schools.models import Member
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def people(cast: Cast) -> list[Member]:
    return list(cast.north_team.members.active())


def agreed(cast: Cast, *words: str, based_on: int = 0) -> Agreement:
    facts = {"present": people(cast), "agreed_on": TODAY, "based_on": based_on}
    return norms.agree_norms(cast.north_team, words or ("We end on time.", "We listen."), **facts)


def look(cast: Cast) -> NormCheck:
    return norms.begin_look(agreed(cast), by=cast.ada, now=NOW)


def give(cast: Cast, check: NormCheck, who: object, *marks: str) -> None:
    numbers = check.agreement.norms.values_list("pk", flat=True)
    norms.give_view(check, dict(zip(numbers, marks, strict=True)), by=who)


def browser(user: object) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_newest_agreement_holds_and_those_before_stay_readable(cast: Cast) -> None:
    agreed(cast, "We start  on time.", "", " ")
    agreed(cast, "We write first.", based_on=1)
    found = norms_of(cast.north_team, cast.ada)
    assert [norm.words for norm in found.holds.norms.all()] == ["We write first."]
    assert [[norm.words for norm in one.norms.all()] for one in found.before] == [["We start on time."]]


def test_norms_need_words_people_and_a_number_that_can_be_kept_in_mind(cast: Cast) -> None:
    team, known = cast.north_team, {"agreed_on": TODAY, "based_on": 0}
    with pytest.raises(norms.NoNorms):
        norms.agree_norms(team, [" "], present=people(cast), **known)
    with pytest.raises(norms.TooManyNorms):
        norms.agree_norms(team, [f"We do {n}." for n in range(13)], present=people(cast), **known)
    with pytest.raises(norms.NobodyAgreed):
        norms.agree_norms(team, ["We listen."], present=[], **known)
    assert not Agreement.objects.exists()


def test_two_people_who_write_norms_at_once_do_not_write_over_each_other(cast: Cast) -> None:
    agreed(cast)
    with pytest.raises(norms.AgreedInBetween):
        agreed(cast, "Mine.", based_on=0)
    assert Agreement.objects.count() == 1


def test_counts_are_taken_when_enough_have_looked_and_who_said_what_is_gone(cast: Cast) -> None:
    check = look(cast)
    give(cast, check, cast.ada, "keep", "not-yet")
    give(cast, check, cast.ben, "keep", "sometimes")
    with pytest.raises(norms.TooFewLooked):
        norms.reveal_look(check, by=cast.ada, now=NOW)
    give(cast, check, cast.pat, "sometimes", "not-yet")
    give(cast, check, cast.pat, "sometimes", "keep")  # changed their mind
    revealed = norms.reveal_look(check, by=cast.ada, now=NOW)
    assert [(one.keep, one.sometimes, one.not_yet) for one in revealed.counts.all()] == [(2, 1, 0), (1, 1, 1)]
    assert not NormView.objects.exists()
    assert revealed.written == 3
    with pytest.raises(norms.LookIsOver):
        give(cast, check, cast.ben, "keep", "keep")
    with pytest.raises(norms.LookIsOver):
        norms.reveal_look(check, by=cast.ada, now=NOW)


def test_what_one_person_sees_is_on_no_page_but_theirs(cast: Cast) -> None:
    check = look(cast)
    give(cast, check, cast.ada, "not-yet", "not-yet")
    url = reverse("norms", args=[cast.north_team.pk])
    assert browser(cast.ada).get(url).content.decode().count("checked") == 2
    for other in (cast.ben, cast.pat, cast.kim):
        page = browser(other).get(url).content.decode()
        assert "checked" not in page
        assert "1 of 3 have written" in page


def test_a_term_after_the_last_look_the_agenda_asks_for_the_next(cast: Cast) -> None:
    team = cast.north_team
    assert not is_due(team, TODAY)
    check = look(cast)
    assert not is_due(team, TODAY + TERM - timedelta(days=1))
    assert is_due(team, TODAY + TERM)
    refs = [point.ref for point in points_for(team, cast.ada, load(), today=TODAY + TERM)]
    assert "norms" in refs
    for who in (cast.ada, cast.ben, cast.pat):
        give(cast, check, who, "keep", "keep")
    norms.reveal_look(check, by=cast.ada, now=NOW + timedelta(days=30))
    assert not is_due(team, TODAY + TERM)


def test_one_look_at_a_time(cast: Cast) -> None:
    agreement = agreed(cast)
    first = norms.begin_look(agreement, by=cast.ada, now=NOW)
    assert norms.begin_look(agreement, by=cast.ben, now=NOW) == first


def test_from_no_norms_to_what_changes_over_the_pages(cast: Cast) -> None:
    ada, team = browser(cast.ada), cast.north_team.pk
    home = reverse("norms", args=[team])
    assert "No norms yet" in ada.get(home).content.decode()
    assert ada.post(reverse("norms_begin", args=[team])).status_code == 404
    agree = reverse("norms_agree", args=[team])
    refused = ada.post(agree, {"norms": "We listen.\n" + "x" * 301, "version": 0})
    assert refused.status_code == 422
    assert "300 letters at most" in refused.content.decode()
    sent = {"norms": "We listen.\nWe end on time.", "present": [one.pk for one in people(cast)], "agreed_on": TODAY}
    assert ada.post(agree, {**sent, "version": 0}).status_code == 302
    assert "Somebody else wrote down new norms" in ada.post(agree, {**sent, "version": 0}).content.decode()
    ada.post(reverse("norms_begin", args=[team]))
    check = NormCheck.objects.get()
    url = reverse("norms_look", args=[team, check.pk])
    assert ada.post(url, {}).status_code == 422
    numbers = check.agreement.norms.values_list("pk", flat=True)
    for user in (cast.ada, cast.ben, cast.pat):
        browser(user).post(url, {f"norm-{number}": "keep" for number in numbers})
    reveal = ada.post(reverse("norms_reveal", args=[team, check.pk]), follow=True).content.decode()
    assert "<strong>3</strong> we keep this" in reveal
    changes = reverse("norms_changes", args=[team, check.pk])
    ada.post(changes, {"note": "We ask once.", "version": 2})
    assert "We ask once." in ada.get(home).content.decode()


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_norms_hang_on_the_wall_and_without_any_there_is_a_sheet_to_write_on(cast: Cast, form: str) -> None:
    url = reverse("norms_paper", args=[cast.north_team.pk, form])
    blank = browser(cast.ada).get(url)
    agreed(cast)
    filled = browser(cast.ada).get(url)
    assert blank.status_code == filled.status_code == 200
    assert blank.content != filled.content
