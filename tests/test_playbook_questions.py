"""A big question: everyone writes alone, one reveals, the team notes and decides."""

import pytest
from django.test import Client
from django.urls import reverse

from colead.accounts.models import User
from colead.playbook.models import Answer, Discussion
from colead.schools.models import Team
from tests.cast import Cast, person

SECRET = "only Ada knows this"


def enter(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def question(team: Team, code: str = "V-W1", step: str = "question") -> str:
    return reverse(step, args=[team.pk, code])


def write(user: User, team: Team, body: str, code: str = "V-W1", version: int = 0):
    return enter(user).post(question(team, code), {f"{code}-body": body, f"{code}-version": version})


def test_what_i_write_is_mine_until_the_team_reveals(cast: Cast) -> None:
    write(cast.ada, cast.north_team, SECRET)
    assert SECRET in enter(cast.ada).get(question(cast.north_team)).content.decode()
    for other in (cast.ben, cast.pat, cast.kim):
        page = enter(other).get(question(cast.north_team)).content.decode()
        assert SECRET not in page
        assert "1 of 3 have written" in page


def test_any_member_may_reveal_and_then_all_see_all(cast: Cast) -> None:
    write(cast.ada, cast.north_team, SECRET)
    write(cast.ben, cast.north_team, "Ben’s view")
    enter(cast.ben).post(question(cast.north_team, step="reveal"))
    page = enter(cast.pat).get(question(cast.north_team)).content.decode()
    assert SECRET in page
    assert "Ben’s view" in page
    assert "Revealed by Ben Ortiz" in page


def test_cards_stand_in_the_order_people_joined_not_in_which_they_wrote(cast: Cast) -> None:
    write(cast.pat, cast.north_team, "Pat’s view")
    write(cast.ada, cast.north_team, "Ada’s view")
    enter(cast.pat).post(question(cast.north_team, step="reveal"))
    page = enter(cast.pat).get(question(cast.north_team)).content.decode()
    assert page.index("<blockquote>Ada’s view") < page.index("<blockquote>Pat’s view")


def test_nothing_can_be_revealed_before_somebody_wrote(cast: Cast) -> None:
    write(cast.ada, cast.north_team, "   ")
    answer = enter(cast.ben).post(question(cast.north_team, step="reveal"), follow=True)
    assert "nothing to reveal" in answer.content.decode()
    assert not Discussion.objects.exclude(revealed_at=None).exists()


def test_autosave_answers_with_the_status_and_the_new_version_only(cast: Cast) -> None:
    sent = {"V-W1-body": "half a thought", "V-W1-version": 0}
    headers = {"HX-Request": "true", "HX-Target": "saved"}
    page = enter(cast.ada).post(question(cast.north_team), sent, headers=headers).content.decode()
    assert "<h1>" not in page
    assert 'name="V-W1-version" value="1"' in page


def test_two_devices_of_one_person_lose_nothing(cast: Cast) -> None:
    write(cast.ada, cast.north_team, "from the laptop")
    stale = write(cast.ada, cast.north_team, "from the phone", version=0)
    page = stale.content.decode()
    assert stale.status_code == 409
    assert "from the laptop" in page
    assert "from the phone" in page
    assert Answer.objects.get().body == "from the laptop"
    merged = write(cast.ada, cast.north_team, "from both", version=1)
    assert merged.status_code == 302
    assert Answer.objects.get().body == "from both"


def test_a_stale_autosave_says_so_and_writes_nothing(cast: Cast) -> None:
    write(cast.ada, cast.north_team, "from the laptop")
    sent = {"V-W1-body": "from the phone", "V-W1-version": 0}
    headers = {"HX-Request": "true", "HX-Target": "saved"}
    page = enter(cast.ada).post(question(cast.north_team), sent, headers=headers)
    assert "Compare the two" in page.content.decode()
    assert Answer.objects.get().body == "from the laptop"
    compared = enter(cast.ada).post(question(cast.north_team), {**sent, "compare": "yes"}, headers=headers)
    assert compared.status_code == 409
    assert compared.headers["HX-Retarget"] == "body"


def test_a_text_that_is_too_long_comes_back_as_it_was_typed(cast: Cast) -> None:
    long = "x" * 20_001
    page = write(cast.ada, cast.north_team, long)
    assert page.status_code == 422
    assert long in page.content.decode()
    assert "20001" in page.content.decode()


def test_the_discussion_note_is_shared_and_merged(cast: Cast) -> None:
    url = question(cast.north_team, step="note")
    enter(cast.ada).post(url, {"note-note": "Ada’s note", "note-version": 0})
    stale = enter(cast.ben).post(url, {"note-note": "Ben’s note", "note-version": 0})
    assert stale.status_code == 409
    assert "Ada’s note" in stale.content.decode()
    assert "Ben’s note" in stale.content.decode()
    fixed = enter(cast.ben).post(url, {"note-note": "Both notes", "note-version": 1})
    assert fixed.status_code == 302
    assert Discussion.objects.get().note == "Both notes"


def decision(cast: Cast, **changes: object) -> dict[str, object]:
    present = [member.pk for member in cast.north_team.members.all()]
    facts = {"decided": "We meet on Tuesdays.", "way": "consent", "present": present, "concerns": "Bus duty."}
    facts |= {"decided_on": "2026-11-16", "version": 0, **changes}
    return {f"decision-{name}": value for name, value in facts.items()}


def test_a_decision_point_keeps_who_how_and_what_stayed_open(cast: Cast) -> None:
    enter(cast.ada).post(question(cast.north_team, step="decide"), decision(cast))
    kept = Discussion.objects.get().decision
    assert kept is not None
    assert (kept.decided, kept.way, kept.concerns) == ("We meet on Tuesdays.", "consent", "Bus duty.")
    assert kept.present.count() == 3
    page = enter(cast.ben).get(reverse("decision", args=[cast.north_team.pk, kept.pk])).content.decode()
    assert "Bus duty." in page


def test_a_decision_without_anybody_present_is_refused_and_kept_on_the_page(cast: Cast) -> None:
    page = enter(cast.ada).post(question(cast.north_team, step="decide"), decision(cast, present=[]))
    assert page.status_code == 422
    assert "We meet on Tuesdays." in page.content.decode()
    assert not cast.north_team.decisions.exists()


def test_a_member_of_another_team_cannot_be_named_as_present(cast: Cast) -> None:
    stranger = cast.south_team.members.get().pk
    page = enter(cast.ada).post(question(cast.north_team, step="decide"), decision(cast, present=[stranger]))
    assert page.status_code == 422


def test_amending_a_decision_keeps_its_history(cast: Cast) -> None:
    url = question(cast.north_team, step="decide")
    enter(cast.ada).post(url, decision(cast))
    enter(cast.ben).post(url, decision(cast, decided="We meet on Mondays.", version=1))
    kept = cast.north_team.decisions.get()
    assert [version.decided for version in kept.history.all()] == ["We meet on Mondays.", "We meet on Tuesdays."]


@pytest.mark.parametrize(("first", "second"), [("C-W1", "R-W1"), ("C-W4", "R-W3")])
def test_the_story_and_the_equity_answer_are_offered_in_the_next_guide(cast: Cast, first: str, second: str) -> None:
    write(cast.ada, cast.north_team, "A story worth telling twice", code=first)
    page = enter(cast.ada).get(question(cast.north_team, second)).content.decode()
    assert "A story worth telling twice" in page
    taken = enter(cast.ada).get(question(cast.north_team, second), {"take": first}).content.decode()
    assert f'name="{second}-body" rows="5" maxlength="20000">A story worth telling twice</textarea>' in taken
    assert "A story worth telling twice" not in enter(cast.ben).get(question(cast.north_team, second)).content.decode()


def test_a_plain_question_offers_nothing_from_elsewhere(cast: Cast) -> None:
    write(cast.ada, cast.north_team, "Only here", code="V-W1")
    assert "Only here" not in enter(cast.ada).get(question(cast.north_team, "C-W2")).content.decode()


@pytest.mark.parametrize("code", ["X-W1", "V-W99", "V-WT1", "OV-99", "R-W1a", "../x"])
def test_an_unknown_question_is_not_found(cast: Cast, code: str) -> None:
    assert enter(cast.ada).get(f"/t/{cast.north_team.pk}/q/{code}/").status_code == 404


def test_a_coach_reads_what_is_revealed_and_writes_nothing(cast: Cast) -> None:
    write(cast.ada, cast.north_team, SECRET)
    assert write(cast.kim, cast.north_team, "advice").status_code == 403
    enter(cast.ada).post(question(cast.north_team, step="reveal"))
    page = enter(cast.kim).get(question(cast.north_team)).content.decode()
    assert SECRET in page
    assert "<textarea" not in page


def test_somebody_who_left_the_team_stays_on_the_cards_and_sees_nothing_more(cast: Cast) -> None:
    write(cast.ben, cast.north_team, "Ben’s view")
    enter(cast.ada).post(question(cast.north_team, step="reveal"))
    cast.north_team.members.filter(user=cast.ben).update(left_on="2026-11-16")
    assert "Ben’s view" in enter(cast.ada).get(question(cast.north_team)).content.decode()
    assert enter(cast.ben).get(question(cast.north_team)).status_code in (403, 404)
    assert enter(person("A Stranger")).get(question(cast.north_team)).status_code == 404
