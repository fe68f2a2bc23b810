"""The thread: from any object back to what staff said and forward to what came of it; and the handover pack."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from colead.decisions.actions import record_decision
from colead.plans.actions import impact, trials
from colead.plans.actions.steps import add_step
from colead.plans.exports.handover import handover_pack
from colead.plans.models import Barrier, Evidence, Idea, PurposeMap, SwotItem, Theory, TheoryLine, Trial, Why
from colead.plans.queries.thread import NotOnTheThread, thread, thread_links
from colead.texts.actions import save_new
from tests.cast import NOW, Cast

TODAY = date(2026, 11, 16)
STOPS = ["voice", "barrier", "theory", "map", "test", "result", "decision"]
Story = dict[str, Any]


@pytest.fixture
def story(cast: Cast) -> Story:
    """One whole thread, from a voice to a decision and the next test."""
    team, ada = cast.north_team, cast.ada

    def keep(thing: Any) -> Any:
        return save_new(thing, by=ada, now=NOW)

    facts: dict[str, Any] = {"team": team, "added_by": ada, "seen_on": TODAY}
    voice = keep(Evidence(body="We never plan together.", origin="W-W1", **facts))
    fact = keep(Evidence(body="9 of 14 meetings", **facts))
    barrier = keep(Barrier(team=team, statement="No shared hour", reach="control", condition="structures"))
    barrier.evidence.set([voice])
    keep(Why(barrier=barrier, number=1, because="The grid is old", evidence=fact))
    idea = keep(Idea(team=team, barrier=barrier, text="A Tuesday hour"))
    note = keep(SwotItem(team=team, box="weakness", text="Alone", barrier=barrier))
    theory = keep(Theory(team=team, goal="Plan together", problem="Alone", approach=idea, started_on=TODAY))
    line = keep(TheoryLine(theory=theory, leg="if", text="we share an hour"))
    line.evidence.set([fact])
    drawn = keep(PurposeMap(team=team, theory=theory, idea="Two grades first", started_on=TODAY))
    planned = trials.plan_trial(team, place="active", form="pilot", question="Q?", map=drawn, by=ada, now=NOW)
    trial = trials.begin(planned, by=ada, now=NOW)
    step = add_step(team, what="Ask both", trial=trial, by=ada, now=NOW)
    impact.write_impact(trial, based_on=0, by=ada, now=NOW, finding="better", celebration="Cake")
    present = list(team.members.all())
    given: dict[str, Any] = {"verdict": "widen", "onward": "revisit", "because": "It works", "way": "consent"}
    found = impact.decide(trial, present=present, decided_on=TODAY, by=ada, now=NOW, **given)
    following = trials.plan_trial(
        team, place="active", form="pilot", question="And the others?", after=trial, by=ada, now=NOW
    )
    return {
        "evidence": voice, "fact": fact, "note": note, "barrier": barrier, "idea": idea, "theory": theory,
        "map": drawn, "trial": trial, "step": step, "impact": found, "decision": found.decision, "next": following,
    }  # fmt: skip


@pytest.mark.parametrize(
    "kind", ["evidence", "note", "barrier", "idea", "theory", "map", "trial", "impact", "decision"]
)
def test_from_any_object_the_thread_reaches_the_decision_and_the_voice(cast: Cast, story: Story, kind: str) -> None:
    found = thread(cast.north_team, kind, story[kind].pk)
    stops = {level.slug: level for level in found.levels}
    assert [level.slug for level in found.levels] == STOPS
    assert [node.pk for node in stops["decision"].nodes] == [story["decision"].pk]
    assert sum(level.here for level in found.levels) == 1
    if kind != "note":
        assert story["evidence"].pk in [node.pk for node in stops["voice"].nodes]
    assert all(level.missing is None for level in found.levels if level.nodes)


def test_a_step_leads_back_to_the_voice(cast: Cast, story: Story) -> None:
    found = thread(cast.north_team, "step", story["step"].pk)
    assert [node.text for node in found.levels[0].nodes] == ["We never plan together.", "9 of 14 meetings"]
    assert found.levels[0].nodes[0].origin == "W-W1"


def test_the_next_test_is_named(cast: Cast, story: Story) -> None:
    for kind in ("evidence", "trial", "decision"):
        found = thread(cast.north_team, kind, story[kind].pk)
        assert found.next is not None
        assert found.next.pk == story["next"].pk
    assert thread(cast.north_team, "trial", story["next"].pk).next is None


def test_what_is_missing_is_named_gently_and_says_where_to_go(cast: Cast) -> None:
    trial = trials.plan_trial(cast.north_team, place="active", form="study", question="Q?", by=cast.ada, now=NOW)
    levels = {level.slug: level for level in thread(cast.north_team, "trial", trial.pk).levels}
    assert "No evidence is linked yet" in str(levels["voice"].missing)
    assert "no purpose map" in str(levels["map"].missing)
    assert "what came of it" in str(levels["result"].missing)
    assert levels["test"].missing is None
    assert levels["voice"].url == f"/t/{cast.north_team.pk}/evidence/"


def test_the_path_shows_a_broken_link_as_an_empty_dot(cast: Cast, story: Story) -> None:
    story["theory"].approach = None
    story["theory"].save()
    story["barrier"].evidence.clear()
    stops = {stop.slug: stop.state for stop in thread(cast.north_team, "trial", story["trial"].pk).stops}
    assert stops == {
        "voice": "done",  # the fact on the arrow of the theory
        "barrier": "later",
        "theory": "done",
        "map": "done",
        "test": "here",
        "result": "done",
        "decision": "done",
    }


def test_neighbours_are_one_step_away(cast: Cast, story: Story) -> None:
    links = thread_links(cast.north_team, "trial", story["trial"].pk)
    assert [node.kind for node in links.because] == ["map"]
    assert [node.kind for node in links.led] == ["impact"]
    assert links.url == f"/t/{cast.north_team.pk}/thread/trial/{story['trial'].pk}/"


def test_a_circle_does_not_hang(cast: Cast, story: Story) -> None:
    story["note"].idea = None
    barrier = story["barrier"]
    story["theory"].barrier = barrier
    story["theory"].save()
    assert thread(cast.north_team, "barrier", barrier.pk).here.pk == barrier.pk


def test_nothing_of_another_school_is_on_the_thread(cast: Cast, story: Story) -> None:
    for kind in ("evidence", "barrier", "trial", "decision"):
        with pytest.raises(NotOnTheThread):
            thread(cast.south_team, kind, story[kind].pk)
    foreign = save_new(
        Evidence(team=cast.south_team, body="CANARY", added_by=cast.cleo, seen_on=TODAY), by=cast.cleo, now=NOW
    )
    story["barrier"].evidence.add(foreign)
    shown = thread(cast.north_team, "barrier", story["barrier"].pk)
    assert "CANARY" not in str(shown)


@pytest.mark.parametrize("kind", ["nonsense", "theme", "step"])
def test_what_is_not_there_is_not_found(cast: Cast, kind: str) -> None:
    client = Client()
    client.force_login(cast.ada)
    assert client.get(f"/t/{cast.north_team.pk}/thread/{kind}/999999/").status_code == 404


def test_the_page_shows_the_path_and_the_list_to_the_team_and_the_coach(cast: Cast, story: Story) -> None:
    where = f"/t/{cast.north_team.pk}/thread/trial/{story['trial'].pk}/"
    for who, status in {"ada": 200, "kim": 200, "sam": 403, "cleo": 404}.items():
        client = Client()
        client.force_login(getattr(cast, who))
        answer = client.get(where)
        assert answer.status_code == status
    client.force_login(cast.ada)
    shown = client.get(where).content.decode()
    assert 'class="path"' in shown
    assert "We never plan together." in shown
    assert 'href="#stop-voice"' in shown
    assert shown.count('id="stop-') == 7


def test_the_thread_asks_equally_often_however_much_there_is(
    cast: Cast, story: Story, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(16):
        thread(cast.north_team, "trial", story["trial"].pk)
    for number in range(8):
        add_step(cast.north_team, what=f"Step {number}", trial=story["trial"], by=cast.ada, now=NOW)
    with django_assert_num_queries(16):
        thread(cast.north_team, "trial", story["trial"].pk)


# --- The handover pack. ---


def test_the_pack_holds_open_decisions_with_reasons_owners_tests_and_the_story(cast: Cast, story: Story) -> None:
    ben = cast.north_team.members.get(user=cast.ben)
    record_decision(
        cast.north_team,
        question="Which hour?",
        decided="Tuesday at nine",
        because="The aides are free",
        way="consent",
        decided_on=TODAY,
        present=[ben],
        owner=ben,
        review_on=TODAY + timedelta(days=60),
        by=cast.ada,
        now=NOW,
    )
    told = str(handover_pack(cast.north_team, now=NOW).blocks)
    for words in ("Tuesday at nine", "The aides are free", "Ben Ortiz", "Ask both", "Q?", "Better", "It works"):
        assert words in told, words


def test_the_pack_of_a_team_that_has_just_begun_prints_too(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.cleo)
    where = f"/t/{cast.south_team.pk}/handover"
    assert client.get(f"{where}/").status_code == 200
    assert client.get(f"{where}/pack.pdf").content.startswith(b"%PDF")
    assert client.get(f"{where}/pack.docx").content.startswith(b"PK")
    assert client.get(f"/t/{cast.north_team.pk}/handover/pack.pdf").status_code == 404


def test_a_trial_that_never_ran_has_no_beginning_in_the_story(cast: Cast) -> None:
    trial = trials.plan_trial(
        cast.north_team, place="active", form="pilot", question="Never?", begins_on=TODAY, by=cast.ada, now=NOW
    )
    trials.let_go(trial, by=cast.ada, now=NOW)
    told = str(handover_pack(cast.north_team, now=NOW).blocks)
    assert "test closed: Never?" in told
    assert "test began: Never?" not in told
    assert Trial.objects.get().state == "closed"
