"""What somebody wrote to a question becomes evidence: only once it is revealed, with a name only if they say yes."""

import pytest
from django.test import Client

from colead.accounts.models import User
from colead.plans.models import Evidence
from colead.playbook.models import Discussion
from colead.schools.models import Team


@pytest.fixture
def team(two_schools: None, db: None) -> Team:
    return Team.objects.get(school__name__startswith="North")


def as_ada() -> Client:
    client = Client()
    client.force_login(User.objects.get(name="Ada Reed"))
    return client


def wrote(team: Team) -> tuple[User, str, str]:
    """Return somebody else, the code of a revealed question, and what they wrote to it."""
    for found in Discussion.objects.filter(walk__team=team).exclude(revealed_at=None):
        for answer in found.walk.answers.filter(code=found.code).exclude(author__name="Ada Reed").exclude(body=""):
            return answer.author, found.code, answer.body
    raise AssertionError("nothing is revealed in the demo")


def test_the_link_stands_on_every_revealed_card_and_brings_the_words_along(team: Team) -> None:
    author, code, body = wrote(team)
    url = f"/t/{team.pk}/q/{code}/take/{author.pk}/"
    client = as_ada()
    assert url in client.get(f"/t/{team.pk}/q/{code}/").content.decode()
    form = client.get(url).context["form"]
    assert form["body"].value().startswith(body.strip())


def test_it_goes_into_what_the_team_knows_without_a_name(team: Team) -> None:
    author, code, _body = wrote(team)
    sent = {"body": "In short: we plan alone.", "kind": "perception", "source": "Our talk"}
    assert as_ada().post(f"/t/{team.pk}/q/{code}/take/{author.pk}/", sent).status_code == 302
    taken = team.evidence.latest("pk")
    assert (taken.origin, taken.said_by, taken.body) == (code, None, "In short: we plan alone.")
    assert str(taken.added_by) == "Ada Reed"


def test_with_their_yes_the_name_stands_with_a_piece_of_their_words(team: Team) -> None:
    author, code, body = wrote(team)
    piece = " ".join(body.split()[:4])
    sent = {"body": piece, "kind": "perception", "named": "on"}
    assert as_ada().post(f"/t/{team.pk}/q/{code}/take/{author.pk}/", sent).status_code == 302
    assert team.evidence.latest("pk").said_by == author


def test_words_they_did_not_write_never_stand_under_their_name(team: Team) -> None:
    author, code, _body = wrote(team)
    before = Evidence.objects.count()
    sent = {"body": "I am against it.", "kind": "perception", "named": "on"}
    answer = as_ada().post(f"/t/{team.pk}/q/{code}/take/{author.pk}/", sent)
    assert answer.status_code == 422
    assert "word for word" in answer.content.decode()
    assert "I am against it." in answer.content.decode()
    assert Evidence.objects.count() == before


def test_what_is_not_revealed_cannot_be_taken(team: Team) -> None:
    author, code, body = wrote(team)
    Discussion.objects.filter(code=code).update(revealed_at=None)
    client = as_ada()
    url = f"/t/{team.pk}/q/{code}/take/{author.pk}/"
    assert client.get(url).status_code == 404
    assert client.post(url, {"body": body, "kind": "perception"}).status_code == 404


def test_the_thread_leads_from_the_evidence_to_the_question_and_back(team: Team) -> None:
    author, code, _body = wrote(team)
    client = as_ada()
    client.post(f"/t/{team.pk}/q/{code}/take/{author.pk}/", {"body": "We plan alone.", "kind": "perception"})
    taken = team.evidence.latest("pk")
    assert f"/t/{team.pk}/q/{code}/" in client.get(f"/t/{team.pk}/evidence/{taken.pk}/").content.decode()
    assert f"/t/{team.pk}/q/{code}/" in client.get(f"/t/{team.pk}/thread/evidence/{taken.pk}/").content.decode()
