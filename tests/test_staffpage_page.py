"""What staff read: finished records, nothing of the talk behind them, no name that the team holds back."""

from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from colead.decisions.actions import exchange, records
from colead.decisions.models import Decision
from colead.playbook.asked import playbook
from colead.staffpage.actions import notices
from colead.staffpage.actions.findings import NotDecided, NoWords, say_what_came
from colead.staffpage.actions.links import switch_off
from colead.staffpage.models import Held, Notice
from colead.staffpage.queries.page import contents
from colead.texts.actions import StaleSave, save_text
from tests.cast import NOW, Cast
from tests.decisions_world import asked, let_go
from tests.staffpage_world import FOUND, decided, found, linked, read, words
from tests.surveys_world import BOTH, sealed

pytestmark = pytest.mark.django_db(databases=BOTH)
TODAY = FOUND.date()


def test_a_finished_decision_is_told_with_what_became_of_those_who_saw_it_otherwise(cast: Cast) -> None:
    decision = decided(cast)
    page = words(linked(cast))
    told = ["When do we plan together?", "Paras", "Not before lunch.", "It is at 1:10.", "Tuesdays at 1:10."]
    told += ["It frees the fewest covers.", "Six groups in a row.", "They have a break at 11:40.", "Fridays"]
    told += ["Six weeks may be short.", "Ask Ada Reed if it does not work.", f'id="decision-{decision.pk}"']
    assert [each for each in told if each not in page] == []


def test_who_objected_and_what_was_said_in_the_talk_stays_in_the_team(cast: Cast) -> None:
    decision = decided(cast)
    records.reword_question(decision, talk="Ada shouted.", by=cast.ada, based_on=decision.version, now=NOW)
    page = words(linked(cast))
    assert "Ben Ortiz" not in page
    assert "Ada shouted" not in page


@pytest.mark.parametrize("who", ["Sam Doyle", "sam doyle", "Sam", "Ms Sam Doyle"])
def test_somebodys_name_never_stands_where_a_role_belongs(cast: Cast, who: str) -> None:
    cast.north.roster.create(name="Sam Doyle", email="sam.doyle@example.org", job="teacher")
    decision = decided(cast)
    heard = decision.inputs.get()
    save_text(heard, based_on=heard.version, by=cast.ada, now=NOW, who=who)
    page = words(linked(cast))
    assert "Doyle" not in page
    assert "a colleague:" in page


def test_an_unfinished_record_is_not_told_and_the_team_reads_what_it_lacks(cast: Cast) -> None:
    decision = decided(cast, because="")
    assert "Tuesdays at 1:10." not in words(linked(cast))
    client = Client()
    client.force_login(cast.ben)
    room = client.get(reverse("staff_room", args=[cast.north_team.pk])).content.decode()
    assert "the record lacks: because" in room
    save_text(decision, based_on=decision.version, by=cast.ada, now=NOW, because="Fewest covers.")
    assert "Tuesdays at 1:10." in words(linked(cast))


def test_an_open_question_is_told_only_where_views_are_asked_for(cast: Cast) -> None:
    asked(cast.north_team, question="A quiet question?")
    asked(cast.north_team, "advice", question="Where do buses stop?", input_until=TODAY + timedelta(3))
    asked(cast.north_team, "advice", question="Where did buses stop?", input_until=TODAY - timedelta(1))
    shown = contents(cast.north, playbook(), today=TODAY)
    assert [each.question for each in shown.questions] == ["Where do buses stop?"]


def test_what_the_team_holds_back_is_gone_at_once_and_comes_back(cast: Cast) -> None:
    decision, token = decided(cast), linked(cast)
    assert "Tuesdays at 1:10." in words(token)
    client = Client()
    client.force_login(cast.ben)
    hold = {"what": "decision", "number": decision.pk, "hold": "on"}
    client.post(reverse("staff_hold", args=[cast.north_team.pk]), hold)
    assert "Tuesdays at 1:10." not in words(token)
    client.post(reverse("staff_hold", args=[cast.north_team.pk]), {**hold, "hold": ""})
    assert "Tuesdays at 1:10." in words(token)


def test_names_of_those_who_answer_for_a_decision_can_be_held_back(cast: Cast) -> None:
    decided(cast)
    notices.hold_back(cast.north_team, what="names")
    page = words(linked(cast))
    assert "Ada Reed" not in page
    assert "Ask the team if it does not work." in page


def test_another_teams_record_cannot_be_held_back(cast: Cast) -> None:
    theirs = asked(cast.south_team)
    for what, number in (("decision", theirs.pk), ("trial", 1), ("nothing", 0)):
        with pytest.raises(notices.NotYours):
            notices.hold_back(cast.north_team, what=what, number=number)
    assert not Held.objects.exists()


def test_a_change_shows_at_once_though_pages_are_kept(cast: Cast) -> None:
    decision, token = decided(cast), linked(cast)
    assert "Tuesdays at 1:10." in words(token)
    decision.refresh_from_db()
    save_text(decision, based_on=decision.version, by=cast.ada, now=NOW, decided="Wednesdays at 9.")
    assert "Wednesdays at 9." in words(token)
    let_go(cast.north_team, what="The second lunch count")
    assert "The second lunch count" in words(token)
    entry = cast.north_team.let_gos.get()
    back = {"back_since": TODAY, "look_on": None, "note": ""}
    exchange.check_on(entry, **back, by=cast.ada, based_on=entry.version, now=FOUND)
    assert "It has crept back" in words(token)


def test_a_browser_that_has_the_page_is_told_so_and_a_revoked_one_is_not(cast: Cast) -> None:
    token = linked(cast)
    etag = read(token).headers["ETag"]
    assert read(token, if_none_match=etag).status_code == 304
    switch_off(cast.north)
    assert read(token, if_none_match=etag).status_code == 404


def test_opening_the_page_costs_a_fixed_number_of_queries(cast: Cast) -> None:
    wave = sealed(cast, people=12)

    def asked_for() -> int:
        lines = connections["default"], connections["ballots"]
        with CaptureQueriesContext(lines[0]) as people, CaptureQueriesContext(lines[1]) as ballots:
            contents(cast.north, playbook(), today=TODAY)
        return len(people) + len(ballots)

    def more(numbers: range) -> None:
        for number in numbers:
            finding, decision = found(cast, wave, f"Finding {number}"), decided(cast, f"Question {number}?")
            say_what_came(finding, text="Yes.", decision=decision, by=cast.ada, now=FOUND)
            let_go(cast.north_team, what=f"Meeting {number}")

    more(range(2))
    few = asked_for()
    more(range(2, 9))
    assert asked_for() == few
    token = linked(cast)
    read(token)
    with CaptureQueriesContext(connections["default"]) as again:
        read(token)
    assert len(again) == 2, "the link, and whether anything changed"


def test_a_team_writes_what_no_record_holds(cast: Cast) -> None:
    client, token = Client(), linked(cast)
    client.force_login(cast.ben)
    for kind, text in (("vision", "We plan together."), ("win", "Four blocks held."), ("skill", "Grade 4 can do it.")):
        url = reverse("notice_new", args=[cast.north_team.pk, kind])
        assert client.get(url).status_code == 200
        client.post(url, {"text": text, "on": "2026-11-20", "more": "", "version": 0})
        assert text in words(token)
    again = client.post(reverse("notice_new", args=[cast.north_team.pk, "vision"]), {"text": "Two", "on": "2026-11-20"})
    assert "Change that one" in again.content.decode()
    vision = cast.north_team.notices.get(kind="vision")
    client.post(reverse("notice_off", args=[cast.north_team.pk, vision.pk]))
    assert "We plan together." not in words(token)


def test_two_who_change_a_notice_lose_no_sentence(cast: Cast) -> None:
    by = {"by": cast.ada, "now": NOW}
    notice = notices.write_notice(cast.north_team, kind=Notice.Kind.WIN, text="One", on=TODAY, **by)
    notices.change_notice(notice, text="Two", based_on=1, **by)
    with pytest.raises(StaleSave):
        notices.change_notice(notice, text="Three", based_on=1, **by)


def test_an_answer_rests_on_something_decided_or_says_why_not(cast: Cast) -> None:
    finding = found(cast, sealed(cast, people=12))
    by = {"by": cast.ada, "now": FOUND}
    with pytest.raises(NotDecided):
        say_what_came(finding, text="Soon.", decision=asked(cast.north_team), **by)
    with pytest.raises(NoWords):
        say_what_came(finding, text=" ", **by)
    finding.refresh_from_db()
    assert finding.answered_on is None
    token = linked(cast)
    say_what_came(finding, text="We have no cover before March.", **by)
    assert "Not now, because" in words(token)
    decision = decided(cast)
    finding.refresh_from_db()
    say_what_came(finding, text="Tuesdays.", decision=decision, **by)
    page = words(token)
    assert "Not now, because" not in page
    assert f'href="#decision-{decision.pk}"' in page


def test_the_answer_is_given_on_a_page_that_asks_for_the_decision(cast: Cast) -> None:
    finding = found(cast, sealed(cast, people=12))
    client, url = Client(), reverse("finding_came", args=[cast.north_team.pk, finding.pk])
    client.force_login(cast.ben)
    decision = decided(cast)
    missing = client.post(url, {"what": "decided", "text": "Tuesdays."})
    assert "Choose the decision" in missing.content.decode()
    client.post(url, {"what": "decided", "decision": decision.pk, "text": "Tuesdays.", "version": 1})
    assert finding.came_of_it.decision == decision
    second = {"what": "not-now", "decision": decision.pk, "text": "No cover."}
    stale = client.post(url, {**second, "version": 1}).content.decode()
    assert "A colleague answered in the meantime: “Tuesdays.”" in stale
    assert 'name="version" value="2"' in stale
    client.post(url, {**second, "version": 2})
    finding.refresh_from_db()
    assert finding.came_of_it.decision is None
    assert "No cover." in client.get(url).content.decode()


def test_results_stand_on_the_page_as_released_without_comments(cast: Cast) -> None:
    wave, token = sealed(cast), linked(cast)
    assert "35 of 40 people answered" in words(token)
    result = read(token, "staff_result", wave.tag)
    assert result.status_code == 200
    assert "voice 1" not in result.content.decode()
    notices.hold_back(cast.north_team, what="result", number=wave.pk)
    assert "35 of 40" not in words(token)
    assert read(token, "staff_result", wave.tag).status_code == 404
    assert read(token, "staff_result", "NOTHING").status_code == 404


def test_the_preview_shows_the_same_words(cast: Cast) -> None:
    decided(cast)
    client = Client()
    client.force_login(cast.kim)
    preview = client.get(reverse("staff_preview", args=[cast.north_team.pk])).content.decode()
    assert "Tuesdays at 1:10." in preview
    assert "Tell me when this moves" not in preview


def test_only_those_who_hand_it_out_see_the_link(cast: Cast) -> None:
    token = linked(cast)
    for user, shown in ((cast.ada, True), (cast.pat, True), (cast.ben, False), (cast.kim, False)):
        client = Client()
        client.force_login(user)
        room = client.get(reverse("staff_room", args=[cast.north_team.pk])).content.decode()
        assert (token in room) is shown, user


def test_an_empty_page_says_what_will_come(cast: Cast) -> None:
    page = words(linked(cast))
    assert "Nothing stands here yet" in page
    assert not Decision.objects.exists()
