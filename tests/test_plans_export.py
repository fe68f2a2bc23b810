"""A team's whole work as one file: out, into an empty house, and out again, byte for byte."""

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Q
from django.test import Client

from colead.accounts.models import User
from colead.decisions.models import Ballot, Decision, Vote
from colead.plans.actions import impact, indicators, trials
from colead.plans.actions.feeds import make_feed
from colead.plans.actions.steps import add_step, rework_step
from colead.plans.models import (
    Adoption,
    Barrier,
    Evidence,
    Idea,
    PurposeMap,
    Shift,
    Step,
    SwotItem,
    Theory,
    TheoryLine,
    Why,
)
from colead.plans.pasting import read_values
from colead.plans.portable import FORMAT, CannotImport, export_team, import_team, parse, to_bytes
from colead.plans.portable.format import STAYS_BEHIND
from colead.schools.models import School, Team
from colead.texts.actions import save_new, save_text
from tests.cast import NOW, Cast

TODAY = date(2026, 11, 16)
AMBIENT = {"id", "team"}


@pytest.fixture
def team(cast: Cast) -> Team:
    """North, with something of everything."""
    north, ada, ben = cast.north_team, cast.ada, cast.ben

    def keep(thing: Any) -> Any:
        return save_new(thing, by=ada, now=NOW)

    voice = keep(Evidence(team=north, body="We never plan – “together”.\nNever. 🌱", origin="W-W1", said_by=cast.pat,
                          added_by=ada, seen_on=TODAY))  # fmt: skip
    barrier = keep(Barrier(team=north, statement="No shared hour", reach="control", chosen_on=TODAY))
    barrier.evidence.set([voice])
    barrier.voters.set(north.members.all())
    save_text(barrier, based_on=1, by=ben, now=NOW + timedelta(minutes=1), symptom="Short talks in the corridor")
    keep(Why(barrier=barrier, number=1, because="The grid is old", evidence=voice, is_cause=True))
    idea = keep(Idea(team=north, barrier=barrier, text="A Tuesday hour"))
    keep(SwotItem(team=north, box="weakness", text="Alone", idea=idea))
    theory = keep(Theory(team=north, goal="Plan together", problem="Alone", approach=idea, started_on=TODAY))
    result = keep(TheoryLine(theory=theory, leg="result", text="calm"))
    keep(TheoryLine(theory=theory, leg="then", text="we plan", toward=result)).evidence.set([voice])
    drawn = keep(PurposeMap(team=north, theory=theory, idea="Two grades", started_on=TODAY))
    keep(Shift(map=drawn, group="Grade 2"))
    trial = trials.plan_trial(north, place="active", form="pilot", question="Q?", map=drawn, by=ada, now=NOW)
    trial = trials.begin(trial, by=ada, now=NOW)
    members = list(north.members.all())
    step = add_step(north, what="Ask", trial=trial, owners=members[:1], evidence=[voice], by=ada, now=NOW)
    rework_step(step, based_on=1, by=ben, now=NOW + timedelta(hours=1), owners=members[1:], evidence=[], what="Ask all")
    counted = indicators.add_indicator(trial, name="Minutes", by=ada, now=NOW)
    indicators.put_values(counted, read_values("2026-11-02,14.50\n2026-11-09,15", share=False)[0], by=ada, now=NOW)
    theme = impact.note_theme(trial, text="Too early", by=ada, now=NOW)
    impact.answer_theme(theme, text="Too early", response="act", answer="At nine", based_on=1, by=ben, now=NOW)
    impact.write_impact(trial, based_on=0, by=ada, now=NOW, finding="better")
    facts: dict[str, Any] = {"verdict": "adapt", "onward": "revisit", "because": "Works", "way": "consent"}
    found = impact.decide(trial, present=members, decided_on=TODAY, by=ada, now=NOW, **facts)
    Adoption.objects.create(theory=theory, number=1, decision=found.decision, words={"goal": "Plan together", "n": [1]},
                            adopted_on=TODAY, by=ada)  # fmt: skip
    keep(Decision(team=north, question="Which hour?", follows=found.decision, opened_on=TODAY))
    trials.plan_trial(north, place="active", form="study", question="And then?", after=trial, by=ada, now=NOW)
    make_feed(north, member=None, by=ada, now=NOW)
    return north


def out(team: Team) -> bytes:
    return to_bytes(export_team(team)[0])


def empty_the_house() -> None:
    Decision.objects.update(chosen=None, follows=None)
    Adoption.objects.all().delete()
    for one in Team.objects.all():
        one.trials.all().delete()
        one.delete()
    School.objects.all().delete()
    for model in (kind.model for kind in FORMAT if kind.has_history):
        model.history.all().delete()  # type: ignore[attr-defined]
    User.objects.all().delete()


def test_out_in_and_out_again_is_equal_byte_for_byte(team: Team) -> None:
    before = out(team)
    empty_the_house()
    assert not Step.objects.exists()
    imported = import_team(parse(before), now=NOW)
    assert out(imported.team) == before


def test_the_same_work_gives_the_same_bytes(team: Team) -> None:
    assert out(team) == out(team)


def test_every_kind_of_thing_is_in_the_file(team: Team) -> None:
    records = export_team(team)[0]["records"]
    rare = {"options", "inputs", "rounds", "dissents", "ballots", "counts", "reviews", "stop_list", "hand_overs"}
    assert {name for name, rows in records.items() if not rows} == rare


def test_pages_are_equal_after_the_way_out_and_in(team: Team, cast: Cast) -> None:
    Barrier.voters.through.objects.all().delete()  # votes stay behind on purpose
    trial = team.trials.order_by("pk").first()
    assert trial is not None
    pages = ("tests/", f"tests/{trial.pk}/", f"tests/{trial.pk}/impact/", "timeline/changes/", "barriers/", "evidence/")
    before = {page: words_on(cast.ada, team, page) for page in pages}
    content = out(team)
    imported = import_team(parse(content), now=NOW, users={"Ada Reed": cast.ada})
    moved = imported.team
    new_trial = imported.made[type(trial)][0]
    for page in pages:
        shown = words_on(cast.ada, moved, page.replace(f"tests/{trial.pk}/", f"tests/{new_trial.pk}/"))
        assert shown == before[page], page


def words_on(user: User, team: Team, page: str) -> str:
    """Read the words of a page, without the numbers in its addresses."""
    client = Client()
    client.force_login(user)
    answer = client.get(f"/t/{team.pk}/{page}")
    assert answer.status_code == 200, page
    main = answer.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


def test_nothing_private_leaves(team: Team, cast: Cast) -> None:
    content = out(team).decode()
    assert "@" not in content
    for token in team.feeds.values_list("token_hash", flat=True):
        assert token not in content
    assert "voters" not in content


def test_a_running_vote_stays_where_it_runs(team: Team, cast: Cast) -> None:
    decision = team.decisions.get(question="Which hour?")
    decision.way, decision.state = "vote", "talking"
    decision.save()
    ballot = Ballot.objects.create(decision=decision, need="majority", opened_on=TODAY)
    Vote.objects.create(ballot=ballot, voter=cast.ada)
    assert export_team(team)[0]["records"]["ballots"] == []


def test_every_field_of_every_model_has_its_place_in_the_format_or_stays_behind_for_a_reason() -> None:
    known = {kind.model: {*kind.fields, *kind.links} for kind in FORMAT}
    for room in ("plans", "decisions"):
        for model in apps.get_app_config(room).get_models():
            if model.__name__.startswith("Historical") or model._meta.label in STAYS_BEHIND:
                continue
            names = {field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)} - AMBIENT
            left = {name for name in names if f"{model._meta.label}.{name}" in STAYS_BEHIND}
            assert known[model] == names - left, (
                f"{model._meta.label}: tell the format, as a new version, or say why not"
            )


def test_every_kind_is_found_from_its_team_alone() -> None:
    for kind in FORMAT:
        assert kind.owner.split("__")[-1] == "team"
        assert isinstance(kind.only, Q)


# --- What is refused, with its place, and nothing written. ---


def without_effect(content: dict[str, Any]) -> CannotImport:
    schools, users, steps = School.objects.count(), User.objects.count(), Step.objects.count()
    with pytest.raises(CannotImport) as refused:
        import_team(parse(json.dumps(content).encode()), now=NOW)
    assert (School.objects.count(), User.objects.count(), Step.objects.count()) == (schools, users, steps)
    return refused.value


def changed(whole: dict[str, Any], *path: Any, to: Any) -> dict[str, Any]:
    """Return a copy with one place changed."""
    copy: dict[str, Any] = json.loads(json.dumps(whole))
    place: Any = copy
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = to
    return copy


@pytest.mark.parametrize(
    ("path", "to", "where"),
    [
        (("version",), 2, "version"),
        (("format",), "x", "version"),
        (("records", "steps", 0, "due_on"), "soon", "records.steps[1].due_on"),
        (("records", "steps", 0, "status"), "flying", "records.steps[1].status"),
        (("records", "steps", 0, "trial"), 99, "records.steps[1].trial"),
        (("records", "steps", 0, "trial"), True, "records.steps[1].trial"),
        (("records", "steps", 0, "trial"), "1", "records.steps[1].trial"),
        (("records", "steps", 0, "owners"), [1, 1], "records.steps[1].owners"),
        (("records", "steps", 0, "owners"), "all", "records.steps[1].owners"),
        (("records", "steps", 0, "what"), "", "records.steps[1].what"),
        (("records", "steps", 0, "what"), 7, "records.steps[1].what"),
        (("records", "steps", 0, "version"), "1", "records.steps[1].version"),
        (("records", "steps", 0, "extra"), 1, "records.steps[1].extra"),
        (("records", "steps", 0, "history", 0, "at"), "yesterday", "records.steps[1].history[1].at"),
        (("records", "steps", 0, "history", 0, "at"), "2026-11-16T15:00:00", "records.steps[1].history[1].at"),
        (("records", "steps", 0, "history", 0, "type"), "x", "records.steps[1].history[1].type"),
        (("records", "steps", 0, "history", 0, "by"), 77, "records.steps[1].history[1].by"),
        (("records", "steps"), {}, "records.steps"),
        (("records", "spells"), [], "records.spells"),
        (("records",), [], "records"),
        (("members", 0, "person"), None, "members[1].person"),
        (("people", 0, "name"), 5, "people[1].name"),
        (("people",), {}, "people"),
        (("school", "time_zone"), "Mars/Base", "school.time_zone"),
        (("team", "name"), "x" * 201, "team.name"),
        (("records", "indicators", 0, "trial"), None, "records"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_the_place_and_nothing_is_written(
    team: Team, path: tuple[Any, ...], to: Any, where: str
) -> None:
    refused = without_effect(changed(export_team(team)[0], *path, to=to))
    assert refused.where == where


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "UTF-8"),
        (b"[]", "does not hold"),
        (b'{"a": 1, "a": 2}', "stands twice"),
        (b'{"a": NaN}', "NaN is not a number"),
        (b'{"a": Infinity}', "Infinity is not a number"),
        (b'{"a": 1e999}', "not a number we can keep"),
        (b'{"a": ' + b"9" * 5000 + b"}", "too long"),
        (b'{"a": ' + b"[" * 60 + b"]" * 60 + b"}", "deeper than 50"),
        (b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "deeper than 50"),
        (b" " * (20 * 1024 * 1024 + 1), "larger than 20 MB"),
    ],
)
def test_what_is_no_clean_json_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(CannotImport, match=words):
        parse(content)


def test_people_in_the_file_cannot_sign_in_until_somebody_gives_them_an_address(team: Team) -> None:
    imported = import_team(parse(out(team)), now=NOW)
    people = [member.user for member in imported.team.members.all()]
    assert [person.name for person in people] == ["Ada Reed", "Ben Ortiz", "Pat Green"]
    assert not any(person.is_active or person.has_usable_password() for person in people)
