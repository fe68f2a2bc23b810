"""What a survey showed becomes something that plans rest on, once, and can be followed both ways."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from colead.plans.actions.evidence import NotedAlready, erase_evidence, take_finding
from colead.plans.models import Evidence
from colead.surveys.actions import findings
from colead.surveys.models import Finding
from tests.cast import Cast
from tests.plans_chain import at, enter, text_of
from tests.surveys_world import AFTER, BOTH, CLOSES, sealed

pytestmark = pytest.mark.django_db(databases=BOTH)
SAID = "Planning time breaks up."


@pytest.fixture
def found(cast: Cast) -> Finding:
    facts = {"about": "capacity", "sentence": SAID, "answer_by": CLOSES, "by": cast.ada, "now": AFTER}
    return findings.write_finding(cast.north_team, sealed(cast), **facts)


def test_a_finding_becomes_evidence_by_pressing_and_each_leads_to_the_other(cast: Cast, found: Finding) -> None:
    ada, everybody = enter(cast.ada), reverse("findings", args=[cast.north.pk])
    take = at(cast, "finding_evidence", found.pk)
    assert f'href="{take}"' in ada.get(everybody).content.decode()
    assert "Note it as evidence" in ada.get(everybody).content.decode()
    assert SAID in ada.get(take).content.decode()
    assert not Evidence.objects.exists(), "looking writes nothing"
    page = ada.post(take, follow=True)
    piece = cast.north_team.evidence.get()
    assert page.redirect_chain[-1][0] == at(cast, "evidence_piece", piece.pk)
    assert f'href="{everybody}#finding-{found.pk}"' in page.content.decode()
    assert "The evidence it became" in ada.get(everybody).content.decode()
    assert ada.get(take).headers["Location"] == at(cast, "evidence_piece", piece.pk)
    assert (piece.kind, piece.body, piece.source) == ("perception", SAID, "Autumn survey: Capacity and resources")


def test_a_finding_is_noted_once(cast: Cast, found: Finding) -> None:
    take = at(cast, "finding_evidence", found.pk)
    for user in (cast.ada, cast.ben):
        enter(user).post(take)
    assert cast.north_team.evidence.count() == 1
    with pytest.raises(NotedAlready):
        take_finding(found, by=cast.ada, now=AFTER)
    piece = cast.north_team.evidence.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.create(team=cast.north_team, body="x", seen_on=CLOSES, origin=piece.origin, added_by=cast.ada)


def test_taken_out_for_good_it_can_be_noted_again(cast: Cast, found: Finding) -> None:
    erase_evidence(take_finding(found, by=cast.ada, now=AFTER))
    found.refresh_from_db()
    assert found.noted_on is None
    assert take_finding(found, by=cast.ada, now=AFTER).body == SAID


def test_the_log_and_its_list_say_that_it_was_a_finding(cast: Cast, found: Finding) -> None:
    take_finding(found, by=cast.ada, now=AFTER)
    ada = enter(cast.ada)
    assert "from a finding" in text_of(ada.get(at(cast, "evidence")))
    listed = ada.get(at(cast, "evidence_list", "csv")).content.decode()
    assert "a finding" in listed
    assert "finding:" not in listed


def test_a_finding_of_another_team_cannot_be_taken(cast: Cast, found: Finding) -> None:
    foreign = reverse("finding_evidence", args=[cast.south_team.pk, found.pk])
    assert enter(cast.cleo).post(foreign).status_code == 404
    assert enter(cast.sam).post(at(cast, "finding_evidence", found.pk)).status_code == 403
    assert enter(cast.kim).post(at(cast, "finding_evidence", found.pk)).status_code == 403
    assert not Evidence.objects.exists()


def test_the_thread_of_such_a_piece_can_be_walked(cast: Cast, found: Finding) -> None:
    piece = take_finding(found, by=cast.ada, now=AFTER)
    assert SAID in text_of(enter(cast.ada).get(at(cast, "thread", "evidence", piece.pk)))
