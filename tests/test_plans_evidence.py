"""What a team knows: typed in or taken from an answer, put right, taken out for good."""

import json

import pytest
from django.utils import timezone

from colead.content.loader import load
from colead.plans.actions.barriers import add_why
from colead.plans.actions.evidence import NotYourWords, edit_evidence, erase_evidence
from colead.plans.actions.theory import adopt_theory, edit_line
from colead.plans.models import Evidence, Theory, Why
from colead.plans.personal import personal_signs
from tests.cast import NOW, Cast
from tests.plans_chain import at, barrier_of, enter, evidence_of, text_of, whole_theory


def send(body: str = "9 of 14 agendas", **more: object) -> dict[str, object]:
    return {"kind": "behavior", "body": body, "source": "minutes", "seen_on": "", "link": "", **more}


def test_what_is_typed_in_gets_the_day_at_the_school(cast: Cast) -> None:
    assert enter(cast.ben).post(at(cast, "evidence"), send()).status_code == 302
    piece, today = Evidence.objects.get(), cast.north.today(timezone.now())
    assert (piece.body, piece.seen_on, piece.added_by, piece.origin) == ("9 of 14 agendas", today, cast.ben, "")


def test_evidence_without_words_is_asked_for_again(cast: Cast) -> None:
    answer = enter(cast.ben).post(at(cast, "evidence"), send("  "))
    assert answer.status_code == 422
    assert "This field is required." in text_of(answer)


def test_the_log_can_be_narrowed_to_one_kind(cast: Cast) -> None:
    evidence_of(cast, "A quote")
    evidence_of(cast, "A figure", kind="attendance")
    page = text_of(enter(cast.ada).get(at(cast, "evidence"), {"kind": "attendance"}))
    assert "A figure" in page
    assert "A quote" not in page


def test_a_kind_that_does_not_exist_shows_everything(cast: Cast) -> None:
    evidence_of(cast, "A quote")
    assert "A quote" in text_of(enter(cast.ada).get(at(cast, "evidence"), {"kind": "gossip"}))


def test_a_piece_taken_from_an_answer_says_from_where_and_leads_back(cast: Cast) -> None:
    piece = evidence_of(cast, origin="E-W1a", said_by=cast.ben)
    page = text_of(enter(cast.ada).get(at(cast, "evidence_piece", piece.pk)))
    assert at(cast, "question", "E-W1") in page
    assert "Ben Ortiz" in page


def test_somebody_elses_words_stay_as_they_were_said(cast: Cast) -> None:
    piece = evidence_of(cast, origin="E-W1", said_by=cast.ben)
    with pytest.raises(NotYourWords):
        edit_evidence(piece, by=cast.ada, based_on=1, now=NOW, body="What Ben meant")
    sent = {**send("What Ben meant"), "seen_on": "2026-11-16", "version": 1}
    answer = enter(cast.ada).post(at(cast, "evidence_piece", piece.pk), sent)
    assert answer.status_code == 422
    assert "somebody else’s words" in text_of(answer)
    assert edit_evidence(piece, by=cast.ada, based_on=1, now=NOW, source="staff meeting").source == "staff meeting"
    assert edit_evidence(piece, by=cast.ben, based_on=2, now=NOW, body="In my words").body == "In my words"


def test_two_people_who_put_a_piece_right_see_both_versions(cast: Cast) -> None:
    piece = evidence_of(cast)
    edit_evidence(piece, by=cast.ben, based_on=1, now=NOW, body="Ben’s figure")
    sent = {**send("Ada’s figure"), "seen_on": "2026-11-16", "version": 1}
    answer = enter(cast.ada).post(at(cast, "evidence_piece", piece.pk), sent)
    assert answer.status_code == 409
    assert "Ben’s figure" in text_of(answer)
    assert "Ada’s figure" in text_of(answer)


def test_two_people_who_choose_different_kinds_pick_one(cast: Cast) -> None:
    piece = evidence_of(cast)
    edit_evidence(piece, by=cast.ben, based_on=1, now=NOW, kind="document")
    sent = {**send(piece.body), "kind": "other", "seen_on": "2026-11-16", "version": 1}
    answer = enter(cast.ada).post(at(cast, "evidence_piece", piece.pk), sent)
    assert answer.status_code == 409
    assert 'type="radio" name="kind" value="document"' in answer.content.decode()
    assert 'type="radio" name="kind" value="other"' in answer.content.decode()


def test_what_should_never_have_been_written_leaves_no_trace(cast: Cast) -> None:
    piece = evidence_of(cast, "Student 123456 was late")
    edit_evidence(piece, by=cast.ada, based_on=1, now=NOW, body="Student 123456 was late again")
    why = add_why(barrier_of(cast), because="we start too early", evidence=piece, by=cast.ada, now=NOW)
    enter(cast.ben).post(at(cast, "erase_evidence", piece.pk))
    assert not Evidence.objects.exists()
    assert not Evidence.history.exists()
    assert Why.objects.get(pk=why.pk).evidence is None


def test_what_is_erased_goes_out_of_every_theory_and_version_it_was_carried_into(cast: Cast) -> None:
    said = "Student 123456 was late"
    piece = evidence_of(cast, said)
    made = whole_theory(cast, learned=f"“{said}” and much else")
    line = made.lines.get(leg="if")
    edit_line(line, evidence=[piece], because="It happens", by=cast.ada, based_on=9, now=NOW)
    facts = {"decided": "yes", "way": "consent", "decided_on": NOW.date(), "by": cast.ada, "now": NOW}
    adopt_theory(made, present=list(cast.north_team.members.all()), **facts)
    erase_evidence(piece)
    made.refresh_from_db()
    assert made.learned == "“[…]” and much else"
    kept = [made.adoptions.get().words, *Theory.history.values_list("learned", flat=True)]
    assert said not in json.dumps(kept)
    assert "much else" in json.dumps(kept)


def test_erasing_one_piece_leaves_the_others_and_their_history(cast: Cast) -> None:
    kept, gone = evidence_of(cast, "keep me"), evidence_of(cast, "lose me")
    erase_evidence(gone)
    assert [piece.body for piece in Evidence.objects.all()] == ["keep me"]
    assert [entry.id for entry in Evidence.history.all()] == [kept.pk]


@pytest.mark.parametrize(
    "text",
    [
        "Student 48213 was sent home",
        "DOB 4/2/2015",
        "jo@example.org said so",
        "call 828-555-0142",
        "Jayden has an IEP",
        "Mrs. Whitfield never plans",
        "the student Maria Lopez",
        "SSN 123-45-6789",
    ],
)
def test_what_looks_like_one_person_is_noticed(text: str) -> None:
    assert personal_signs(text)


@pytest.mark.parametrize(
    "text",
    [
        "In 9 of 14 team meetings since August the agenda was set by one person.",
        "61 percent of third graders reached the goal in 2026",
        "Two thirds of students say they feel safe.",
        "We start at 7:45 and have 24 periods a week.",
        "Title I funds cover 40 hours",
    ],
)
def test_a_sentence_about_the_school_is_left_in_peace(text: str) -> None:
    assert not personal_signs(text, ["Ada Reed"])


def test_a_colleague_named_in_full_is_asked_about_and_never_refused(cast: Cast) -> None:
    answer = enter(cast.ada).post(at(cast, "evidence"), send("Ben Ortiz is late with his plans"), follow=True)
    assert "Please look once more" in text_of(answer)
    assert "Ben Ortiz" in Evidence.objects.get().body


def test_a_piece_lists_what_rests_on_it(cast: Cast) -> None:
    piece = evidence_of(cast)
    barrier_of(cast, "No shared hour", evidence=[piece])
    assert "No shared hour" in text_of(enter(cast.ada).get(at(cast, "evidence_piece", piece.pk)))


def test_every_kind_of_evidence_that_the_playbook_explains_can_be_chosen() -> None:
    assert {kind.slug for kind in load().evidence_kinds} <= set(Evidence.Kind.values)
