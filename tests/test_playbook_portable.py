"""A team's whole work as one file: the demo's North out, into an empty house with equal pages, and out again."""

import json
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from colead.accounts.models import User
from colead.decisions.models import Ballot
from colead.plans.models import Barrier, Idea, SwotItem
from colead.plans.portable import CannotImport, parse
from colead.playbook.actions.walks import write_answer
from colead.playbook.models import Answer, CriterionAnswer, Discussion
from colead.playbook.portable import REVEALED, WALKED, read_whole, write_whole
from colead.programme.demo.load import load_demo
from colead.schools.models import Member, School, Team
from tests.cast import NOW, Cast

PAGES = ("", "overview/", "conditions/", "felt/", "guides/structures/", "q/E-W1/", "q/E-H1/", "task/E-WT1/",
         "assess/structures/", "assess/structures/E-1/", "decisions/", "stop-list/", "barriers/", "board/",
         "theory/", "map/", "tests/", "timeline/", "handover/")  # fmt: skip
ONES = ("decision", "barrier", "theory", "map", "trial", "step", "idea", "evidence")


@pytest.fixture
def north(transactional_db: None) -> Team:
    """North of the demo, without what stays behind on purpose: votes, and what nobody but its author has seen."""
    load_demo(now=timezone.now())
    team = Team.objects.get(school__name__startswith="North")
    for model in (Barrier, Idea, SwotItem):
        model.voters.through.objects.all().delete()  # type: ignore[attr-defined]
    Ballot.objects.filter(state=Ballot.State.RUNNING).delete()
    Answer.objects.exclude(REVEALED).delete()
    CriterionAnswer.objects.filter(assessment__revealed_at=None).delete()
    return team


def things(team: Team, thread: str) -> list[int]:
    """Return the numbers of everything of a kind, in the order they came."""
    names = {"barrier": "barriers", "theory": "theories", "step": "steps", "evidence": "evidence", "map": "maps"}
    names |= {"decision": "decisions", "trial": "trials", "idea": "ideas"}
    return list(getattr(team, names[thread]).order_by("pk").values_list("pk", flat=True))


def pages_of(team: Team, user: User) -> dict[str, str]:
    """Return the words of every page, by a name that is the same in every house."""
    client = Client()
    client.force_login(user)
    found = {page: words(client, f"/t/{team.pk}/{page}") for page in PAGES}
    for kind in ONES:
        for place, number in enumerate(things(team, kind)):
            found[f"thread of {kind} {place}"] = words(client, f"/t/{team.pk}/thread/{kind}/{number}/")
    for place, number in enumerate(things(team, "decision")):
        found[f"decision {place}"] = words(client, f"/t/{team.pk}/decisions/{number}/")
    for place, number in enumerate(things(team, "trial")):
        for page in ("", "impact/"):
            found[f"test {place} {page}"] = words(client, f"/t/{team.pk}/tests/{number}/{page}")
    return found


def words(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    main = answer.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


def empty_the_house() -> None:
    call_command("flush", interactive=False, verbosity=0)
    assert not School.objects.exists()
    assert not User.objects.exists()


def test_the_demo_goes_out_and_into_an_empty_house_with_equal_pages_and_equal_bytes(north: Team) -> None:
    content = write_whole(north)
    before = pages_of(north, User.objects.get(name="Ada Reed"))
    empty_the_house()
    here = User.objects.create_user("ada@example.org")
    User.objects.filter(pk=here.pk).update(name="Ada Reed")
    here.refresh_from_db()
    imported = read_whole(parse(content), now=timezone.now(), users={"Ada Reed": here})
    after = pages_of(imported.team, here)
    assert len(before) > 60
    for page, shown in before.items():
        assert after[page] == shown, page
    assert write_whole(imported.team) == content


def test_the_same_work_gives_the_same_bytes(north: Team) -> None:
    assert write_whole(north) == write_whole(north)


def test_every_list_of_the_playbook_is_in_the_demos_file(north: Team) -> None:
    records = json.loads(write_whole(north))["records"]
    assert not [kind.name for kind in WALKED if not records[kind.name]]


def test_every_field_of_every_model_has_its_place_in_the_file() -> None:
    known = {kind.model: {*kind.fields, *kind.links} for kind in WALKED}
    for model in apps.get_app_config("playbook").get_models():
        if not model.__name__.startswith("Historical"):
            names = {field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)}
            assert known[model] == names - {"id", "team"}, model._meta.label


# --- What stays with whoever wrote it. ---


@pytest.fixture
def demo(db: None) -> Team:
    load_demo(now=NOW)
    return Team.objects.get(school__name__startswith="North")


def test_an_answer_leaves_only_when_it_was_revealed(demo: Team) -> None:
    hidden = Answer.objects.filter(walk__team=demo).exclude(REVEALED)
    shown = Answer.objects.filter(REVEALED, walk__team=demo)
    assert hidden.exists()
    content = json.loads(write_whole(demo))["records"]["answers"]
    assert len(content) == shown.count()
    assert not {answer.body for answer in hidden} & {answer["body"] for answer in content}


def test_what_was_revealed_is_told_from_the_page_not_from_the_spelling_of_a_code(demo: Team) -> None:
    """E-W1 is revealed: its sub-prompt E-W1a leaves with it, E-W10 and E-W11a do not."""
    walk = demo.walks.get(condition="structures")
    ben = User.objects.get(name__startswith="Ben")
    Discussion.objects.update_or_create(walk=walk, code="E-W1", defaults={"revealed_at": NOW})
    for code in ("E-W1a", "E-W10", "E-W11a"):
        walk.answers.filter(code=code).delete()
        write_answer(walk, code, f"words for {code}.", by=ben, based_on=0, now=NOW)
    content = write_whole(demo).decode()
    assert "words for E-W1a." in content
    assert "words for E-W10." not in content
    assert "words for E-W11a." not in content


def test_views_of_a_round_that_is_not_revealed_stay(demo: Team) -> None:
    hidden = CriterionAnswer.objects.filter(assessment__team=demo, assessment__revealed_at=None)
    assert hidden.exists()
    content = write_whole(demo).decode()
    assert not [
        view.growth for view in hidden if view.growth and json.dumps(view.growth, ensure_ascii=False) in content
    ]


def test_what_an_answer_said_before_stays(demo: Team) -> None:
    answer = Answer.objects.filter(REVEALED, walk__team=demo).first()
    assert answer
    facts = {"by": answer.author, "now": NOW}
    again = write_answer(answer.walk, answer.code, "I am tired of Greg.", based_on=answer.version, **facts)
    assert again
    write_answer(answer.walk, answer.code, "We talk past each other.", based_on=again.version, **facts)
    content = write_whole(demo).decode()
    assert "We talk past each other." in content
    assert "Greg." not in json.dumps(json.loads(content)["records"]["answers"])


def test_an_answer_that_came_in_can_be_written_on(demo: Team) -> None:
    imported = read_whole(parse(write_whole(demo)), now=NOW)
    answer = imported.made[Answer][0]
    assert answer.history.count() == 1
    later = write_answer(answer.walk, answer.code, "More.", by=answer.author, based_on=answer.version, now=NOW)
    assert later
    assert later.version == answer.version + 1
    assert answer.history.count() == 2


def test_no_mail_address_is_in_the_file(demo: Team) -> None:
    assert "@" not in write_whole(demo).decode()


# --- Bringing it in. ---


def test_a_wrong_file_is_refused_with_its_place_and_nothing_is_written(demo: Team) -> None:
    whole = json.loads(write_whole(demo))
    whole["records"]["answers"][0]["walk"] = 99
    before = School.objects.count(), Answer.objects.count(), User.objects.count()
    with pytest.raises(CannotImport) as refused:
        read_whole(parse(json.dumps(whole).encode()), now=NOW)
    assert refused.value.where == "records.answers[1].walk"
    assert (School.objects.count(), Answer.objects.count(), User.objects.count()) == before


def test_the_command_brings_a_file_in_and_gives_people_their_address(demo: Team, tmp_path: Path) -> None:
    content = tmp_path / "team.json"
    content.write_bytes(write_whole(demo))
    told = StringIO()
    call_command("import_team", content, "--who", "Ada Reed=ada.reed@example.org", stdout=told)
    assert "North" in told.getvalue()
    member = Member.objects.get(user__email="ada.reed@example.org")
    assert member.is_lead
    assert member.team.walks.count() == demo.walks.count()


@pytest.mark.parametrize("arguments", [["nowhere.json"], ["x.json", "--who", "Ada"]])
def test_the_command_says_what_is_wrong(db: None, arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("import_team", *arguments)


def test_the_file_is_for_the_team_not_for_the_coach(cast: Cast) -> None:
    team = cast.north_team
    for who, status in {"ben": 200, "kim": 403, "sam": 403, "cleo": 404, "dana": 404}.items():
        client = Client()
        client.force_login(getattr(cast, who))
        assert client.get(f"/t/{team.pk}/portable/").status_code == status
        assert client.get(f"/t/{team.pk}/portable/team.json").status_code == status


def test_the_file_is_written_with_a_fixed_number_of_queries(
    demo: Team, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    with django_assert_max_num_queries(140):
        write_whole(demo)
