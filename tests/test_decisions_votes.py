"""A hidden vote: one each, changeable, unseen until it closes; then the counts are left and nothing else."""

import zipfile
from io import BytesIO

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from colead.accounts.models import User
from colead.decisions.actions import closing, records, table, votes
from colead.decisions.actions.refusal import TalkNotBegun, VoteRuns, WrongWay
from colead.decisions.counting import outcome
from colead.decisions.models import Ballot, Count, Decision, Vote, Way
from colead.plans.portable import export_team, to_bytes
from colead.schools.actions import leave_team
from tests.cast import NOW, Cast, person
from tests.decisions_world import asked, on_the_ballot, settled, talking, vote
from tests.papers import words_in

NAMES = ("Monday", "Thursday")


def closed(cast: Cast, *choices: str, need: str = "half") -> Ballot:
    ballot = on_the_ballot(cast.north_team, need=need)
    vote(ballot, *choices)
    return votes.close_ballot(ballot, now=NOW)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_option_with_more_than_half_wins_and_is_decided(cast: Cast) -> None:
    ballot = closed(cast, "Monday", "Monday", "Thursday")
    made = settled(ballot.decision, decided="")
    assert (made.decided, str(made.chosen)) == ("Monday", "Monday")


def test_closing_leaves_counts_and_deletes_every_single_vote(cast: Cast) -> None:
    ballot = closed(cast, "Monday", "", "Monday")
    assert [(count.option.name, count.votes) for count in Count.objects.all()] == [("Monday", 2), ("Thursday", 0)]
    assert (ballot.abstained, ballot.members) == (1, 3)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from decisions_vote")
        assert cursor.fetchone() == (0,)


def test_no_table_of_the_room_remembers_votes_in_its_history() -> None:
    assert not hasattr(Vote, "history")
    assert not hasattr(Ballot, "history")
    assert {field.name for field in Vote._meta.concrete_fields} == {"id", "ballot", "voter", "option"}


def test_a_vote_can_be_changed_until_it_closes_and_counts_once(cast: Cast) -> None:
    ballot = on_the_ballot(cast.north_team)
    vote(ballot, "Monday", "Monday", "Monday")
    vote(ballot, "Thursday", "Thursday")
    assert Vote.objects.count() == 3
    votes.close_ballot(ballot, now=NOW)
    assert dict(Count.objects.values_list("option__name", "votes")) == {"Monday": 1, "Thursday": 2}
    with pytest.raises(votes.BallotEnded):
        vote(ballot, "Monday")
    with pytest.raises(votes.BallotEnded):
        votes.close_ballot(ballot, now=NOW)


def test_a_tie_decides_nothing_and_is_said_aloud(cast: Cast) -> None:
    ballot = closed(cast, "Monday", "Thursday", "", need="most")
    with pytest.raises(closing.Tied) as refused:
        settled(ballot.decision, decided="Monday")
    assert "“Monday”, “Thursday”" in str(refused.value.reason)
    page = browser(cast.ben).get(reverse("decision", args=[cast.north_team.pk, ballot.decision.pk])).content.decode()
    assert "It is a tie: Monday and Thursday." in page


def test_what_lacks_the_votes_it_takes_is_not_decided(cast: Cast) -> None:
    ballot = on_the_ballot(cast.north_team, need="two-thirds", names=("A", "B", "C"))
    cast.north_team.members.create(user=person("Mia Chen"), joined_on=NOW.date())
    vote(ballot, "A", "A", "B", "C")
    votes.close_ballot(ballot, now=NOW)
    with pytest.raises(closing.NotEnoughVotes):
        settled(ballot.decision, decided="A")


def test_a_vote_comes_only_after_the_way_vote_was_chosen_and_the_talk_began(cast: Cast) -> None:
    with pytest.raises(TalkNotBegun):
        votes.open_ballot(asked(cast.north_team, Way.VOTE), need="half", now=NOW)
    with pytest.raises(WrongWay):
        votes.open_ballot(talking(cast.north_team, Way.CONSENT), need="half", now=NOW)


def test_a_vote_needs_a_choice_and_enough_people_to_hide_among(cast: Cast) -> None:
    question = talking(cast.north_team, Way.VOTE)
    with pytest.raises(votes.TooFewOptions):
        votes.open_ballot(question, need="half", now=NOW)
    options = [table.add_option(question, name=name, by=cast.ada, now=NOW) for name in NAMES]
    table.change_option(options[0], standing="aside", by=cast.ada, based_on=1, now=NOW)
    with pytest.raises(votes.TooFewOptions):
        votes.open_ballot(question, need="half", now=NOW)
    table.change_option(options[0], standing="on", by=cast.ada, based_on=2, now=NOW)
    leave_team(cast.north_team.members.get(user=cast.ben), now=NOW)
    with pytest.raises(votes.TooFewForASecret):
        votes.open_ballot(question, need="half", now=NOW)


def test_it_cannot_close_before_three_and_more_than_half_have_voted(cast: Cast) -> None:
    ballot = on_the_ballot(cast.north_team)
    vote(ballot, "Monday", "Monday")
    with pytest.raises(votes.TooFewVotes):
        votes.close_ballot(ballot, now=NOW)
    for name in ("Mia Chen", "Joe Walker", "Ruth Adeyemi"):
        cast.north_team.members.create(user=person(name), joined_on=NOW.date())
    vote(ballot, "Monday", "Monday", "Monday")  # three of six
    with pytest.raises(votes.TooFewVotes):
        votes.close_ballot(ballot, now=NOW)
    assert Vote.objects.count() == 3


def test_who_leaves_after_voting_still_counts_and_cannot_vote_again(cast: Cast) -> None:
    ballot = on_the_ballot(cast.north_team)
    vote(ballot, "Monday", "Monday", "Monday")
    ben = cast.north_team.members.get(user=cast.ben)
    leave_team(ben, now=NOW)
    with pytest.raises(votes.NotYourVote):
        votes.cast_vote(ballot, member=ben, option=None)
    back = cast.north_team.members.create(user=cast.ben, joined_on=NOW.date())
    votes.cast_vote(ballot, member=back, option=None)
    assert votes.turnout(ballot) == (3, 3)


def test_nobody_votes_elsewhere_or_for_what_is_not_on_the_ballot(cast: Cast) -> None:
    ballot = on_the_ballot(cast.north_team)
    with pytest.raises(votes.NotYourVote):
        votes.cast_vote(ballot, member=cast.south_team.members.get(), option=None)
    foreign = table.add_option(talking(cast.north_team, Way.ADVICE), name="x", by=cast.ada, now=NOW)
    with pytest.raises(votes.NotOnTheBallot):
        votes.cast_vote(ballot, member=cast.north_team.members.first(), option=foreign)


def test_while_a_vote_runs_the_ground_under_it_stands(cast: Cast) -> None:
    ballot = on_the_ballot(cast.north_team)
    question, option = ballot.decision, ballot.decision.options.first()
    refused = (
        lambda: table.add_option(question, name="Friday", by=cast.ada, now=NOW),
        lambda: table.change_option(option, name="Friday", by=cast.ada, based_on=1, now=NOW),
        lambda: votes.open_ballot(question, need="most", now=NOW),
        lambda: records.stop_talk(question, why="?", by=cast.ada, now=NOW),
        lambda: settled(question, decided="Monday"),
    )
    for verb in refused:
        with pytest.raises(VoteRuns):
            verb()


def test_nothing_is_decided_by_vote_before_one_is_closed(cast: Cast) -> None:
    ballot = on_the_ballot(cast.north_team)
    vote(ballot, "Monday", "Monday", "Monday")
    votes.call_off(ballot, now=NOW)
    assert not Vote.objects.exists()
    assert not Count.objects.exists()
    with pytest.raises(closing.NotVoted):
        settled(ballot.decision, decided="Monday")


def test_an_option_that_was_voted_on_keeps_its_name(cast: Cast) -> None:
    ballot = closed(cast, "Monday", "Thursday", "")
    option = ballot.decision.options.first()
    with pytest.raises(table.VotedOn):
        table.change_option(option, name="Friday", by=cast.ada, based_on=1, now=NOW)
    assert table.change_option(option, speaks_for="more", by=cast.ada, based_on=1, now=NOW).speaks_for == "more"


def test_the_database_runs_one_vote_at_a_time_and_takes_one_vote_each(cast: Cast) -> None:
    ballot = on_the_ballot(cast.north_team)
    vote(ballot, "Monday")
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.create(decision=ballot.decision, need="most", opened_on=NOW.date())
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(ballot=ballot, voter=cast.ada)


def readable(content: bytes, kind: str) -> str:
    """Return what can be read in a page, a PDF or an office file."""
    if kind.startswith("application/pdf"):
        return words_in(content)
    if "officedocument" in kind:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            return " ".join(packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml"))
    return plain(content.decode())


def everywhere(cast: Cast, decision: Decision) -> list[str]:
    """Return every address on which this decision could show."""
    team = cast.north_team.pk
    one = [("decision", ""), ("decision_history", ""), ("decision_paper", "pdf"), ("decision_paper", "docx")]
    lists = [("decisions", ""), ("decisions_sheet", "xlsx"), ("decisions_sheet", "csv")]
    urls = [reverse(name, args=[team, decision.pk, *([form] if form else [])]) for name, form in one]
    return urls + [reverse(name, args=[team, *([form] if form else [])]) for name, form in lists]


def test_no_page_paper_or_list_tells_a_running_vote(cast: Cast) -> None:
    ballot = on_the_ballot(cast.north_team)

    def seen() -> dict[str, str]:
        answers = {url: browser(cast.kim).get(url) for url in everywhere(cast, ballot.decision)}
        assert {answer.status_code for answer in answers.values()} == {200}
        told = {url: readable(one.content, one.headers["Content-Type"]) for url, one in answers.items()}
        return told | {"the whole team's file": to_bytes(export_team(cast.north_team)[0]).decode()}

    vote(ballot, "Monday", "Monday", "Thursday")
    before = seen()
    vote(ballot, "Thursday", "Thursday", "Monday")
    assert seen() == before, "somebody can tell how the vote goes"


def test_my_page_shows_my_vote_and_nobody_elses(cast: Cast) -> None:
    ballot = on_the_ballot(cast.north_team)
    url = reverse("decision", args=[cast.north_team.pk, ballot.decision.pk])

    def pages(*choices: str) -> list[str]:
        vote(ballot, *choices)
        return [plain(browser(user).get(url).content.decode()) for user in (cast.ada, cast.ben)]

    first = pages("Monday", "Monday", "Thursday")
    assert "checked" in first[0]
    second = pages("Monday", "Thursday", "Monday")
    assert first[0] == second[0], "Ada's page changed with what others voted"
    assert first[1] != second[1], "Ben cannot see his own vote"


def plain(page: str) -> str:
    """Leave out what differs from request to request."""
    return "\n".join(line for line in page.splitlines() if "csrf" not in line.lower())


def test_the_page_says_how_hidden_the_vote_is(cast: Cast) -> None:
    ballot = on_the_ballot(cast.north_team)
    page = browser(cast.ada).get(reverse("decision", args=[cast.north_team.pk, ballot.decision.pk])).content.decode()
    assert "the single votes are deleted and only the counts are left" in page
    assert "0 of 3 have voted" in page


def test_voting_over_the_page(cast: Cast) -> None:
    ballot = on_the_ballot(cast.north_team)
    args = [cast.north_team.pk, ballot.decision.pk, ballot.pk]
    monday = str(ballot.decision.options.first().pk)
    for user, choice in ((cast.ada, monday), (cast.ben, monday), (cast.pat, "abstain")):
        assert browser(user).post(reverse("decision_vote", args=args), {"option": choice}).status_code == 302
    assert browser(cast.ada).post(reverse("decision_vote", args=args), {"option": "999"}).status_code == 422
    browser(cast.ben).post(reverse("decision_vote_close", args=args))
    ballot.refresh_from_db()
    assert (ballot.state, ballot.abstained) == ("closed", 1)
    late = browser(cast.ada).post(reverse("decision_vote", args=args), {"option": monday})
    assert late.status_code == 422


def test_a_coach_and_the_principals_seat_give_no_vote(cast: Cast) -> None:
    ballot = on_the_ballot(cast.north_team)
    args = [cast.north_team.pk, ballot.decision.pk, ballot.pk]
    for user in (cast.kim, cast.sam):
        assert browser(user).post(reverse("decision_vote", args=args), {"option": "abstain"}).status_code == 403


@given(st.dictionaries(st.text(min_size=1), st.integers(0, 50), max_size=6), st.sampled_from(Ballot.Need.values))
def test_a_winner_has_more_votes_than_any_other_and_what_it_takes(counts: dict[str, int], need: str) -> None:
    said = outcome(counts, need)
    share = {"most": 0.0, "half": 0.5, "two-thirds": 2 / 3}[need]
    if said.winner:
        others = [votes for name, votes in counts.items() if name != said.winner]
        best = counts[said.winner]
        assert all(best > votes for votes in others)
        assert best / said.cast > share or (need == "two-thirds" and 3 * best == 2 * said.cast)
    else:
        top = max(counts.values(), default=0)
        alone = [votes for votes in counts.values() if votes == top]
        assert top == 0 or len(alone) > 1 or top <= share * said.cast + 1e-9


@pytest.mark.parametrize(
    ("counts", "need", "winner", "tie"),
    [
        ({"A": 2, "B": 2}, "most", "", True),
        ({"A": 3, "B": 2, "C": 1}, "most", "A", False),
        ({"A": 3, "B": 2, "C": 1}, "half", "", False),
        ({"A": 4, "B": 2}, "two-thirds", "A", False),
        ({"A": 3, "B": 2}, "two-thirds", "", False),
        ({"A": 0, "B": 0}, "most", "", False),
        ({}, "most", "", False),
    ],
)
def test_counts_read_by_hand(counts: dict[str, int], need: str, winner: str, tie: bool) -> None:
    said = outcome(counts, need)
    assert (said.winner, said.tie) == (winner, tie)
