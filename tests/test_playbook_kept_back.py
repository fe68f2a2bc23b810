"""What of a team's work goes into its file and what stays with whoever wrote it; how a file comes in."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from colead.accounts.models import User
from colead.plans.portable import CannotImport, parse
from colead.playbook.actions.walks import write_answer
from colead.playbook.models import Answer, CriterionAnswer, Discussion
from colead.playbook.portable import REVEALED, read_whole, write_whole
from colead.schools.models import Member, School, Team
from tests.cast import NOW, Cast


@pytest.fixture
def demo(two_schools: None, db: None) -> Team:
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
