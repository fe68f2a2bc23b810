"""A team's whole work as one file: the demo's North out, into an empty house with equal pages, and out again."""

import json
import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from colead.accounts.models import User
from colead.decisions.models import Ballot
from colead.plans.models import Barrier, Idea, SwotItem
from colead.plans.portable import parse
from colead.playbook.models import Answer, CriterionAnswer
from colead.playbook.portable import REVEALED, WALKED, read_whole, write_whole
from colead.programme.demo.load import load_demo
from colead.schools.models import School, Team

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
