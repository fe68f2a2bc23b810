"""From a barrier through its cause to the approach; the board before it; what was tried before."""

import pytest
from django.db import IntegrityError

from colead.plans.actions import barriers as actions
from colead.plans.actions import swot
from colead.plans.models import Barrier, Idea, SwotItem, Why
from colead.plans.queries.tried import search_tried, stems
from tests.cast import NOW, Cast
from tests.plans_chain import approach_of, at, barrier_of, enter, evidence_of, text_of

# --- Choosing --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reach", ["control", "influence"])
def test_what_is_within_reach_can_be_chosen(cast: Cast, reach: str) -> None:
    barrier = barrier_of(cast, reach=reach)
    enter(cast.ben).post(at(cast, "choose_barrier", barrier.pk))
    barrier.refresh_from_db()
    assert barrier.chosen_on
    assert barrier.history.first().history_user == cast.ben


@pytest.mark.parametrize(
    ("reach", "refusal", "said"),
    [
        ("concern", actions.OutOfReach, "neither decide nor influence"),
        ("", actions.NotTagged, "Say first how far your reach goes"),
    ],
)
def test_what_is_out_of_reach_is_refused_aloud(cast: Cast, reach: str, refusal: type[Exception], said: str) -> None:
    barrier = barrier_of(cast, reach=reach)
    with pytest.raises(refusal):
        actions.choose_barrier(barrier, by=cast.ada, now=NOW)
    answer = enter(cast.ada).post(at(cast, "choose_barrier", barrier.pk), follow=True)
    assert said in text_of(answer)
    assert not Barrier.objects.exclude(chosen_on=None).exists()


def test_the_database_itself_refuses_to_choose_what_is_out_of_reach(cast: Cast) -> None:
    barrier = barrier_of(cast, reach="concern")
    with pytest.raises(IntegrityError):
        Barrier.objects.filter(pk=barrier.pk).update(chosen_on=NOW.date())


def test_one_barrier_is_taken_on_for_each_condition(cast: Cast) -> None:
    first, second = barrier_of(cast, condition="vision"), barrier_of(cast, condition="vision")
    other = barrier_of(cast, condition="capacity")
    for barrier in (first, other, second):
        actions.choose_barrier(barrier, by=cast.ada, now=NOW)
    assert set(Barrier.objects.exclude(chosen_on=None)) == {second, other}
    assert first.history.filter(chosen_on__isnull=False).exists()  # that it was chosen once stays known


def test_a_chosen_barrier_cannot_be_tagged_out_of_reach(cast: Cast) -> None:
    barrier = barrier_of(cast)
    actions.choose_barrier(barrier, by=cast.ada, now=NOW)
    sent = {"statement": barrier.statement, "reach": "concern", "version": 2}
    answer = enter(cast.ada).post(at(cast, "edit_barrier", barrier.pk), sent)
    assert answer.status_code == 422
    assert "neither decide nor influence" in text_of(answer)
    barrier.refresh_from_db()
    assert barrier.reach == "control"


def test_a_chosen_barrier_that_moves_to_a_condition_with_another_gives_way(cast: Cast) -> None:
    first, second = barrier_of(cast, condition="vision"), barrier_of(cast, condition="capacity")
    for barrier in (first, second):
        actions.choose_barrier(barrier, by=cast.ada, now=NOW)
    sent = {"statement": second.statement, "reach": "control", "condition": "vision", "version": 2}
    assert enter(cast.ada).post(at(cast, "edit_barrier", second.pk), sent).status_code == 302
    second.refresh_from_db()
    assert (second.condition, second.chosen_on) == ("vision", None)


def test_what_is_put_away_is_chosen_no_more_and_comes_back(cast: Cast) -> None:
    barrier = barrier_of(cast)
    actions.choose_barrier(barrier, by=cast.ada, now=NOW)
    enter(cast.ada).post(at(cast, "put_barrier_away", barrier.pk))
    barrier.refresh_from_db()
    assert barrier.put_away_on
    assert barrier.chosen_on is None
    with pytest.raises(actions.PutAway):
        actions.choose_barrier(barrier, by=cast.ada, now=NOW)
    enter(cast.ada).post(at(cast, "bring_barrier_back", barrier.pk))
    assert actions.choose_barrier(barrier, by=cast.ada, now=NOW).chosen_on


def test_two_people_who_reword_a_barrier_see_both_versions(cast: Cast) -> None:
    barrier = barrier_of(cast)
    actions.edit_barrier(barrier, statement="Ben’s words", by=cast.ben, based_on=1, now=NOW)
    sent = {"statement": "Ada’s words", "reach": "control", "version": 1}
    answer = enter(cast.ada).post(at(cast, "edit_barrier", barrier.pk), sent)
    assert answer.status_code == 409
    assert "Ben’s words" in text_of(answer)
    assert "Ada’s words" in text_of(answer)


def test_choosing_while_somebody_rewords_disturbs_nobody(cast: Cast) -> None:
    barrier = barrier_of(cast)
    actions.choose_barrier(barrier, by=cast.ada, now=NOW)
    sent = {"statement": "Better words", "reach": "control", "version": 1}  # typed before it was chosen
    assert enter(cast.ben).post(at(cast, "edit_barrier", barrier.pk), sent).status_code == 302
    barrier.refresh_from_db()
    assert barrier.statement == "Better words"
    assert barrier.chosen_on


def test_a_vote_counts_once_and_can_be_taken_back(cast: Cast) -> None:
    barrier = barrier_of(cast)
    for user in (cast.ada, cast.ben):
        enter(user).post(at(cast, "vote_barrier", barrier.pk))
    page = text_of(enter(cast.ada).get(at(cast, "barriers")))
    assert "2 votes, yours among them" in page
    enter(cast.ada).post(at(cast, "vote_barrier", barrier.pk))
    assert "1 vote" in text_of(enter(cast.ada).get(at(cast, "barriers")))


def test_the_list_shows_one_condition_when_asked(cast: Cast) -> None:
    barrier_of(cast, "About vision", condition="vision")
    barrier_of(cast, "About capacity", condition="capacity")
    page = text_of(enter(cast.ada).get(at(cast, "barriers"), {"condition": "vision"}))
    assert "About vision" in page
    assert "About capacity" not in page
    assert "About capacity" in text_of(enter(cast.ada).get(at(cast, "barriers"), {"condition": "nonsense"}))


# --- Why -------------------------------------------------------------------------------------------------------------


def test_a_chain_of_whys_asks_for_a_fact_each_time(cast: Cast) -> None:
    barrier = barrier_of(cast)
    piece = evidence_of(cast, "24 periods, none shared")
    for sent in (
        {"why-because": "the schedule is made last"},
        {"why-because": "and nobody asked", "why-evidence": piece.pk},
    ):
        enter(cast.ben).post(at(cast, "add_why", barrier.pk), sent)
    page = text_of(enter(cast.ada).get(at(cast, "barrier", barrier.pk)))
    assert "No fact noted yet" in page
    assert "24 periods, none shared" in page
    assert [why.number for why in barrier.whys.all()] == [1, 2]


def test_a_why_without_a_because_is_asked_for_again(cast: Cast) -> None:
    answer = enter(cast.ben).post(at(cast, "add_why", barrier_of(cast).pk), {"why-because": " ", "why-fact": "a fact"})
    assert answer.status_code == 422
    assert "a fact" in text_of(answer)


def name_cause(cast: Cast, barrier: Barrier, **boxes: str) -> str:
    return text_of(enter(cast.ada).post(at(cast, "name_cause", barrier.pk), boxes, follow=True))


def test_a_cause_lies_within_reach_and_is_never_a_person(cast: Cast) -> None:
    barrier = barrier_of(cast)
    assert "Ask why at least once" in name_cause(cast, barrier, in_reach="on", not_a_person="on")
    actions.add_why(barrier, because="the schedule is made last", by=cast.ada, now=NOW)
    assert "cannot touch" in name_cause(cast, barrier, not_a_person="on")
    assert "A person is never the cause" in name_cause(cast, barrier, in_reach="on")
    assert not Why.objects.filter(is_cause=True).exists()
    name_cause(cast, barrier, in_reach="on", not_a_person="on")
    assert Why.objects.get(is_cause=True).because == "the schedule is made last"


def test_the_cause_is_always_the_last_because(cast: Cast) -> None:
    barrier = barrier_of(cast)
    for because in ("first", "second"):
        actions.add_why(barrier, because=because, by=cast.ada, now=NOW)
    assert actions.name_cause(barrier, in_reach=True, not_a_person=True, by=cast.ada, now=NOW).because == "second"
    actions.add_why(barrier, because="third", by=cast.ada, now=NOW)
    assert not barrier.whys.filter(is_cause=True).exists()  # the chain goes on, so the cause is open again


def test_a_because_taken_out_of_the_chain_is_no_cause(cast: Cast) -> None:
    barrier = barrier_of(cast)
    for because in ("first", "second"):
        actions.add_why(barrier, because=because, by=cast.ada, now=NOW)
    last = actions.name_cause(barrier, in_reach=True, not_a_person=True, by=cast.ada, now=NOW)
    enter(cast.ada).post(at(cast, "put_why_away", last.pk))
    assert actions.name_cause(barrier, in_reach=True, not_a_person=True, by=cast.ada, now=NOW).because == "first"


def test_a_because_that_comes_back_below_the_cause_opens_it_again(cast: Cast) -> None:
    barrier = barrier_of(cast)
    first, second = (actions.add_why(barrier, because=each, by=cast.ada, now=NOW) for each in ("first", "second"))
    actions.put_why_away(second, by=cast.ada, now=NOW)
    actions.name_cause(barrier, in_reach=True, not_a_person=True, by=cast.ada, now=NOW)
    enter(cast.ada).post(at(cast, "put_why_away", second.pk))
    first.refresh_from_db()
    assert not first.is_cause
    assert list(barrier.whys.kept()) == [first, second]


def test_two_people_who_change_one_because_see_both(cast: Cast) -> None:
    why = actions.add_why(barrier_of(cast), because="first", by=cast.ada, now=NOW)
    actions.edit_why(why, because="Ben’s because", by=cast.ben, based_on=1, now=NOW)
    answer = enter(cast.ada).post(at(cast, "why", why.pk), {"because": "Ada’s because", "version": 1})
    assert answer.status_code == 409
    assert "Ben’s because" in text_of(answer)


def test_symptom_pattern_and_cause_stand_side_by_side(cast: Cast) -> None:
    barrier = barrier_of(cast, symptom="Plans differ", pattern="Mostly in grade 3")
    actions.add_why(barrier, because="nobody shares an hour", by=cast.ada, now=NOW)
    actions.name_cause(barrier, in_reach=True, not_a_person=True, by=cast.ada, now=NOW)
    page = text_of(enter(cast.ada).get(at(cast, "causes")))
    assert page.index("Plans differ") < page.index("Mostly in grade 3") < page.index("nobody shares an hour")


# --- Ideas and the approach ------------------------------------------------------------------------------------------


def test_what_was_tried_before_is_shown_before_an_idea_is_added(cast: Cast) -> None:
    barrier = barrier_of(cast)
    actions.add_idea(
        cast.north_team, text="Rotate lunch duty", tried_before="Fell apart in spring", by=cast.ada, now=NOW
    )
    page = text_of(enter(cast.ada).get(at(cast, "new_idea", barrier.pk), {"q": "rotating lunch duties"}))
    assert "Fell apart in spring" in page
    assert "rotating lunch duties" in page
    assert not barrier.ideas.exists()
    enter(cast.ada).post(at(cast, "new_idea", barrier.pk), {"text": "rotating lunch duties", "tried_before": "2019"})
    assert barrier.ideas.get().tried_before == "2019"


def test_choosing_an_approach_needs_a_reason(cast: Cast) -> None:
    barrier = barrier_of(cast)
    idea = actions.add_idea(cast.north_team, barrier=barrier, text="Share an hour", by=cast.ada, now=NOW)
    answer = enter(cast.ada).post(at(cast, "choose_approach", barrier.pk), {"idea": idea.pk, "reason": ""})
    assert answer.status_code == 422
    enter(cast.ada).post(at(cast, "choose_approach", barrier.pk), {"idea": idea.pk, "reason": "It is small."})
    idea.refresh_from_db()
    assert idea.chosen_on
    assert idea.reason == "It is small."


def test_one_approach_gives_way_to_the_next(cast: Cast) -> None:
    barrier = barrier_of(cast)
    first, second = approach_of(cast, barrier, "first"), approach_of(cast, barrier, "second")
    assert Idea.objects.exclude(chosen_on=None).get() == second
    assert first.history.filter(chosen_on__isnull=False).exists()


def test_no_approach_to_what_is_out_of_reach(cast: Cast) -> None:
    barrier = barrier_of(cast, reach="concern")
    idea = actions.add_idea(cast.north_team, barrier=barrier, text="Hope", by=cast.ada, now=NOW)
    answer = enter(cast.ada).post(at(cast, "choose_approach", barrier.pk), {"idea": idea.pk, "reason": "we like it"})
    assert answer.status_code == 422
    assert "neither decide nor influence" in text_of(answer)


def test_an_idea_of_another_barrier_cannot_be_chosen_here(cast: Cast) -> None:
    here, there = barrier_of(cast), barrier_of(cast, "Another")
    idea = actions.add_idea(cast.north_team, barrier=there, text="Elsewhere", by=cast.ada, now=NOW)
    answer = enter(cast.ada).post(at(cast, "choose_approach", here.pk), {"idea": idea.pk, "reason": "x"})
    assert answer.status_code == 422


def test_a_put_away_idea_cannot_be_chosen(cast: Cast) -> None:
    idea = actions.add_idea(cast.north_team, barrier=barrier_of(cast), text="Old", by=cast.ada, now=NOW)
    enter(cast.ada).post(at(cast, "put_idea_away", idea.pk))
    idea.refresh_from_db()
    with pytest.raises(actions.PutAway):
        actions.choose_approach(idea, reason="x", by=cast.ada, now=NOW)


# --- Tried before ----------------------------------------------------------------------------------------------------


def test_words_are_compared_by_their_beginnings_without_accents() -> None:
    assert stems("Planners with the Équipe") & stems("we planned; equipes") == {"planne", "equipe"}
    assert stems("that this with have") == set()


def test_the_closest_comes_first_and_other_schools_never(cast: Cast) -> None:
    for team, text in (
        (cast.north_team, "Lunch duty rotates among grade teams"),
        (cast.north_team, "Lunch duty"),
        (cast.south_team, "South’s lunch duty"),
    ):
        actions.add_idea(team, text=text, by=cast.ada, now=NOW)
    found = [tried.what for tried in search_tried(cast.north_team, "lunch duty for grade teams")]
    assert found == ["Lunch duty rotates among grade teams", "Lunch duty"]


def test_an_empty_question_finds_nothing(cast: Cast) -> None:
    actions.add_idea(cast.north_team, text="Lunch duty", by=cast.ada, now=NOW)
    assert search_tried(cast.north_team, "  ") == ()
    assert enter(cast.ada).get(at(cast, "tried")).status_code == 200


# --- The board -------------------------------------------------------------------------------------------------------


def pin(cast: Cast, box: str = "weakness", text: str = "Nobody shares an hour") -> SwotItem:
    return swot.pin_note(cast.north_team, box=box, text=text, by=cast.ada, now=NOW, evidence=[evidence_of(cast)])


def test_a_note_becomes_a_barrier_in_one_press_with_its_evidence(cast: Cast) -> None:
    note = pin(cast)
    enter(cast.ben).post(at(cast, "note_to_barrier", note.pk))
    barrier = Barrier.objects.get()
    assert (barrier.statement, barrier.reach) == ("Nobody shares an hour", "")
    assert list(barrier.evidence.all()) == list(note.evidence.all())
    assert "became a barrier" in text_of(enter(cast.ben).get(at(cast, "swot")))


def test_a_note_becomes_an_idea_in_one_press(cast: Cast) -> None:
    enter(cast.ben).post(at(cast, "note_to_idea", pin(cast, "strength", "Two teams plan already").pk))
    assert Idea.objects.get().text == "Two teams plan already"


def test_a_note_becomes_one_thing_only(cast: Cast) -> None:
    note = pin(cast)
    swot.make_barrier(note, by=cast.ada, now=NOW)
    with pytest.raises(swot.AlreadyTaken):
        swot.make_idea(note, by=cast.ada, now=NOW)
    answer = enter(cast.ada).post(at(cast, "note_to_barrier", note.pk), follow=True)
    assert "already" in text_of(answer)
    assert Barrier.objects.count() == 1


def test_a_note_can_be_moved_voted_on_and_taken_down(cast: Cast) -> None:
    note = pin(cast)
    enter(cast.ada).post(at(cast, "swot_note", note.pk), {"box": "threat", "text": note.text, "version": 1})
    enter(cast.ada).post(at(cast, "vote_note", note.pk))
    note.refresh_from_db()
    assert note.box == "threat"
    assert note.voters.count() == 1
    enter(cast.ada).post(at(cast, "put_note_away", note.pk))
    note.refresh_from_db()
    assert note.put_away_on
    assert "1 note taken down" in text_of(enter(cast.ada).get(at(cast, "swot")))


def test_a_note_needs_a_box(cast: Cast) -> None:
    answer = enter(cast.ada).post(at(cast, "swot"), {"text": "Where does it belong?"})
    assert answer.status_code == 422
    assert "Where does it belong?" in text_of(answer)


def test_the_list_of_barriers_asks_the_database_a_fixed_number_of_times(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    for number in range(12):
        approach_of(cast, barrier_of(cast, f"Barrier {number}"))
    client = enter(cast.ada)
    with django_assert_max_num_queries(16):
        client.get(at(cast, "barriers"))
