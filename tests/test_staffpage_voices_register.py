"""The register: whose voices are in the vision and in decisions, counted by role, told to staff in steps of five."""

import pytest
from django.urls import reverse

from colead.plans.actions.purpose import add_shift, draw_map
from colead.staffpage.actions import voices_register as verbs
from colead.staffpage.models import Asking, Message
from colead.staffpage.queries.voices_register import register, voices_at
from colead.texts.actions import StaleSave
from tests.cast import NOW, Cast
from tests.staffpage_voices_world import decided
from tests.test_surveys_waves import client_of

pytestmark = pytest.mark.django_db


def asked(cast: Cast, **changes: object) -> Asking:
    facts = {"how": "A round at the staff meeting", "held_on": NOW.date(), "teacher": 12, "para": 3, **changes}
    return verbs.note_asking(cast.north_team, by=cast.ada, now=NOW, **facts)


def test_the_register_holds_the_vision_and_each_decision(cast: Cast) -> None:
    decision = decided(cast)
    asked(cast)
    asked(cast, how="At the bus loop", teacher=2, para=0, families=9, decision=decision)
    verbs.write_message(cast.north_team, decision=decision, audience="Families", words="So", by=cast.ada, now=NOW)
    drawn = draw_map(cast.north_team, idea="One block", by=cast.ada, now=NOW)
    add_shift(drawn, group="Paras", today="hear of it last", then="hear of it first", by=cast.ada, now=NOW)
    found = register(cast.north_team)
    assert found.vision.by_role == (("classroom teachers", 12), ("paraprofessionals or aides", 3))
    (entry,) = found.decisions
    assert entry.by_role == (("classroom teachers", 2), ("families", 9))
    assert (entry.asked[0].total, entry.messages[0].audience) == (11, "Families")
    assert [shift.group for shift in found.shifts] == ["Paras"]


def test_an_asking_that_heard_nobody_is_refused(cast: Cast) -> None:
    with pytest.raises(verbs.NobodyHeard):
        asked(cast, teacher=0, para=0)
    made = asked(cast)
    with pytest.raises(verbs.NobodyHeard):
        verbs.change_asking(made, teacher=0, para=0, by=cast.ada, based_on=1, now=NOW)
    assert Asking._default_manager.count() == 1


def test_another_team_s_decision_is_not_spoken_about(cast: Cast) -> None:
    decision = decided(cast)
    with pytest.raises(verbs.NotYours):
        verbs.note_asking(
            cast.south_team, decision=decision, how="x", held_on=NOW.date(), teacher=1, by=cast.cleo, now=NOW
        )
    with pytest.raises(verbs.NotYours):
        verbs.write_message(cast.south_team, decision=decision, audience="x", words="y", by=cast.cleo, now=NOW)


def test_staff_read_roles_of_five_and_more_in_steps_of_five(cast: Cast) -> None:
    asked(cast, teacher=14, para=4, support=5)
    voices = voices_at(cast.north)[None]
    assert voices.by_role == (("classroom teachers", 10), ("office, kitchen, bus or building staff", 5))
    assert voices.others
    assert voices.how == ("A round at the staff meeting",)


def test_one_more_person_asked_changes_nothing_that_staff_read(cast: Cast) -> None:
    """Whoever lays the page of today beside that of yesterday does not learn that one more para was heard."""
    asked(cast, teacher=12, para=3, counselor=1)
    before = voices_at(cast.north)[None]
    for role in ("teacher", "para", "counselor"):
        asked(cast, **{"teacher": 0, "para": 0, role: 1})
        assert voices_at(cast.north)[None] == before


def test_a_few_people_of_one_role_alone_are_only_a_few(cast: Cast) -> None:
    decision = decided(cast)
    asked(cast, teacher=0, para=2, decision=decision)
    voices = voices_at(cast.north)[decision.pk]
    assert (voices.by_role, voices.others) == ((), True)


def test_two_who_write_at_once_lose_nothing(cast: Cast) -> None:
    made = asked(cast)
    verbs.change_asking(made, reflected="Here", by=cast.ben, based_on=1, now=NOW)
    verbs.change_asking(made, teacher=13, by=cast.ada, based_on=1, now=NOW)
    made.refresh_from_db()
    assert (made.reflected, made.teacher) == ("Here", 13)
    with pytest.raises(StaleSave):
        verbs.change_asking(made, reflected="There", by=cast.ada, based_on=1, now=NOW)


def test_a_member_notes_whom_they_asked_and_where_it_shows(cast: Cast) -> None:
    decision, client = decided(cast), client_of(cast.ben)
    new = reverse("voices_asked_about", args=[cast.north_team.pk, decision.pk])
    assert client.get(new).status_code == 200
    assert client.post(new, {"how": "Slips", "held_on": "2026-11-02"}).status_code == 422
    assert client.post(new, {"how": "Slips", "held_on": "2026-11-02", "para": "many"}).status_code == 422
    assert client.post(new, {"how": "Slips", "held_on": "2026-11-02", "para": "6"}).status_code == 302
    made = Asking._default_manager.get()
    assert (made.decision, made.para, made.teacher) == (decision, 6, 0)
    edit = reverse("voices_asked", args=[cast.north_team.pk, made.pk])
    assert 'value="6"' in client.get(edit).content.decode()
    sent = {"version": 1, "how": "Slips", "held_on": "2026-11-02", "para": "6", "reflected": "The second option"}
    assert client.post(edit, sent).status_code == 302
    page = client.get(reverse("voices_register", args=[cast.north_team.pk])).content.decode()
    assert "The second option" in page
    assert "6 paraprofessionals or aides" in page


def test_a_member_writes_what_an_audience_hears_and_notes_when_it_was_told(cast: Cast) -> None:
    client = client_of(cast.ben)
    new = reverse("voices_message_new", args=[cast.north_team.pk])
    assert client.post(new, {"audience": "Families"}).status_code == 422
    assert client.post(new, {"audience": "Families", "words": "We begin"}).status_code == 302
    made = Message._default_manager.get()
    edit = reverse("voices_message", args=[cast.north_team.pk, made.pk])
    sent = {"version": 1, "audience": "Families", "words": "We begin", "told_on": "2026-11-20", "channel": "Mail"}
    assert client.post(edit, sent).status_code == 302
    made.refresh_from_db()
    assert str(made.told_on) == "2026-11-20"
    about = reverse("voices_message_about", args=[cast.north_team.pk, decided(cast).pk])
    assert client.get(about).status_code == 200


def test_a_coach_reads_the_register_and_is_offered_nothing_to_write(cast: Cast) -> None:
    asked(cast)
    page = client_of(cast.kim).get(reverse("voices_register", args=[cast.north_team.pk])).content.decode()
    assert "A round at the staff meeting" in page
    assert "asked/new" not in page
