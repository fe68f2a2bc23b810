"""A question becomes a decision: the way first, then the talk, then one owner and a day to look again."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from colead.decisions import queries
from colead.decisions.actions import NobodyPresent, amend_decision, closing, record_decision, records, reviews, table
from colead.decisions.actions.refusal import AlreadyDecided, NotDecidedYet, TalkNotBegun
from colead.decisions.models import Decision, Way
from colead.decisions.queries.draft import draft_message
from colead.schools.actions import leave_team, remove_member
from tests.cast import NOW, Cast
from tests.decisions_world import TODAY, asked, members, object_to, settled, talking

IN_A_WEEK = TODAY + timedelta(7)


def quick(cast: Cast, **facts: object) -> Decision:
    """Write down a decision as the decision point of a guide does."""
    words = {"decided": "Tuesdays", "way": "consent", "concerns": "", "decided_on": TODAY, **facts}
    present = members(cast.north_team)
    return record_decision(cast.north_team, question="When?", present=present, by=cast.ada, now=NOW, **words)


def looked_at(decision: Decision, **facts: object) -> object:
    words = {"held_on": TODAY, "seen": "It holds.", "verdict": "keep", "next_on": None, **facts}
    by = members(decision.team)[0].user
    return reviews.review_decision(decision, by=by, based_on=decision.version, now=NOW, **words)


def test_a_quick_record_is_decided_at_once_and_needs_no_owner_yet(cast: Cast) -> None:
    made = quick(cast)
    assert (made.state, made.owner, made.way_chosen_on) == ("decided", None, None)
    assert made.present.count() == 3


def test_a_decision_needs_somebody_who_was_there(cast: Cast) -> None:
    with pytest.raises(NobodyPresent):
        record_decision(cast.north_team, question="?", present=[], by=cast.ada, now=NOW, decided="x", way="vote")
    made = quick(cast)
    with pytest.raises(NobodyPresent):
        amend_decision(made, present=[], by=cast.ada, based_on=1, now=NOW, decided="y")
    assert Decision.objects.get().decided == "Tuesdays"


def test_the_talk_waits_until_the_way_is_chosen(cast: Cast) -> None:
    question = asked(cast.north_team)
    with pytest.raises(records.NoWayChosen):
        records.begin_talk(question, by=cast.ada, now=NOW)
    records.choose_way(question, way="consensus", decider=None, input_until=None, by=cast.ada, based_on=1, now=NOW)
    assert records.begin_talk(question, by=cast.ada, now=NOW).state == "talking"


@pytest.mark.parametrize("way", [Way.ADVICE, Way.ONE_PERSON])
def test_who_decides_alone_is_named_before_the_talk(cast: Cast, way: str) -> None:
    question = asked(cast.north_team, way, decider=None)
    with pytest.raises(records.NobodyDecides):
        records.begin_talk(question, by=cast.ada, now=NOW)


def test_the_way_cannot_change_once_the_talk_has_begun(cast: Cast) -> None:
    question = talking(cast.north_team, Way.CONSENSUS)
    with pytest.raises(records.TalkHasBegun):
        records.choose_way(question, way="vote", decider=None, input_until=None, by=cast.ada, based_on=9, now=NOW)


def test_the_talk_can_stop_with_a_reason_that_stays(cast: Cast) -> None:
    question = talking(cast.north_team, Way.CONSENSUS)
    stopped = records.stop_talk(question, why="We went in circles.", by=cast.ben, now=NOW)
    assert (stopped.state, stopped.talk) == ("open", "We went in circles.")
    records.choose_way(stopped, way="vote", decider=None, input_until=None, by=cast.ben, based_on=9, now=NOW)


def test_a_talk_that_has_not_begun_cannot_stop_or_end(cast: Cast) -> None:
    question = asked(cast.north_team, Way.CONSENSUS)
    with pytest.raises(TalkNotBegun):
        records.stop_talk(question, why="?", by=cast.ada, now=NOW)
    with pytest.raises(TalkNotBegun):
        settled(question, decided="x")


def test_who_decides_is_forgotten_where_nobody_decides_alone(cast: Cast) -> None:
    ada, *_others = members(cast.north_team)
    assert asked(cast.north_team, Way.VOTE, decider=ada).decider is None


def test_a_talk_ends_with_reasons_one_owner_and_a_day_to_look_again(cast: Cast) -> None:
    made = settled(talking(cast.north_team, Way.CONSENSUS), decided="Wednesdays")
    assert (made.state, made.decided, str(made.owner)) == ("decided", "Wednesdays", "Ada Reed")
    assert made.review_on == TODAY + timedelta(weeks=8)


def test_it_does_not_end_without_an_owner_on_the_team(cast: Cast) -> None:
    question = talking(cast.north_team, Way.CONSENSUS)
    cleo = cast.south_team.members.get()
    for owner in (None, cleo):
        with pytest.raises(records.NoOwner):
            settled(question, decided="x", owner=owner)
    ben = cast.north_team.members.get(user=cast.ben)
    leave_team(ben, now=NOW)
    with pytest.raises(records.NoOwner):
        settled(question, decided="x", owner=ben)


def test_it_does_not_end_without_words_or_without_anybody_there(cast: Cast) -> None:
    question = talking(cast.north_team, Way.CONSENSUS)
    with pytest.raises(closing.NothingDecided):
        settled(question, decided=" ")
    with pytest.raises(NobodyPresent):
        settled(question, decided="x", present=[])
    assert Decision.objects.get().state == "talking"


def test_it_ends_once(cast: Cast) -> None:
    made = settled(talking(cast.north_team, Way.CONSENSUS), decided="first")
    with pytest.raises(AlreadyDecided):
        settled(made, decided="second")


def test_consensus_does_not_end_over_an_objection(cast: Cast) -> None:
    question = talking(cast.north_team, Way.CONSENSUS)
    object_to(question)
    with pytest.raises(closing.ObjectionOpen):
        settled(question, decided="x")


def test_advice_is_asked_before_it_is_decided(cast: Cast) -> None:
    question = talking(cast.north_team, Way.ADVICE)
    asked_of = table.note_input(question, who="bus drivers", by=cast.ada, now=NOW)
    with pytest.raises(closing.NobodyAsked):
        settled(question, decided="x")
    table.change_input(asked_of, said="The week before.", by=cast.ada, based_on=1, now=NOW)
    assert settled(question, decided="x").state == "decided"


def test_nobody_decides_before_the_day_until_which_people_can_speak(cast: Cast) -> None:
    question = talking(cast.north_team, Way.ONE_PERSON, input_until=IN_A_WEEK)
    with pytest.raises(closing.StillListening) as refused:
        settled(question, decided="x")
    assert "Nov. 23" in str(refused.value.reason)
    assert settled(question, decided="x", decided_on=IN_A_WEEK).state == "decided"


def test_input_that_did_not_go_in_is_told_why(cast: Cast) -> None:
    question = talking(cast.north_team, Way.ADVICE)
    with pytest.raises(table.SayWhyNot):
        table.note_input(question, who="x", said="y", fate="not-taken", went=" ", by=cast.ada, now=NOW)
    noted = table.note_input(question, who="x", said="y", by=cast.ada, now=NOW)
    with pytest.raises(table.SayWhyNot):
        table.change_input(noted, fate="not-taken", by=cast.ada, based_on=1, now=NOW)


def test_two_halves_of_a_save_cannot_take_the_reason_away(cast: Cast) -> None:
    question = talking(cast.north_team, Way.ADVICE)
    noted = table.note_input(question, who="x", said="y", fate="taken", went="a", by=cast.ada, now=NOW)
    table.change_input(noted, fate="not-taken", went="a", by=cast.ben, based_on=1, now=NOW)
    with pytest.raises(table.SayWhyNot):
        table.change_input(noted, fate="taken", went="", by=cast.ada, based_on=1, now=NOW)


def test_options_have_different_names_and_stand_once_it_is_decided(cast: Cast) -> None:
    question = talking(cast.north_team, Way.CONSENSUS)
    one = table.add_option(question, name="Monday", by=cast.ada, now=NOW)
    two = table.add_option(question, name="Friday", by=cast.ada, now=NOW)
    with pytest.raises(table.SameOption):
        table.add_option(question, name="Monday", by=cast.ben, now=NOW)
    with pytest.raises(table.SameOption):
        table.change_option(two, name="Monday", by=cast.ben, based_on=1, now=NOW)
    made = settled(question, decided="Mondays, then", chosen=one)
    assert made.chosen == one
    with pytest.raises(AlreadyDecided):
        table.change_option(one, name="Tuesday", by=cast.ben, based_on=1, now=NOW)
    with pytest.raises(AlreadyDecided):
        table.add_option(question, name="Tuesday", by=cast.ben, now=NOW)


def test_a_decision_comes_back_on_its_day_and_not_before(cast: Cast) -> None:
    made = settled(talking(cast.north_team, Way.CONSENSUS), decided="x", review_on=IN_A_WEEK)
    assert queries.due_for_review(cast.north_team, IN_A_WEEK - timedelta(1)) == ()
    (due,) = queries.due_for_review(cast.north_team, IN_A_WEEK)
    assert (due.id, due.due, due.owner) == (made.pk, True, "Ada Reed")


def test_kept_with_a_new_day_it_comes_back_then(cast: Cast) -> None:
    made = settled(talking(cast.north_team, Way.CONSENSUS), decided="x", review_on=TODAY)
    looked_at(made, next_on=IN_A_WEEK)
    assert queries.due_for_review(cast.north_team, TODAY) == ()
    assert len(queries.due_for_review(cast.north_team, IN_A_WEEK)) == 1


@pytest.mark.parametrize(("verdict", "next_on"), [("keep", None), ("change", IN_A_WEEK), ("stop", IN_A_WEEK)])
def test_any_other_review_closes_the_record(cast: Cast, verdict: str, next_on: object) -> None:
    made = settled(talking(cast.north_team, Way.CONSENSUS), decided="x", review_on=TODAY)
    looked_at(made, verdict=verdict, next_on=next_on)
    made.refresh_from_db()
    assert made.state == "reviewed"
    assert queries.due_for_review(cast.north_team, IN_A_WEEK) == ()
    with pytest.raises(reviews.ReviewedAlready):
        looked_at(made)


def test_a_review_needs_a_decision_an_owner_and_a_day_ahead(cast: Cast) -> None:
    with pytest.raises(NotDecidedYet):
        looked_at(asked(cast.north_team))
    made = quick(cast)
    with pytest.raises(records.NoOwner):
        looked_at(made)
    ada, *_others = members(cast.north_team)
    named = records.name_owner(made, owner=ada, review_on=TODAY, by=cast.ben, based_on=1, now=NOW)
    with pytest.raises(reviews.DateHasPassed):
        looked_at(named, next_on=TODAY)
    looked_at(named)


def test_no_owner_is_named_before_there_is_a_decision(cast: Cast) -> None:
    ada, *_others = members(cast.north_team)
    with pytest.raises(NotDecidedYet):
        records.name_owner(asked(cast.north_team), owner=ada, review_on=None, by=cast.ada, based_on=1, now=NOW)


def test_an_owner_is_replaced_but_never_dropped(cast: Cast) -> None:
    made = settled(talking(cast.north_team, Way.CONSENSUS), decided="x")
    facts = {"present": members(cast.north_team), "by": cast.ada, "based_on": made.version, "now": NOW}
    with pytest.raises(records.NoOwner):
        amend_decision(made, owner=None, **facts)
    ben = cast.north_team.members.get(user=cast.ben)
    assert amend_decision(made, owner=ben, **facts).owner == ben


def test_the_database_closes_nothing_without_an_owner(cast: Cast) -> None:
    made = quick(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=made.pk).update(state="reviewed")


@pytest.mark.parametrize(
    "broken", [{"state": "talking", "way": ""}, {"state": "talking", "way": "advice"}, {"state": "decided"}]
)
def test_the_database_knows_no_half_decision(cast: Cast, broken: dict[str, str]) -> None:
    question = asked(cast.north_team)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=question.pk).update(**broken)


def test_a_decision_whose_owner_left_is_found(cast: Cast) -> None:
    ben = cast.north_team.members.get(user=cast.ben)
    made = settled(talking(cast.north_team, Way.CONSENSUS), decided="x", owner=ben)
    assert queries.without_owner(cast.north_team) == ()
    remove_member(ben, by=cast.ada, now=NOW)
    (found,) = queries.without_owner(cast.north_team)
    assert (found.id, found.owner, found.owner_is_gone) == (made.pk, "Ben Ortiz", True)


def test_open_questions_are_not_among_the_recent_decisions(cast: Cast) -> None:
    asked(cast.north_team, question="open")
    older = quick(cast, decided_on=TODAY - timedelta(3), decided="older")
    newer = quick(cast, decided="newer")
    assert [brief.id for brief in queries.recent(cast.north_team)] == [newer.pk, older.pk]
    assert [brief.question for brief in queries.open_questions(cast.north_team)] == ["open"]
    assert [each.question for each in cast.north_team.decisions.all()][-1] == "open"


def test_the_message_to_staff_begins_with_what_the_record_says(cast: Cast) -> None:
    question = talking(cast.north_team, Way.ADVICE)
    table.note_input(question, who="Bus drivers", said="a week ahead", fate="taken", went="done", by=cast.ada, now=NOW)
    table.note_input(question, who="Grade 5", said="still waiting", by=cast.ada, now=NOW)
    draft = draft_message(settled(question, decided="A paper map.", because="Drivers need the week."))
    for words in ("When do we plan together?", "a week ahead", "A paper map.", "Drivers need the week.", "Ada Reed"):
        assert words in draft
    assert "still waiting" not in draft


def test_a_question_asked_again_follows_the_first(cast: Cast) -> None:
    first = settled(talking(cast.north_team, Way.CONSENSUS), decided="x", review_on=TODAY)
    looked_at(first, verdict="change")
    again = asked(cast.north_team, follows=first)
    assert list(first.followed_by.all()) == [again]
