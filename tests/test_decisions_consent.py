"""Consent: proposal, clarify, react, objections, amend, adopt. An objection is an argued harm and has to end."""

import pytest

from colead.decisions.actions import closing, consent, dissent
from colead.decisions.actions.refusal import AlreadyDecided, TalkNotBegun, WrongWay
from colead.decisions.models import Decision, Dissent, Round, Way
from tests.cast import NOW, Cast
from tests.decisions_world import asked, object_to, proposed, settled, talking


def ended(said: Dissent, outcome: str = "resolved", **facts: object) -> Dissent:
    words = {"what_happened": "Moved to Wednesday.", **facts}
    by = said.decision.team.members.first().user
    return dissent.change_dissent(said, outcome=outcome, by=by, based_on=said.version, now=NOW, **words)


def test_the_steps_follow_each_other_and_each_note_stays(cast: Cast) -> None:
    round_ = proposed(cast.north_team)
    assert (round_.step, round_.clarified, round_.reactions) == ("objections", "clarify: nothing", "react: nothing")
    again = consent.keep_step(round_, "clarify", words="One more.", by=cast.ben, based_on=round_.version, now=NOW)
    assert (again.step, again.clarified) == ("objections", "One more.")


def test_without_objections_the_proposal_is_adopted_word_for_word(cast: Cast) -> None:
    round_ = proposed(cast.north_team, proposal="Tuesdays at 1:10.")
    assert settled(round_.decision, decided="something else").decided == "Tuesdays at 1:10."


def test_there_is_no_proposal_before_the_talk_nor_in_another_way(cast: Cast) -> None:
    with pytest.raises(TalkNotBegun):
        consent.propose(asked(cast.north_team, Way.CONSENT), proposal="x", by=cast.ada, now=NOW)
    with pytest.raises(WrongWay):
        consent.propose(talking(cast.north_team, Way.ADVICE), proposal="x", by=cast.ada, now=NOW)


def test_nothing_is_adopted_before_everybody_was_asked_for_objections(cast: Cast) -> None:
    question = talking(cast.north_team, Way.CONSENT)
    with pytest.raises(closing.NothingProposed):
        settled(question)
    round_ = consent.propose(question, proposal="x", by=cast.ada, now=NOW)
    with pytest.raises(closing.NotAskedForObjections):
        settled(question)
    consent.keep_step(round_, "clarify", words="", by=cast.ada, based_on=1, now=NOW)
    with pytest.raises(closing.NotAskedForObjections):
        settled(question)


def test_an_objection_without_a_harm_is_refused(cast: Cast) -> None:
    round_ = proposed(cast.north_team)
    with pytest.raises(dissent.NoHarmArgued):
        object_to(round_.decision, harm=" ")
    assert not Dissent.objects.exists()


def test_a_proposal_does_not_pass_over_an_open_objection(cast: Cast) -> None:
    round_ = proposed(cast.north_team)
    said = object_to(round_.decision)
    with pytest.raises(closing.ObjectionOpen):
        settled(round_.decision)
    assert Decision.objects.get().state == "talking"
    ended(said, "withdrawn")
    assert settled(round_.decision).state == "decided"


def test_an_objection_stays_open_over_the_next_wording_until_somebody_says_it_is_met(cast: Cast) -> None:
    round_ = proposed(cast.north_team)
    said = object_to(round_.decision)
    second = consent.amend(round_, proposal="Wednesdays at 1:10.", by=cast.ada, now=NOW)
    assert (second.number, second.step) == (2, "objections")
    with pytest.raises(closing.ObjectionOpen):
        settled(round_.decision)
    ended(said)
    assert settled(round_.decision).decided == "Wednesdays at 1:10."
    assert [each.proposal for each in Round.objects.all()] == ["Tuesdays at 1:10.", "Wednesdays at 1:10."]


def test_an_objection_ends_only_with_a_word_about_how(cast: Cast) -> None:
    said = object_to(proposed(cast.north_team).decision)
    with pytest.raises(dissent.SayWhatHappened):
        ended(said, what_happened="")
    with pytest.raises(dissent.NoSuchEnd):
        ended(said, "kept")


def test_two_halves_of_a_save_cannot_take_away_how_it_ended(cast: Cast) -> None:
    said = ended(object_to(proposed(cast.north_team).decision), "open")
    dissent.change_dissent(said, outcome="resolved", by=cast.ben, based_on=said.version, now=NOW)
    with pytest.raises(dissent.SayWhatHappened):
        dissent.change_dissent(said, outcome="open", what_happened="", by=cast.ada, based_on=said.version, now=NOW)


def test_a_concern_is_kept_and_stops_nothing(cast: Cast) -> None:
    round_ = proposed(cast.north_team)
    kept = object_to(round_.decision, kind="concern", harm="")
    assert (kept.outcome, kept.round) == ("kept", round_)
    assert settled(round_.decision).state == "decided"


def test_after_the_decision_a_concern_is_heard_and_an_objection_is_not(cast: Cast) -> None:
    round_ = proposed(cast.north_team)
    said = ended(object_to(round_.decision))
    settled(round_.decision)
    with pytest.raises(AlreadyDecided):
        object_to(round_.decision)
    with pytest.raises(AlreadyDecided):
        ended(said, "open")
    assert object_to(round_.decision, kind="concern").round is None


def test_nobody_objects_before_the_talk_or_in_a_vote(cast: Cast) -> None:
    with pytest.raises(TalkNotBegun):
        object_to(asked(cast.north_team, Way.CONSENT))
    with pytest.raises(WrongWay):
        object_to(talking(cast.north_team, Way.VOTE))


def test_standing_aside_belongs_to_consensus(cast: Cast) -> None:
    with pytest.raises(WrongWay):
        object_to(proposed(cast.north_team).decision, kind="aside")
    question = talking(cast.north_team, Way.CONSENSUS)
    aside = object_to(question, kind="aside", harm="", who="Ben")
    assert (aside.outcome, settled(question, decided="x").state) == ("kept", "decided")


def test_the_same_words_are_no_amendment(cast: Cast) -> None:
    round_ = proposed(cast.north_team)
    with pytest.raises(consent.NothingAmended):
        consent.amend(round_, proposal=f" {round_.proposal} ", by=cast.ada, now=NOW)


def test_an_older_wording_takes_no_more_notes_and_no_second_amendment(cast: Cast) -> None:
    round_ = proposed(cast.north_team)
    consent.amend(round_, proposal="Wednesdays", by=cast.ada, now=NOW)
    with pytest.raises(consent.RoundMovedOn):
        consent.amend(round_, proposal="Thursdays", by=cast.ben, now=NOW)
    with pytest.raises(consent.RoundMovedOn):
        consent.keep_step(round_, "react", words="late", by=cast.ben, based_on=3, now=NOW)
    with pytest.raises(consent.RoundMovedOn):
        consent.propose(round_.decision, proposal="Fridays", by=cast.ben, now=NOW)
